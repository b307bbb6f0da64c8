"""What every list of the site costs in queries: one number for 1, 3 and 500 rows (DESIGN 10).

No other test counts them. A new list gets a row in the table and a builder in tests/factories/many.py; where people
save something, what it costs to save stands here too. What a process keeps in its caches anyway is there already.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import include, path
from wagtail.models import Site, get_page_models

from people.models import Identity, OutgoingMail
from people.policy import policy
from tests.factories import (
    many,
    many_cycles,
    many_participation,
    many_records,
    many_required,
    many_reviews,
    many_venues,
    well_read,
)
from training.models import SessionInvitation

pytestmark = pytest.mark.django_db
SIZES = (1, 3, 500)
SAID = {"mark": "2", "words": "She rang first."}
SAID_OF_ALL = {f"b{number}-{name}": value for number in range(1, 6) for name, value in SAID.items()}
# Marks of a transaction carry no data, and a test, which runs inside one, makes others than the site does
MARKS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")

urlpatterns = [path("dev/", include("cms.dev_urls")), path("", include("cms.urls"))]  # with the pages of DEBUG


@dataclass(frozen=True)
class Row:
    """A page, or a form that is sent: what builds its rows, where it is, who asks, and how many queries that is."""

    name: str
    build: Callable
    url: str  # with a place for what the builder returns
    who: str | None
    queries: int
    data: dict[str, str] | None = None  # what the form sends

    def __str__(self) -> str:
        return self.name


LISTS = (
    # learning
    Row("catalogue", many.begun_modules, "/learning/", "ailsa", 8),
    Row("catalogue, searched", many.begun_modules, "/learning/?status=in-progress&q=about", "ailsa", 8),
    Row("module", many.long_module, "/learning/long/", "ailsa", 12),
    Row("module with its cases", many.cases_beside_a_module, "/learning/first/", "rhona", 11),
    Row("unit", many.long_module, "/learning/long/long-u1/", "ailsa", 8),
    Row("unit, finished", many.long_module_unfinished, "/learning/long/long-u1/finish/", "ailsa", 12, {}),
    Row("module, completed by its last unit", many.nearly_done, "/learning/long/long-u1/finish/", "ailsa", 23, {}),
    Row("check, before", many.check_before, "/learning/long/check/", "ailsa", 7),
    Row("check", many.check_open, "/learning/long/check/", "ailsa", 8),
    Row("check, saved", many.check_open, "/learning/long/check/save/", "ailsa", 8, many.answers(500)),
    Row("module, completed by its check", many.check_open, "/learning/long/check/", "ailsa", 22, many.answers(500)),
    Row("result", many.check_done, "/learning/long/result/", "ailsa", 7),
    Row("used tries", many.used_tries, "/manage/tries/", "priya", 5),
    Row("my learning record", many_required.learnt, "/learning/record/", "ailsa", 17),
    Row("my learning record as a table", many_required.learnt, "/learning/record/csv/", "ailsa", 16),
    # who is in the room
    Row("who was in the room in a year", many_participation.year, "/manage/participation/", "priya", 9),
    Row("sizes of organisations", many.partnerships, "/manage/participation/sizes/", "priya", 5),
    Row("who is in the room of a session", many_participation.year, "/manage/sessions/{}/room/", "priya", 10),
    # required learning
    Row("required learning", many_required.rows, "/manage/required/", "priya", 5),
    Row("required learning, how far it is", many_required.people, "/manage/required/{}/", "priya", 10),
    Row("My work, required learning", many_required.rows, "/my-work/", "ailsa", 20),
    Row("my team, required learning", many_required.people, "/team/", "morag", 14),
    # joint sessions
    Row("sessions", many.sessions, "/sessions/", "ailsa", 7),
    Row("session with those who come", many.full_session, "/sessions/{}/", "ailsa", 12),
    Row("session by the link of a place", many.session_by_link, "/sessions/place/{}/", None, 11),
    Row("invitation", many.invitation, "/invitations/{}/", None, 8),
    Row("before the day", many.needs_of_one, "/sessions/{}/ready/", "dougie", 8),
    Row("names of organisations", many.typed_names, "/manage/organisations/", "priya", 6),
    Row("name of an organisation", many.typed_names, "/manage/organisations/{}/", "priya", 6),
    Row("organisations that were merged", many.merged, "/manage/organisations/merge/", "priya", 6),
    Row("two organisations to merge", many.merged, "/manage/organisations/merge/{}/", "priya", 27),
    Row("access needs", many.needs, "/manage/needs/", "priya", 5),
    Row("what people bring", many.needs, "/sessions/{}/prepare/", "priya", 7),
    Row("session, booked", many.full_session, "/sessions/{}/book/", "ailsa", 25, {}),
    Row("attendance", many.begun_session, "/manage/sessions/{}/", "priya", 10),
    Row("what people said", many.answered_session, "/manage/sessions/{}/heard/", "priya", 8),
    Row("session that is over", many.answered_session, "/sessions/{}/", "ailsa", 14),
    Row("certificates of a session", many.marked_session, "/manage/sessions/{}/certificates/", "priya", 13),
    Row("attendance, somebody more", many.begun_session, "/manage/sessions/{}/walk-in/", "priya", 18, {"name": "Pal"}),
    # thank yous
    Row("thank yous", many_venues.thanks, "/thanks/", "ailsa", 6),
    Row("thank you, its form", many_venues.people_met, "/thanks/say/", "rhona", 6),
    Row("My work, thank yous", many_venues.thanks, "/my-work/", "ailsa", 17),
    # proposals and venues
    Row("proposals", many_venues.proposals, "/manage/proposals/", "priya", 5),
    Row("proposals, answered", many_venues.answered_proposals, "/manage/proposals/?view=answered", "priya", 5),
    Row("proposal", many_venues.proposals, "/sessions/proposals/{}/", "priya", 4),
    Row("my proposals", many_venues.proposals, "/sessions/propose/", "rhona", 5),
    Row("My work, proposals to answer", many_venues.proposals, "/my-work/", "priya", 17),
    Row("venues", many_venues.venues, "/manage/venues/", "priya", 6),
    Row("venue", many_venues.busy_venue, "/manage/venues/{}/", "priya", 8),
    Row("venue, its form", many_venues.busy_venue, "/manage/venues/{}/edit/", "priya", 6),
    Row("venue, for its host", many_venues.asked_host, "/venues/{}/", None, 2),
    Row("sessions to plan", many.sessions, "/manage/sessions/", "priya", 6),
    Row("session to plan", many.full_session, "/manage/sessions/{}/", "priya", 14),
    Row("session to plan, everything to change", many.full_session, "/manage/sessions/{}/change/", "priya", 17),
    Row("session to plan, who was invited", many.session_with_invitations, "/manage/sessions/{}/invite/", "priya", 11),
    Row("session to plan, papers", many.session_with_invitations, "/manage/sessions/{}/papers/", "priya", 8),
    Row("session to plan, a message", many.session_with_invitations, "/manage/sessions/{}/message/", "priya", 9),
    Row("session to plan, the draft", many.session_for_many, "/manage/sessions/{}/", "priya", 11),
    Row("session to plan, before publishing", many.session_for_many, "/manage/sessions/{}/check/", "priya", 17),
    # certificates
    Row("my certificates", many.certificates, "/certificates/", "ailsa", 5),
    Row("certificate", many.certificates, "/certificates/{}/", "ailsa", 4),
    Row("all certificates", many.certificates, "/manage/certificates/", "priya", 5),
    # examples
    Row("examples", many.requests, "/evidence/", "ailsa", 10),
    Row("examples of the team", many.requests, "/evidence/?view=team", "morag", 11),
    Row("example with its answers", many.answered, "/evidence/{}/", "ailsa", 15),
    Row("example with its answers, for the manager", many.answered, "/evidence/{}/", "morag", 14),
    Row("example, its form", many.answered, "/evidence/{}/edit/", "ailsa", 14),
    Row("example, a new one", many.partnerships, "/evidence/add/", "ailsa", 6),
    Row("asking", many.people_to_ask, "/evidence/{}/ask/", "ailsa", 6),
    # notes and next steps
    Row("notes about my work, new ones", many_reviews.notes, "/reviews/notes/", "ailsa", 10),
    Row("note, its form", many_reviews.notes, "/team/{}/note/", "morag", 5),
    Row("record", many_records.recorded, "/reviews/{}/record/", "ailsa", 8),
    Row("record, for the manager", many_records.recorded, "/reviews/{}/record/", "morag", 10),
    Row("record in many versions", many_records.versions_of_a_record, "/reviews/{}/record/", "ailsa", 8),
    Row("how a level came about", many_records.ticked, "/reviews/{}/behaviours/1/how/", "ailsa", 10),
    Row("how a level came about, for the manager", many_records.ticked, "/reviews/{}/behaviours/1/how/", "morag", 12),
    Row("how a level came about, closed", many_records.recorded, "/reviews/{}/behaviours/1/how/", "morag", 12),
    # my team
    Row("my team, reviews under way", many_reviews.under_way, "/team/", "morag", 8),
    Row("my team, one tab", many_reviews.under_way, "/team/?show=me", "morag", 8),
    Row("my team, between years", many_reviews.between_years, "/team/", "morag", 10),
    Row("my team, for a cover", many_reviews.covered, "/team/", "donald", 8),
    Row("one of my team", many_reviews.one_person, "/team/{}/", "morag", 13),
    Row("talk sheet", many_reviews.one_person, "/team/{}/talk/", "morag", 13),
    Row("cycle", many_reviews.late_reviews, "/manage/cycles/{}/", "tom", 10),
    Row("cycle, late, searched", many_reviews.late_reviews, "/manage/cycles/{}/?tab=late&q=person", "tom", 10),
    Row("cycle, without a manager", many_reviews.orphaned_reviews, "/manage/cycles/{}/?tab=handover", "tom", 10),
    Row("cycle, before reminding", many_reviews.late_reviews, "/manage/cycles/{}/remind/?all_late=1", "tom", 8),
    Row("cycle, before closing", many_reviews.late_reviews, "/manage/cycles/{}/close/", "tom", 6),
    Row("review from outside", many_reviews.moved_review, "/manage/reviews/{}/", "tom", 7),
    Row("next steps that I owe", many_reviews.managers_steps, "/reviews/steps/", "morag", 7),
    # one side of a review being written
    Row("review, one behaviour", many_reviews.own_side, "/reviews/{}/behaviours/1/", "ailsa", 9),
    Row("review, one behaviour, for the manager", many_reviews.managers_side, "/reviews/{}/behaviours/1/", "morag", 11),
    Row("review, one behaviour saved", many_reviews.managers_side, "/reviews/{}/behaviours/1/", "morag", 11, SAID),
    Row("review on one page", many_reviews.own_side, "/reviews/{}/whole/", "ailsa", 9),
    Row("review on one page, for the manager", many_reviews.managers_side, "/reviews/{}/whole/", "morag", 11),
    Row("review on one page, saved", many_reviews.managers_side, "/reviews/{}/whole/", "morag", 11, SAID_OF_ALL),
    Row("review, summary", many_reviews.managers_side, "/reviews/{}/summary/", "morag", 9),
    Row("review, summary saved", many_reviews.managers_side, "/reviews/{}/summary/", "morag", 10, {"summary": "Well."}),
    Row("review, check before sending", many_reviews.ready_to_send, "/reviews/{}/check/", "ailsa", 8),
    Row("review, sent", many_reviews.ready_to_send, "/reviews/{}/check/", "ailsa", 19, {}),
    Row("review, check before sharing", many_reviews.ready_to_share, "/reviews/{}/check/", "morag", 11),
    Row("review, shared", many_reviews.ready_to_share, "/reviews/{}/check/", "morag", 23, {}),
    # review cycles
    Row("review cycles", many_cycles.draft_cycles, "/manage/cycles/", "tom", 5),
    Row("review cycle, what and when", many_cycles.draft_cycles, "/manage/cycles/{}/edit/", "tom", 7),
    Row("review cycle, like an earlier one", many_cycles.draft_cycles, "/manage/cycles/add/?like={}", "tom", 9),
    Row("review cycle, who", many_cycles.draft_over_many, "/manage/cycles/{}/people/", "tom", 9),
    Row("review cycle, leaving out", many_cycles.draft_over_many, "/manage/cycles/{}/leave-out/?q=officer", "tom", 6),
    Row("review cycle, check", many_cycles.draft_over_many, "/manage/cycles/{}/check/", "tom", 13),
    # posts
    Row("posts", many.staff, "/manage/posts/", "tom", 7),
    Row("posts, searched", many.staff, "/manage/posts/?q=officer", "tom", 7),
    Row("post, its form", many.staff, "/manage/posts/{}/", "tom", 7),
    Row("post, its end", many.staff, "/manage/posts/{}/end/", "tom", 5),
    Row("teams", many.staff, "/manage/posts/teams/", "tom", 5),
    Row("job families", many.job_families, "/manage/posts/families/", "tom", 5),
    Row("standing in", many.covers, "/manage/posts/cover/", "tom", 5),
    # reviews
    Row("my reviews", well_read.my_reviews, "/reviews/", "ailsa", 6),
    Row("reviews that I confirm", well_read.to_confirm, "/reviews/", "fergus", 6),
    Row("page of a review, being written", well_read.well_read("self_review"), "/reviews/{}/", "ailsa", 13),
    Row("page of a review, sent", well_read.well_read("manager_review"), "/reviews/{}/", "ailsa", 14),
    Row("page of a review, sent, for the manager", well_read.well_read("manager_review"), "/reviews/{}/", "morag", 14),
    Row("page of a review, shared", well_read.well_read("shared"), "/reviews/{}/", "ailsa", 16),
    Row("page of a review, shared, for the manager", well_read.well_read("shared"), "/reviews/{}/", "morag", 18),
    Row(
        "page of a review, shared, for the second manager", well_read.well_read("shared"), "/reviews/{}/", "fergus", 17
    ),
    Row("page of a review, shared, for a reason", well_read.well_read("shared"), "/reviews/{}/", "tom", 15),
    Row("page of a review, answered", well_read.well_read("answered"), "/reviews/{}/", "ailsa", 16),
    Row("page of a review, closed", well_read.well_read("closed"), "/reviews/{}/", "ailsa", 17),
    Row("page of a review, answering", well_read.well_read("shared"), "/reviews/{}/answer/", "ailsa", 17),
    Row("page of a review, confirming", well_read.well_read("answered"), "/reviews/{}/fair/", "fergus", 17),
    # partnerships
    Row("partnerships", many.partnerships, "/partnerships/", "ailsa", 7),
    Row("partnerships, searched", many.partnerships, "/partnerships/?q=organisation", "ailsa", 7),
    Row("partnership", many.big_partnership, "/partnerships/big/", "ailsa", 7),
    Row("partnership, its form", many.big_partnership, "/manage/partnerships/big/", "priya", 14),
    # what we expect of each other; a published version is kept, a draft is read anew each time
    Row("behaviours", many.behaviours, "/framework/", "ailsa", 4),
    Row("behaviour", many.behaviours, "/framework/behaviour-0/", None, 1),
    Row("behaviours of a draft", many.draft_behaviours, "/framework/versions/1/", "senga", 13),
    Row("behaviours, edited", many.draft_behaviours, "/manage/framework/1/", "senga", 18),
    Row("my private look", many.behaviours, "/framework/my-look/", "ailsa", 5),
    Row("versions", many.versions, "/manage/framework/", "senga", 7),
    # good practice
    Row("good practice", many.cases, "/good-practice/", None, 9),
    Row("case with its modules", many.modules_beside_a_case, "/good-practice/practicecasepage-0/", None, 12),
    # the roof
    Row("My work, modules begun", many.begun_modules, "/my-work/", "ailsa", 19),
    Row("My work, a long module", many.long_module, "/my-work/", "ailsa", 19),
    Row("My work, drafts and partnerships", many.drafts, "/my-work/", "ailsa", 17),
    Row("My work, waiting", many.requests, "/my-work/", "ailsa", 17),
    Row("My work, asked", many.requests, "/my-work/", "rhona", 13),
    Row("My work, to send for others", many.requests_for_the_manager, "/my-work/", "morag", 18),
    Row("My work, all there can be", many_reviews.everything, "/my-work/", "morag", 20),
    Row("My work, reviews of the team", many_reviews.under_way, "/my-work/", "morag", 18),
    Row("My work, reviews to confirm", many_reviews.to_confirm, "/my-work/", "fergus", 18),
    Row("My work, notes", many_reviews.notes, "/my-work/", "ailsa", 17),
    Row("My work, next steps", many_reviews.managers_steps, "/my-work/", "morag", 18),
    Row("My work, review cycles", many_reviews.years, "/my-work/", "tom", 18),
    Row("My work, texts to go on with", many.unpublished_cases, "/my-work/", "senga", 19),
    Row("My work, sessions to plan", many.sessions, "/my-work/", "priya", 17),
    Row("account", many.posts, "/account/", "ailsa", 6),
    Row("numbers we have set", many.numbers, "/manage/policies/", "priya", 3),
    Row("the cast of the demo", many.mails, "/dev/", None, 1),
    Row("mails of the demo", many.mails, "/dev/mail/", None, 1),
)


@pytest.fixture(scope="module", autouse=True)
def pages_of_debug():
    """Addresses are read once for all rows, those of DEBUG with them."""
    with override_settings(ROOT_URLCONF=__name__):
        yield


def fill_caches():
    """The body's name and numbers, the root of the pages, and the kinds of pages."""
    Identity.current()
    policy("certificate_validity_months")
    Site.get_site_root_paths()
    ContentType.objects.get_for_models(*get_page_models())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("row", LISTS, ids=str)
