"""Joint sessions, places, getting ready, attendance and figures: what the pages say and do, through the API."""

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import GivenAnswer, Organisation
from people.transitions import move, person
from tests.factories.session_days import begun, over
from tests.factories.sessions import ask, begin, draft_session, place_in, session_of
from training.enums import PlaceState, Presence
from training.models import AccessNeed, Attendance, Certificate, JointSession, Place

pytestmark = pytest.mark.django_db
LINK = "https://meet.example.org/early"
API = "/api/v1"


def said(answer, status):
    """The sentences of a refusal."""
    assert answer.status_code == status, answer.content
    return [error["detail"] for error in answer.json()["errors"]]


# --- Sessions ----------------------------------------------------------------------------------------------------


def test_the_list_is_that_of_the_page(cast, caller_for, client_for):
    session, past = session_of(cast), session_of(cast, title="Long ago")
    draft_session(cast, title="Not published")
    ask(session, cast.rhona)
    over(past)

    for view in ("coming", "past"):
        by_page = [row.title for row in client_for(cast.rhona).get(f"/sessions/?view={view}").context["page"]]
        rows = caller_for(cast.rhona).read(f"/sessions/?view={view}").json()["results"]
        assert [row["title"] for row in rows] == by_page
    row = caller_for(cast.rhona).read("/sessions/").json()["results"][0]
    assert row["my_place"] == "booked"
    assert caller_for(cast.morag).read("/sessions/").json()["results"][0]["my_place"] is None
    assert caller_for(cast.rhona).read("/sessions/?view=all").status_code == 400


def test_a_draft_is_there_for_coordinators_alone(cast, caller_for):
    path = f"/sessions/{draft_session(cast).pk}/"

    assert caller_for(cast.priya).read(path).json()["i_plan"] is True
    for other in (cast.rhona, cast.morag, cast.stranger):
        assert caller_for(other).read(path).status_code == 404
    assert caller_for(None).read(path).status_code == 401


def test_a_session_reads_as_on_its_page(cast, caller_for, client_for):
    session = session_of(cast, held={"new": 1})
    ask(session, cast.dougie)

    answer = caller_for(cast.rhona).read(f"/sessions/{session.pk}/")
    told = answer.json()
    page = client_for(cast.rhona).get(f"/sessions/{session.pk}/").context["page"]

    assert (told["numbers"], told["rules"], told["where"]) == (page.numbers, page.rules, page.where)
    assert [row["words"] for row in told["dates"]] == page.when
    assert told["my_place"] is None
    assert told["coordinator"] == {"id": cast.priya.pk, "name": cast.priya.name}
    assert told["i_take_attendance"] is True  # she leads it
    assert answer["ETag"] == f'"{session.version}"'
    assert LINK not in answer.content.decode()
    assert "@" not in answer.content.decode()


def test_the_link_to_join_is_for_those_who_hold_a_place(cast, caller_for):
    place = place_in(cast, PlaceState.BOOKED)

    assert caller_for(cast.dougie).read(f"/places/{place.pk}/").json()["join_link"] == LINK
    assert LINK not in caller_for(cast.dougie).read("/places/").content.decode()
    for other in (cast.rhona, cast.priya, cast.morag):
        assert caller_for(other).read(f"/places/{place.pk}/").status_code == 404
    for state in (PlaceState.WAITING, PlaceState.REQUESTED, PlaceState.OFFERED, PlaceState.CANCELLED):
        other_place = place_in(cast, state)
        assert caller_for(cast.dougie).read(f"/places/{other_place.pk}/").json()["join_link"] is None, state


# --- Asking for a place ------------------------------------------------------------------------------------------


