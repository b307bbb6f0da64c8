"""Notes: who may write and answer, that one form is one note, what is told to whom, and what nobody can change."""

import datetime
import uuid

import pytest
from django.urls import reverse

from appraisal.enums import NoteKind
from appraisal.models import ManagerNote
from appraisal.notes import answer_note, notes_about, unread_notes, write_note
from partnerships.framework import behaviour_choices
from people.lib.dates import today
from people.models import AuditEvent, ManagerCover, Post
from people.transitions import NotVisible, NotYours, Refused
from tests.factories.appraisal import mails
from tests.factories.partnerships import published_framework
from tests.factories.reviews import days

TEXT = "Rang the carers before the call list was drafted; six of them shaped it."


@pytest.fixture
def behaviour(cast):
    published_framework()
    return behaviour_choices()[0][0]


def post_of(person) -> Post:
    return Post.objects.get(person=person)


def values(behaviour, **more) -> dict:
    return {"kind": NoteKind.GOOD, "behaviour": behaviour, "seen_on": today(), "text": TEXT, **more}


def written(cast, behaviour, *, by=None, form_key=None, **more) -> ManagerNote:
    data = values(behaviour, **more)
    return write_note(post_of(cast.ailsa), data, form_key=form_key or uuid.uuid4(), by=by or cast.fresh("morag"))


def sent(behaviour, **more) -> dict:
    """What the page sends."""
    form = {"kind": "good", "behaviour": behaviour.pk, "seen_on": str(today()), "text": TEXT, "form_key": uuid.uuid4()}
    return {**form, **more}


def cover(cast, name: str, ends: int = 0) -> ManagerCover:
    return ManagerCover.objects.create(
        manager=cast.morag, cover=cast.people[name], starts_on=days(-2), ends_on=days(ends)
    )


# --- Writing -------------------------------------------------------------------------------------------------------


def test_a_note_is_there_for_the_person_at_once_and_told(cast, behaviour):
    note = written(cast, behaviour)

    assert list(ManagerNote.objects.visible_to(cast.fresh("ailsa"))) == [note]
    assert (note.person, note.author, note.raised_on) == (cast.ailsa, cast.morag, today())
    assert mails() == [("reviews/noted", "staff@example.org")]
    event = AuditEvent.objects.get(record_type="appraisal.managernote")
    assert (event.move, event.actor_id, event.subject_id) == ("note", cast.morag.pk, cast.ailsa.pk)


def test_the_mail_holds_no_word_of_the_note(cast, behaviour):
    from people.models import OutgoingMail  # the one place that reads a body

    written(cast, behaviour, kind=NoteKind.CONCERN)

    mail = OutgoingMail.objects.get()
    assert not any("carers" in part or "concern" in part for part in (mail.subject, mail.text, mail.html))


@pytest.mark.parametrize("who", ["ailsa", "fergus", "rhona", "priya", "tom", "donald", "stranger"])
def test_nobody_else_writes_a_note(cast, behaviour, who):
    with pytest.raises(NotYours):
        written(cast, behaviour, by=cast.fresh(who))

    assert not ManagerNote.objects.exists()


@pytest.mark.parametrize(("ends", "may"), [(0, True), (-1, False)])
def test_a_cover_writes_in_their_own_name_while_it_lasts(cast, behaviour, ends, may):
    cover(cast, "donald", ends)

    if may:
        assert written(cast, behaviour, by=cast.fresh("donald")).author == cast.donald
    else:
        with pytest.raises(NotYours):
            written(cast, behaviour, by=cast.fresh("donald"))


def test_whoever_covers_for_their_own_manager_notes_nothing_about_themselves(cast, behaviour):
    cover(cast, "ailsa")

    with pytest.raises(NotYours):
        written(cast, behaviour, by=cast.fresh("ailsa"))


def test_a_former_manager_writes_no_more(cast, behaviour):
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)

    with pytest.raises(NotYours):
        written(cast, behaviour)


def test_the_same_form_twice_is_one_note_and_one_mail(cast, behaviour):
    key = uuid.uuid4()

    first, second = (written(cast, behaviour, form_key=key) for _time in range(2))

    assert first == second
    assert len(mails()) == 1
    assert AuditEvent.objects.filter(record_type="appraisal.managernote").count() == 1


def test_the_same_form_with_other_words_is_no_way_to_change_a_note(cast, behaviour):
    key = uuid.uuid4()
    written(cast, behaviour, form_key=key)

    with pytest.raises(Refused, match="other words"):
        written(cast, behaviour, form_key=key, text="Something else.")

    assert ManagerNote.objects.get().text == TEXT


