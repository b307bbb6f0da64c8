"""Preparing and opening a cycle as Tom does it: three screens, what must be solved, what is refused, what is kept."""

import datetime
import re

import pytest
from django.test import TestCase
from django.urls import reverse

from appraisal import drafts, opening
from appraisal.models import AppraisalCycle, AppraisalReview
from appraisal.tasks import open_reviews
from people.lib.dates import today
from people.models import AuditEvent, OutgoingMail, Post, Team
from people.transitions import ChangedSince, NotVisible, NotYours, WrongState
from tests.factories.partnerships import published_framework
from tests.factories.reviews import days, draft_cycle, open_cycle

pytestmark = pytest.mark.django_db
DAYS = ("starts_on", "ends_on", "self_due_on", "share_due_on", "close_due_on")


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def values_of(**changed) -> dict[str, str]:
    """What the first screen sends; a day is given as so many days from today."""
    first = {
        "name": "Reviews 2026/27",
        "starts_on": days(-300).isoformat(),
        "ends_on": days(60).isoformat(),
        "purpose": "development",
        "self_due_on": days(14).isoformat(),
        "share_due_on": days(30).isoformat(),
        "close_due_on": days(50).isoformat(),
        "hide_self_levels": "on",
        "second_manager": "",
    }
    moved = {name: days(changed[name]).isoformat() for name in DAYS if name in changed}
    return {**first, **changed, **moved}


def address(name: str, cycle: AppraisalCycle, *more) -> str:
    return reverse(f"cycles:{name}", args=[cycle.pk, *more])


def audited(cycle: AppraisalCycle) -> list[str]:
    rows = AuditEvent.objects.filter(record_type="appraisal.appraisalcycle", record_id=cycle.pk).order_by("pk")
    return list(rows.values_list("move", flat=True))


def post_of(user) -> Post:
    return Post.objects.get(person=user)


@pytest.fixture
def version(cast):
    return published_framework()


# --- The three screens ---


def test_three_screens_from_nothing_to_an_open_cycle(cast, client_for, version):
    client = client_for(cast.tom)
    assert "No review cycle yet" in text(client.get(reverse("cycles:list")))
    first = client.post(reverse("cycles:add"), values_of(framework_version=version.pk))
    cycle = AppraisalCycle.objects.get()
    assert first["Location"] == address("people", cycle)
    assert "Varrach catchment, 7 people" in text(client.get(first["Location"]))
    team = Team.objects.get()
    second = client.post(first["Location"], {"teams": [team.pk], "seen": "1"})
    assert second["Location"] == address("check", cycle)
    check = client.get(second["Location"])
    assert "7 people, 2 managers, 1 without a manager." in text(check)
    assert "These reviews are for development only." in text(check)
    assert 'value="open"' not in text(check)
    others = [post.pk for post in Post.objects.exclude(person=cast.ailsa)]
    client.post(address("leave-out", cycle), {"posts": others, "reason": "In another cycle", "back": "check"})
    check = client.get(second["Location"])
    assert "1 person, 1 manager." in text(check)
    with TestCase.captureOnCommitCallbacks(execute=True):
        third = client.post(address("open", cycle), {"seen": check.context["cycle"].version, "move": "open"})

    assert third["Location"] == address("progress", cycle)
    assert "1 of 1 review is open" in text(client.get(third["Location"]))
    review = AppraisalReview.objects.get()
    assert (review.job_holder, review.manager, review.second_manager) == (cast.ailsa, cast.morag, cast.fergus)
    told = {mail.template: mail for mail in OutgoingMail.objects.all()}
    assert {name: mail.to for name, mail in told.items()} == {
        "reviews/opened": cast.ailsa.email,
        "reviews/opened_manager": cast.morag.email,
    }
    assert "Reviews 2026/27" in text(client.get(reverse("cycles:list")))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"purpose": "may_inform"}, "Reviews here cannot inform pay, promotion or probation yet"),
        ({"name": ""}, "Give the cycle a name"),
        ({"ends_on": -301}, "The last day cannot be before the first"),
        ({"self_due_on": -1}, "This day has passed"),
        ({"share_due_on": 13}, "Reviews are shared after the self-assessments"),
        ({"close_due_on": 29}, "Reviews are confirmed after they were shared"),
        ({"starts_on": 20}, "Self-assessments come after the first day looked at"),
        ({"second_manager": "partner@example.org"}, "Nobody who works here has this address."),
    ],
)
def test_what_is_wrong_stands_at_its_field(cast, client_for, version, changed, sentence):
    values = values_of(framework_version=version.pk, **changed)

    response = client_for(cast.tom).post(reverse("cycles:add"), values)

    assert sentence in text(response)
    assert "Constraint" not in text(response)
    assert not AppraisalCycle.objects.exists()


