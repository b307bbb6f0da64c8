"""Pages of writing a review: who sees what on them, what is saved, two windows, and handing in."""

import html
import re
import uuid

import pytest
from django.urls import reverse

from appraisal.enums import Part, RatingStatus, ReviewState
from appraisal.models import (
    AppraisalCycle,
    AppraisalReview,
    BehaviourRating,
    EvidenceEntry,
    ManagerNote,
    NextStep,
    ReviewPart,
)
from appraisal.ratings import save_rating, save_summary
from people import audit
from people.models import AuditEvent, ManagerCover, OutgoingMail, Post
from people.transitions import move, person
from tests.factories.appraisal import answered, example, shared_example
from tests.factories.certificates import a_certificate
from tests.factories.reviews import answer_all, days, ground, note_seen, review_in, review_of

pytestmark = pytest.mark.django_db
FIRST_PAGES = ("write", "whole", "summary", "check")


def address(name: str, review, number: int = 1) -> str:
    return reverse(f"reviews:{name}", args=[review.pk, number] if name == "write" else [review.pk])


def rating(review, part: str, number: int = 1) -> BehaviourRating:
    return BehaviourRating.objects.get(part__review=review, part__part=part, behaviour__number=number)


def words_on(response) -> str:
    """What the page says, without its marks and with one space between words."""
    text = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def form_of(review, part: str, number: int = 1, **more) -> dict:
    return {"seen": rating(review, part, number).version, **more}


def covered_by(cast, who: str) -> None:
    ManagerCover.objects.create(manager=cast.morag, cover=getattr(cast, who), starts_on=days(-1), ends_on=days(7))


# --- Who writes which side -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FIRST_PAGES)
def test_each_side_opens_for_its_writer_and_for_nobody_else(cast, client_for, name):
    review = review_in(cast, ReviewState.SELF_REVIEW)
    covered_by(cast, "priya")

    found = {who: client_for(user).get(address(name, review)).status_code for who, user in cast.people.items()}

    assert found == dict.fromkeys(cast.people, 404) | {"ailsa": 200, "morag": 200, "priya": 200}


@pytest.mark.parametrize("state", [ReviewState.SHARED, ReviewState.ANSWERED, ReviewState.CLOSED])
def test_a_page_of_writing_that_is_over_leads_to_the_review(cast, client_for, state):
    review = review_in(cast, state)

    for who in (cast.ailsa, cast.morag):
        client = client_for(who)
        found = {name: client.get(address(name, review)) for name in FIRST_PAGES}
        led = {name: (response.status_code, response.get("Location")) for name, response in found.items()}
        assert led == dict.fromkeys(FIRST_PAGES, (302, review.get_absolute_url())), who


def test_readers_who_do_not_write_are_refused(cast, client_for):
    review = review_in(cast, ReviewState.SHARED)

    assert client_for(cast.fergus).get(address("write", review)).status_code == 403


def test_a_behaviour_that_is_not_in_the_review_is_not_there(cast, client_for):
    review = review_of(cast)

    assert client_for(cast.ailsa).get(address("write", review, 6)).status_code == 404


def test_going_on_leads_to_the_first_behaviour_that_lacks_something(cast, client_for):
    review, entry = review_of(cast), ground(cast)
    first = review.behaviours.get(number=1)
    save_rating(first, Part.SELF, {"mark": first.level, "examples": [entry]}, by=person(cast.fresh("ailsa")))

    assert client_for(cast.ailsa).get(reverse("reviews:go-on", args=[review.pk]))["Location"] == address(
        "write", review, 2
    )
    assert client_for(cast.morag).get(reverse("reviews:go-on", args=[review.pk]))["Location"] == address(
        "write", review, 1
    )


def test_every_opening_by_somebody_else_is_kept_and_none_by_the_person(cast, client_for):
    review = review_of(cast)

    for name in FIRST_PAGES:
        client_for(cast.ailsa).get(address(name, review))
        client_for(cast.morag).get(address(name, review))

    readings = AuditEvent.objects.filter(move=audit.READ, record_id=review.pk)
    assert [row.actor_label for row in readings] == ["Morag Sinclair"] * len(FIRST_PAGES)


# --- What stands on the page ---------------------------------------------------------------------------------------


