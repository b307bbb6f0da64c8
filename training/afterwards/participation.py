"""Who is in the room, as numbers: of one session while it is planned and after it, or of a year. Never of a person.

A handful of grouped queries, whatever the number of sessions and places. What may be shown of it, and in which words,
stands in participation_tables.py. Years are counted as a whole and never by freely chosen days: two periods that
overlap could be subtracted.
"""

import datetime
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from people.enums import Side
from people.lib.dates import add_months, midnight, today
from people.policy import policy
from training.enums import FeedbackGroup, Ground, InvitationState, SaidIt, SessionFormat
from training.models import JointSession, Place, SessionDate, SessionFeedback, SessionInvitation

UNANSWERED, OPEN = "unanswered", "open"  # an invitation without an answer, its day over or not


@dataclass
class Figures:
    """Counts, each by the values of the thing counted."""

    sessions: int = 0
    people: int = 0  # places in the room: somebody who comes to three sessions counts three times
    by_sector: Counter = field(default_factory=Counter)
    by_size: Counter = field(default_factory=Counter)
    by_format: Counter = field(default_factory=Counter)
    by_newness: Counter = field(default_factory=Counter)  # True, False
    by_venue: Counter = field(default_factory=Counter)  # by name; empty: no venue
    by_ground: Counter = field(default_factory=Counter)
    grounds: Counter = field(default_factory=Counter)  # sessions by ground
    offered: Counter = field(default_factory=Counter)  # sessions by kind of support
    taken: Counter = field(default_factory=Counter)  # people by kind of support; empty: not said
    times: list[int] = field(default_factory=list)  # how often each person was there, most often first
    partner_times: list[int] = field(default_factory=list)
    invitations: Counter = field(default_factory=Counter)
    reasons: Counter = field(default_factory=Counter)
    said: dict[int, dict[str, Counter]] = field(default_factory=dict)  # session -> group -> answer
    promised: dict[int, int] = field(default_factory=dict)  # session -> from how many answers on it is shown


def sessions_of_year(year: int) -> QuerySet[JointSession]:
    """Published sessions whose first date lies in the year and has begun."""
    first, last = midnight(datetime.date(year, 1, 1)), midnight(datetime.date(year + 1, 1, 1))
    dates = SessionDate.objects.filter(session=OuterRef("pk"))
    begun = Exists(dates.filter(starts_at__gte=first, starts_at__lt=min(last, timezone.now())))
    return JointSession.objects.published().filter(begun, ~Exists(dates.filter(starts_at__lt=first))).order_by()


def years() -> list[int]:
    """The years in which sessions have begun, the newest first; this year always.

    Only those of which every place is still kept: what is left of an earlier year would give a wrong picture.
    """
    whole_from = add_months(today(), -12 * policy("place_keep_years")).year + 1
    earliest = SessionDate.objects.filter(starts_at__lt=timezone.now()).order_by("starts_at").first()
    first = timezone.localtime(earliest.starts_at).year if earliest else today().year
    return list(range(today().year, min(max(first, whole_from), today().year) - 1, -1))


def figures_of(sessions: QuerySet[JointSession]) -> Figures:
    """Everything that is counted about these sessions; the number of queries does not grow."""
    figures = Figures()
    keys = _count_sessions(figures, sessions)
    places = Place.objects.in_the_room().filter(session__in=keys).order_by()
    _count_places(figures, places)
    _count_times(figures, places)
    _count_invitations(figures, keys)
    _count_answers(figures, keys)
    return figures


def answers_to(session: JointSession) -> Figures:
    """Only what was answered to the invitations of one session, in one query."""
    figures = Figures(sessions=1)
    _count_invitations(figures, [session.pk])
    return figures


def _ground(to: str = "") -> Case:
    """On whose ground people meet: whoever hosts the session, else whose the venue is."""

    def when(field: str, value: object, ground: Ground) -> When:
        return When(**{f"{to}{field}": value}, then=Value(ground.value))

    return Case(
        when("format", SessionFormat.ONLINE, Ground.ONLINE),
        when("host__is_host", True, Ground.OURS),
        when("host__is_host", False, Ground.THEIRS),
        when("venue__host__is_host", True, Ground.OURS),
        when("venue__host__is_host", False, Ground.THEIRS),
        default=Value(Ground.NOT_SAID.value),
    )


def _count_sessions(figures: Figures, sessions: QuerySet[JointSession]) -> list[int]:
    """Counts them and returns their keys: a list is compared faster with every place than the question is asked."""
    keys = []
    for key, ground, support in sessions.annotate(ground=_ground()).values_list("pk", "ground", "support"):
        keys.append(key)
        figures.grounds[ground] += 1
        figures.offered.update(set(support))
    figures.sessions = len(keys)
    return keys


def _count_places(figures: Figures, places: QuerySet[Place]) -> None:
    """One grouped query for everything that is counted by a value with few choices."""
    by = (
        "sector",
        "is_new",
        "support",
        "organisation__size",
        "session__format",
        "session__venue__name",
        "ground",
    )
    rows = places.annotate(ground=_ground("session__")).values(*by).annotate(n=Count("pk")).values_list(*by, "n")
    for sector, is_new, support, size, meeting, venue, ground, count in rows:
        figures.people += count
        figures.by_sector[sector] += count
        figures.by_newness[is_new] += count
        figures.taken[support] += count
        figures.by_size[size or ""] += count
        figures.by_format[meeting] += count
        figures.by_venue[venue or ""] += count
        figures.by_ground[ground] += count


def _count_times(figures: Figures, places: QuerySet[Place]) -> None:
    """How often each address was there; the addresses themselves are not read."""
    of_partner = Count("pk", filter=Q(side=Side.PARTNER))
    rows = places.values("email_key").annotate(n=Count("pk"), partner=of_partner).values_list("n", "partner")
    for count, partner in rows:
        figures.times.append(count)
        if partner:
            figures.partner_times.append(partner)
    figures.times.sort(reverse=True)
    figures.partner_times.sort(reverse=True)


def _count_invitations(figures: Figures, keys: list[int]) -> None:
    rows = SessionInvitation.objects.filter(session__in=keys).order_by()
    late = Case(When(answer_by__lt=today(), then=Value(True)), default=Value(False))
    by = ("state", "why_not", "late")
    for state, why_not, is_late, count in (
        rows.annotate(late=late).values(*by).annotate(n=Count("pk")).values_list(*by, "n")
    ):
        if state == InvitationState.INVITED:
            figures.invitations[UNANSWERED if is_late else OPEN] += count
        else:
            figures.invitations[state] += count
        if state == InvitationState.DECLINED:
            figures.reasons[why_not] += count


def _count_answers(figures: Figures, keys: list[int]) -> None:
    """Only where the last day for answers is over, as people were promised when they were asked."""
    rows = SessionFeedback.objects.filter(session__in=keys, session__feedback_round__closes_on__lt=today()).order_by()
    cells = [(group.value, answer.value) for group in FeedbackGroup for answer in SaidIt]
    counts = {f"{group}_{answer}": Count("pk", filter=Q(group=group, said_it=answer)) for group, answer in cells}
    by = ("session_id", "session__feedback_round__minimum_scores")
    for session, promised, *numbers in rows.values(*by).annotate(**counts).values_list(*by, *counts):
        figures.promised[session] = promised
        groups = figures.said.setdefault(session, {})
        for (group, answer), number in zip(cells, numbers, strict=True):
            if number:
                groups.setdefault(group, Counter())[answer] = number
