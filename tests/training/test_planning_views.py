"""The co-ordinators' pages of a session, walked as Priya: six questions to publishing, and everything after."""

import datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from people.lib.dates import add_working_days
from people.models import OutgoingMail
from people.transitions import move, moves_of, person
from tests.factories.sessions import ask, begin, draft_session, invited, place_in, session_of
from tests.factories.venues import venue_of
from training.booking import getting_ready
from training.booking.links import token_of
from training.enums import PlaceState
from training.forms.plan_parts import FORMS
from training.models import JointSession, Place, SessionDate, SessionInvitation, Venue
from training.views.planning import MENDED_AT_VENUE, MENDED_IN

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
DAY = datetime.timedelta(days=1)


def at(name, session, *more):
    return reverse(f"manage-sessions:{name}", args=[session.pk, *more])


def text(response):
    return response.content.decode()


def six(**more):
    day = timezone.localdate() + 90 * DAY
    given = {"title": "Money", "purpose": "Agree", "day": day.isoformat(), "hour": "19:00", "places": "20"}
    return {**given, "where": "online", "partnership": "", "recipe": "evening_pair", **more}


def test_from_six_questions_to_invitations(cast, client_for):
    client = client_for(cast.priya)

    draft = client.post("/manage/sessions/add/", six(), follow=True)
    session = JointSession.objects.get()
    assert "Twice" not in text(draft)
    for words in ("Draft", "20 places", "At most 40% of one sector", "Name at least one person who leads it."):
        assert words in text(draft)
    assert session.dates.count() == 2

    leads = {"leads-name_0": "Ann Lee", "leads-side_0": "partner", "leads-coordinator": "coordinator@example.org"}
    client.post(at("part", session, "leads"), leads)
    client.post(at("part", session, "open"), {"open-fixed": "The sum", "open-still_open": "The words"})
    client.post(at("part", session, "ready"), {"ready-short_notice_reason": "Asked late"})
    check = text(client.get(at("check", session)))
    assert "You are invited: Money" in check
    assert "Still open: The words" in check
    assert f'<iframe class="frame frame--mail mt-4" sandbox loading="lazy" src="{at("mail", session)}"' in check
    assert "is not possible yet" not in check

    data = {"addresses": "Bo <bo@example.org>\ncy@example.org", "then": "see", "seen": "9"}
    assert "Publish and invite 2 people" in text(client.post(at("check", session), data))
    version = JointSession.objects.get().version
    done = client.post(at("check", session), {**data, "then": "publish", "seen": version}, follow=True)

    assert "It is published. 2 people get an invitation." in text(done)
    assert sorted(SessionInvitation.objects.values_list("email", flat=True)) == ["bo@example.org", "cy@example.org"]


def test_the_invitation_stands_as_it_is_mailed_in_a_frame_that_runs_nothing(cast, client_for):
    session = draft_session(cast, title="<b>Money</b>", fixed="The <script>sum</script>")

    response = client_for(cast.priya).get(at("mail", session))

    assert "&lt;b&gt;Money&lt;/b&gt;</h1>" in text(response)
    assert "<script>" not in text(response)
    assert 'style="margin:0;background' in text(response)  # with its own look, as mail programs show it
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "sandbox" in response["Content-Security-Policy"]
    assert "script-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title": ""}, "Give the session a title"),
        ({"day": "2020-01-01"}, "This day has passed."),
        ({"day": "31.12."}, "valid date"),
        ({"day": "2027-03-28", "hour": "01:30"}, "The clocks go forward"),
        ({"places": "0"}, "greater than or equal to 1"),
        ({"where": "99999"}, "not one of the available choices"),
        ({"recipe": "nonsense"}, "not one of the available choices"),
        ({"title": "x" * 161}, "at most 160 characters"),
    ],
)
def test_a_wrong_answer_gives_a_sentence_and_keeps_the_rest(cast, client_for, given, words):
    response = client_for(cast.priya).post("/manage/sessions/add/", six(**given))

    assert response.status_code == 422
    assert words in text(response)
    assert "Agree</textarea>" in text(response)
    assert not JointSession.objects.exists()


def dates(*rows):
    names = ("day", "starts", "ends")
    return {f"dates-{name}_{n}": value for n, row in enumerate(rows) for name, value in zip(names, row, strict=True)}


