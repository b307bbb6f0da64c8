"""What every list of the API costs in queries: one number for 1, 3 and 500 rows (DESIGN 10), the token included."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import BASE
from tests.factories import many, many_participation, many_records, many_required, many_reviews
from tests.project.test_query_counts import MARKS, SIZES, fill_caches
from training.models import Place

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Row:
    """What is read or done: what builds its rows, where it is, who asks, and how many queries that is."""

    name: str
    build: Callable
    path: str  # with a place for what the builder returns
    who: str
    queries: int
    method: str = "GET"
    body: dict | None = None

    def __str__(self) -> str:
        return self.name


def own_place(cast, count):
    """Dougie's place, with so many needs."""
    return Place.objects.get(session=many.needs_of_one(cast, count)).pk


def begun_date(cast, count):
    """The date of a session that began an hour ago, with so many people in it."""
    return many.begun_session(cast, count).replace("/attendance/", "/dates/")


LISTS = (
    # examples and requests
    Row("examples", many.requests, "/examples/", "ailsa", 5),
    Row("examples of the team", many.requests, "/examples/?view=team", "morag", 6),
    Row("example with its answers", many.answered, "/examples/{}/", "ailsa", 14),
    Row("example with its answers, for the manager", many.answered, "/examples/{}/", "morag", 13),
    Row("requests", many.requests, "/requests/", "ailsa", 5),
    Row("requests to send", many.requests_for_the_manager, "/requests/", "morag", 6),
    Row("asked", many.requests, "/asked/", "rhona", 4),
    # learning
    Row("modules", many.begun_modules, "/modules/", "ailsa", 5),
    Row("module", many.long_module, "/modules/long/", "ailsa", 9),
    Row("unit", many.long_module, "/modules/long/units/long-u1/", "ailsa", 7),
    Row("unit, finished", many.long_module_unfinished, "/modules/long/units/long-u1/finish/", "ailsa", 16, "POST", {}),
    Row("check", many.check_open, "/modules/long/check/", "ailsa", 6),
    Row("check, result", many.check_done, "/modules/long/check/result/", "ailsa", 6),
    Row("certificates", many.certificates, "/certificates/", "ailsa", 3),
    Row("learning record", many_required.learnt, "/learning-record/", "ailsa", 16),
    Row("required learning", many_required.rows, "/required-learning/", "ailsa", 7),
    # joint sessions
    Row("sessions", many.sessions, "/sessions/", "ailsa", 6),
    Row("session", many.full_session, "/sessions/{}/", "ailsa", 12),
    Row("session that is over", many.answered_session, "/sessions/{}/", "priya", 15),
    Row("session, booked", many.full_session, "/sessions/{}/bookings/", "ailsa", 27, "POST", {}),
    Row("places", many.sessions, "/places/", "ailsa", 4),
    Row("place", own_place, "/places/{}/", "dougie", 7),
    Row("getting ready", own_place, "/places/{}/getting-ready/", "dougie", 7),
    Row("access needs", own_place, "/access-needs/", "dougie", 5),
    Row("attendance", begun_date, "/sessions/{}/attendance/", "priya", 8),
    Row("attendance, somebody more", begun_date, "/sessions/{}/walk-ins/", "priya", 19, "POST", {"name": "Pal"}),
    Row("participation", many_participation.year, "/participation/", "priya", 9),
    Row("participation in a session", many_participation.year, "/sessions/{}/participation/", "priya", 9),
    # reviews
    Row("reviews", many_reviews.years, "/reviews/", "ailsa", 3),
    Row("reviews of the team", many_reviews.under_way, "/reviews/?as=team", "morag", 5),
    Row("reviews to confirm", many_reviews.to_confirm, "/reviews/?as=second", "fergus", 3),
    Row("review", many_records.ticked, "/reviews/{}/", "ailsa", 14),
    Row("review, for the manager", many_records.ticked, "/reviews/{}/", "morag", 16),
    Row("my side of a review", many_reviews.own_side, "/reviews/{}/draft/", "ailsa", 9),
    Row("the manager's side", many_reviews.managers_side, "/reviews/{}/draft/", "morag", 13),
    Row("one behaviour of it", many_reviews.managers_side, "/reviews/{}/draft/behaviours/1/", "morag", 11),
    Row("record", many_records.recorded, "/reviews/{}/record/", "ailsa", 7),
    Row("record in many versions", many_records.versions_of_a_record, "/reviews/{}/record/", "ailsa", 7),
    # the team, notes, next steps
    Row("team", many_reviews.under_way, "/team/", "morag", 9),
    Row("team between years", many_reviews.between_years, "/team/", "morag", 11),
    Row("team that is covered", many_reviews.covered, "/team/", "donald", 9),
    Row("one of the team", many_reviews.one_person, "/team/{}/", "morag", 9),
    Row("notes of the team", many_reviews.notes, "/team/{}/notes/", "morag", 6),
    Row("notes", many_reviews.notes, "/notes/?page_size=25", "ailsa", 4),
    Row("next steps", many_reviews.managers_steps, "/next-steps/", "morag", 5),
)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("row", LISTS, ids=str)
def test_a_list_costs_the_same_at_any_length(cast, caller_for, row, size):
    path = row.path.format(row.build(cast, size))
    if "page_size" not in path:
        path += ("&" if "?" in path else "?") + "page_size=100"
    caller = caller_for(cast.people[row.who])
    fill_caches()

    with CaptureQueriesContext(connection) as spent:
        answer = caller.call(row.method, BASE + path, row.body)

    asked = [query["sql"] for query in spent if not query["sql"].startswith(MARKS)]
    assert answer.status_code in (200, 201), answer.content
    assert len(asked) == row.queries, "\n".join(sql[:160] for sql in asked)