def test_the_manager_reads_nothing_of_a_self_assessment_that_was_not_sent(cast, client_for):
    review, _entry = review_of(cast), ground(cast)
    answer_all(review, Part.SELF, cast.fresh("ailsa"), words="Mine alone", help="A day off")
    save_summary(review, Part.SELF, "Mine over everything", by=person(cast.fresh("ailsa")))

    for name in FIRST_PAGES:
        said = words_on(client_for(cast.morag).get(address(name, review)))
        assert "Mine" not in said
        assert "A day off" not in said
    assert "The self-assessment has not been sent" in words_on(client_for(cast.morag).get(address("write", review)))


def test_the_person_reads_nothing_of_the_managers_draft(cast, client_for):
    review, _entry = review_of(cast), ground(cast)
    answer_all(review, Part.MANAGER, cast.fresh("morag"), words="Not for Ailsa yet")
    save_summary(review, Part.MANAGER, "Not for Ailsa either", by=person(cast.fresh("morag")))

    for name in FIRST_PAGES:
        assert "Not for Ailsa" not in words_on(client_for(cast.ailsa).get(address(name, review)))


def test_the_own_level_shows_once_the_manager_has_saved_one(cast, client_for):
    review = review_in(cast, ReviewState.MANAGER_REVIEW)
    page, level = address("write", review), rating(review, Part.SELF).mark_words
    hidden, own = "Ailsa’s own level shows when you have chosen yours.", f"Ailsa’s own view {level}"

    before = words_on(client_for(cast.morag).get(page))
    client_for(cast.morag).post(page, form_of(review, Part.MANAGER, mark="3"))
    after = words_on(client_for(cast.morag).get(page))

    assert hidden in before
    assert own not in before
    assert hidden not in after
    assert own in after
    assert "As the examples show." in before  # the words were sent to be read


def test_the_own_level_shows_at_once_where_the_cycle_says_so(cast, client_for):
    review = review_in(cast, ReviewState.MANAGER_REVIEW, hide_self_levels=False)

    said = words_on(client_for(cast.morag).get(address("write", review)))

    assert f"Ailsa’s own view {rating(review, Part.SELF).mark_words}" in said


def test_the_form_offers_the_manager_what_was_shared_and_noted_in_the_period(cast, client_for):
    review = review_of(cast)
    shared_example(cast.ailsa, title="Shared in the period")
    example(cast.ailsa, title="Still private")
    shared_example(cast.ailsa, title="Long before", happened_on=days(-400))
    note_seen(cast)

    said = words_on(client_for(cast.morag).get(address("write", review)))

    assert "Shared in the period" in said
    assert "A concern you noted" in said
    assert "Still private" not in said
    assert "Long before" not in said


def test_a_partners_answer_stands_beside_the_example_on_both_sides(cast, client_for):
    review = review_of(cast)
    behaviour = review.behaviours.get(number=1).text.behaviour
    entry = example(cast.ailsa, behaviours=[behaviour])
    answered(entry, cast.rhona, "not_so", "We heard of it afterwards.")
    move(entry, "share", by=person(cast.fresh("ailsa")))

    for who in (cast.ailsa, cast.morag):
        said = words_on(client_for(who).get(address("write", review)))
        assert "Rhona MacBain: Not as I saw it" in said
        assert "We heard of it afterwards." in said


def test_a_certificate_is_learning_and_last_time_is_named(cast, client_for):
    old = review_in(cast, ReviewState.CLOSED, name="Reviews 2025", starts_on=days(-600), ends_on=days(-1))
    review = review_of(cast, open_cycle_after(cast))
    a_certificate(cast.ailsa, behaviours=("PB1",), title="Asking early")

    for who in (cast.ailsa, cast.morag):
        said = words_on(client_for(who).get(address("write", review)))
        assert "Asking early" in said
        assert "Learning, not proof of a level." in said
        assert "Last review, Reviews 2025: Reliably . See what was said" in said
    assert (
        reverse("reviews:record", args=[old.pk])
        in client_for(cast.ailsa).get(address("write", review)).content.decode()
    )


def open_cycle_after(cast) -> AppraisalCycle:
    from tests.factories.reviews import open_cycle

    return open_cycle(cast, name="Reviews after")


