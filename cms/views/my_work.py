"""My work: the one home page of everyone signed in. What stands on it is decided in cms/my_work.py."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.my_work import due_words, greeting
from cms.my_work import my_work as work_of
from people.enums import Role
from people.lib.dates import today

SHOWN = 20


@require_safe
@never_cache
def my_work(request):
    work = work_of(request.user)
    context = {
        "work": work,
        "today": today(),
        "greeting": greeting(request.user, work),
        "duties": [(task, *due_words(task)) for task in work.duties[:SHOWN]],
        "more_duties": max(0, len(work.duties) - SHOWN),
        "waiting": work.waiting[:SHOWN],
        "more_waiting": max(0, len(work.waiting) - SHOWN),
        "is_staff_member": request.user.is_staff_member,
        "is_editor": bool(request.user.role_names & {Role.EDITOR, Role.MODERATOR}),
    }
    return render(request, "cms/my_work.html", context)