@pytest.mark.parametrize(
    ("code", "given", "words"),
    [
        ("dates", dates(("2027-05-01", "11:00", "10:00")), "It would end before it begins."),
        ("dates", dates(("2027-05-01", "", "10:00")), "Fill in the day and both hours."),
        ("dates", dates(("", "", "")), "Say on which day it takes place"),
        ("dates", dates(("2027-03-28", "01:15", "03:00")), "The clocks go forward"),
        ("dates", dates(("2020-05-01", "11:00", "12:00")), "This day has passed."),
        (
            "dates",
            dates(("2027-05-01", "11:00", "13:00"), ("2027-05-01", "12:00", "14:00")),
            "Two of the dates are at the same time.",
        ),
        ("leads", {f"leads-{k}_{n}": v for n in range(3) for k, v in (("name", f"N{n}"), ("side", "staff"))}, "only 2"),
        ("leads", {"leads-name_0": "Ann"}, "Say for which side Ann comes."),
        ("leads", {"leads-person_0": "nobody@example.org"}, "Nobody here signs in with this address."),
        ("leads", {"leads-coordinator": ""}, "Say who co-ordinates it"),
        ("leads", {"leads-coordinator": "staff@example.org"}, "Ailsa Grant is no training co-ordinator."),
        ("places", {"places-capacity": "0"}, "Nobody could come."),
        ("places", {"places-capacity": "3", "places-held_union": "4"}, "4 places would wait for somebody"),
        ("places", {"places-sector_limit_percent": "140"}, "Enter a number from 1 to 100"),
        ("places", {"places-held_union": "1"}, "Say from which day on these places are open"),
        ("sign-up", {"sign-up-sign_up_from": "2026-12-02", "sign-up-sign_up_until": "2026-12-01"}, "before it opens"),
        ("sign-up", {"sign-up-sign_up_until": "2036-12-01"}, "after the session has begun"),
        ("decision", {"decision-minimum": "9", "decision-decide_on": "2026-12-01"}, "There are only 2 places."),
        ("decision", {"decision-minimum": "1"}, "Say on which day it is decided."),
        ("where", {"where-format": "online", "where-join_link": "javascript:alert(1)"}, "Enter a web address"),
        ("what", {"what-title": "", "what-purpose": "x"}, "Fill this in"),
        ("support", {"support-support": "gold"}, "not one of the available choices"),
        ("with", {"with-behaviours": "999"}, "not one of the available choices"),
    ],
)
def test_a_part_that_cannot_be_gives_a_sentence(cast, client_for, code, given, words):
    session = draft_session(cast)
    before = JointSession.objects.values().get()

    response = client_for(cast.priya).post(at("part", session, code), given)

    assert response.status_code == 422
    assert words in text(response)
    assert JointSession.objects.values().get() == before


def test_every_part_shows_what_stands_and_saving_it_changes_nothing(cast, client_for):
    session, client = draft_session(cast, support=["fee"], held={"union": 1}), client_for(cast.priya)
    before = JointSession.objects.values().get()
    for code in (
        "what",
        "dates",
        "where",
        "leads",
        "with",
        "open",
        "places",
        "sign-up",
        "decision",
        "support",
        "after",
    ):
        page = client.get(at("part", session, code))
        forms = [form for _part, form in page.context["parts"]]
        sent = {
            field.html_name: "" if field.value() is None else field.field.prepare_value(field.value())
            for form in forms
            for field in form
        }
        sent = {
            k: str(getattr(v, "pk", v)) if not isinstance(v, list) else v for k, v in sent.items() if v is not False
        }
        assert client.post(at("part", session, code), sent).status_code == 302, code
    after = JointSession.objects.values().get()
    assert after == before


def test_another_window_keeps_what_was_typed(cast, client_for):
    session, client = draft_session(cast), client_for(cast.priya)
    first = {"what-title": "First", "what-purpose": "x", "seen": session.version}
    client.post(at("part", session, "what"), first)

    response = client.post(at("part", session, "what"), {**first, "what-title": "Second"})

    assert response.status_code == 409
    for words in ("after you opened it", "As it is saved now", "First", 'value="Second"'):
        assert words in text(response)
    again = {**first, "what-title": "Second", "seen": response.context["seen"]}
    client.post(at("part", session, "what"), again)
    assert JointSession.objects.get().title == "Second"