def test_names_and_words_are_shown_as_they_were_typed(cast, client_for):
    cast.ailsa.name = "<b>Ailsa</b> O'Grant"
    cast.ailsa.save()
    review = review_of(cast)
    shared_example(cast.ailsa, title="<script>x</script>")
    save_rating(
        review.behaviours.get(number=1),
        Part.MANAGER,
        {"mark": "2", "words": "<i>so</i>"},
        by=person(cast.fresh("morag")),
    )

    for name in FIRST_PAGES:
        page = client_for(cast.morag).get(address(name, review)).content.decode()
        assert "<b>Ailsa" not in page
        assert "<script>x" not in page
        assert "<i>so" not in page
        assert "&lt;b&gt;Ailsa&lt;/b&gt; O&#x27;Grant" in page


def test_who_stands_in_is_named_where_the_draft_is_seen(cast, client_for):
    review = review_of(cast)
    covered_by(cast, "priya")

    assert "Only you and Priya Nair, who stands in for you, can see it." in words_on(
        client_for(cast.morag).get(address("write", review))
    )
    assert "Only you and Morag Sinclair can see it." in words_on(client_for(cast.priya).get(address("write", review)))
    assert "Only you can see it." in words_on(client_for(cast.ailsa).get(address("write", review)))


# --- Saving one behaviour ------------------------------------------------------------------------------------------


def test_saving_leads_to_the_next_behaviour_that_lacks_something(cast, client_for):
    review, entry = review_of(cast), ground(cast)
    second = review.behaviours.get(number=2)
    save_rating(second, Part.SELF, {"mark": second.level, "examples": [entry]}, by=person(cast.fresh("ailsa")))
    client = client_for(cast.ailsa)

    page = words_on(client.get(address("write", review)))
    data = form_of(review, Part.SELF, mark="2", words="I rang first.", help="A car", examples=[entry.pk], then="next")
    response = client.post(address("write", review), data)

    assert "Save and go to behaviour 3" in page
    assert response["Location"] == address("write", review, 3)
    kept = rating(review, Part.SELF)
    assert (kept.level, kept.words, kept.help, list(kept.examples.all())) == (2, "I rang first.", "A car", [entry])


def test_a_draft_is_saved_with_nothing_chosen_and_says_what_is_missing_once_something_is(cast, client_for):
    review, client = review_of(cast), client_for(cast.ailsa)
    page = address("write", review)

    assert client.post(page, form_of(review, Part.SELF, words="Half a")).status_code == 302
    assert "needs something more" not in words_on(client.get(page))
    assert client.post(page, form_of(review, Part.SELF, mark="1", words="Half a")).status_code == 302

    assert "A level rests on at least one example of the period. Tick one." in words_on(client.get(page))


def test_both_reasons_for_no_level_are_answers(cast, client_for):
    review, client = review_of(cast), client_for(cast.ailsa)

    client.post(address("write", review), form_of(review, Part.SELF, mark="no_opportunity"))
    client.post(address("write", review, 2), form_of(review, Part.SELF, 2, mark="not_seen"))

    assert rating(review, Part.SELF).status == RatingStatus.NO_OPPORTUNITY
    assert rating(review, Part.SELF, 2).status == RatingStatus.NOT_SEEN


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ("later", "/reviews/{pk}/"),
        ("whole", "/reviews/{pk}/whole/"),
        ("add", "/evidence/add/?behaviour={behaviour}&next=%2Freviews%2F{pk}%2Fbehaviours%2F1%2F"),
        ("nonsense", "/reviews/{pk}/behaviours/2/"),
    ],
)
def test_the_other_buttons_save_too_and_lead_where_they_say(cast, client_for, then, expected):
    review = review_of(cast)
    behaviour = review.behaviours.get(number=1).text.behaviour_id

    response = client_for(cast.ailsa).post(address("write", review), form_of(review, Part.SELF, words="W", then=then))

    assert response["Location"] == expected.format(pk=review.pk, behaviour=behaviour)
    assert rating(review, Part.SELF).words == "W"


def test_the_manager_comes_back_later_from_the_team(cast, client_for):
    review = review_of(cast)

    response = client_for(cast.morag).post(address("write", review), form_of(review, Part.MANAGER, then="later"))

    assert response["Location"] == reverse("team:list")


