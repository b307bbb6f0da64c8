"""The page of a review, for every reader in every state: what stands on it, what does not, and who reads along."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from appraisal.enums import ReviewState
from appraisal.models import AppraisalReview, EvidenceEntry, ReasonedAccess, ReviewPart
from appraisal.ratings import save_rating
from appraisal.reading import REASONED, accesses_of, manager_readers, readers_of_part, who_can_see
from people.lib.dates import today
from people.models import AuditEvent, ManagerCover, Post, User
from people.transitions import SYSTEM, move, moves_of, person
from tests.factories import secrets
from tests.factories.appraisal import example
from tests.factories.reviews import days, review_in
from tests.factories.secrets import open_for_reason, secret_review, seen_in

pytestmark = pytest.mark.django_db

OWN = {secrets.SELF, secrets.HELP, secrets.SELF_SUMMARY, secrets.TITLE}
BY_MANAGER = {secrets.MANAGER, secrets.MANAGER_SUMMARY, secrets.STEP, secrets.NOTE}
SENT = OWN | {secrets.NAME}
SHARED = SENT | BY_MANAGER
UNNAMED = (SHARED - {secrets.NAME}) | {secrets.ACCOUNT}  # whoever cannot open the example reads it here
RETURNED = {secrets.POINT, secrets.REPLY, secrets.REASON}

# state: who sees what; whoever is not named finds no page. "cover" stands in for Morag, "reason" is Tom with a reason
TABLE = {
    "self_review": {"ailsa": set(), "morag": BY_MANAGER, "cover": BY_MANAGER},
    "manager_review": {"ailsa": SENT, "morag": SHARED, "cover": SHARED},
    "shared": {"ailsa": SHARED, "morag": SHARED, "cover": SHARED, "fergus": UNNAMED, "reason": UNNAMED},
    "answered": {
        "ailsa": SHARED | {secrets.POINT},
        "morag": SHARED | {secrets.POINT},
        "cover": SHARED | {secrets.POINT},
        "fergus": UNNAMED | {secrets.POINT, secrets.REPLY},
        "reason": UNNAMED | {secrets.POINT},
    },
    # what was shared before stays with the person; the manager's text is a draft again
    "returned": {"ailsa": SHARED - {secrets.NOTE} | RETURNED, "morag": SHARED | RETURNED, "cover": SHARED | RETURNED},
    "closed": {
        "ailsa": SHARED | {secrets.POINT, secrets.REPLY},
        "morag": SHARED | {secrets.POINT, secrets.REPLY},
        "cover": SHARED | {secrets.POINT, secrets.REPLY},
        "reason": UNNAMED | {secrets.POINT, secrets.REPLY},
    },
    "void": {"ailsa": SENT | {secrets.REASON}},
}
READERS = ("ailsa", "morag", "fergus", "tom", "cover", "reason", "stranger", "rhona", "priya", "root", "nobody")


def reader(cast, name, review):
    """The user behind a column of the table."""
    if name == "cover":
        ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, starts_on=today(), ends_on=days(5))
        return cast.fresh("donald")
    if name == "reason":
        open_for_reason(cast, review)
        return cast.fresh("tom")
    if name == "root":
        return User.objects.create_superuser("root@example.org", "common-ground", name="Root")
    return None if name == "nobody" else cast.fresh(name)


def page_of(client_for, user, review, name="reviews:detail"):
    return client_for(user).get(reverse(name, args=[review.pk]))


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("state", secrets.STATES)
def test_who_sees_what_in_which_state(cast, client_for, state):
    review = secret_review(cast, state)
    found = {}
    for who in READERS:
        user = reader(cast, who, review)
        response = page_of(client_for, user, review)
        assert secrets.PARTNER not in text(response)
        own_name = {user.name} if user else set()  # stands in the frame of every page
        if response.status_code == 200:
            found[who] = seen_in(text(response))
        else:
            assert response.status_code == (404 if user else 302)
            assert seen_in(text(response)) - own_name == set()

    assert found == TABLE[state]


@pytest.mark.parametrize("state", secrets.STATES)
def test_a_former_manager_finds_nothing_from_that_day_on(cast, client_for, state):
    review = secret_review(cast, state)
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)

    assert page_of(client_for, cast.fresh("morag"), review).status_code == 404
    new = page_of(client_for, cast.fresh("donald"), review)
    assert new.status_code == (200 if state == "closed" else 404)  # before the handover there is nothing to read


def test_a_cover_of_both_managers_waits_for_the_handover_too(cast, client_for):
    review = secret_review(cast, "manager_review")
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)
    Post.objects.filter(person=cast.senga).update(line_manager=cast.morag)
    for manager in (cast.morag, cast.donald):
        ManagerCover.objects.create(manager=manager, cover=cast.priya, starts_on=today(), ends_on=days(5))

    assert page_of(client_for, cast.fresh("priya"), review).status_code == 404


def test_the_person_standing_in_for_their_manager_reads_no_draft(cast, client_for):
    review = secret_review(cast, "manager_review")
    ManagerCover.objects.create(manager=cast.morag, cover=cast.ailsa, starts_on=today(), ends_on=days(5))

    assert seen_in(text(page_of(client_for, cast.fresh("ailsa"), review))) == SENT


def test_a_reason_that_has_run_out_opens_nothing(cast, client_for):
    review = secret_review(cast, "shared")
    open_for_reason(cast, review)
    ReasonedAccess.objects.update(until=timezone.now() - datetime.timedelta(seconds=1))

    assert page_of(client_for, cast.fresh("tom"), review).status_code == 404


def test_a_reason_opens_nothing_once_the_review_is_taken_back(cast, client_for):
    review = secret_review(cast, "shared")
    open_for_reason(cast, review)
    move(review, "take_back", by=person(cast.fresh("morag")))

    assert page_of(client_for, cast.fresh("tom"), review).status_code == 404


def test_after_a_handover_both_read_what_the_old_manager_wrote(cast, client_for):
    review = secret_review(cast, "manager_review")
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)
    move(review, "reassign_later", by=person(cast.tom), data={"manager": cast.donald, "reason": "Teams were joined"})

    written = {secrets.MANAGER, secrets.MANAGER_SUMMARY, secrets.NOTE}
    for name in ("ailsa", "donald"):
        page = text(page_of(client_for, cast.fresh(name), review))
        assert seen_in(page) >= SENT | written
        assert "What Morag Sinclair had written when the review was handed over" in page
        assert "Teams were joined" in page
    assert page_of(client_for, cast.fresh("morag"), review).status_code == 404


def test_own_levels_are_hidden_until_the_manager_has_chosen(cast, client_for):
    review = review_in(cast, "self_review")
    first, second = list(review.behaviours.all())[:2]
    for behaviour in review.behaviours.all():
        data = {"mark": 4, "words": "Mine.", "examples": [example(cast.ailsa)]}
        save_rating(behaviour, "self", data, by=person(cast.ailsa))
    move(review, "send", by=person(cast.fresh("ailsa")))
    save_rating(first, "manager", {"mark": "no_opportunity"}, by=person(cast.fresh("morag")))

    rows = page_of(client_for, cast.fresh("morag"), review).context["written"].rows

    assert [(row.own.level, row.own.is_hidden, row.own.mark_words) for row in rows[:2]] == [
        (4, False, "Changes how we work"),
        (None, True, ""),
    ]
    page = text(page_of(client_for, cast.fresh("morag"), review))
    assert page.count("Changes how we work") == 1
    assert page.count("Their level shows once you have chosen yours.") == 4
    assert text(page_of(client_for, cast.fresh("ailsa"), review)).count("Changes how we work") == 5
    assert second.pk == rows[1].expected.pk


def test_the_page_says_when_own_levels_show_at_once(cast, client_for):
    review = secret_review(cast, "manager_review", hide_self_levels=False)
    sentence = "Managers see the levels that people chose for themselves at once"

    for name in ("ailsa", "morag"):
        page = text(page_of(client_for, cast.fresh(name), review))
        assert sentence in page
        assert "Their level shows once" not in page


def test_a_private_example_under_a_closed_review_is_not_read_by_others(cast, client_for):
    review = review_in(cast, "closed")
    move(EvidenceEntry.objects.get(), "unshare", by=person(cast.fresh("ailsa")))

    assert "Rang before drafting" in text(page_of(client_for, cast.fresh("ailsa"), review))
    for_morag = text(page_of(client_for, cast.fresh("morag"), review))
    assert "Rang before drafting" not in for_morag
    assert "An example that is private again" in for_morag


# --- Who can see: the sentence, and the rule behind it ---


@pytest.mark.parametrize("state", secrets.STATES)
def test_the_readers_named_are_those_whom_the_query_lets_in(cast, state):
    review = secret_review(cast, state)
    for cover in (cast.donald, cast.ailsa, cast.fergus):  # the last two stand in for nobody here
        ManagerCover.objects.create(manager=cast.morag, cover=cover, starts_on=today(), ends_on=days(5))
    open_for_reason(cast, review)
    review = AppraisalReview.objects.with_readers().get(pk=review.pk)
    for part in review.parts.all():
        named = {one.user.pk for one in readers_of_part(review, part, manager_readers(review), accesses_of(review))}
        let_in = {
            user.pk for user in User.objects.all() if ReviewPart.objects.visible_to(user).filter(pk=part.pk).exists()
        }
        assert named == let_in, part


def test_a_second_manager_who_left_is_not_named_as_a_reader(cast):
    review = secret_review(cast, "shared")
    Post.objects.filter(person=cast.fergus).update(ends_on=days(-1))

    review = AppraisalReview.objects.with_readers().get(pk=review.pk)

    for part in review.parts.all():
        readers = readers_of_part(review, part, manager_readers(review), [])
        assert {one.user.pk for one in readers} == {cast.ailsa.pk, cast.morag.pk}
        assert not ReviewPart.objects.visible_to(cast.fresh("fergus")).filter(pk=part.pk).exists()


WHO_CAN_SEE = {
    "self_review": [("ailsa", "Only you can see what is written here."), ("morag", "Only you can see what is")],
    "manager_review": [
        ("ailsa", "You and Morag Sinclair can see what is written here."),
        ("morag", "The self-assessment: you and Ailsa Grant. What you write: only you."),
    ],
    "shared": [
        ("ailsa", "You, Morag Sinclair and Fergus Reid (until the review is closed) can see what is written here."),
        ("fergus", "You (until the review is closed), Ailsa Grant and Morag Sinclair can see what is written here."),
    ],
    "closed": [("ailsa", "You and Morag Sinclair can see what is written here.")],
    "void": [("ailsa", "Only you can see what is written here.")],
}


@pytest.mark.parametrize("state", WHO_CAN_SEE)
def test_who_can_see_in_words(cast, client_for, state):
    review = secret_review(cast, state)
    for who, sentence in WHO_CAN_SEE[state]:
        assert sentence in text(page_of(client_for, cast.fresh(who), review))


def test_who_can_see_names_cover_and_administrator(cast, client_for):
    review = secret_review(cast, "shared")
    ManagerCover.objects.create(manager=cast.morag, cover=cast.donald, starts_on=today(), ends_on=days(5))
    open_for_reason(cast, review)

    sees = " ".join(page_of(client_for, cast.fresh("ailsa"), review).context["who_sees"])

    assert "Donald Iqbal (who stands in for Morag Sinclair until " in sees
    assert "Tom Baxter (for a reason given, until " in sees
    draft = AppraisalReview.objects.with_readers().get(pk=secret_review(cast, "self_review", name="Another").pk)
    assert who_can_see(draft, cast.morag, list(draft.parts.filter(part="manager")))[0].startswith(
        "You and Donald Iqbal"
    )


def test_the_page_of_an_example_names_who_reads_it_in_a_review(cast, client_for):
    sentence = "Fergus Reid can read it in a review that rests on it, until that is closed."
    review = secret_review(cast, "shared")
    address = EvidenceEntry.objects.get().get_absolute_url()

    for name in ("ailsa", "morag"):
        assert sentence in text(client_for(cast.fresh(name)).get(address))
    assert client_for(cast.fresh("fergus")).get(address).status_code == 404
    move(review, "take_back", by=person(cast.fresh("morag")))
    assert sentence not in text(client_for(cast.fresh("ailsa")).get(address))


# --- Reading is kept, and shown ---


def test_every_reading_by_somebody_else_is_kept(cast, client_for):
    review = secret_review(cast, "answered")
    address = reverse("reviews:detail", args=[review.pk])
    for name in ("ailsa", "morag", "morag", "fergus"):
        client_for(cast.fresh(name)).get(address)
    client_for(cast.fresh("morag")).head(address)
    client_for(cast.fresh("fergus")).get(reverse("reviews:fair", args=[review.pk]))
    client_for(cast.fresh("stranger")).get(address)

    read = AuditEvent.objects.filter(move="read", record_id=review.pk).values_list("actor_id", flat=True)
    assert sorted(read) == sorted([cast.morag.pk] * 3 + [cast.fergus.pk] * 2)


def test_a_page_shown_again_after_a_mistake_is_a_reading_too(cast, client_for):
    review = secret_review(cast, "answered")

    client_for(cast.fresh("fergus")).post(reverse("reviews:fair", args=[review.pk]), {"return_to_manager": "1"})

    assert AuditEvent.objects.filter(move="read", actor_id=cast.fergus.pk).count() == 1


def test_the_person_sees_who_read_it_by_person_and_day(cast, client_for):
    review = secret_review(cast, "shared")
    open_for_reason(cast, review)
    for name in ("morag", "morag", "fergus", "tom"):
        page_of(client_for, cast.fresh(name), review)

    response = page_of(client_for, cast.fresh("ailsa"), review)

    rows = [(row.name, row.role, row.times, list(row.reasons)) for row in response.context["readings"]]
    assert sorted(rows) == [
        ("Fergus Reid", "second manager", 1, []),
        ("Morag Sinclair", "line manager", 2, []),
        ("Tom Baxter", "administrator", 1, ["Asked by the person"]),
    ]
    page = text(response)
    assert "Who has read it" in page
    assert "Tom Baxter can read what is written here until" in page
    for name in ("morag", "fergus", "tom"):
        assert "Who has read it" not in text(page_of(client_for, cast.fresh(name), review))


def test_every_move_that_asks_for_a_reason_is_told():
    assert {row.name for row in moves_of(AppraisalReview).values() if "reason" in row.inputs} == set(REASONED)


def test_markup_in_names_stays_text(cast, client_for):
    User.objects.filter(pk=cast.morag.pk).update(name="<b>Morag</b> & co")
    User.objects.filter(pk=cast.ailsa.pk).update(name="<script>alert(1)</script>")
    for state in ("shared", "answered"):
        review = secret_review(cast, state, name=f"<u>{state}</u>")
        page_of(client_for, cast.fresh("morag"), review)
        for name in ("ailsa", "morag", "fergus"):
            page = text(page_of(client_for, cast.fresh(name), review))
            assert "<b>Morag" not in page
            assert "<script>alert" not in page
            assert "<u>" not in page


# --- Where it stands, and how it ended ---


@pytest.mark.parametrize(
    ("answer", "ending"),
    [
        ("agree", "Signed by both: Morag Sinclair on {day} and Ailsa Grant on {day}. Ailsa Grant agrees."),
        ("comments", "Signed by both: Morag Sinclair on {day} and Ailsa Grant on {day}. Ailsa Grant agrees with comm"),
    ],
)
def test_signed_by_both_when_both_did(cast, client_for, answer, ending):
    review = review_in(cast, "closed", answer=answer)

    page = text(page_of(client_for, cast.fresh("ailsa"), review))

    day = f"{today():%-d %B %Y}"
    assert ending.format(day=day) in page
    assert f"Fergus Reid confirmed on {day} that the review was fair. It is closed." in page


def test_not_signed_by_both_when_the_person_disagrees(cast, client_for):
    page = text(page_of(client_for, cast.fresh("ailsa"), secret_review(cast, "closed")))

    assert "Ailsa Grant disagrees." in page
    assert "Signed by both" not in page


def test_silence_is_not_agreement_and_can_still_be_broken(cast, client_for):
    review = review_in(cast, "shared")
    for kind in ("week_before", "day_before"):
        review.reminders.create(cycle=review.cycle, person=cast.ailsa, step="answer", kind=kind)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=40), tick=False):
        review = move(review, "no_response", by=SYSTEM)
        page = text(page_of(client_for, cast.fresh("ailsa"), review))
        assert "Ailsa Grant has not replied, which is not agreement." in page
        assert "You can still answer until Fergus closes the review." in page
        assert reverse("reviews:answer", args=[review.pk]) in page
        assert "Signed by both" not in text(page_of(client_for, cast.fresh("fergus"), review))


def test_a_post_that_moved_on_waits_for_the_handover_in_words(cast, client_for):
    review = review_in(cast, "manager_review")
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)

    page = page_of(client_for, cast.fresh("ailsa"), review)

    assert page.context["next_line"] == "Morag no longer manages this post. An administrator hands the review over."
    assert page.context["who_sees"][0] == "Only you can see what is written here."


def test_whoever_looks_is_you(cast, client_for):
    review = review_in(cast, "manager_review")
    ailsa, morag = (page_of(client_for, cast.fresh(name), review).context["next_line"] for name in ("ailsa", "morag"))

    day = f"{review.cycle.share_due_on:%-d %B %Y}"
    assert ailsa == f"Morag has until {day} to write a view and share it with you."
    assert morag == f"You have until {day} to write your view and share it with Ailsa."


def test_two_of_the_same_first_name_are_called_in_full(cast, client_for):
    User.objects.filter(pk=cast.ailsa.pk).update(name="Morag Grant")
    review = review_in(cast, "manager_review")

    labels = [step["label"] for step in page_of(client_for, cast.fresh("morag"), review).context["steps"]]

    assert labels == ["Self-assessment", "With Morag Sinclair", "Shared", "With Fergus Reid", "Closed"]


TO_DO = {
    "self_review": {"ailsa": "Start with: Involve early", "morag": "Start with: Involve early"},
    "manager_review": {"ailsa": None, "morag": "Start with: Involve early"},
    "shared": {"ailsa": "Answer this review", "morag": None, "fergus": None},
    "answered": {"ailsa": None, "morag": None, "fergus": "Say whether it was fair"},
    "closed": {"ailsa": "Read the record", "morag": "Read the record"},
    "void": {"ailsa": None},
}


@pytest.mark.parametrize("state", TO_DO)
def test_one_thing_to_do(cast, client_for, state):
    review = review_in(cast, state)

    pages = {who: page_of(client_for, cast.fresh(who), review).context for who in TO_DO[state]}

    assert {who: page["primary"] and page["primary"]["label"] for who, page in pages.items()} == TO_DO[state]


# --- Moves ---


def press(client_for, user, review, name, **data):
    return client_for(user).post(reverse("reviews:move", args=[review.pk, name]), data, follow=True)


def test_taking_back_the_self_assessment(cast, client_for):
    review = review_in(cast, "manager_review")

    response = press(client_for, cast.fresh("ailsa"), review, "take_back_self", seen=review.version)

    review.refresh_from_db()
    assert review.state == ReviewState.SELF_REVIEW
    assert "Your self-assessment is yours alone again." in text(response)
    assert secrets.SELF not in text(page_of(client_for, cast.fresh("morag"), review))


@pytest.mark.parametrize(
    ("state", "name", "actor", "after"),
    [
        ("shared", "take_back", "morag", "manager_review"),
        ("answered", "take_back_answer", "ailsa", "shared"),
    ],
)
def test_moves_of_one_press(cast, client_for, state, name, actor, after):
    review = review_in(cast, state)

    for _press in range(2):  # the second press is the same act
        response = press(client_for, cast.fresh(actor), review, name, seen=review.version)

    review.refresh_from_db()
    assert (response.status_code, review.state) == (200, after)
    assert AuditEvent.objects.filter(record_id=review.pk, move=name).count() == 1


@pytest.mark.parametrize(
    ("state", "name", "actor", "status"),
    [
        ("shared", "take_back", "ailsa", 403),
        ("shared", "take_back", "fergus", 403),
        ("shared", "take_back", "stranger", 404),
        ("shared", "change_after_talk", "morag", 409),  # they have not both said when they talked
        ("manager_review", "take_back", "morag", 409),
        ("shared", "confirm_fair", "fergus", 404),  # not a move of this address
        ("shared", "void", "tom", 404),
    ],
)
def test_moves_that_are_refused(cast, client_for, state, name, actor, status):
    review = review_in(cast, state)

    response = client_for(cast.fresh(actor)).post(f"/reviews/{review.pk}/move/{name}/", {"seen": review.version})

    assert response.status_code == status
    assert AppraisalReview.objects.get().state == state


def test_a_move_on_an_old_page_is_refused(cast, client_for):
    review = review_in(cast, "shared")
    seen = review.version
    move(review, "talk_held", by=person(cast.fresh("morag")), data={"talk_on": today()})

    response = press(client_for, cast.fresh("morag"), review, "take_back", seen=seen)

    assert response.status_code == 409
    assert AppraisalReview.objects.get().state == ReviewState.SHARED


def test_reading_moves_nothing(cast, client_for):
    review = review_in(cast, "shared")
    client = client_for(cast.fresh("morag"))

    assert client.get(reverse("reviews:move", args=[review.pk, "take_back"])).status_code == 405


# --- The talk ---


def test_both_say_when_they_talked(cast, client_for):
    review = review_in(cast, "shared")
    said = press(client_for, cast.fresh("morag"), review, "talk_held", talk_on=today(), seen=review.version)
    assert "The day is noted. Ailsa is asked to confirm it." in text(said)

    review.refresh_from_db()
    page = text(page_of(client_for, cast.fresh("ailsa"), review))
    assert f"Morag says you talked on {today():%-d %B %Y}. Is that right?" in page
    assert f"Yes, we talked on {today():%-d %B}" in page
    confirmed = press(client_for, cast.fresh("ailsa"), review, "talk_held", talk_on=today(), seen=review.version)

    assert "as both of you say." in text(confirmed)
    assert AppraisalReview.objects.get().talk_is_confirmed


def test_the_other_corrects_the_day(cast, client_for):
    review = review_in(cast, "shared")
    review = move(review, "talk_held", by=person(cast.fresh("morag")), data={"talk_on": today()})

    press(client_for, cast.fresh("ailsa"), review, "talk_held", talk_on=days(-1), seen=review.version)

    review.refresh_from_db()
    assert (review.talk_on, review.talk_said_by_manager, review.talk_said_by_job_holder) == (days(-1), False, True)


@pytest.mark.parametrize("day", ["", "soon", days(1), days(-400)])
def test_a_day_that_cannot_be_is_given_back(cast, client_for, day):
    review = review_in(cast, "shared")

    response = press(client_for, cast.fresh("ailsa"), review, "talk_held", talk_on=day, seen=review.version)

    assert response.context["talk_form"].errors
    assert f'value="{day}"' in text(response) or not day
    assert AppraisalReview.objects.get().talk_on is None


def test_both_say_a_day_in_the_same_moment(cast, client_for):
    review = review_in(cast, "shared")
    move(review, "talk_held", by=person(cast.fresh("morag")), data={"talk_on": days(-1)})

    response = press(client_for, cast.fresh("ailsa"), review, "talk_held", talk_on=today(), seen=review.version)

    assert response.status_code == 409
    assert f"Morag says you talked on {days(-1):%-d %B %Y}. Is that right?" in text(response)


@pytest.mark.parametrize(("who", "status"), [("fergus", 403), ("stranger", 404), ("cover", 403)])
def test_only_the_two_say_when_they_talked(cast, client_for, who, status):
    review = review_in(cast, "shared")
    user = reader(cast, who, review)

    assert press(client_for, user, review, "talk_held", talk_on=today()).status_code == status


def test_a_text_shared_again_says_which_version_it_is(cast, client_for):
    review = secret_review(cast, "shared")
    review = move(review, "take_back", by=person(cast.fresh("morag")))
    save_rating(review.behaviours.first(), "manager", {"words": "second-text"}, by=person(cast.fresh("morag")))
    taken_back = text(page_of(client_for, cast.fresh("ailsa"), review))
    assert "second-text" not in taken_back
    assert "What was shared before" in taken_back
    review = move(review, "share", by=person(cast.fresh("morag")))

    for name in ("ailsa", "morag"):
        page = text(page_of(client_for, cast.fresh(name), review))
        assert "This is version 2" in page
        assert "Version 1, as Morag Sinclair shared it on" in page
        assert "second-text" in page
    assert "Version 1" not in text(page_of(client_for, cast.fresh("fergus"), review))


# --- The list ---


def test_the_list_holds_my_own_and_those_i_confirm(cast, client_for):
    review_in(cast, "closed", name="Last year")
    review_in(cast, "answered", name="This year")
    address = reverse("reviews:list")

    own = text(client_for(cast.fresh("ailsa")).get(address))
    assert own.index("This year") < own.index("Last year")
    assert "Fergus has until" in own
    assert "Record 20" in own
    confirm = text(client_for(cast.fresh("fergus")).get(address))
    assert "Ailsa Grant" in confirm
    assert "This year" in confirm
    assert "Last year" not in confirm  # no copy to keep
    for name in ("morag", "tom", "stranger"):
        page = text(client_for(cast.fresh(name)).get(address))
        assert "No review yet" in page
        assert "This year" not in page


@pytest.mark.parametrize(
    ("state", "who", "above"),
    [
        ("shared", "ailsa", "/reviews/"),
        ("shared", "morag", "/team/"),
        ("shared", "cover", "/team/"),
        ("shared", "fergus", "/reviews/"),
        ("shared", "reason", "/manage/"),
        ("closed", "ailsa", "/reviews/"),
        ("closed", "morag", "/team/"),
        ("closed", "reason", "/manage/"),
    ],
)
def test_the_frame_says_where_the_review_belongs(cast, client_for, state, who, above):
    review = secret_review(cast, state)
    client = client_for(reader(cast, who, review))
    pages = [review.get_absolute_url(), reverse("reviews:level", args=[review.pk, 1])]
    if state == "closed":
        pages.append(reverse("reviews:record", args=[review.pk]))
    for page in pages:
        drawn = client.get(page).content.decode()
        assert f'<a href="{above}" aria-current="true"' in drawn, page
        assert f'<ol class="crumbs"><li><a href="{above}">' in drawn, page