def test_somebody_elses_form_key_is_nobodys_way_in(cast, behaviour):
    key = uuid.uuid4()
    written(cast, behaviour, form_key=key)
    cover(cast, "donald")

    with pytest.raises(Refused):
        written(cast, behaviour, form_key=key, by=cast.fresh("donald"))


@pytest.mark.parametrize(
    ("more", "sentence"), [({"text": " \n"}, "Write down"), ({"seen_on": days(1)}, "today or in the past")]
)
def test_what_is_missing_is_said(cast, behaviour, more, sentence):
    with pytest.raises(Refused, match=sentence):
        written(cast, behaviour, **more)


# --- Answering -----------------------------------------------------------------------------------------------------


def test_the_person_answers_once_and_the_manager_is_told(cast, behaviour):
    note = written(cast, behaviour)

    answered = answer_note(note, "It was Rhona's idea.", by=cast.fresh("ailsa"))
    again = answer_note(note, "It was Rhona's idea.", by=cast.fresh("ailsa"))

    assert again.answered_at == answered.answered_at
    assert mails() == [("reviews/noted", "staff@example.org"), ("reviews/note_answered", "manager@example.org")]
    with pytest.raises(Refused, match="already"):
        answer_note(note, "Something else.", by=cast.fresh("ailsa"))
    assert ManagerNote.objects.get().answer == "It was Rhona's idea."


def test_an_answer_to_a_cover_goes_to_both(cast, behaviour):
    cover(cast, "donald")
    note = written(cast, behaviour, by=cast.fresh("donald"))

    answer_note(note, "Thank you.", by=cast.fresh("ailsa"))

    assert {to for template, to in mails() if template == "reviews/note_answered"} == {
        "lead@example.org",
        "manager@example.org",
    }


def test_an_answer_goes_to_the_manager_of_today(cast, behaviour):
    note = written(cast, behaviour)
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.donald)

    answer_note(note, "Thank you.", by=cast.fresh("ailsa"))

    assert mails()[-1:] == [("reviews/note_answered", "lead@example.org")]
    assert len(mails()) == 2


def test_somebody_who_left_the_post_still_answers(cast, behaviour):
    note = written(cast, behaviour)
    Post.objects.filter(person=cast.ailsa).update(ends_on=days(-1))

    assert answer_note(note, "Thank you.", by=cast.fresh("ailsa")).answered_at is not None
    assert len(mails()) == 1


@pytest.mark.parametrize(("who", "error"), [("morag", NotYours), ("fergus", NotVisible), ("tom", NotVisible)])
def test_nobody_answers_for_another(cast, behaviour, who, error):
    note = written(cast, behaviour)

    with pytest.raises(error):
        answer_note(note, "Thank you.", by=cast.fresh(who))


# --- Reading -------------------------------------------------------------------------------------------------------


def test_who_reads_a_note(cast, behaviour):
    cover(cast, "donald")
    written(cast, behaviour)

    readers = {name for name in cast.people if ManagerNote.objects.visible_to(cast.fresh(name)).exists()}

    assert readers == {"ailsa", "morag", "donald"}


def test_a_note_counts_as_read_when_it_stood_on_the_page(cast, client_for, behaviour):
    written(cast, behaviour)
    assert unread_notes(cast.ailsa).count() == 1

    client = client_for(cast.ailsa)
    client.get(reverse("reviews:notes"))
    client.get(reverse("reviews:notes"))

    assert unread_notes(cast.ailsa).count() == 0
    assert AuditEvent.objects.filter(move="read", actor_id=cast.ailsa.pk).count() == 1


def test_an_answered_note_is_not_unread(cast, behaviour):
    note = written(cast, behaviour)
    answer_note(note, "Thank you.", by=cast.fresh("ailsa"))

    assert unread_notes(cast.ailsa).count() == 0


def test_notes_stand_in_the_order_of_their_days(cast, behaviour):
    for days_ago in (5, 9, 1):
        written(cast, behaviour, seen_on=days(-days_ago))

    assert [note.seen_on for note in notes_about(cast.ailsa)] == [days(-1), days(-5), days(-9)]


# --- Pages ---------------------------------------------------------------------------------------------------------


def test_something_good_is_sent_from_the_form(cast, client_for, behaviour):
    client, post = client_for(cast.morag), post_of(cast.ailsa)
    page = client.get(reverse("team:note", args=[post.pk])).text
    assert "Ailsa reads it at once" in page
    assert f'value="{today()}"' in page

    response = client.post(reverse("team:note", args=[post.pk]), sent(behaviour))

    assert response.headers["Location"] == reverse("team:person", args=[post.pk])
    assert ManagerNote.objects.get().text == TEXT