def test_an_example_added_on_the_way_comes_back_ticked(cast, client_for):
    review, client = review_of(cast), client_for(cast.ailsa)
    page = address("write", review)

    there = client.post(page, form_of(review, Part.SELF, then="add"))["Location"]
    back = client.post(there, {"situation": "I rang first.", "happened_on": days(-1)})
    entry = EvidenceEntry.objects.get()

    assert back["Location"] == f"{page}?example={entry.pk}"
    assert re.search(rf'name="examples"[^>]*value="{entry.pk}" checked', client.get(back["Location"]).content.decode())
    assert list(rating(review, Part.SELF).examples.all()) == []  # looking at the page ticks nothing


def test_a_note_written_on_the_way_comes_back_ticked(cast, client_for):
    review, client = review_of(cast), client_for(cast.morag)
    page = address("write", review)

    there = client.post(page, form_of(review, Part.MANAGER, then="add"))["Location"]
    content = client.get(there).content.decode()
    data = {"kind": "good", "text": "She rang first.", "seen_on": days(-1), "form_key": str(uuid.uuid4())}
    behaviour = review.behaviours.get(number=1).text.behaviour_id
    back = client.post(there, data | {"behaviour": behaviour})
    note = ManagerNote.objects.get()

    assert re.search(rf'name="behaviour"[^>]*value="{behaviour}"[^>]*checked', content)
    assert back["Location"] == f"{page}?note={note.pk}"
    assert re.search(rf'name="notes"[^>]*value="{note.pk}" checked', client.get(back["Location"]).content.decode())


@pytest.mark.parametrize("elsewhere", ["https://example.net/", "//example.net/", "javascript:alert(1)"])
def test_an_example_leads_back_to_our_pages_only(cast, client_for, elsewhere):
    response = client_for(cast.ailsa).post(
        reverse("evidence:add") + f"?next={elsewhere}", {"situation": "I rang first.", "happened_on": days(-1)}
    )

    assert response["Location"] == EvidenceEntry.objects.get().get_absolute_url()


def test_only_what_is_offered_can_be_ticked(cast, client_for):
    review = review_of(cast)
    private, foreign = example(cast.ailsa), shared_example(cast.donald)

    for entry in (private, foreign):
        response = client_for(cast.morag).post(
            address("write", review), form_of(review, Part.MANAGER, mark="2", words="Kept", examples=[entry.pk])
        )
        assert response.status_code == 200
        assert "One of the examples can no longer be ticked" in words_on(response)
        assert "Kept" in words_on(response)
    assert rating(review, Part.MANAGER).version == 1


def test_words_that_are_too_long_are_given_back(cast, client_for):
    review = review_of(cast)
    data = form_of(review, Part.SELF, mark="2", words="w" * 3001)

    page = client_for(cast.ailsa).post(address("write", review), data)
    quiet = client_for(cast.ailsa).post(address("write", review), data, headers={"X-Autosave": "1"})

    assert (page.status_code, quiet.status_code) == (200, 422)
    assert "w" * 3001 in page.content.decode()
    assert "<title>Error:" in page.content.decode()
    assert "at most 3000 characters" in quiet.json()["message"]
    assert rating(review, Part.SELF).version == 1


def test_a_level_below_the_expected_one_is_saved_and_explained_at_once(cast, client_for):
    review, client = review_of(cast), client_for(cast.morag)
    entry = ground(cast)

    response = client.post(
        address("write", review),
        form_of(review, Part.MANAGER, mark="1", words="Late.", examples=[entry.pk]),
        follow=True,
    )

    said = words_on(response)
    assert rating(review, Part.MANAGER).level == 1
    assert "“Involve early” is saved, and cannot be shared like this." in said
    assert "two dated examples or notes are needed" in said
    assert "must be a concern raised on or before" in said


def test_a_level_below_with_two_sources_and_an_early_concern_needs_no_words_of_warning(cast, client_for):
    review, client, entry = review_of(cast), client_for(cast.morag), ground(cast)
    note = note_seen(cast)

    response = client.post(
        address("write", review),
        form_of(review, Part.MANAGER, mark="1", words="Late.", examples=[entry.pk], notes=[note.pk]),
        follow=True,
    )

    assert "cannot be shared like this" not in words_on(response)


