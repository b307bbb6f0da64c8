"""How a level came about: every stored link as far as it is the reader's, and a sentence where one is missing."""

import datetime
import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from appraisal.enums import Part
from appraisal.models import EvidenceEntry, NextStep, ReasonedAccess
from appraisal.origins import origin_of
from appraisal.ratings import save_rating
from people import audit
from people.models import AuditEvent, Post
from people.transitions import move, person
from tests.cast import PEOPLE
from tests.factories.appraisal import answered, asked, shared_example
from tests.factories.reviews import answer_all, days, open_cycle, review_in, review_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(closed_cast):
    return closed_cast


@pytest.fixture
def how(client_for):
    """A function: the page of one behaviour as somebody sees it, as HTML and as words."""

    def look(user, review, number=1) -> tuple[str, str]:
        response = client_for(user).get(reverse("reviews:level", args=[review.pk, number]))
        assert response.status_code == 200
        main = re.search(r"<main.*?</main>", response.content.decode(), re.S)[0]
        return main, " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())

    return look


@pytest.fixture
def under_way(cast, told):
    """Another review of Ailsa's; both have written, nothing is sent or shared."""
    review = review_of(cast, open_cycle(cast, name="Another"))
    answer_all(review, Part.SELF, cast.fresh("ailsa"), words="Ailsa's own words.", examples=[told.call])
    answer_all(review, Part.MANAGER, cast.fresh("morag"), words="Morag's own words.", examples=[told.walk])
    return review


def shared(cast, review):
    move(review, "send", by=person(cast.fresh("ailsa")))
    return move(review, "share", by=person(cast.fresh("morag")))


def give_reason(cast, review) -> None:
    until = timezone.now() + datetime.timedelta(hours=1)
    ReasonedAccess.objects.create(review=review, reader=cast.tom, reason="An appeal", until=until)


# ---- closed: from the record -------------------------------------------------------------------------------------


def test_the_chain_of_a_closed_review(cast, told):
    origin = origin_of(told.review, 1, cast.ailsa)

    call, walk = origin.grounds
    assert (call.example.engagement, call.example.partnership) == (
        "Walk along the flood bank",
        "Varrach Flood Warning Group",
    )
    assert call.partnership_url == "/partnerships/varrach/"
    assert call.url == f"/evidence/{told.call.pk}/"
    assert call.ticked_by == ["Ailsa Grant", "Morag Sinclair"]
    assert [(row.name, row.answer, row.changed_since) for row in call.example.answers] == [
        ("Rhona MacBain", "Yes, and I would add something", True)
    ]
    assert (walk.ticked_by, walk.partnership_url, walk.example.answers) == (["Morag Sinclair"], "", [])
    assert [(view.who, view.level) for view in origin.behaviour.views] == [("Ailsa Grant", 3), ("Morag Sinclair", 1)]
    assert [(row.step.what, row.module_url, row.is_about) for row in origin.steps] == [
        ("Do the module together", f"/learning/{told.module.slug}/", True)
    ]
    assert [row.code for row in origin.certificates] == [told.certificate.grouped_code]
    assert [number for number, _name in origin.numbers] == [1, 2, 3, 4, 5]
    assert origin.record == told.review.records.get()


def test_the_page_links_each_step_and_names_what_is_missing(cast, how, told):
    source, words = how(cast.ailsa, told.review)

    for address in (
        "/partnerships/varrach/",
        f"/evidence/{told.call.pk}/",
        f"/learning/{told.module.slug}/",
        f"/verify/{told.certificate.code}/",
        f"/reviews/{told.review.pk}/record/#behaviour-1",
        f"/reviews/{told.review.pk}/behaviours/2/how/",
    ):
        assert f'href="{address}"' in source, address
    for sentence in (
        "No partnership is named",
        "No answer of anybody who was there stood beside this example.",
        "Changed since Rhona answered",
        "Learning, not proof of a level",
        "The role expects: Reliably",
    ):
        assert sentence in words, sentence
    assert not re.search(r"\bPB[1-8]\b", words)