def test_people_are_told_after_it_was_shown_what(cast, client_for):
    session, client = session_of(cast), client_for(cast.priya)
    ask(session, cast.rhona)
    OutgoingMail.objects.all().delete()
    data = {"what-title": "Sooner", "what-purpose": session.purpose, "seen": session.version}

    seen = client.post(at("part", session, "what"), {**data, "then": "see"})
    assert "Title: Sooner" in text(seen)
    assert not OutgoingMail.objects.exists()
    client.post(at("part", session, "what"), data)
    assert OutgoingMail.objects.get().to == "partner@example.org"
    whole = text(client.get(at("change", session)))
    assert "Change it and tell everybody" in whole
    assert "Places" in whole


def test_moving_it_close_needs_a_reason_and_the_interpreter_is_asked_again(cast, client_for):
    session, client = session_of(cast, interpreter="Moira Kerr"), client_for(cast.priya)
    day = add_working_days(timezone.localdate(), 3).isoformat()
    moved = {**dates((day, "11:00", "13:00")), "seen": session.version}

    refused = client.post(at("part", session, "dates"), moved)
    assert refused.status_code == 409
    assert "It would have been published 3 working days ahead, and we agreed on 30 working days." in text(refused)
    client.post(at("part", session, "ready"), {"ready-interpreter": "Moira Kerr", "ready-short_notice_reason": "Ice"})
    done = text(client.post(at("part", session, "dates"), moved | {"seen": ""}, follow=True))

    assert "Saved. Everybody concerned gets one mail." in done
    assert "Look whether this still holds: interpreters: Moira Kerr" in done


def test_publishing_twice_publishes_and_invites_once(cast, client_for):
    session, client = draft_session(cast), client_for(cast.priya)
    data = {"addresses": "bo@example.org", "then": "publish", "seen": session.version}

    assert client.post(at("check", session), data).status_code == 302
    assert client.post(at("check", session), data).status_code == 302
    assert SessionInvitation.objects.count() == 1


def test_the_check_page_says_at_once_everything_that_blocks(cast, client_for):
    session, client = draft_session(cast, fixed="", still_open=""), client_for(cast.priya)
    session.facilitators.all().delete()

    shown = text(client.get(at("check", session)))
    refused = client.post(at("check", session), {"then": "publish", "seen": session.version})

    assert "is not possible yet:" in shown
    assert "Name at least one person who leads it." in shown
    assert "Say what is fixed already" in shown
    assert refused.status_code == 409
    assert JointSession.objects.get().is_draft


def test_what_is_missing_leads_to_where_it_is_mended(cast, client_for):
    hall = Venue.objects.create(name="The hall", address="Shore Road")
    session = draft_session(cast, capacity=1, fixed="", venue=hall, format="in_person", held={"union": 3})
    SessionDate.objects.update(starts_at=timezone.now() + DAY, ends_at=timezone.now() + 2 * DAY)
    client, pages = client_for(cast.priya), ("open", "places", "ready")

    for page in (client.get(at("detail", session)), client.get(at("check", session))):
        assert [code for code in pages if f'<li><a href="{at("part", session, code)}">' in text(page)] == list(pages)
        assert f'<li><a href="/manage/venues/{hall.pk}/">People decide by these facts' in text(page)


def test_every_need_of_publishing_is_mended_somewhere():
    needs = {need.__name__ for need in moves_of(JointSession)["publish"].needs}

    assert needs == {*MENDED_IN, *MENDED_AT_VENUE}
    assert set(MENDED_IN.values()) <= set(FORMS)


def test_addresses_that_are_none_stop_the_press_and_stay(cast, client_for):
    session, client = draft_session(cast), client_for(cast.priya)

    response = client.post(at("check", session), {"addresses": "bo@example.org\nnonsense", "then": "publish"})

    assert response.status_code == 422
    assert "These are no e-mail addresses: nonsense" in text(response)
    assert "bo@example.org" in text(response)
    assert JointSession.objects.get().is_draft