def test_one_press_books_as_on_the_page(cast, caller_for, client_for):
    by_api, by_page = session_of(cast), session_of(cast)

    answer = caller_for(cast.rhona).send(f"/sessions/{by_api.pk}/bookings/", {"state": "offered", "seat_number": 9})
    client_for(cast.rhona).post(reverse("sessions:book", args=[by_page.pk]))

    assert answer.status_code == 201
    frozen = ("state", "person_id", "name", "email", "organisation_id", "sector", "side", "is_new", "seat_number")
    one, other = (Place.objects.values_list(*frozen).get(session=session) for session in (by_api, by_page))
    assert one == other
    again = caller_for(cast.rhona).send(f"/sessions/{by_api.pk}/bookings/")
    assert again.json()["id"] == answer.json()["id"]


def test_a_key_books_once(cast, caller_for):
    session, caller = session_of(cast), caller_for(cast.rhona)

    answers = [caller.send(f"/sessions/{session.pk}/bookings/", {}, Idempotency_Key="a") for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert Place.objects.count() == GivenAnswer.objects.count() == 1


def test_the_answer_that_is_kept_holds_no_link_to_join(cast, caller_for):
    booked, offered = session_of(cast), place_in(cast, PlaceState.OFFERED)
    caller = caller_for(cast.dougie)

    answers = [
        caller.send(f"/sessions/{booked.pk}/bookings/", Idempotency_Key="book"),
        caller.send(f"/places/{offered.pk}/moves/take/", If_Match="*", Idempotency_Key="take"),
    ]

    for answer in answers:
        assert set(answer.json()) == {"id", "state", "moves"}
        assert answer.json()["state"] == "booked"
        place = caller.read(f"/places/{answer.json()['id']}/")
        assert place["ETag"] == answer["ETag"]
        assert place.json()["moves"] == answer.json()["moves"]
        assert place.json()["join_link"] == LINK
    assert not GivenAnswer.objects.filter(body__contains="meet.example.org").exists()


def test_a_full_session_has_a_waiting_list(cast, caller_for):
    session = session_of(cast, places=1)
    ask(session, cast.dougie)

    told = caller_for(cast.rhona).send(f"/sessions/{session.pk}/bookings/").json()

    assert told["state"] == "waiting"
    shown = caller_for(cast.rhona).read(f"/places/{told['id']}/").json()
    assert (shown["standing"], shown["join_link"]) == (1, None)
    assert [row["name"] for row in told["moves"]] == ["cancel"]


def test_whom_one_comes_for_is_said_as_on_the_page(cast, caller_for, client_for):
    session = session_of(cast)
    caller, path = caller_for(cast.rhona), f"/sessions/{session.pk}/bookings/"

    for body in (
        {"come_for": "nonsense"},
        {"come_for": "other"},
        {"come_for": "other", "organisation": "see https://example.org", "sector": "community"},
        {"come_for": "other", "organisation": "\u200b", "sector": "community"},
        {"come_for": "myself"},
        {"come_for": str(cast.union.pk)},
    ):
        page = client_for(cast.rhona).post(reverse("sessions:book", args=[session.pk]), body)
        by_page = {sentence for sentences in page.context["form"].errors.values() for sentence in sentences}
        assert set(said(caller.send(path, body), 400)) == by_page, body
    told = caller.send(path, {"come_for": "other", "organisation": "Skerrafin Creel Circle", "sector": "community"})
    assert caller.read(f"/places/{told.json()['id']}/").json()["organisation"] == "Skerrafin Creel Circle"
    assert not Organisation.objects.filter(name="Skerrafin Creel Circle").exists()


def test_nobody_becomes_staff_of_the_host_by_typing_its_name(cast, caller_for):
    session = session_of(cast)
    host = Organisation.objects.get(is_host=True)

    caller_for(cast.dougie).send(
        f"/sessions/{session.pk}/bookings/", {"come_for": "other", "organisation": host.name, "sector": "union"}
    )

    place = Place.objects.get()
    assert (place.organisation, place.side) == (None, "partner")


def test_why_nobody_can_book_is_said_as_on_the_page(cast, caller_for, client_for):
    session = session_of(cast)
    begin(session)

    shown = client_for(cast.dougie).get(f"/sessions/{session.pk}/").context["blocked"]
    assert caller_for(cast.dougie).read(f"/sessions/{session.pk}/").json()["booking_blocked_by"] == shown
    assert said(caller_for(cast.dougie).send(f"/sessions/{session.pk}/bookings/"), 409) == shown
    assert not Place.objects.exists()


@pytest.mark.parametrize("body", [[], "x", {"come_for": []}, {"come_for": None}, {"sector": 1}, {"organisation": {}}])
def test_no_body_breaks_a_booking(cast, caller_for, body):
    session = session_of(cast)

    assert caller_for(cast.dougie).send(f"/sessions/{session.pk}/bookings/", body).status_code == 400


# --- Moves of a place --------------------------------------------------------------------------------------------


def test_an_offered_place_is_taken_with_its_etag(cast, caller_for):
    place, caller = place_in(cast, PlaceState.OFFERED), caller_for(cast.dougie)
    read = caller.read(f"/places/{place.pk}/")
    assert [row["name"] for row in read.json()["moves"]] == ["take", "cancel"]
    path = f"/places/{place.pk}/moves/take/"

    assert caller.send(path).status_code == 428
    assert caller.send(path, If_Match='"999"').status_code == 412
    assert caller.send(path, If_Match="nonsense").status_code == 400
    assert caller_for(cast.rhona).send(path, If_Match="*").status_code == 404
    taken = caller.send(path, If_Match=read["ETag"])
    assert taken.json()["state"] == "booked"
    assert taken["ETag"] != read["ETag"]
    assert caller.send(path, If_Match="*").json()["state"] == "booked"  # pressed twice it is what was wanted


def test_a_place_is_cancelled_and_goes_to_the_next(cast, caller_for):
    session = session_of(cast, places=1)
    place = ask(session, cast.dougie)
    ask(session, cast.rhona)

    told = caller_for(cast.dougie).send(f"/places/{place.pk}/moves/cancel/", If_Match="*").json()

    assert told["state"] == "cancelled"
    assert Place.objects.get(person=cast.rhona).state == PlaceState.OFFERED


def test_too_late_to_cancel_is_said_as_on_the_page(cast, caller_for, client_for):
    session = session_of(cast, cancel_days=90)
    place = ask(session, cast.dougie)

    shown = client_for(cast.dougie).get(f"/sessions/{session.pk}/").context["moves"]
    told = caller_for(cast.dougie).read(f"/places/{place.pk}/").json()["moves"]
    sentences = next(list(map(str, found)) for row, found in shown if row.name == "cancel")

    assert told == [{"name": "cancel", "label": "I cannot come", "blocked_by": sentences}]
    assert said(caller_for(cast.dougie).send(f"/places/{place.pk}/moves/cancel/", If_Match="*"), 409) == sentences


def test_coordinators_have_no_moves_of_theirs_here(cast, caller_for):
    place = place_in(cast, PlaceState.REQUESTED)

    for name in ("approve", "decline", "remove", "offer", "walk_in"):
        for who in (cast.priya, cast.dougie):
            assert caller_for(who).send(f"/places/{place.pk}/moves/{name}/", If_Match="*").status_code == 404


def test_the_calendar_file_is_that_of_the_page(cast, caller_for, client_for):
    place = place_in(cast, PlaceState.BOOKED)
    date = place.session.dates.get()

    by_page = client_for(cast.dougie).get(reverse("sessions:calendar", args=[place.session_id, date.pk]))
    by_api = caller_for(cast.dougie).read(f"/places/{place.pk}/calendar/{date.pk}/")

    def without_stamp(answer):
        return [line for line in answer.content.decode().splitlines() if not line.startswith("DTSTAMP")]

    assert without_stamp(by_api) == without_stamp(by_page)
    assert by_api["Content-Type"].startswith("text/calendar")
    assert caller_for(cast.dougie).read(f"/places/{place.pk}/calendar/0/").status_code == 404
    move(place, "cancel", by=person(cast.fresh("dougie")))
    assert caller_for(cast.dougie).read(f"/places/{place.pk}/calendar/{date.pk}/").status_code == 404


# --- Getting ready -----------------------------------------------------------------------------------------------


def test_what_i_bring_is_mine_and_never_written_over_unseen(cast, caller_for):
    place, caller = place_in(cast, PlaceState.BOOKED), caller_for(cast.dougie)
    path = f"/places/{place.pk}/getting-ready/"
    read = caller.read(path)

    assert caller.call("PATCH", API + path, {"brings": "The rota"}).status_code == 428
    kept = caller.call("PATCH", API + path, {"brings": "The rota", "state": "cancelled"}, If_Match=read["ETag"])
    assert kept.json()["brings"] == "The rota"
    late = caller.call("PATCH", API + path, {"brings": "Else"}, If_Match=read["ETag"])
    assert late.status_code == 412
    more = caller.call("PATCH", API + path, {"needs_from_others": "Time"}, If_Match=kept["ETag"]).json()
    assert (more["brings"], more["needs_from_others"]) == ("The rota", "Time")
    too_long = caller.call("PATCH", API + path, {"brings": "x" * 301}, If_Match="*")
    assert said(too_long, 400) == ["Please write no more than 300 characters."]
    for other in (cast.rhona, cast.priya):
        assert caller_for(other).read(path).status_code == 404
    place.refresh_from_db()
    assert place.state == PlaceState.BOOKED


def test_only_support_that_is_offered_is_asked_for(cast, caller_for):
    session = session_of(cast)
    JointSession.objects.update(support=["expenses"])
    place = ask(session, cast.dougie)
    path = f"{API}/places/{place.pk}/getting-ready/"
    caller = caller_for(cast.dougie)

    offered = [row["value"] for row in caller.read(f"/places/{place.pk}/getting-ready/").json()["support_offered"]]
    assert "expenses" in offered
    wrong = caller.call("PATCH", path, {"support": "gold"}, If_Match="*")
    assert said(wrong, 400) == ["Choose one of the kinds that are offered."]
    assert caller.call("PATCH", path, {"support": "expenses"}, If_Match="*").json()["support"] == "expenses"


def test_an_access_need_from_asking_to_taking_it_back(cast, caller_for):
    place, caller = place_in(cast, PlaceState.BOOKED), caller_for(cast.dougie)
    leads = place.session.facilitators.get()
    path = f"/places/{place.pk}/access-needs/"

    assert said(caller.send(path, {"words": " "}), 400) == ["Write what you need to take part"]
    assert caller.send(path, {"words": "Print", "readers": [leads.pk + 99]}).status_code == 400
    asked = caller.send(path, {"words": "Large print", "readers": [leads.pk], "state": "arranged", "answer": "Yes"})
    assert asked.status_code == 201
    one = f"/access-needs/{asked.json()['id']}/"
    shown = caller.read(one)
    assert shown["ETag"] == asked["ETag"]
    assert (shown.json()["state"], shown.json()["answer"]) == ("asked", "")
    assert [row["name"] for row in shown.json()["readers"]] == [cast.rhona.name]
    for other in (cast.rhona, cast.priya, cast.morag):  # who may read it does so on the page of whoever answers
        assert caller_for(other).read(one).status_code == 404
        assert caller_for(other).read("/access-needs/").json()["results"] == []
    changed = caller.send(one + "moves/ask_again/", {"words": "Larger print"}, If_Match=asked["ETag"])
    shown = caller.read(one)
    assert shown["ETag"] == changed["ETag"]
    assert (shown.json()["words"], shown.json()["readers"]) == ("Larger print", [])
    assert caller.send(one + "moves/ask_again/", {"words": "x"}, If_Match=asked["ETag"]).status_code == 412
    assert caller_for(cast.priya).call("DELETE", API + one).status_code == 404
    assert caller.call("DELETE", API + one).status_code == 204
    assert not AccessNeed.objects.exists()


def test_an_access_need_that_was_taken_back_is_told_to_nobody_again(cast, caller_for):
    place, caller = place_in(cast, PlaceState.BOOKED), caller_for(cast.dougie)

    def ask_for():
        return caller.send(f"/places/{place.pk}/access-needs/", {"words": "Large print"}, Idempotency_Key="ask")

    def ask_again():
        return caller.send(one + "moves/ask_again/", {"words": "Two chairs"}, If_Match="*", Idempotency_Key="again")

    asked = ask_for()
    one = f"/access-needs/{asked.json()['id']}/"
    asked_again = ask_again()
    caller.call("DELETE", API + one)

    for answer in (asked, asked_again, ask_for(), ask_again()):
        assert set(answer.json()) == {"id", "state", "moves"}
    kept = " ".join(GivenAnswer.objects.values_list("body", flat=True))
    assert "print" not in kept
    assert "chairs" not in kept


# --- The day -----------------------------------------------------------------------------------------------------


def path_of(session, date):
    return f"/sessions/{session.pk}/dates/{date.pk}"


def test_attendance_is_read_by_whoever_leads_the_session(cast, caller_for):
    session, date = begun(cast, "dougie", "ailsa")
    path = f"{path_of(session, date)}/attendance/"

    answer = caller_for(cast.rhona).read(path)
    assert [row["name"] for row in answer.json()["results"]] == ["Ailsa Grant", cast.dougie.name]
    assert {row["presence"] for row in answer.json()["results"]} == {""}
    assert "@" not in answer.content.decode()
    assert caller_for(cast.priya).read(path).status_code == 200
    for other in (cast.ailsa, cast.dougie, cast.morag):
        assert caller_for(other).read(path).status_code == 403
        assert caller_for(other).call("PATCH", API + path, {"marks": []}).status_code == 403
        assert caller_for(other).send(f"{path_of(session, date)}/everyone/").status_code == 403
        assert caller_for(other).send(f"{path_of(session, date)}/walk-ins/", {"name": "X"}).status_code == 403
    draft = draft_session(cast)
    assert caller_for(cast.morag).read(f"{path_of(draft, draft.dates.get())}/attendance/").status_code == 404
    assert caller_for(cast.priya).read(f"{path_of(draft, date)}/attendance/").status_code == 404


def test_marks_of_two_people_do_not_undo_each_other(cast, caller_for):
    session, date = begun(cast, "dougie", "ailsa")
    path = f"{API}{path_of(session, date)}/attendance/"
    one, two = Place.objects.order_by("name")

    def mark(who, place, seen, presence):
        body = {"marks": [{"place": place.pk, "seen": seen, "presence": presence, "marked_by": 1}]}
        return caller_for(who).call("PATCH", path, body).json()

    assert mark(cast.rhona, one, "", "full") == {"written": 1, "changed_elsewhere": [], "here": 1, "not_marked": 1}
    second = mark(cast.priya, one, "", "no_show")
    assert second["changed_elsewhere"] == [{"place": one.pk, "name": one.name, "presence": "full"}]
    assert mark(cast.priya, one, "full", "")["written"] == 1
    assert mark(cast.priya, two, "", "")["written"] == 0
    assert not Attendance.objects.exists()
    assert mark(cast.rhona, Place(pk=10**6), "", "full")["written"] == 0


@pytest.mark.parametrize(
    "marks",
    [None, {}, [1], [{"place": "x", "seen": "", "presence": ""}], [{"place": 1}], [{"place": 2**70}],
     [{"place": 1, "seen": "", "presence": "here"}], [{"place": 1, "seen": "", "presence": "full"}] * 101],
)  # fmt: skip
def test_wrong_marks_are_sentences(cast, caller_for, marks):
    session, date = begun(cast, "dougie")

    answer = caller_for(cast.priya).call("PATCH", f"{API}{path_of(session, date)}/attendance/", {"marks": marks})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"].startswith("/marks")


def test_nobody_is_marked_before_it_begins(cast, caller_for):
    session = session_of(cast)
    place, date = ask(session, cast.dougie), session.dates.get()
    caller, path = caller_for(cast.priya), path_of(session, date)

    assert caller.read(f"{path}/attendance/").json()["results"] == []
    body = {"marks": [{"place": place.pk, "seen": "", "presence": "full"}]}
    for answer in (
        caller.call("PATCH", f"{API}{path}/attendance/", body),
        caller.send(f"{path}/everyone/"),
        caller.send(f"{path}/walk-ins/", {"name": "Pal"}),
    ):
        assert said(answer, 409)[0].startswith("Attendance opens when it begins:")
    assert not Attendance.objects.exists()


def test_everyone_and_somebody_in_the_door(cast, caller_for, client_for):
    session, date = begun(cast, "dougie", "ailsa")
    caller, path = caller_for(cast.rhona), path_of(session, date)

    assert caller.send(f"{path}/everyone/").json() == {"count": 2}
    assert caller.send(f"{path}/everyone/").json() == {"count": 0}
    body = {"name": "Pal Hamish", "email": "pal@example.org", "state": "cancelled"}
    answers = [caller.send(f"{path}/walk-ins/", body, Idempotency_Key="p") for _ in range(2)]
    told = answers[0].json()
    assert (answers[0].status_code, told["is_walk_in"], told["presence"]) == (201, True, "full")
    assert "pal@example.org" not in answers[0].content.decode()
    assert Place.objects.filter(email="pal@example.org").count() == 1
    for wrong in ({"name": ""}, {"name": "see https://example.org"}, {"name": "Pal", "email": "nobody"}):
        page = client_for(cast.rhona).post(reverse("session-day:walk-in", args=[session.pk, date.pk]), wrong)
        by_page = {sentence for sentences in page.context["form"].errors.values() for sentence in sentences}
        assert set(said(caller.send(f"{path}/walk-ins/", wrong), 400)) == by_page


def test_attendance_is_confirmed_by_coordinators(cast, caller_for):
    session, date = begun(cast, "dougie")
    path = f"/sessions/{session.pk}/moves/confirm_attendance/"
    assert caller_for(cast.rhona).send(path, If_Match="*").status_code in (403, 409)
    shown = caller_for(cast.priya).read(f"/sessions/{session.pk}/").json()["moves"]
    blocked = next(row["blocked_by"] for row in shown if row["name"] == "confirm_attendance")
    assert said(caller_for(cast.priya).send(path, If_Match="*"), 409) == blocked

    caller_for(cast.rhona).send(f"{path_of(session, date)}/everyone/")
    assert caller_for(cast.priya).send(path).status_code == 428
    assert caller_for(cast.priya).send(path, If_Match="*").status_code == 200
    assert Certificate.objects.get().holder == cast.dougie
    assert JointSession.objects.get().attendance_confirmed_on is not None


# --- Figures -----------------------------------------------------------------------------------------------------


def test_figures_are_those_of_the_page_and_for_coordinators(cast, caller_for, client_for):
    session, date = begun(cast, "dougie", "ailsa", "morag", "fergus")
    Attendance.objects.create(place=Place.objects.first(), date=date, presence=Presence.FULL, marked_by=cast.priya)
    year = timezone.localdate().year

    for path, page_path in (
        (f"/participation/?year={year}", f"/manage/participation/?year={year}"),
        (f"/sessions/{session.pk}/participation/", f"/manage/sessions/{session.pk}/room/"),
    ):
        told = caller_for(cast.priya).read(path).json()
        page = client_for(cast.priya).get(page_path).context
        assert [
            (row["key"], [(line["label"], line["count"], line["of"], line["percent"]) for line in row["lines"]])
            for row in told["tables"]
        ] == [
            (table.key, [(line.label, line.count, line.of, line.percent) for line in table.lines])
            for table in page["tables"]
        ]
        assert told["least"] == page["least"]
        for other in (cast.rhona, cast.morag, cast.ailsa):
            assert caller_for(other).read(path).status_code == 403
    assert caller_for(cast.priya).read("/participation/?year=1066").status_code == 400
    assert caller_for(cast.priya).read("/participation/?year=²").status_code == 400
    assert caller_for(cast.priya).read("/sessions/999999/participation/").status_code == 404