# --- Drafts that save themselves, two windows, and texts that come too late ----------------------------------------


def test_a_draft_saves_itself_and_tells_its_version(cast, client_for):
    review, client = review_of(cast), client_for(cast.ailsa)
    quiet = {"headers": {"X-Autosave": "1"}}

    first = client.post(address("write", review), form_of(review, Part.SELF, words="One"), **quiet)
    second = client.post(address("write", review), {"seen": first.json()["version"], "words": "Two"}, **quiet)
    again = client.post(address("write", review), {"seen": second.json()["version"], "words": "Two"}, **quiet)

    assert [answer.json() for answer in (first, second, again)] == [{"version": 2}, {"version": 3}, {"version": 3}]
    assert rating(review, Part.SELF).words == "Two"


def test_two_windows_keep_both_texts(cast, client_for):
    review, client = review_of(cast), client_for(cast.ailsa)
    old = form_of(review, Part.SELF, mark="2", words="From the second window")
    client.post(address("write", review), form_of(review, Part.SELF, mark="3", words="From the first window"))

    response = client.post(address("write", review), old)

    said = words_on(response)
    assert response.status_code == 409
    assert "As it is saved now Helps the group From the first window" in said
    assert "From the second window" in said
    assert "after you opened it" in said
    assert rating(review, Part.SELF).words == "From the first window"
    seen = re.search(r'name="seen" value="(\d+)"', response.content.decode())[1]
    assert client.post(address("write", review), {**old, "seen": seen}).status_code == 302
    assert rating(review, Part.SELF).words == "From the second window"


def test_manager_and_cover_do_not_overwrite_each_other(cast, client_for):
    review = review_of(cast)
    covered_by(cast, "priya")
    old = form_of(review, Part.MANAGER, mark="2", words="By Morag")

    client_for(cast.priya).post(address("write", review), form_of(review, Part.MANAGER, mark="2", words="By Priya"))
    quiet = client_for(cast.morag).post(address("write", review), old, headers={"X-Autosave": "1"})
    page = client_for(cast.morag).post(address("write", review), old)

    assert (quiet.status_code, page.status_code) == (409, 409)
    assert "after you opened it" in quiet.json()["message"]
    assert "By Priya" in words_on(page)
    assert "By Morag" in words_on(page)


def test_a_second_press_is_one_save(cast, client_for):
    review, client, entry = review_of(cast), client_for(cast.ailsa), ground(cast)
    data = form_of(review, Part.SELF, mark="2", words="Once", examples=[entry.pk])

    answers = [client.post(address("write", review), data).status_code for _press in range(2)]

    assert answers == [302, 302]
    assert rating(review, Part.SELF).version == 2


@pytest.mark.parametrize("name", ["write", "whole", "summary"])
def test_what_comes_too_late_is_given_back_and_changes_nothing(cast, client_for, name):
    review = review_in(cast, ReviewState.SHARED)
    data = {"seen": 1, "mark": "4", "words": "Too late", "b1-words": "Too late", "summary": "Too late", "b1-mark": "4"}

    for who in (cast.ailsa, cast.morag):
        response = client_for(who).post(address(name, review), data)
        assert response.status_code == 409
        assert "This can no longer be changed: it is now “Shared”." in words_on(response)
        assert "Too late" in words_on(response)
    assert not BehaviourRating.objects.filter(words="Too late").exists()
    assert not ReviewPart.objects.filter(summary="Too late").exists()


def test_a_former_manager_gets_the_text_back_and_a_stranger_learns_nothing(cast, client_for):
    review = review_of(cast)
    post = Post.objects.get(person=cast.ailsa)
    post.line_manager = cast.fergus
    post.save()
    data = {"seen": 1, "mark": "2", "words": "What I saw"}

    former = client_for(cast.morag).post(address("write", review), data)
    stranger = client_for(cast.stranger).post(address("write", review), data)
    nowhere = client_for(cast.stranger).post(reverse("reviews:write", args=[999999, 1]), data)

    assert [page.status_code for page in (former, stranger, nowhere)] == [404, 404, 404]
    assert "Reliably What I saw" in words_on(former)
    assert words_on(stranger) == words_on(nowhere)