def test_a_name_is_given_once(cast, client_for, version):
    client = client_for(cast.tom)
    for _press in range(2):
        response = client.post(reverse("cycles:add"), values_of(framework_version=version.pk))

    assert "There is a cycle of this name already." in text(response)
    assert AppraisalCycle.objects.count() == 1


def test_without_published_words_the_page_says_what_to_do(cast, client_for):
    page = text(client_for(cast.tom).get(reverse("cycles:add")))

    assert "A content editor publishes it; then come back here." in page


def test_showing_own_levels_is_kept_on_record(cast, client_for, version):
    client = client_for(cast.tom)
    values = values_of(framework_version=version.pk)
    client.post(reverse("cycles:add"), values)
    cycle = AppraisalCycle.objects.get()
    del values["hide_self_levels"]
    client.post(address("edit", cycle), values | {"seen": "1"})

    assert audited(cycle) == ["prepare", "changed", "levels_shown"]
    assert "before choosing their own" in text(client.get(address("check", cycle)))


def test_every_team_in_one_press_and_none_in_error(cast, client_for):
    client, cycle = client_for(cast.tom), draft_cycle(cast)
    for number in range(3):
        Team.objects.create(name=f"Estuary {number}")
    page = address("people", cycle)

    assert "Tick at least one team" in text(client.post(page, {}))
    client.post(page, {"then": "every"})

    assert cycle.teams.count() == 4
    assert client.post(page, {"teams": [Team.objects.first().pk], "then": "leave_out"})["Location"] == address(
        "leave-out", cycle
    )


def test_a_new_year_is_like_the_last_one_a_year_later(cast, client_for):
    old = open_cycle(cast, name="Reviews 2025/26", left_out=("morag", "fergus", "priya", "tom", "senga", "donald"))
    Post.objects.filter(person=cast.priya).update(ends_on=today() - datetime.timedelta(days=1))
    client = client_for(cast.tom)
    page = client.get(reverse("cycles:add"), {"like": old.pk})
    form = page.context["form"]
    values = {name: form[name].value() for name in (*drafts.FIELDS, "seen")}
    values = {name: getattr(value, "pk", value) or "" for name, value in values.items()}
    assert (values["name"], values["self_due_on"]) == ("Reviews 2026/27", drafts.add_months(old.self_due_on, 12))

    client.post(f"{reverse('cycles:add')}?like={old.pk}", values)

    new = AppraisalCycle.objects.get(name="Reviews 2026/27")
    assert set(new.teams.all()) == set(old.teams.all())
    assert {row.post.person for row in new.exclusions.all()} == {
        cast.morag,
        cast.fergus,
        cast.tom,
        cast.senga,
        cast.donald,
    }


@pytest.mark.parametrize(
    ("name", "following"),
    [
        ("Reviews 2026", "Reviews 2027"),
        ("2026/27", "2027/28"),
        ("Year 1999-00, second half", "Year 2000-01, second half"),
        ("Spring reviews", ""),
        ("Reviews of 12 teams", ""),
    ],
)
def test_the_year_in_a_name_moves_on(cast, name, following):
    assert drafts.values_of_next_year(draft_cycle(cast, name=name))["name"] == following


# --- What must be solved ---


def groups_of(client, cycle) -> dict[str, set[str]]:
    page = client.get(address("check", cycle))
    return {group["key"]: {post.person.name for post in group["posts"]} for group in page.context["groups"]}


def test_the_check_names_who_must_be_solved_and_leads_there(cast, client_for):
    cycle, client = draft_cycle(cast, left_out=()), client_for(cast.tom)
    everybody_else = {"Morag Sinclair", "Fergus Reid", "Priya Nair", "Tom Baxter", "Senga Muir", "Donald Iqbal"}

    page = text(client.get(address("check", cycle)))

    assert groups_of(client, cycle) == {
        "manager": {"Fergus Reid"},
        "second": everybody_else - {"Fergus Reid"},
        "profile": everybody_else,
    }
    back = f"?next={address('check', cycle)}"
    assert f"{reverse('posts:edit', args=[post_of(cast.fergus).pk])}{back}" in page
    assert "1 person has no line manager." in page