def test_a_behaviour_without_step_or_certificate_says_so(cast, how, told):
    _source, words = how(cast.ailsa, told.review, 2)

    assert "None with a module about this way of working" in words
    assert "Do the module together" in words
    assert "None about this way of working" in words


def test_what_changed_since_changes_no_word_of_it(cast, told):
    EvidenceEntry.objects.filter(pk=told.call.pk).update(title="Another title", situation="Another story")
    told.module.unpublish()
    told.module.behaviours.clear()
    told.module.save()

    origin = origin_of(told.review, 1, cast.ailsa)

    assert origin.grounds[0].example.title == "Rang before drafting"
    assert [(row.step.module, row.module_url, row.is_about) for row in origin.steps] == [("Closing the loop", "", True)]


def test_the_manager_gets_no_link_to_what_is_private_again(cast, told):
    EvidenceEntry.objects.filter(pk=told.call.pk).update(state="draft")

    assert origin_of(told.review, 1, cast.fresh("morag")).grounds[0].url == ""
    assert origin_of(told.review, 1, cast.fresh("ailsa")).grounds[0].url == f"/evidence/{told.call.pk}/"


@pytest.mark.parametrize("name", PEOPLE)
def test_who_may_open_it_when_closed(cast, client_for, told, name):
    response = client_for(cast.people[name]).get(reverse("reviews:level", args=[told.review.pk, 1]))

    assert response.status_code == (200 if name in ("ailsa", "morag") else 404)


def test_an_administrator_with_a_reason_and_no_former_manager(cast, client_for, how, told):
    give_reason(cast, told.review)
    assert "Rhona MacBain" in how(cast.tom, told.review)[1]

    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)
    address = reverse("reviews:level", args=[told.review.pk, 1])
    assert client_for(cast.fresh("morag")).get(address).status_code == 404


@pytest.mark.parametrize("number", [0, 6])
def test_a_behaviour_that_is_not_in_it(cast, client_for, told, under_way, number):
    for review in (told.review, under_way):
        assert client_for(cast.ailsa).get(reverse("reviews:level", args=[review.pk, number])).status_code == 404


def test_reading_by_others_is_kept(cast, how, told):
    how(cast.ailsa, told.review)
    how(cast.morag, told.review)

    assert [row.actor_id for row in AuditEvent.objects.filter(move=audit.READ)] == [cast.morag.pk]


# ---- under way: what is one's own to read ------------------------------------------------------------------------


def test_before_sharing_everybody_sees_their_own_side(cast, how, under_way):
    _source, mine = how(cast.fresh("ailsa"), under_way)
    _source, theirs = how(cast.fresh("morag"), under_way)

    assert "Ailsa's own words." in mine
    assert "Morag's own words." not in mine
    assert "Walked the bank at night" not in mine
    assert "Next steps come with the manager's side" in mine
    assert "Morag's own words." in theirs
    assert "Ailsa's own words." not in theirs
    assert "Rang before drafting" not in theirs


def test_sent_and_not_shared_the_managers_side_is_still_alone(cast, how, under_way):
    move(under_way, "send", by=person(cast.fresh("ailsa")))

    assert "Ailsa's own words." not in how(cast.fresh("morag"), under_way)[1]
    assert "Morag's own words." not in how(cast.fresh("ailsa"), under_way)[1]


def test_the_page_of_the_review_leads_here(cast, client_for, under_way):
    review = shared(cast, under_way)

    for name in ("ailsa", "morag", "fergus"):
        found = client_for(cast.fresh(name)).get(review.get_absolute_url()).content.decode()
        assert all(reverse("reviews:level", args=[review.pk, number]) in found for number in range(1, 6)), name