# --- All on one page -----------------------------------------------------------------------------------------------


def all_of(review, part: str, **values) -> dict:
    data = {}
    for row in BehaviourRating.objects.filter(part__review=review, part__part=part).select_related("behaviour"):
        prefix = f"b{row.behaviour.number}"
        data |= {f"{prefix}-seen": row.version} | {f"{prefix}-{name}": value for name, value in values.items()}
    return data


def test_everything_on_one_page_is_one_save(cast, client_for):
    review, entry = review_of(cast), ground(cast)
    data = all_of(review, Part.SELF, mark="2", words="For all", examples=[entry.pk])

    response = client_for(cast.ailsa).post(address("whole", review), data)

    assert response["Location"] == address("summary", review)
    kept = BehaviourRating.objects.filter(part__review=review, part__part=Part.SELF)
    assert {(row.level, row.words, row.version) for row in kept} == {(2, "For all", 2)}
    assert {entry for row in kept for entry in row.examples.all()} == {entry}


def test_one_page_saves_itself_and_tells_each_version(cast, client_for):
    review = review_of(cast)
    data = all_of(review, Part.SELF) | {"b2-words": "Two"}

    answer = client_for(cast.ailsa).post(address("whole", review), data, headers={"X-Autosave": "1"})

    assert answer.json() == {"seen": {"b1-seen": 1, "b2-seen": 2, "b3-seen": 1, "b4-seen": 1, "b5-seen": 1}}


def test_one_mistake_on_one_page_keeps_every_text(cast, client_for):
    review = review_of(cast)
    data = all_of(review, Part.SELF, words="Kept") | {"b4-words": "w" * 3001}

    response = client_for(cast.ailsa).post(address("whole", review), data)

    assert response.status_code == 200
    assert response.content.decode().count("Kept</textarea>") == 4
    assert 'href="#id_b4-words"' in response.content.decode()
    assert not BehaviourRating.objects.exclude(version=1).exists()


def test_two_windows_on_one_page_show_only_what_differs(cast, client_for):
    review, client = review_of(cast), client_for(cast.ailsa)
    old = all_of(review, Part.SELF, words="Second window")
    client.post(address("write", review, 3), form_of(review, Part.SELF, 3, words="First window"))

    response = client.post(address("whole", review), old)

    assert response.status_code == 409
    assert words_on(response).count("As it is saved now") == 1
    assert "First window" in words_on(response)
    assert response.content.decode().count("Second window</textarea>") == 5
    assert not BehaviourRating.objects.filter(words="Second window").exists()


# --- Summary and next steps ----------------------------------------------------------------------------------------


def step(number: int, **values) -> dict:
    return {f"step{number}-{name}": value for name, value in values.items()}


def test_the_manager_keeps_at_most_three_steps_and_empty_rows_are_left_out(cast, client_for):
    review = review_of(cast)
    data = {"seen": 1, "summary": "A good year."}
    data |= step(1, what="Visit the night carers", owner=cast.ailsa.pk, due_on=days(30), module="")
    data |= step(2, what="", owner=cast.ailsa.pk, due_on="", module="")
    data |= step(3, what="Free two Fridays", owner=cast.morag.pk, due_on=days(10), module="")

    response = client_for(cast.morag).post(address("summary", review), data)

    assert response["Location"] == address("check", review)
    kept = NextStep.objects.filter(review=review)
    assert [(row.number, row.what, row.owner, row.due_on) for row in kept] == [
        (1, "Visit the night carers", cast.ailsa, days(30)),
        (2, "Free two Fridays", cast.morag, days(10)),
    ]
    assert ReviewPart.objects.get(review=review, part=Part.MANAGER).summary == "A good year."


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"what": "Visit"}, "Say who does step 1"),
        ({"what": "Visit"}, "Say by when step 1 is done"),
        ({"due_on": "2099-01-01"}, "Say what is to be done in step 1"),
        ({"what": "Visit", "due_on": "2020-01-01"}, "The day must lie in the future"),
        ({"what": "Visit", "owner": "999999"}, "999999 is not one of the available choices"),
    ],
)
def test_a_step_that_is_not_complete_says_so_and_keeps_what_was_typed(cast, client_for, values, sentence):
    review = review_of(cast)

    response = client_for(cast.morag).post(
        address("summary", review), {"seen": 1, "summary": "Kept words"} | step(1, **values)
    )

    assert response.status_code == 200
    assert sentence in words_on(response)
    assert "Kept words" in words_on(response)
    assert "<title>Error:" in response.content.decode()
    assert not NextStep.objects.exists()