def test_a_manager_who_left_is_no_manager(cast, client_for):
    cycle = draft_cycle(cast)
    Post.objects.filter(person=cast.morag).update(ends_on=today() - datetime.timedelta(days=1))

    page = client_for(cast.tom).get(address("check", cycle))

    assert "Morag Sinclair is named, and holds no post here any more." in text(page)


def test_nobody_who_left_confirms(cast):
    cycle = draft_cycle(cast, second_manager=cast.donald)
    Post.objects.filter(person=cast.fergus).update(ends_on=today() - datetime.timedelta(days=1))
    assert opening.second_managers(cycle, [post_of(cast.ailsa)]) == {post_of(cast.ailsa).pk: cast.donald.pk}

    Post.objects.filter(person=cast.donald).update(ends_on=today() - datetime.timedelta(days=1))
    assert opening.second_managers(cycle, [post_of(cast.ailsa)]) == {post_of(cast.ailsa).pk: None}


def test_a_named_second_manager_solves_all_but_their_own(cast, client_for):
    cycle = draft_cycle(cast, left_out=(), second_manager=cast.donald)

    assert groups_of(client_for(cast.tom), cycle)["second"] == {"Donald Iqbal"}


def test_leaving_out_asks_whom_and_why_and_keeps_the_ticks(cast, client_for):
    cycle, client = draft_cycle(cast, left_out=()), client_for(cast.tom)
    fergus = post_of(cast.fergus)

    empty = client.post(address("leave-out", cycle), {"back": "check"})
    assert "Tick whom you leave out" in text(empty)
    assert "Give the reason" in text(empty)
    ticked = client.post(address("leave-out", cycle), {"back": "check", "posts": [fergus.pk]})
    assert f'value="{fergus.pk}" checked' in text(ticked)
    assert cycle.exclusions.count() == 0

    done = client.post(
        address("leave-out", cycle), {"back": "check", "posts": [fergus.pk], "reason": "<b>Head</b>"}, follow=True
    )
    assert "Fergus Reid is left out of this cycle." in text(done)
    people = text(client.get(address("people", cycle)))
    assert "&lt;b&gt;Head&lt;/b&gt;" in people
    client.post(address("put-back", cycle, fergus.pk))
    client.post(address("put-back", cycle, fergus.pk))
    assert cycle.exclusions.count() == 0
    assert audited(cycle) == ["prepare", "left_out", "people_changed", "put_back"]


def test_only_people_of_the_chosen_teams_can_be_left_out(cast, client_for):
    cycle, client = draft_cycle(cast, left_out=()), client_for(cast.tom)
    estuary = Team.objects.create(name="Estuary")
    outside = Post.objects.create(person=cast.stranger, team=estuary, title="Reader", starts_on=days(-9))

    client.post(address("leave-out", cycle), {"posts": [outside.pk], "reason": "Not ours"})
    found = client.get(address("leave-out", cycle), {"q": "officer"})

    assert cycle.exclusions.count() == 0
    assert {post.person for post in found.context["page"]} == {cast.ailsa}
    assert "Nobody found" in text(client.get(address("leave-out", cycle), {"q": "Stranger"}))


def test_a_second_review_at_once_is_pointed_out(cast, client_for):
    open_cycle(cast)
    second, client = draft_cycle(cast, name="Another"), client_for(cast.tom)

    assert "1 of them has a review under way in another cycle" in text(client.get(address("check", second)))
    assert client.post(address("open", second), {"seen": second.version}).status_code == 302


# --- Opening ---


def test_opening_what_is_not_solved_says_why_on_the_check_page(cast, client_for):
    cycle = draft_cycle(cast, left_out=())

    response = client_for(cast.tom).post(address("open", cycle), {"seen": cycle.version})

    assert response.status_code == 409
    assert "1 person has no line manager." in text(response)
    assert "To be solved first" in text(response)
    assert not AppraisalReview.objects.exists()


def test_opening_what_changed_in_another_window_is_refused(cast, client_for):
    cycle = draft_cycle(cast)
    seen = cycle.version
    drafts.leave_out(cycle, [post_of(cast.ailsa)], "On leave", by=cast.tom)

    response = client_for(cast.tom).post(address("open", cycle), {"seen": seen})

    assert response.status_code == 409
    assert "after you opened it" in text(response)