def test_a_list_costs_the_same_at_any_length(cast, client_for, row, size):
    address = row.url.format(row.build(cast, size))
    client = client_for(cast.people[row.who] if row.who else None)
    fill_caches()

    with override_settings(DEBUG=True), CaptureQueriesContext(connection) as spent:  # else it would log what it builds
        response = client.get(address) if row.data is None else client.post(address, row.data)

    asked = [query["sql"] for query in spent if not query["sql"].startswith(MARKS)]
    assert response.status_code == (200 if row.data is None else 302)
    assert len(asked) == row.queries, "\n".join(sql[:160] for sql in asked)


@pytest.mark.parametrize(
    ("build", "url", "data", "one", "most"),
    [
        (many.session_for, "/manage/sessions/{}/invite/", many.pasted, 22, 60),
        (many.invited_long_ago, "/manage/sessions/{}/ask-again/", lambda size: {}, 21, 50),
    ],
)
def test_hundreds_are_invited_in_few_statements(cast, client_for, build, url, data, one, most):
    """One address costs what it costs; 500 take no more, but on SQLite (999 values a statement)."""
    for size, limit in ((1, one), (500, most if connection.vendor == "sqlite" else one)):
        SessionInvitation.objects.all().delete()
        address, client = url.format(build(cast, size)), client_for(cast.priya)
        fill_caches()

        with CaptureQueriesContext(connection) as spent:
            response = client.post(address, data(size))

        asked = [query["sql"] for query in spent if not query["sql"].startswith(MARKS)]
        assert response.status_code == 302
        assert OutgoingMail.objects.filter(template="sessions/invited").count() == size
        assert len(asked) <= limit, "\n".join(sql[:160] for sql in asked)
        OutgoingMail.objects.all().delete()
