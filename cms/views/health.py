"""Alive and ready, for the machines that watch the site. They learn yes or no and nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import storages
from django.db import connection
from django.http import HttpResponse
from django.views.decorators.http import require_safe
from django_tasks import default_task_backend


@login_not_required
@require_safe
def healthz(request):
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request):
    """Database, storage and the task queue answer."""
    failing = [name for name, check in CHECKS.items() if not _answers(check)]
    text = "not ready: " + ", ".join(failing) if failing else "ok"
    return HttpResponse(text, content_type="text/plain", status=503 if failing else 200)


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM people_user WHERE 1 = 0")


def _storage():
    storages["private"].exists("ready")


def _tasks():
    if errors := list(default_task_backend.check()):
        raise RuntimeError(errors)


CHECKS = {"database": _database, "storage": _storage, "tasks": _tasks}


def _answers(check) -> bool:
    try:
        check()
    except Exception:  # whatever it is, the answer is "not ready"
        return False
    return True
