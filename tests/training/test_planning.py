"""Planning: drafts, changes and who hears of them, copies, clashes, clocks, next steps, papers."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils import timezone

from people.enums import Role, Side
from people.lib.dates import add_working_days, local_moment
from people.models import AuditEvent, OutgoingMail
from people.transitions import ChangedSince, Refused, WrongState, move, person
from tests.factories.sessions import ask, begin, draft_session, invited, session_of
from training.afterwards import heard
from training.enums import PlaceState, Presence, Recipe, SessionFormat
from training.models import (
    AccessNeed,
    Attendance,
    Facilitator,
    JointSession,
    Place,
    SessionDate,
    SessionPaper,
    Venue,
)
from training.planning import drafts, papers
from training.planning.clashes import clash_words
from training.planning.planning_steps import next_step, steps_of
from training.planning.session_changes import Leader, dates_of, held_of, leaders_of, set_held, set_leaders, what_changes
from training.planning.thinking_time import late_words
from training.retention import RETENTION

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def fresh(session):
    return JointSession.objects.get(pk=session.pk)


def planned(session):
    return JointSession.objects.for_planning().get(pk=session.pk)


def codes(session):
    return [step.code for step in steps_of(planned(session))]


def answers(**more):
    start = timezone.make_aware(datetime.datetime(2027, 5, 12, 11, 0))
    return {"title": "New", "purpose": "Why", "first_start": start, "places": 24, "recipe": Recipe.HALF_DAY, **more}


def moved(session, by):
    return [(first + by, last + by) for first, last in dates_of(session)]


# --- A draft ---


def test_two_presses_make_one_draft(cast):
    first = drafts.start(answers(), by=cast.priya)

    assert drafts.start(answers(), by=cast.priya) == first
    assert drafts.start(answers(title="Another"), by=cast.priya) != first


def test_only_coordinators_plan(cast):
    with pytest.raises(PermissionDenied):
        drafts.start(answers(), by=cast.ailsa)
    draft = draft_session(cast)
    with pytest.raises(PermissionDenied):
        drafts.save(draft, {"title": "Mine"}, by=cast.ailsa, seen=None)
    with pytest.raises(PermissionDenied):
        drafts.throw_away(draft, by=cast.ailsa)


def test_a_draft_changes_without_a_word_and_is_audited(cast):
    draft = draft_session(cast)
    values = {"title": "Sooner", "held": {"union": 1}, "facilitators": [Leader("Ann", "partner")]}

    saved = drafts.save(draft, values, by=cast.priya, seen=draft.version)

    assert (saved.title, held_of(saved), leaders_of(saved)) == ("Sooner", {"union": 1}, [Leader("Ann", "partner")])
    assert not OutgoingMail.objects.exists()
    assert AuditEvent.objects.get(move="changed").reason == "title, held, facilitators"
    assert saved.version == draft.version + 1
    assert drafts.save(saved, values, by=cast.priya, seen=saved.version).version == saved.version


def test_two_windows_do_not_overwrite_each_other(cast):
    draft = draft_session(cast)
    drafts.save(draft, {"title": "First"}, by=cast.priya, seen=draft.version)

    with pytest.raises(ChangedSince):
        drafts.save(draft, {"title": "Second"}, by=cast.priya, seen=draft.version)
    assert fresh(draft).title == "First"


def test_a_published_session_is_no_draft_to_throw_away(cast):
    with pytest.raises(WrongState):
        drafts.throw_away(session_of(cast), by=cast.priya)
    draft = draft_session(cast, title="Gone")
    drafts.throw_away(draft, by=cast.priya)
    assert not JointSession.objects.filter(title="Gone").exists()
    assert AuditEvent.objects.get(move="deleted").reason == "Gone"


def test_days_that_the_recipe_counted_move_with_the_first_date(cast):
    draft = drafts.start(answers(), by=cast.priya)
    before = (draft.release_on, draft.sign_up_until, draft.decide_on)
    assert before == (datetime.date(2027, 4, 20), datetime.date(2027, 5, 11), datetime.date(2027, 5, 5))

    saved = drafts.save(draft, {"dates": moved(draft, 7 * DAY)}, by=cast.priya, seen=None)

    assert saved.sign_up_until == datetime.date(2027, 5, 18)
    assert saved.release_on == add_working_days(datetime.date(2027, 5, 19), -15)
    own = drafts.save(saved, {"sign_up_until": datetime.date(2027, 5, 1)}, by=cast.priya, seen=None)
    again = drafts.save(own, {"dates": moved(own, 7 * DAY)}, by=cast.priya, seen=None)
    assert again.sign_up_until == datetime.date(2027, 5, 1)  # chosen by hand, so it stays


def test_another_hour_moves_no_day(cast):
    session = session_of(cast)
    later = moved(session, datetime.timedelta(hours=1))

    assert list(what_changes(session, {"dates": later})) == ["dates"]


def test_who_stays_keeps_their_row(cast):
    draft = draft_session(cast)
    row = draft.facilitators.get()

    same = Leader(row.name, "staff", person=row.person)
    drafts.save(draft, {"facilitators": [Leader("Ann", "staff"), same]}, by=cast.priya, seen=None)

    assert Facilitator.objects.get(name=row.name).pk == row.pk
    assert Facilitator.objects.get(name=row.name).side == "staff"


def test_a_copy_has_everything_but_what_happened(cast):
    session = session_of(cast, support=["fee"], short_notice_reason="Flood", needs_approval=True)
    set_held(session, {"union": 1})
    ask(session, cast.rhona)

    copy = drafts.copy(session, by=cast.priya)

    assert (copy.state, copy.title, copy.support, copy.needs_approval) == ("draft", session.title, ["fee"], True)
    assert (held_of(copy), [row.name for row in leaders_of(copy)]) == ({"union": 1}, ["Rhona MacBain"])
    assert (dates_of(copy), copy.published_on, copy.join_link, copy.short_notice_reason) == ([], None, "", "")
    assert not copy.places.exists()
    assert drafts.copy(session, by=cast.priya) == copy
    dated = drafts.save(copy, {"dates": dates_of(session)}, by=cast.priya, seen=None)
    assert dated.sign_up_until == timezone.localdate(dated.starts_at) - DAY


# --- Once it is published ---


def test_everybody_hears_once_what_changed_and_nobody_the_link_to_join(cast, settings):
    settings.KEEP_SENT_MAIL = True
    session = session_of(cast, places=1)
    ask(session, cast.rhona)
    ask(session, cast.dougie)
    invited(session, cast.ailsa)
    OutgoingMail.objects.all().delete()
    values = {"title": "Sooner", "join_link": "https://secret.example.org/", "dates": moved(session, DAY)}

    drafts.save(fresh(session), values, by=cast.priya, seen=None)

    mails = OutgoingMail.objects.all()
    assert sorted(mail.to for mail in mails) == ["partner@example.org", "staff@example.org", "union@example.org"]
    for mail in mails:
        assert "Title: Sooner" in mail.text
        assert "When: " in mail.text
        assert "Link to join" in mail.text
        assert "secret.example.org" not in mail.text + mail.html
    assert fresh(session).calendar_sequence == 1


def test_nobody_is_asked_to_answer_when_it_would_be_too_late(cast):
    session = session_of(cast, short_notice_reason="Ice")
    row = invited(session, cast.ailsa)[0]
    sooner = moved(session, -55 * DAY)

    drafts.save(fresh(session), {"dates": sooner}, by=cast.priya, seen=None)

    row.refresh_from_db()
    assert row.answer_by == timezone.localdate(sooner[0][0]) - DAY
    assert row.expires_at - sooner[0][1] == 60 * DAY


def test_a_session_is_handed_over_by_its_own_coordinator_or_deputy(cast):
    """Whoever plans it reads what people need to take part, so no other co-ordinator makes it theirs."""
    session = session_of(cast)
    cast.stranger.groups.add(Group.objects.get(name=Role.COORDINATOR))
    other = cast.fresh("stranger")

    for name in ("coordinator", "deputy"):
        with pytest.raises(Refused, match="Only Priya Nair or the deputy can hand this session over"):
            drafts.save(fresh(session), {name: other}, by=other, seen=None)
    drafts.save(fresh(session), {"deputy": other}, by=cast.priya, seen=None)
    drafts.save(fresh(session), {"coordinator": other}, by=other, seen=None)

    assert fresh(session).coordinator == other
    handed = AuditEvent.objects.filter(move__in=["deputy_changed", "coordinator_changed"]).order_by("pk")
    assert list(handed.values_list("move", "actor_id", "subject_id")) == [
        ("deputy_changed", cast.priya.pk, other.pk),
        ("coordinator_changed", other.pk, other.pk),
    ]


def test_a_session_of_somebody_who_left_finds_a_new_coordinator(cast):
    session = session_of(cast)
    cast.stranger.groups.add(Group.objects.get(name=Role.COORDINATOR))
    cast.priya.groups.clear()
    other = cast.fresh("stranger")

    drafts.save(fresh(session), {"coordinator": other}, by=other, seen=None)

    assert fresh(session).coordinator == other


def test_the_same_name_with_another_account_is_another_leader(cast):
    """Nobody who was ticked as a reader of a need can be swapped behind their name."""
    session = session_of(cast)
    leader = Leader("Rhona MacBain", Side.PARTNER, person=cast.rhona)
    set_leaders(session, [leader])
    need = AccessNeed.objects.create(place=ask(session, cast.dougie), words="A quiet corner")
    need.readers.add(session.facilitators.get())

    set_leaders(session, [leader])
    assert list(AccessNeed.objects.visible_to(cast.rhona)) == [need]
    set_leaders(session, [Leader("Rhona MacBain", Side.PARTNER, person=cast.tom)])

    assert list(AccessNeed.objects.visible_to(cast.tom)) == []
    assert list(need.readers.all()) == []


def test_what_concerns_coordinators_alone_is_told_to_nobody(cast):
    session = session_of(cast)
    ask(session, cast.rhona)
    OutgoingMail.objects.all().delete()

    drafts.save(fresh(session), {"deputy": cast.ailsa, "no_papers": True}, by=cast.priya, seen=None)

    assert not OutgoingMail.objects.exists()
    assert (fresh(session).deputy, fresh(session).calendar_sequence) == (cast.ailsa, 0)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"facilitators": []}, "Name at least one person"),
        ({"fixed": ""}, "Say what is fixed already"),
        ({"format": SessionFormat.IN_PERSON}, "Choose a venue."),
        ({"held": {"union": 3}}, "3 places are held, but there are only 2."),
        ({"capacity": 1}, "2 places are given already"),
        ({"dates": []}, "Say when it takes place."),
        ({"facilitators": [Leader(name, "staff") for name in "abc"]}, "3 people lead it, but there are only 2 places."),
    ],
)
def test_nothing_stands_that_could_not_be_published(cast, values, words):
    session = session_of(cast)
    ask(session, cast.rhona)
    ask(session, cast.dougie)
    OutgoingMail.objects.all().delete()

    with pytest.raises(Refused) as refusal:
        drafts.save(fresh(session), values, by=cast.priya, seen=None)

    assert words in " ".join(refusal.value.sentences)
    assert what_changes(fresh(session), values)  # it stands as it was
    assert not OutgoingMail.objects.exists()


def test_a_date_with_attendance_stays(cast):
    session = session_of(cast)
    place = ask(session, cast.rhona)
    last = SessionDate.objects.create(session=session, starts_at=session.starts_at + DAY, ends_at=session.ends_at + DAY)
    Attendance.objects.create(place=place, date=last, presence=Presence.FULL, marked_by=cast.priya)

    with pytest.raises(Refused) as refusal:
        drafts.save(fresh(session), {"dates": dates_of(session)[:1]}, by=cast.priya, seen=None)
    assert "It has to stay." in refusal.value.sentences[0]


def test_cancelling_tells_those_who_have_not_answered_too(cast):
    session = session_of(cast)
    ask(session, cast.rhona)
    invited(session, cast.dougie)
    OutgoingMail.objects.all().delete()

    move(fresh(session), "cancel", by=person(cast.priya), data={"reason": "Flood"})

    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == ["partner@example.org", "union@example.org"]


def test_one_message_goes_to_all_once(cast):
    session = session_of(cast)
    ask(session, cast.rhona)
    invited(session, cast.dougie)
    OutgoingMail.objects.all().delete()
    data = {"subject": "The door", "words": "Use the side door."}

    told = move(session, "tell", by=person(cast.priya), data=data, seen=session.version)

    assert sorted(OutgoingMail.objects.values_list("template", "to")) == [
        ("sessions/message", "partner@example.org"),
        ("sessions/message", "union@example.org"),
    ]
    with pytest.raises(ChangedSince):
        move(told, "tell", by=person(cast.priya), data=data, seen=session.version)
    with pytest.raises(Refused):
        move(told, "tell", by=person(cast.priya), data={"subject": " ", "words": "x"})


# --- Clashes ---


def test_rooms_and_people_that_are_taken_are_named(cast):
    hall = Venue.objects.create(name="The hall", address="Shore Road")
    session = session_of(cast, title="First")
    JointSession.objects.filter(pk=session.pk).update(venue=hall)
    other = draft_session(cast, title="Second", venue=hall)
    on_workdays = [words for words in clash_words(fresh(other)) if "working day" not in words]

    assert [words.split(",")[0] for words in on_workdays] == [
        "The hall is taken by “First”",
        "Rhona MacBain leads “First” at that time",
    ]
    drafts.save(other, {"dates": moved(other, datetime.timedelta(hours=4))}, by=cast.priya, seen=None)
    assert [words for words in clash_words(fresh(other)) if "working day" not in words] == []


def test_who_leads_and_comes_to_another_session_at_that_time_is_named(cast):
    """By their account, and by their address when they booked without signing in."""
    session = session_of(cast, title="First", capacity=5)
    ask(session, cast.fresh("dougie"))
    other = draft_session(cast, title="Second")
    drafts.save(
        other, {"facilitators": [Leader("Dougie Ross", "partner", None, cast.dougie)]}, by=cast.priya, seen=None
    )

    def said():
        return [words for words in clash_words(fresh(other)) if "has a place" in words]

    assert [words.split(",")[0] for words in said()] == ["Dougie Ross has a place in “First” at that time"]
    Place.objects.update(person=None)
    assert len(said()) == 1
    Place.objects.update(state="waiting")
    assert said() == []


def test_a_day_off_is_named(cast):
    draft = drafts.start(answers(first_start=timezone.make_aware(datetime.datetime(2027, 12, 25, 11))), by=cast.priya)

    assert clash_words(draft) == ["Saturday 25 December 2027, 11:00 to 15:00 is no working day."]


# --- Hours and clocks ---


def test_an_hour_that_the_clocks_leave_out_is_no_moment():
    assert local_moment(datetime.date(2027, 3, 28), datetime.time(1, 30)) is None
    assert local_moment(datetime.date(2027, 3, 28), datetime.time(2, 0)).utcoffset() == datetime.timedelta(hours=1)
    assert local_moment(datetime.date(2027, 10, 31), datetime.time(1, 30)) is not None


def test_the_second_evening_is_at_the_same_hour_after_the_clocks_changed(cast):
    first = timezone.make_aware(datetime.datetime(2027, 3, 25, 19, 0))
    draft = drafts.start(answers(recipe=Recipe.EVENING_PAIR, first_start=first), by=cast.priya)

    assert [timezone.localtime(start).hour for start, _end in dates_of(draft)] == [19, 19]


# --- Next steps ---


def test_a_draft_is_to_be_published_in_time_for_the_notice_we_agreed(cast):
    draft = draft_session(cast)
    step = next_step(planned(draft))

    assert (step.code, step.due) == ("publish", add_working_days(timezone.localdate(draft.starts_at), -30))
    assert not step.is_late
    draft.dates.all().delete()
    assert next_step(planned(draft)).due is None


def test_steps_follow_the_life_of_a_session(cast):
    session = session_of(cast, needs_approval=True, minimum=1)
    place = ask(session, cast.rhona)
    assert codes(session) == ["interpreter", "papers", "go_ahead", "requests"]

    move(place, "approve", by=person(cast.priya))
    drafts.save(fresh(session), {"interpreter": "Nobody needs one", "no_papers": True}, by=cast.priya, seen=None)
    move(fresh(session), "go_ahead", by=person(cast.priya))
    assert codes(session) == []

    begin(session)
    assert codes(session) == ["attendance"]
    Attendance.objects.create(place=place, date=session.dates.get(), presence=Presence.FULL, marked_by=cast.priya)
    SessionDate.objects.update(ends_at=timezone.now())
    assert codes(session) == ["certificates", "feedback"]
    heard.add_item(fresh(session), heard="a", doing="b", why="", by=cast.priya)
    assert codes(session) == ["certificates", "feedback"]
    heard.give_answer(fresh(session), by=cast.priya)
    assert codes(session) == ["certificates"]


def test_a_cancelled_session_needs_nothing(cast):
    session = move(session_of(cast), "cancel", by=person(cast.priya), data={"reason": "Flood"})

    assert codes(session) == []


# --- Papers ---


def test_the_real_day_of_a_paper_counts_and_late_ones_are_said(cast, settings):
    settings.KEEP_SENT_MAIL = True
    session = session_of(cast)
    ask(session, cast.rhona)
    OutgoingMail.objects.all().delete()
    in_time = papers.publish(session, {"title": "The list", "link": "https://example.org/"}, by=cast.priya)
    assert late_words(in_time) == ""

    with time_machine.travel(session.starts_at - 3 * DAY):
        late = papers.publish(fresh(session), {"title": "Later", "link": "https://example.org/2"}, by=cast.priya)
        words = late_words(late)

    assert "instead of the agreed 10 working days." in words
    first, second = OutgoingMail.objects.order_by("pk")
    assert "instead of the agreed" not in first.text
    assert words in second.text


def test_a_paper_added_twice_is_there_once(cast):
    session = session_of(cast)
    data = {"title": "The list", "link": "https://example.org/"}
    papers.publish(session, data, by=cast.priya)

    with pytest.raises(Refused):
        papers.publish(session, data, by=cast.priya)
    with pytest.raises(PermissionDenied):
        papers.publish(session, {**data, "title": "Mine"}, by=cast.ailsa)
    assert SessionPaper.objects.count() == 1
    assert Place.objects.filter(state=PlaceState.BOOKED).count() == 0


def test_the_files_of_a_draft_go_with_it(cast, django_capture_on_commit_callbacks):
    draft = draft_session(cast)
    data = {"title": "The list", "file": ContentFile(b"x", "list.txt"), "file_name": "list.txt"}
    paper = papers.publish(draft, data, by=cast.priya)
    storage, name = paper.file.storage, paper.file.name
    assert storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        drafts.throw_away(draft, by=cast.priya)

    assert not storage.exists(name)


def test_invitations_go_some_years_after_the_session(cast):
    session = session_of(cast)
    row = invited(session, cast.dougie)[0]
    rule = next(rule for rule in RETENTION if rule.record == "training.SessionInvitation")

    with time_machine.travel(session.starts_at + 365 * DAY):
        assert list(rule.due()) == []
    with time_machine.travel(session.starts_at + 4 * 365 * DAY):
        assert list(rule.due()) == [row]
