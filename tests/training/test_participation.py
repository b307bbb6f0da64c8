"""Who is in the room: exact numbers, what is too small to show, and no way back to a person."""

import csv
import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from people.enums import Sector, Side
from people.lib.csv import stream
from people.models import AuditEvent, Organisation
from people.policy import set_policy
from people.transitions import NotYours
from tests.factories.many_participation import invited, past_sessions, places, said
from tests.factories.sessions import ask, draft_session, session_of
from training.afterwards.organisation_sizes import keep_sizes
from training.afterwards.participation import figures_of, sessions_of_year, years
from training.afterwards.participation_tables import HEAD, file_rows, tables_of, tables_of_one
from training.models import JointSession, Place, SessionDate, Venue

pytestmark = pytest.mark.django_db
YEAR, FILE = "/manage/participation/", "/manage/participation/csv/"


def this_year():
    return timezone.localtime(timezone.now() - datetime.timedelta(hours=6)).year


def lines(key, *sessions, of_one=False):
    """The lines of one table as (label, number, of)."""
    figures = figures_of(JointSession.objects.filter(pk__in=[row.pk for row in sessions]).order_by())
    tables = tables_of_one(figures) if of_one else tables_of(figures)
    (table,) = [table for table in tables if table.key == key]
    return [(line.label, line.count, line.of) for line in table.lines]


def some(rows):
    """Without the empty groups."""
    return [row for row in rows if row[1]]


# --- Who counts ------------------------------------------------------------------------------------------------------


def test_before_attendance_everybody_booked_counts_and_afterwards_who_came(cast):
    (session,) = past_sessions(cast, 1)
    rows = places(cast, session, 5, marks=["full", "part", "no_show", "apologies"])  # nobody has said of the fifth
    places(cast, session, 4, state="waiting")
    places(cast, session, 4, state="cancelled")

    found = set(Place.objects.in_the_room().values_list("pk", flat=True))

    assert found == {rows[0].pk, rows[1].pk, rows[4].pk}
    assert figures_of(JointSession.objects.all().order_by()).people == 3


def test_a_year_holds_what_began_in_it(cast):
    inside, cancelled, coming, earlier = past_sessions(cast, 4)
    JointSession.objects.filter(pk=cancelled.pk).update(state="cancelled")
    later = timezone.now() + datetime.timedelta(days=1)
    SessionDate.objects.filter(session=coming).update(starts_at=later, ends_at=later + datetime.timedelta(hours=1))
    year = this_year()
    moved = timezone.make_aware(datetime.datetime(year - 1, 12, 31, 23, 30))
    SessionDate.objects.filter(session=earlier).update(starts_at=moved, ends_at=moved + datetime.timedelta(hours=2))
    draft_session(cast)
    # a second date in this year does not move a session out of the year in which it began
    now = timezone.now() - datetime.timedelta(hours=5)
    SessionDate.objects.create(session=earlier, starts_at=now, ends_at=now + datetime.timedelta(hours=1))

    assert list(sessions_of_year(year)) == [inside]
    assert list(sessions_of_year(year - 1)) == [earlier]
    assert years()[-1] == year - 1


def test_a_year_of_which_places_have_gone_is_not_offered(cast):
    (session,) = past_sessions(cast, 1)
    begun = timezone.make_aware(datetime.datetime(2015, 5, 5, 10))
    SessionDate.objects.filter(session=session).update(starts_at=begun, ends_at=begun + datetime.timedelta(hours=1))
    now = timezone.localdate().year

    assert years() == [now, now - 1, now - 2]  # places are kept for three years, so this is every whole one
    set_policy("place_keep_years", 30)
    assert years()[-1] == 2015


# --- Tables ----------------------------------------------------------------------------------------------------------


def test_sectors_sizes_and_newness_are_shares_of_everybody(cast):
    Organisation.objects.filter(pk=cast.carers.pk).update(size="small")
    (session,) = past_sessions(cast, 1)
    places(cast, session, 8, sector=Sector.PUBLIC_BODY, side=Side.STAFF)
    places(cast, session, 6, sector=Sector.THIRD_SECTOR, organisation=cast.carers, is_new=True)
    places(cast, session, 3, sector=Sector.BUSINESS)

    assert some(lines("sector", session)) == [
        ("Public body", 8, 17),
        ("Business", 3, 17),
        ("Charity or voluntary group", 6, 17),
    ]
    assert ("Union", 0, 17) in lines("sector", session)  # who is missing matters
    assert some(lines("size", session)) == [("Up to 9 people", 6, 17), ("Not said", 11, 17)]
    assert lines("newness", session) == [
        ("First time, or again after a long while", 6, 17),
        ("Has been before", 11, 17),
    ]


