"""What every list of the API costs in queries: one number for 1, 3 and 500 rows (DESIGN 10), the token included."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.policy import policy
from tests.factories import many

pytestmark = pytest.mark.django_db
SIZES = (1, 3, 500)
MARKS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")


@dataclass(frozen=True)
class Row:
    """What is read: what builds its rows, where it is, who asks, and how many queries that is."""

    name: str
    build: Callable
    path: str  # with a place for what the builder returns
    who: str
    queries: int

    def __str__(self) -> str:
        return self.name


LISTS = (
    # examples and requests
    Row("examples", many.requests, "/examples/", "ailsa", 5),
    Row("examples of the team", many.requests, "/examples/?view=team", "morag", 6),
    Row("example with its answers", many.answered, "/examples/{}/", "ailsa", 14),
    Row("example with its answers, for the manager", many.answered, "/examples/{}/", "morag", 13),
    Row("requests", many.requests, "/requests/", "ailsa", 5),
    Row("requests to send", many.requests_for_the_manager, "/requests/", "morag", 6),
    Row("asked", many.requests, "/asked/", "rhona", 4),
)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("row", LISTS, ids=str)
def test_a_list_costs_the_same_at_any_length(cast, caller_for, row, size):
    path = row.path.format(row.build(cast, size))
    caller = caller_for(cast.people[row.who])
    policy("api_requests_per_minute")

    with CaptureQueriesContext(connection) as spent:
        answer = caller.read(path + ("&" if "?" in path else "?") + "page_size=100")

    asked = [query["sql"] for query in spent if not query["sql"].startswith(MARKS)]
    assert answer.status_code == 200
    assert len(asked) == row.queries, "\n".join(sql[:160] for sql in asked)