def test_an_unfinished_step_does_not_keep_the_words_from_saving_themselves(cast, client_for):
    review = review_of(cast)
    data = {"seen": 1, "summary": "Kept words"} | step(1, what="Visit")

    answer = client_for(cast.morag).post(address("summary", review), data, headers={"X-Autosave": "1"})

    assert answer.status_code == 422
    assert answer.json()["version"] == 2
    assert "A next step is saved once" in answer.json()["message"]
    assert ReviewPart.objects.get(review=review, part=Part.MANAGER).summary == "Kept words"


def test_two_windows_of_the_summary_keep_both_texts(cast, client_for):
    review, client = review_of(cast), client_for(cast.morag)
    client.post(address("summary", review), {"seen": 1, "summary": "First window"})

    response = client.post(address("summary", review), {"seen": 1, "summary": "Second window"})

    assert response.status_code == 409
    assert "As it is saved now First window" in words_on(response)
    assert "Second window" in words_on(response)
    assert 'name="seen" value="2"' in response.content.decode()


def test_the_person_writes_words_and_no_steps(cast, client_for):
    review = review_of(cast)

    client_for(cast.ailsa).post(
        address("summary", review),
        {"seen": 1, "summary": "Mine"} | step(1, what="x", owner=cast.ailsa.pk, due_on=days(3)),
    )

    assert ReviewPart.objects.get(review=review, part=Part.SELF).summary == "Mine"
    assert not NextStep.objects.exists()


def test_modules_are_offered_first_where_help_was_wanted(cast, client_for):
    review, _entry = review_of(cast), ground(cast)
    a_certificate(cast.stranger, behaviours=("PB1",), title="About the first")
    a_certificate(cast.stranger, behaviours=("PB4",), title="About the second")
    second = review.behaviours.get(text__behaviour__code="PB4")
    answer_all(review, Part.SELF, cast.fresh("ailsa"))
    save_rating(second, Part.SELF, {"help": "How to reach the night shift"}, by=person(cast.fresh("ailsa")))
    move(review, "send", by=person(cast.fresh("ailsa")))

    said = words_on(client_for(cast.morag).get(address("summary", review)))

    assert "How to reach the night shift" in said
    assert said.index("About the second") < said.index("About the first")


# --- The check page, sending and sharing ---------------------------------------------------------------------------


def mark_of(page) -> dict:
    content = page.content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', content)[1] for name in ("seen", "text")}


def test_the_check_page_names_and_links_what_is_missing(cast, client_for):
    review, client = review_of(cast), client_for(cast.ailsa)
    client.post(address("write", review), form_of(review, Part.SELF, mark="1"))

    page = client.get(address("check", review))

    said = words_on(page)
    assert "Not ready to send yet" in said
    assert "Involve early : A level rests on at least one example of the period. Tick one." in said
    assert "Involve early : This is not the level that the role expects. Say why in your own words." in said
    assert "Widen the circle : Nothing is chosen yet." in said
    assert f'<a href="{address("write", review, 2)}">Widen the circle</a>' in page.content.decode()
    assert "Send to Morag</button>" not in page.content.decode()
    assert client.post(address("check", review), mark_of(page)).status_code == 409


def test_sending_says_which_private_examples_become_readable_and_what_happens_next(cast, client_for):
    review, client = review_of(cast), client_for(cast.ailsa)
    private = example(cast.ailsa, title="Only mine so far")
    unticked = example(cast.ailsa, title="Stays mine")
    answer_all(review, Part.SELF, cast.fresh("ailsa"), examples=[private])

    page = client.get(address("check", review))
    response = client.post(address("check", review), mark_of(page), follow=True)

    assert "Morag Sinclair will be able to read this private example Only mine so far" in words_on(page)
    assert "Stays mine" not in words_on(page)
    review.refresh_from_db()
    assert review.state == ReviewState.MANAGER_REVIEW
    said = words_on(response)
    assert "Your self-assessment is with Morag Sinclair, who can read it from now on." in said
    assert "Next, Morag shares the review with you, by" in said
    private.refresh_from_db()
    unticked.refresh_from_db()
    assert (private.is_shared, unticked.is_shared) == (True, False)