def test_a_small_group_is_shown_with_another_one(cast):
    (session,) = past_sessions(cast, 1)
    places(cast, session, 8, sector=Sector.COMMUNITY)
    places(cast, session, 4, sector=Sector.COUNCIL)
    places(cast, session, 1, sector=Sector.UNION)

    assert some(lines("sector", session)) == [("Community group", 8, 13), ("Together: Council; Union", 5, 13)]
    assert some(lines("sector", session, of_one=True)) == some(lines("sector", session))


def test_fewer_than_three_people_are_not_shown_at_all(cast, client_for):
    (session,) = past_sessions(cast, 1)
    places(cast, session, 2)

    assert lines("sector", session) == []
    shown = client_for(cast.priya).get(reverse("manage-sessions:room", args=[session.pk])).content.decode()
    assert "Fewer than 3 people, so nothing is shown." in shown


def test_a_body_may_ask_for_larger_groups_but_never_for_smaller_ones(cast):
    (session,) = past_sessions(cast, 1)
    places(cast, session, 5, sector=Sector.COMMUNITY)
    places(cast, session, 4, sector=Sector.COUNCIL)
    places(cast, session, 2, sector=Sector.UNION)
    for least, groups in ((0, 2), (1, 2), (3, 2), (5, 2), (6, 1), (12, 0)):
        set_policy("smallest_group", least)
        assert len(some(lines("sector", session))) == groups, least


def test_where_people_meet_and_who_travels(cast):
    hall = Venue.objects.create(name="Skerrafin hall", address="Shore Road", host=cast.carers)
    theirs, ours, online, unsaid = past_sessions(cast, 4)
    for session, values in (
        (theirs, {"format": "in_person", "venue": hall}),
        (ours, {"format": "hybrid", "host": cast.host, "venue": hall}),
        (online, {"format": "online"}),
        (unsaid, {"format": "in_person"}),
    ):
        JointSession.objects.filter(pk=session.pk).update(**values)
    for session, count in ((theirs, 4), (ours, 5), (online, 6), (unsaid, 1)):
        places(cast, session, count)

    assert lines("format", theirs, ours, online) == [
        ("In person", 4, 15),
        ("Online", 6, 15),
        ("In person and online", 5, 15),
    ]
    assert lines("venue", theirs, ours, online) == [("Skerrafin hall", 9, 15), ("Without a venue", 6, 15)]
    figures = figures_of(JointSession.objects.all().order_by())
    (travel,) = [table for table in tables_of(figures) if table.key == "travel"]
    assert [(line.label, line.count, line.sessions) for line in travel.lines] == [
        ("On the public body’s ground: partners travel", 5, 1),
        ("Online: nobody travels", 6, 1),
        ("Together: On a partner’s ground: staff travel; On ground of neither side, or not said", 5, 2),
    ]


def test_the_most_frequent_tenth(cast):
    sessions = past_sessions(cast, 5)
    regulars = places(cast, sessions[0], 3)
    for session in sessions[1:]:
        Place.objects.bulk_create(
            Place(
                session=session,
                name=row.name,
                email=row.email,
                email_key=row.email_key,
                state="booked",
                sector=row.sector,
                side=row.side,
                token_hash=Place.make_token()[1],
                expires_at=row.expires_at,
            )
            for row in regulars
        )
    assert lines("most_frequent_tenth", *sessions) == []  # a tenth of three people is one person
    places(cast, sessions[0], 27)

    assert lines("most_frequent_tenth", *sessions) == [
        ("Everybody: the 3 who came most often, of 30 people", 15, 42),
    ]
    places(cast, sessions[0], 2, side=Side.STAFF)  # two of the staff would stand in the difference
    assert len(lines("most_frequent_tenth", *sessions)) == 1
    places(cast, sessions[0], 1, side=Side.STAFF)
    assert [row[0][:8] for row in lines("most_frequent_tenth", *sessions)] == ["Everybod", "Partners"]


def test_support_offered_and_taken(cast):
    one, other = past_sessions(cast, 2)
    JointSession.objects.filter(pk=one.pk).update(support=["expenses", "fee"])
    JointSession.objects.filter(pk=other.pk).update(support=["expenses"])
    places(cast, one, 4, support="expenses")
    places(cast, one, 3, support="none")
    places(cast, other, 6)
    figures = figures_of(JointSession.objects.all().order_by())
    (table,) = [table for table in tables_of(figures) if table.key == "support"]

    assert [(line.label, line.count, line.sessions) for line in table.lines] == [
        ("Expenses", 4, 2),
        ("A fee for the time", 0, 1),
        ("A voucher", 0, 0),
        ("No support needed", 3, 0),
        ("Not said", 6, 0),
    ]