def test_more_people_are_invited_after_a_look(cast, client_for):
    session, client = session_of(cast), client_for(cast.priya)
    row = invited(session, cast.dougie)[0]
    data = {"addresses": "union@example.org, bo@example.org"}
    assert "Who was invited" in text(client.get(at("invite", session)))

    seen = text(client.post(at("invite", session), {**data, "then": "see"}))
    assert "1 person gets the invitation" in seen
    assert "is invited already" in seen
    assert SessionInvitation.objects.count() == 1
    assert client.post(at("invite", session), {**data, "then": "invite"}).status_code == 302
    assert SessionInvitation.objects.count() == 2
    move(row, "decline", by=person(cast.dougie), data={"why_not": "cost"})
    assert "Why not:" not in text(client.get(at("detail", session)))  # one reason would be Dougie's by name


def test_the_page_of_a_session_shows_who_comes_and_takes_decisions(cast, client_for):
    place, client = place_in(cast, PlaceState.REQUESTED), client_for(cast.priya)
    session = place.session
    shown = text(client.get(at("detail", session)))
    for words in ("Dougie Ross", "Union of Care Trades", "Say yes", "Decide about 1 person who asks for a place"):
        assert words in shown

    assert client.post(at("place", session, place.pk, "decline"), {"reason": ""}).status_code == 422
    done = client.post(at("place", session, place.pk, "approve"), {"seen": place.version}, follow=True)
    assert "Dougie Ross: booked. They have been told." in text(done)
    removed = client.post(at("place", session, place.pk, "remove"), {"reason": "Booked twice"}, follow=True)
    assert removed.status_code == 200
    place.refresh_from_db()
    assert (place.state, place.reason) == (PlaceState.REMOVED, "Booked twice")


def test_a_yes_when_it_is_full_goes_to_the_waiting_list(cast, client_for):
    session, client = session_of(cast, places=1, needs_approval=True), client_for(cast.priya)
    first, second = ask(session, cast.rhona), ask(session, cast.dougie)
    for place in (first, second):
        client.post(at("place", session, place.pk, "approve"), {"seen": place.version})

    assert list(Place.objects.order_by("pk").values_list("state", flat=True)) == ["booked", "waiting"]


def test_cancelling_needs_a_reason_and_is_done_once(cast, client_for):
    session, client = session_of(cast), client_for(cast.priya)
    ask(session, cast.rhona)
    OutgoingMail.objects.all().delete()
    data = {"reason": "The hall is flooded", "seen": session.version}

    assert client.post(at("cancel", session), {"reason": " "}).status_code == 422
    assert client.post(at("cancel", session), data).status_code == 302
    client.post(at("cancel", session), data)

    assert OutgoingMail.objects.count() == 1
    assert "The hall is flooded" in text(client.get(at("detail", session)))


def test_going_ahead_with_too_few_is_said_knowingly(cast, client_for):
    session, client = session_of(cast, minimum=2), client_for(cast.priya)
    ask(session, cast.rhona)

    assert "Only 1 person has booked, and 2 make sense." in text(client.get(at("go-ahead", session)))
    assert client.post(at("go-ahead", session), {}).status_code == 409
    assert client.post(at("go-ahead", session), {"anyway": "yes"}).status_code == 302
    assert JointSession.objects.get().goes_ahead


def test_a_message_pressed_twice_is_sent_once(cast, client_for):
    session, client = session_of(cast), client_for(cast.priya)
    ask(session, cast.rhona)
    OutgoingMail.objects.all().delete()
    data = {"subject": "The door", "words": "Use the side door.", "seen": session.version}

    assert client.post(at("message", session), data).status_code == 302
    assert client.post(at("message", session), data).status_code == 409
    assert OutgoingMail.objects.count() == 1


def test_a_paper_is_read_by_those_who_see_the_session_and_by_the_link(cast, client_for):
    session, client = session_of(cast), client_for(cast.priya)
    row = invited(session, cast.dougie)[0]
    other = invited(session_of(cast, title="Other"), cast.dougie)[0]
    file = SimpleUploadedFile("../list <1>.html", PDF, content_type="text/html")
    assert client.post(at("papers", session), {"title": "The list", "file": file}).status_code == 302
    paper = session.papers.get()

    read = client_for(cast.rhona).get(reverse("sessions:paper", args=[session.pk, paper.pk]))
    by_link = client_for().get(reverse("invitations:paper", args=[token_of(row), paper.pk]))

    assert b"".join(read.streaming_content) == PDF
    assert read["Content-Disposition"].startswith("attachment")
    assert b"".join(by_link.streaming_content) == PDF
    assert client_for().get(reverse("invitations:paper", args=[token_of(other), paper.pk])).status_code == 404
    assert client_for().get(reverse("invitations:paper", args=["wrong", paper.pk])).status_code == 404
    assert client_for().get(reverse("sessions:paper", args=[session.pk, paper.pk])).status_code == 302
    client.post(at("paper-withdraw", session, paper.pk))
    assert not session.papers.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title": "x"}, "Add a file or give its address"),
        ({"title": "", "link": "https://example.org/"}, "Say what the paper is"),
        ({"title": "x", "link": "javascript:alert(1)"}, "Enter a web address"),
    ],
)
def test_a_paper_that_is_none_is_refused_in_words(cast, client_for, given, words):
    session = session_of(cast)

    response = client_for(cast.priya).post(at("papers", session), given)

    assert response.status_code == 422
    assert words in text(response)