def test_a_concern_is_shown_once_more_before_it_goes(cast, client_for, behaviour):
    client, address = client_for(cast.morag), reverse("team:note", args=[post_of(cast.ailsa).pk])
    data = sent(behaviour, kind="concern", text="The <b>farms</b> heard it from the radio.")

    check = client.post(address, data)
    assert not ManagerNote.objects.exists()
    assert "The &lt;b&gt;farms&lt;/b&gt; heard" in check.text
    assert "Send this concern to Ailsa" in check.text

    again = client.post(address, {**data, "step": "change"})
    assert not ManagerNote.objects.exists()
    assert "&lt;b&gt;farms&lt;/b&gt;" in again.text

    assert client.post(address, {**data, "step": "send"}).status_code == 302
    assert ManagerNote.objects.get().is_concern


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"kind": ""}, "Say whether it is something good or a concern"),
        ({"text": "  "}, "Write down what you saw or heard"),
        ({"behaviour": ""}, "Choose what it is about"),
        ({"seen_on": str(today() + datetime.timedelta(days=1))}, "The day must be today or in the past"),
        ({"seen_on": ""}, "Say when it was"),
    ],
)
def test_a_form_that_fails_keeps_its_text(cast, client_for, behaviour, more, words):
    address = reverse("team:note", args=[post_of(cast.ailsa).pk])

    page = client_for(cast.morag).post(address, sent(behaviour) | {"text": "Kept as it was."} | more)

    assert page.status_code == 200
    assert words in page.text
    assert more.get("text", "Kept as it was.").strip() in page.text
    assert not ManagerNote.objects.exists()


def test_a_double_press_is_one_note(cast, client_for, behaviour):
    client, address = client_for(cast.morag), reverse("team:note", args=[post_of(cast.ailsa).pk])
    data = sent(behaviour)

    assert [client.post(address, data).status_code for _time in range(2)] == [302, 302]
    assert ManagerNote.objects.count() == 1


def test_the_back_button_is_told_and_the_next_press_is_a_note_of_its_own(cast, client_for, behaviour):
    client, address = client_for(cast.morag), reverse("team:note", args=[post_of(cast.ailsa).pk])
    data = sent(behaviour)
    client.post(address, data)

    page = client.post(address, data | {"text": "Other words."})

    assert page.status_code == 409
    assert "Other words." in page.text
    key = page.context["form"]["form_key"].value()
    assert client.post(address, data | {"text": "Other words.", "form_key": key}).status_code == 302
    assert ManagerNote.objects.count() == 2


@pytest.mark.parametrize("who", ["ailsa", "fergus", "tom", "rhona", "stranger"])
def test_the_form_is_not_there_for_others(cast, client_for, behaviour, who):
    client, address = client_for(cast.people[who]), reverse("team:note", args=[post_of(cast.ailsa).pk])

    assert client.get(address).status_code == 404
    assert client.post(address, sent(behaviour)).status_code == 404


def test_a_cover_is_told_that_the_manager_reads_it_too(cast, client_for, behaviour):
    cover(cast, "donald")

    page = client_for(cast.donald).get(reverse("team:note", args=[post_of(cast.ailsa).pk])).text

    assert "You stand in for Morag Sinclair, who reads it too." in page


def test_the_person_reads_and_answers_on_pages(cast, client_for, behaviour):
    note = written(cast, behaviour, kind=NoteKind.CONCERN)
    client = client_for(cast.ailsa)
    assert TEXT in client.get(reverse("reviews:notes")).text

    address = reverse("reviews:note-answer", args=[note.pk])
    assert "Write your answer" in client.post(address, {"answer": " "}).text
    assert client.post(address, {"answer": "I rang late because the line was down."}).status_code == 302
    refused = client.post(address, {"answer": "Other words."})

    assert refused.status_code == 409
    assert "Other words." in refused.text
    page = client.get(reverse("reviews:notes")).text
    assert "I rang late because the line was down." in page
    assert "Answer beside it" not in page


def test_nobody_opens_the_answer_page_of_another(cast, client_for, behaviour):
    note = written(cast, behaviour)

    for who in ("morag", "fergus", "tom", "rhona"):
        assert client_for(cast.people[who]).get(reverse("reviews:note-answer", args=[note.pk])).status_code == 404


def test_without_notes_the_page_says_what_would_stand_there(cast, client_for):
    assert "Nothing has been noted" in client_for(cast.ailsa).get(reverse("reviews:notes")).text