def test_pressing_send_twice_sends_once(cast, client_for):
    review, client, _entry = review_of(cast), client_for(cast.ailsa), ground(cast)
    answer_all(review, Part.SELF, cast.fresh("ailsa"))
    data = mark_of(client.get(address("check", review)))

    answers = [client.post(address("check", review), data).status_code for _press in range(2)]

    assert answers == [302, 302]
    assert OutgoingMail.objects.filter(template="reviews/self_sent").count() == 1


def test_the_manager_waits_for_the_self_assessment_until_its_day(cast, client_for):
    review, client, _entry = review_of(cast), client_for(cast.morag), ground(cast)
    answer_all(review, Part.MANAGER, cast.fresh("morag"))

    page = client.get(address("check", review))
    writing = words_on(client.get(address("write", review)))

    assert "Ailsa Grant has until" in words_on(page)
    assert (
        "to send the self-assessment. You can write before, and share once it is here or that day has passed."
        in writing
    )
    assert "Share with Ailsa</button>" not in page.content.decode()
    assert client.post(address("check", review), mark_of(page)).status_code == 409
    review.refresh_from_db()
    assert review.state == ReviewState.SELF_REVIEW


def test_sharing_shows_what_is_signed_and_who_reads_it(cast, client_for):
    review, client = review_in(cast, ReviewState.MANAGER_REVIEW), client_for(cast.morag)
    answer_all(review, Part.MANAGER, cast.fresh("morag"))

    page = client.get(address("check", review))
    response = client.post(address("check", review), mark_of(page), follow=True)

    assert "Sharing is your signature under this sentence: “This is my view of each behaviour." in words_on(page)
    assert "After sharing: you, Ailsa Grant, and Fergus Reid" in words_on(page)
    assert "The review is shared with Ailsa Grant, who has been told." in words_on(response)
    review.refresh_from_db()
    assert review.state == ReviewState.SHARED
    assert [row.by for row in review.signatures.all()] == [cast.morag]


def test_nobody_signs_a_text_that_was_saved_after_they_read_it(cast, client_for):
    review, client = review_in(cast, ReviewState.MANAGER_REVIEW), client_for(cast.morag)
    covered_by(cast, "priya")
    answer_all(review, Part.MANAGER, cast.fresh("morag"))
    seen = mark_of(client.get(address("check", review)))
    save_rating(
        review.behaviours.get(number=1), Part.MANAGER, {"words": "Changed by Priya"}, by=person(cast.fresh("priya"))
    )

    response = client.post(address("check", review), seen)

    assert response.status_code == 409
    assert "after you opened it" in words_on(response)
    assert "Changed by Priya" in words_on(response)
    review.refresh_from_db()
    assert (review.state, review.signatures.count()) == (ReviewState.MANAGER_REVIEW, 0)
    assert not OutgoingMail.objects.filter(template="reviews/shared").exists()


def test_a_cover_saves_and_does_not_share(cast, client_for):
    review, client = review_in(cast, ReviewState.MANAGER_REVIEW), client_for(cast.priya)
    covered_by(cast, "priya")
    answer_all(review, Part.MANAGER, cast.fresh("priya"))

    page = client.get(address("check", review))

    assert "Morag Sinclair shares it. Standing in, you can write and save, and not sign." in words_on(page)
    assert "Share with Ailsa</button>" not in page.content.decode()
    assert client.post(address("check", review), mark_of(page)).status_code == 403


def test_nothing_is_asked_of_the_state_but_by_the_moves(cast, client_for):
    """Opening every page of writing changes neither side."""
    review = review_of(cast)
    before = list(AppraisalReview.objects.values()), list(BehaviourRating.objects.values())

    for name in FIRST_PAGES:
        for who in (cast.ailsa, cast.morag):
            client_for(who).get(address(name, review))

    assert (list(AppraisalReview.objects.values()), list(BehaviourRating.objects.values())) == before