def test_a_paper_of_a_draft_is_not_there_for_others(cast, client_for):
    session, client = draft_session(cast), client_for(cast.priya)
    client.post(at("papers", session), {"title": "The list", "link": "https://example.org/"})
    address = reverse("sessions:paper", args=[session.pk, session.papers.get().pk])

    assert client_for(cast.rhona).get(address).status_code == 404
    assert client.get(address)["Location"] == "https://example.org/"


def test_a_fact_that_got_old_after_publishing_is_said_to_whoever_plans_it(cast, client_for):
    session, client = session_of(cast, venue=venue_of()), client_for(cast.priya)
    assert "Checked too long ago" not in text(client.get(at("detail", session)))
    session.venue.facts.filter(code="loop").update(checked_on=timezone.localdate() - 400 * DAY)

    shown = text(client.get(at("detail", session)))

    assert "Checked too long ago" in shown
    assert "<p>Hearing loop. People read" in shown
    assert reverse("manage-venues:detail", args=[session.venue_id]) in shown


def test_copying_leads_to_the_dates(cast, client_for):
    session, client = session_of(cast), client_for(cast.priya)

    shown = client.post(at("copy", session), follow=True)

    assert "Say when it takes place." in text(shown)
    assert JointSession.objects.filter(state="draft").count() == 1


def test_a_draft_is_deleted_after_a_question(cast, client_for):
    session, client = draft_session(cast), client_for(cast.priya)

    assert "cannot be brought back" in text(client.get(at("delete", session)))
    client.post(at("delete", session))
    assert not JointSession.objects.exists()


def test_the_list_has_each_session_with_its_next_step(cast, client_for):
    session_of(cast, title="Early together")
    draft_session(cast, title="Not yet")
    called_off = move(session_of(cast, title="Off"), "cancel", by=person(cast.priya), data={"reason": "Flood"})
    client = client_for(cast.priya)

    coming, drafts = text(client.get("/manage/sessions/")), text(client.get("/manage/sessions/?view=drafts"))

    assert "Early together" in coming
    assert "Book an interpreter" in coming
    assert called_off.title in coming
    assert "Not yet" not in coming
    assert "Check it and publish it" in drafts
    assert "No past sessions" in text(client.get("/manage/sessions/?view=past&page=%00"))


@pytest.mark.parametrize("name", ["detail", "change", "check", "invite", "message", "go-ahead", "cancel", "papers"])
def test_nobody_but_coordinators(cast, client_for, name):
    session = session_of(cast)

    assert client_for(cast.ailsa).get(at(name, session)).status_code == 403
    assert client_for(cast.ailsa).post(at(name, session)).status_code == 403


def test_my_work_says_what_is_due_soon_to_those_who_plan_it(cast, client_for):
    session_of(cast, title="Far away", interpreter="Nobody needs one")
    soon = session_of(cast, title="Soon")
    JointSession.objects.filter(pk=soon.pk).update(minimum=1, decide_on=timezone.localdate() + DAY)

    shown = text(client_for(cast.priya).get("/my-work/"))

    assert "Decide whether it takes place: 0 of at least 1 have booked" in shown
    assert "Soon" in shown
    assert "Far away" not in shown
    assert "Decide whether" not in text(client_for(cast.tom).get("/my-work/"))