def test_sessions_that_offer_two_kinds_are_not_counted_twice(cast):
    (session,) = past_sessions(cast, 1)
    JointSession.objects.update(support=["fee", "voucher"])
    places(cast, session, 5)
    places(cast, session, 2, support="fee")
    places(cast, session, 2, support="voucher")
    (table,) = [row for row in tables_of(figures_of(JointSession.objects.all().order_by())) if row.key == "support"]

    (together,) = [line for line in table.lines if line.label.startswith("Together")]
    assert (together.count, together.sessions) == (4, None)


def test_invitations_to_the_reasons_for_no(cast):
    (session,) = past_sessions(cast, 1)
    invited(session, 9, state="accepted")
    invited(session, 4, state="declined", why_not="date")
    invited(session, 3, state="declined", why_not="cost")
    invited(session, 5, days=0)
    invited(session, 6, days=-1)

    assert lines("invitations", session) == [
        ("Accepted", 9, 27),
        ("Declined", 7, 27),
        ("May still answer", 5, 27),
        ("Did not answer", 6, 27),
    ]
    assert some(lines("why_declined", session)) == [
        ("The day or the hour does not suit", 4, 7),
        ("It costs too much time or money", 3, 7),
    ]


def test_the_reasons_do_not_give_away_what_the_invitations_hide(cast):
    (session,) = past_sessions(cast, 1)
    invited(session, 1, state="accepted")
    invited(session, 4, state="declined", why_not="date")
    invited(session, 9)

    assert some(lines("invitations", session)) == [
        ("May still answer", 9, 14),
        ("Together: Accepted; Declined", 5, 14),
    ]
    assert lines("why_declined", session) == []  # “of 4” would leave one who accepted


def test_the_desk_gives_reasons_by_the_rule_of_the_room(cast, client_for):
    """Who declined stands by name beside them, so one reason of one person would be theirs."""
    (session,) = past_sessions(cast, 1)
    invited(session, 1, state="declined", why_not="access")
    page, client = reverse("manage-sessions:detail", args=[session.pk]), client_for(cast.priya)
    assert "Why not:" not in client.get(page).content.decode()

    invited(session, 4, state="declined", why_not="date")
    shown = client.get(page).content.decode()

    assert "Why not: Together: The day or the hour does not suit; " in shown
    assert "(1)" not in shown
    assert "(4)" not in shown
    assert "(5)" in shown


# --- What people said ------------------------------------------------------------------------------------------------


def keys(*sessions):
    return [key for key in ("said", "said_staff", "said_partner") if _is_there(key, sessions)]


def _is_there(key, sessions):
    try:
        return bool(lines(key, *sessions))
    except ValueError:
        return False


SAID = [
    ({"staff": "yes yes"}, []),
    ({"staff": "yes yes no"}, ["said"]),
    ({"staff": "yes yes", "partner": "no"}, ["said"]),
    ({"staff": "yes yes yes yes", "partner": "no no"}, ["said"]),  # four of six would leave the two
    ({"staff": "yes yes yes", "partner": "no no partly"}, ["said", "said_staff", "said_partner"]),
]


@pytest.mark.parametrize(("answers", "expected"), SAID, ids=str)
def test_answers_are_shown_by_side_only_when_no_side_is_small(cast, answers, expected):
    (session,) = past_sessions(cast, 1)
    said(session, **answers)

    assert keys(session) == expected


def test_answers_are_shown_as_people_were_promised(cast):
    still_open, promised_ten = past_sessions(cast, 2)
    said(still_open, over=False, staff="yes yes no", partner="yes no no")
    said(promised_ten, promised=10, staff="yes yes no no", partner="yes no no no no")

    assert keys(still_open, promised_ten) == []


def test_a_year_adds_up_only_what_each_session_shows(cast):
    """The sum less the sessions that one can open leaves nothing about the one that shows nothing."""
    large, small, lopsided = past_sessions(cast, 3)
    said(large, staff="yes yes yes", partner="no no partly")
    said(small, staff="no", partner="no")
    said(lopsided, staff="yes yes yes", partner="no")

    assert lines("said", large, small, lopsided) == [("Yes", 6, 10), ("Partly", 1, 10), ("No", 3, 10)]
    assert lines("said_staff", large, small, lopsided) == [("Yes", 3, 3), ("Partly", 0, 3), ("No", 0, 3)]
    assert lines("said_partner", large, small, lopsided) == [("Yes", 0, 3), ("Partly", 1, 3), ("No", 2, 3)]


# --- Pages and file --------------------------------------------------------------------------------------------------


