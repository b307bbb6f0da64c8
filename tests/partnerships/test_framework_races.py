"""Two editors at the same moment: one draft, one publication, on both databases."""

import threading

import pytest
from django.db import connection

from partnerships.framework import copy_version
from partnerships.models import BehaviourText, FrameworkVersion
from people.models import AuditEvent
from people.transitions import SYSTEM, Refused, move, person
from tests.factories.partnerships import agree, published_framework

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(count, act):
    """Run the act in so many threads that start together; return what each of them got."""
    results, barrier = [], threading.Barrier(count)

    def run():
        barrier.wait()
        try:
            results.append(act())
        except Refused as refusal:
            results.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == count
    return results


def test_many_starts_make_one_draft(committed_cast):
    version = published_framework()

    results = at_once(6, lambda: copy_version(version, by=SYSTEM))

    assert FrameworkVersion.objects.drafts().count() == 1
    assert sum(isinstance(result, FrameworkVersion) for result in results) == 1
    assert BehaviourText.objects.filter(version__state="draft").count() == 8


def test_many_publications_are_one(committed_cast):
    draft = agree(copy_version(published_framework(), by=SYSTEM))
    editor = person(committed_cast.senga)

    at_once(6, lambda: move(draft, "publish", by=editor))

    assert FrameworkVersion.objects.published().count() == 2
    assert AuditEvent.objects.filter(move="publish", record_id=draft.pk).count() == 1