def test_a_draft_whose_first_date_has_passed_asks_for_new_dates(cast, client_for):
    cycle, client = draft_cycle(cast, self_due_on=days(-1)), client_for(cast.tom)

    assert "that day has passed. Change the dates first." in text(client.get(address("check", cycle)))
    assert client.post(address("open", cycle), {"seen": cycle.version}).status_code == 409


def test_two_presses_open_once(cast, client_for):
    cycle, client = draft_cycle(cast), client_for(cast.tom)
    seen = cycle.version
    with TestCase.captureOnCommitCallbacks(execute=True):
        for _press in range(2):
            assert client.post(address("open", cycle), {"seen": seen})["Location"] == address("progress", cycle)

    assert AppraisalReview.objects.count() == 1
    assert OutgoingMail.objects.count() == 2


def test_progress_is_shown_until_all_are_open(cast, client_for):
    cycle, client = draft_cycle(cast), client_for(cast.tom)
    client.post(address("open", cycle), {"seen": cycle.version})
    assert "0 of 1 review is open" in text(client.get(address("progress", cycle)))
    assert "1 still being opened" in text(client.get(reverse("cycles:list")))

    assert open_reviews.func(cycle.pk) == 1
    assert open_reviews.func(cycle.pk) == 0
    assert "1 of 1 review is open" in text(client.get(address("progress", cycle)))


def test_the_day_of_opening_decides_who_is_in(cast, client_for):
    cycle, client = draft_cycle(cast), client_for(cast.tom)
    Post.objects.filter(person=cast.ailsa).update(ends_on=days(-1))

    assert "Nobody is in this cycle yet." in text(client.get(address("check", cycle)))


# --- Drafts only, administrators only ---


def test_an_open_cycle_cannot_be_changed_or_deleted(cast, client_for):
    cycle, client = open_cycle(cast), client_for(cast.tom)
    values = values_of(name="Other", framework_version=cycle.framework_version_id)

    for name in ("edit", "people", "leave-out", "check", "delete"):
        assert client.get(address(name, cycle))["Location"] == cycle.get_absolute_url()
    assert client.post(address("edit", cycle), values).status_code == 409
    assert client.post(address("people", cycle), {"teams": [Team.objects.first().pk]}).status_code == 409
    assert client.post(address("put-back", cycle, post_of(cast.tom).pk)).status_code == 409
    assert client.post(address("delete", cycle)).status_code == 409
    with pytest.raises(WrongState):
        drafts.leave_out(cycle, [post_of(cast.ailsa)], "Late", by=cast.tom)
    cycle.refresh_from_db()
    assert cycle.name == "Reviews 2026"


def test_a_draft_is_deleted_after_a_page_that_asks(cast, client_for):
    cycle, client = draft_cycle(cast), client_for(cast.tom)
    assert "Delete for good" in text(client.get(address("delete", cycle)))

    client.post(address("delete", cycle))

    assert not AppraisalCycle.objects.exists()
    assert audited(cycle) == ["prepare", "deleted"]


def test_two_windows_show_both_and_the_later_one_decides(cast, client_for):
    cycle, client = draft_cycle(cast), client_for(cast.tom)
    values = values_of(framework_version=cycle.framework_version_id, seen=cycle.version)
    client.post(address("edit", cycle), values | {"name": "First"})

    second = client.post(address("edit", cycle), values | {"name": "Second"})

    assert second.status_code == 409
    assert "<dd>First</dd>" in text(second)
    assert 'value="Second"' in text(second)
    again = values | {"name": "Second", "seen": second.context["form"].data["seen"]}
    assert client.post(address("edit", cycle), again)["Location"] == address("check", cycle)
    with pytest.raises(ChangedSince):
        drafts.choose_teams(cycle, [], by=cast.tom, seen=1)


@pytest.mark.parametrize("who", ["ailsa", "fergus", "priya", "rhona"])
def test_nobody_else_prepares_a_cycle(cast, client_for, who):
    cycle, client = draft_cycle(cast), client_for(cast.people[who])

    for name in ("edit", "people", "leave-out", "check", "delete", "progress"):
        assert client.get(address(name, cycle)).status_code == 403
    assert client.post(address("open", cycle)).status_code == 403
    with pytest.raises((NotVisible, NotYours)):
        drafts.throw_away(cycle, by=cast.people[who])