def full_year(cast):
    (session,) = past_sessions(cast, 1)
    places(cast, session, 9, sector=Sector.COMMUNITY)
    places(cast, session, cast.rhona, cast.dougie, cast.ailsa, marks=["full"] * 3)
    invited(session, 4)
    said(session, staff="yes yes no", partner="yes yes partly")
    return session


def test_the_pages_and_the_file_say_the_same(cast, client_for):
    session, priya = full_year(cast), client_for(cast.priya)

    year = priya.get(f"{YEAR}?year={this_year()}").content.decode()
    room = priya.get(reverse("manage-sessions:room", args=[session.pk])).content.decode()
    text = b"".join(priya.get(f"{FILE}?year={this_year()}").streaming_content).decode().lstrip("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert tuple(rows[0]) == HEAD
    assert {"figure": "sector", "group": "Community group", "number": "9", "of": "12", "percent": "75"}.items() <= next(
        row for row in rows if row["group"] == "Community group"
    ).items()
    for shown in (year, room):
        assert "9 of 12, 75 %" in shown
        assert '<rect width="75%"' in shown
        assert "Could people say what they came to say?" in shown
    assert "Who travels to whom" in year
    assert "Who travels to whom" not in room  # one session says nothing about that


def test_nobody_stands_on_them_by_name(cast, client_for):
    session, priya = full_year(cast), client_for(cast.priya)

    everything = priya.get(YEAR).content.decode()
    everything += priya.get(reverse("manage-sessions:room", args=[session.pk])).content.decode()
    everything += b"".join(priya.get(FILE).streaming_content).decode()

    for secret in ("Rhona MacBain", "Dougie Ross", "partner@example.org", "Guest ", "Only the co-ordinator reads"):
        assert secret not in everything


@pytest.mark.parametrize("asked", ["", "?year=1999", "?year=x", "?year=" + "9" * 20, "?year=-1", "?from=2026-01-01"])
def test_only_whole_years_are_counted(cast, client_for, asked):
    response = client_for(cast.priya).get(YEAR + asked)

    assert f"Who was in the room in {timezone.localdate().year}" in response.content.decode()


def test_while_it_is_planned_the_page_says_who_is_missing(cast, client_for):
    session = session_of(cast, places=9)
    for user in (cast.ailsa, cast.rhona, cast.dougie):
        ask(session, user)

    shown = client_for(cast.priya).get(reverse("manage-sessions:room", args=[session.pk])).content.decode()

    assert "3 people hold a place so far." in shown
    assert "Look who is missing while you can still invite them." in shown


@pytest.mark.parametrize("name", ["ailsa", "morag", "rhona", "tom", "senga"])
def test_nobody_but_coordinators_opens_them(cast, client_for, name):
    session = full_year(cast)
    for address in (YEAR, FILE, reverse("manage-sessions:room", args=[session.pk])):
        assert client_for(cast.people[name]).get(address).status_code == 403


def test_a_venue_is_no_formula_in_the_file(cast):
    venue = Venue.objects.create(name="=cmd()", address="x")
    (session,) = past_sessions(cast, 1, venue=None)
    JointSession.objects.update(venue=venue)
    places(cast, session, 4)
    figures = figures_of(JointSession.objects.all().order_by())

    assert "'=cmd()" in "".join(stream(HEAD, file_rows(tables_of(figures))))


# --- Sizes -----------------------------------------------------------------------------------------------------------

SIZES = "/manage/participation/sizes/"


def test_priya_says_how_large_organisations_are(cast, client_for):
    priya = client_for(cast.priya)
    assert "Varrach Carers&#x27; Voice" in priya.get(SIZES).content.decode()
    data = {f"size-{cast.carers.pk}": "small", f"size-{cast.union.pk}": "huge", "size-x": "small", "size-0": "small"}

    said = priya.post(SIZES, data, follow=True).content.decode()

    assert "1 size is saved." in said
    assert list(Organisation.objects.exclude(size="").values_list("name", "size")) == [(cast.carers.name, "small")]
    assert AuditEvent.objects.get(move="size").reason == "- -> small"
    assert "Nothing was changed." in priya.post(SIZES, data, follow=True).content.decode()
    priya.post(SIZES, {f"size-{cast.carers.pk}": ""})
    assert not Organisation.objects.exclude(size="").exists()


def test_nobody_else_sets_a_size(cast, client_for):
    data = {f"size-{cast.carers.pk}": "small"}

    assert client_for(cast.rhona).post(SIZES, data).status_code == 403
    with pytest.raises(NotYours):
        keep_sizes({cast.carers.pk: "small"}, by=cast.rhona)