def test_the_page_says_who_can_see_it(cast, how, under_way):
    assert "Who can see this: Only you." in how(cast.fresh("ailsa"), under_way)[1]
    assert (
        "Who can see this: You. Whoever stands in for Morag Sinclair can too." in how(cast.fresh("morag"), under_way)[1]
    )
    review = shared(cast, under_way)
    assert "Who can see this: You, Morag Sinclair and Fergus Reid." in how(cast.fresh("ailsa"), review)[1]
    assert "Who can see this: You, Ailsa Grant and Morag Sinclair." in how(cast.fresh("fergus"), review)[1]


def test_next_steps_of_a_draft_are_not_the_persons(cast, how, under_way):
    NextStep.objects.create(review=under_way, number=1, what="Ring the farms", owner=cast.ailsa, due_on=days(20))

    assert "Ring the farms" not in how(cast.fresh("ailsa"), under_way)[1]
    assert "Ring the farms" in how(cast.fresh("morag"), under_way)[1]


def test_after_sharing_both_see_both(cast, how, under_way):
    review = shared(cast, under_way)

    for name in ("ailsa", "morag"):
        _source, words = how(cast.fresh(name), review)
        for part in ("Ailsa's own words.", "Morag's own words.", "Rang before drafting", "Rhona MacBain"):
            assert part in words, (name, part)


def test_the_second_manager_reads_the_examples_here_and_no_names(cast, how, under_way, told):
    source, words = how(cast.fresh("fergus"), shared(cast, under_way))

    assert "Read the example" in words
    assert "I rang Rhona and two farms" in words
    assert f"/evidence/{told.call.pk}/" not in source
    assert "Somebody who was there Yes, and I would add something" in words
    assert "Rhona MacBain Yes" not in words
    assert "And you rang again on Friday." not in words


def test_an_example_that_is_private_again_shows_nothing(cast, how, under_way, told):
    review = shared(cast, under_way)
    EvidenceEntry.objects.filter(pk=told.call.pk).update(state="draft")

    for name in ("morag", "fergus"):
        source, words = how(cast.fresh(name), review)
        assert "An example that is private again" in words
        assert "I rang Rhona and two farms" not in words
        assert "Rang before drafting" not in source


@pytest.mark.parametrize("state", ["self_review", "manager_review"])
def test_nobody_else_before_sharing(cast, client_for, state):
    review = review_in(cast, state, name="Another")
    give_reason(cast, review)

    for name in set(PEOPLE) - {"ailsa", "morag"}:
        response = client_for(cast.people[name]).get(reverse("reviews:level", args=[review.pk, 1]))
        assert response.status_code == 404, name


def test_only_the_owner_is_told_who_was_asked(cast, how, under_way):
    entry = shared_example(cast.ailsa, title="Waiting for a word")
    asked(entry, name="Dougie Ross", email="union@example.org")
    bare = shared_example(cast.ailsa, title="Nobody asked")
    first = under_way.behaviours.get(number=1)
    save_rating(first, Part.SELF, {"examples": [entry, bare]}, by=person(cast.fresh("ailsa")))
    review = shared(cast, under_way)

    _source, mine = how(cast.fresh("ailsa"), review)
    _source, theirs = how(cast.fresh("morag"), review)
    assert "Dougie Ross was asked; there is no answer." in mine
    assert "No partner was asked about this example." in mine
    assert "Dougie Ross" not in theirs
    assert theirs.count("Nobody has said so far how they saw it.") == 3


def test_an_answer_not_as_they_saw_it_is_shown_as_such(cast, how, under_way):
    entry = shared_example(cast.ailsa, title="Seen otherwise")
    answered(entry, cast.dougie, "not_so", "We heard on the Monday.")
    save_rating(under_way.behaviours.get(number=1), Part.SELF, {"examples": [entry]}, by=person(cast.fresh("ailsa")))

    _source, words = how(cast.fresh("ailsa"), under_way)

    assert "Not as I saw it" in words
    assert "We heard on the Monday." in words


def test_nothing_ticked_yet(cast, how):
    review = review_of(cast, open_cycle(cast, name="Empty"))

    _source, words = how(cast.fresh("ailsa"), review)

    assert "No example is ticked" in words
    assert "Not answered yet" in words