def test_a_deputy_who_is_no_coordinator_has_the_steps_that_they_may_do(cast, client_for):
    """Attendance, needs and the answer to those who came; never what co-ordinators alone decide."""
    session = session_of(cast, title="Soon", capacity=5)
    JointSession.objects.filter(pk=session.pk).update(minimum=1, decide_on=timezone.localdate(), deputy=cast.tom)
    place = ask(session, cast.fresh("rhona"))
    client = client_for(cast.tom)
    assert "Decide whether" not in text(client.get("/my-work/"))

    need = getting_ready.ask(place, "A ramp", [], by=person(cast.fresh("rhona")))
    SessionDate.objects.update(starts_at=timezone.now() + 5 * DAY, ends_at=timezone.now() + 6 * DAY)
    assert "Answer 1 access need" in text(client.get("/my-work/"))
    move(need, "arranged", by=person(cast.fresh("tom")), data={"answer": "It is there"})

    begin(session)
    shown = text(client.get("/my-work/"))
    assert "Say who came" in shown
    assert client.get(reverse("session-day:attendance", args=[session.pk]), follow=True).status_code == 200
    assert "Say who came" not in text(client_for(cast.ailsa).get("/my-work/"))


def test_papers_stand_with_their_day_where_people_decide(cast, client_for, settings):
    settings.KEEP_SENT_MAIL = True
    session = session_of(cast)
    client_for(cast.priya).post(at("papers", session), {"title": "The <list>", "link": "https://example.org/"})
    row = invited(session, cast.dougie)[0]

    for page in (
        client_for(cast.rhona).get(reverse("sessions:detail", args=[session.pk])),
        client_for().get(reverse("invitations:answer", args=[token_of(row)])),
    ):
        assert "The &lt;list&gt;" in text(page)
        assert "Published on" in text(page)
    assert "To read before: The <list>. Published on" in OutgoingMail.objects.get(template="sessions/invited").text


def test_those_who_have_not_answered_are_asked_again_and_left_in_peace(cast, client_for, settings):
    settings.KEEP_SENT_MAIL = True
    session, client = session_of(cast), client_for(cast.priya)
    row = invited(session, cast.dougie)[0]
    declined = invited(session, cast.ailsa)[0]
    move(declined, "decline", by=person(cast.ailsa))
    OutgoingMail.objects.all().delete()

    soon = text(client.post(at("ask-again", session), follow=True))
    assert "Dougie Ross was written to less than 24 hours ago." in soon
    assert not OutgoingMail.objects.exists()
    more = [invited(session, user)[0] for user in (cast.morag, cast.tom, cast.senga)]
    OutgoingMail.objects.all().delete()
    many = text(client.post(at("ask-again", session), follow=True))
    assert "Dougie Ross was written to less than 24 hours ago. So it is for 3 other people." in many
    SessionInvitation.objects.filter(pk__in=[one.pk for one in more]).delete()

    with time_machine.travel(timezone.now() + DAY):
        client = client_for(cast.priya)
        assert "1 person was asked again." in text(client.post(at("ask-again", session), follow=True))
        client.post(at("ask-again", session))

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == ("union@example.org", "Not answered yet: Starting early together")
    assert token_of(row) in mail.text
    assert client_for().get(reverse("invitations:answer", args=[token_of(row)])).status_code == 200


def test_every_mail_to_an_invitee_carries_their_own_link(cast, client_for, settings):
    settings.KEEP_SENT_MAIL = True
    session = session_of(cast)
    row, other = invited(session, cast.dougie, cast.ailsa)
    OutgoingMail.objects.all().delete()
    data = {"subject": "The door", "words": "Use the side door.", "seen": session.version}

    client_for(cast.priya).post(at("message", session), data)

    texts = {mail.to: mail.text for mail in OutgoingMail.objects.all()}
    assert token_of(row) in texts["union@example.org"]
    assert token_of(other) not in texts["union@example.org"]


def test_what_nobody_is_told_is_saved_without_saying_otherwise(cast, client_for):
    session, client = session_of(cast), client_for(cast.priya)
    ask(session, cast.rhona)
    OutgoingMail.objects.all().delete()

    shown = text(client.get(at("part", session, "ready")))
    client.post(
        at("part", session, "ready"), {"ready-interpreter": "Moira Kerr, booked on 3 May", "seen": session.version}
    )

    assert "Nobody is told of this." in shown
    assert "tell everybody" not in shown
    assert JointSession.objects.get().interpreter == "Moira Kerr, booked on 3 May"
    assert not OutgoingMail.objects.exists()
