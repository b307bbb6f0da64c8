"""How a session was: who is asked, keeping an answer, and what is shown of all of them together (DESIGN 5.3).

An answer is found by a hash that only the mailed token gives. No row, audit entry or time leads from it to a person,
so nobody can be reminded, and nobody is. What is shown is fixed once the last day for answers is over: an answer that
came later or was changed could otherwise be read by comparing two days.
"""

import datetime
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.enums import Side
from people.lib.dates import add_working_days, midnight, today
from people.policy import policy
from people.transitions import Refused
from training.afterwards import feedback_notifications as tell
from training.enums import CAME, FeedbackGroup, SaidIt
from training.models import FeedbackLink, FeedbackRound, JointSession, Place, SessionFeedback
from training.models.place import UNNAMED

NEVER_BELOW = {"feedback_minimum_scores": 3, "feedback_minimum_words": 5}  # the design's own floor, not a policy
ANSWERS = ("useful", "learnt", "said_it", "words")


# --- Asking ---


def who_came(session: JointSession) -> QuerySet[Place]:
    """Those who were there on at least one date, in full or in part, and can be written to."""
    there = session.places.booked().filter(attendance__presence__in=CAME).exclude(email="")
    named = there.exclude(colleague_of__isnull=False, email_key__startswith=UNNAMED)  # these have the booker's address
    return named.order_by("pk").distinct()


def ask_due(day: datetime.date | None = None) -> int:
    """For tick: ask everybody who came to a session that is over, once each; returns how many were asked."""
    day = day or today()
    since = midnight(day - datetime.timedelta(days=policy("feedback_ask_days")))
    over = JointSession.objects.published().annotate(last=Max("dates__ends_at"))
    found = over.filter(last__lte=timezone.now(), last__gte=since).order_by("pk").values_list("pk", flat=True)
    return sum(_ask(pk, day) for pk in found)


def _ask(pk: int, day: datetime.date) -> int:
    with transaction.atomic():
        session = JointSession.objects.select_for_update().get(pk=pk)
        places = _to_ask(session)
        if not places:
            return 0
        feedback_round = round_of(session, day)
        if not feedback_round.is_open:
            return 0
        for place in places:
            _ask_one(place, feedback_round)
    return len(places)


def _to_ask(session: JointSession) -> list[Place]:
    """One place an address. Whoever is let in after the promise is not asked: its numbers were made without them."""
    places = who_came(session).filter(feedback_link=None)
    if FeedbackRound.objects.filter(session=session).exists():
        places = places.filter(is_walk_in=False)
    asked = FeedbackLink.objects.filter(place__session=session).values("email")
    return list({place.email: place for place in places.exclude(email__in=asked)}.values())


def round_of(session: JointSession, day: datetime.date) -> FeedbackRound:
    """The promise of this session, made when the first person is asked and never changed. Under its lock.

    A co-ordinator lets people in under any address, so each of them asks for one answer more.
    """
    let_in = who_came(session).filter(is_walk_in=True).count()
    promise = {
        "asked_on": day,
        "closes_on": add_working_days(day, policy("feedback_open_working_days")),
        "minimum_scores": _never_below("feedback_minimum_scores") + let_in,
        "minimum_words": _never_below("feedback_minimum_words") + let_in,
    }
    return FeedbackRound.objects.get_or_create(session=session, defaults=promise)[0]


def _ask_one(place: Place, feedback_round: FeedbackRound) -> None:
    raw, hashed = FeedbackLink.make_token()
    end = midnight(feedback_round.closes_on + datetime.timedelta(days=1))
    FeedbackLink.objects.create(place=place, token_hash=hashed, email=place.email, name=place.name, expires_at=end)
    tell.ask_how_it_was(place, feedback_round, raw)


def _never_below(key: str) -> int:
    return max(policy(key), NEVER_BELOW[key])


# --- Answering ---


def answer_key(raw: str) -> str:
    """Under what an answer stands. Not the hash that finds the link, and not to be had from it."""
    return hashlib.sha256(f"feedback:{raw}".encode("utf-8", "replace")).hexdigest()


def link_behind(raw: str) -> FeedbackLink | None:
    """The link with this token, while answers are taken."""
    live = FeedbackLink.objects.live_by_token(raw)
    return live.select_related("place__session__feedback_round", "place__session__coordinator").first()


def answer_behind(raw: str) -> SessionFeedback | None:
    """What was answered with this token."""
    return SessionFeedback.objects.filter(answer_key=answer_key(raw)).first()


def keep_answer(link: FeedbackLink, raw: str, answers: Mapping[str, Any]) -> None:
    """Keep or correct one person's answer. It leaves nothing on the link, and no row of the audit."""
    session = link.place.session
    if not link.is_live or not session.feedback_round.is_open:
        raise Refused(_("The last day for answers is over, so nothing was changed."))
    group = FeedbackGroup.STAFF if link.place.side == Side.STAFF else FeedbackGroup.PARTNER
    values = {name: answers[name] for name in ANSWERS}
    SessionFeedback.objects.update_or_create(
        answer_key=answer_key(raw), defaults={"session": session, "group": group, **values}
    )


# --- Showing ---


@dataclass(frozen=True)
class Group:
    """One group's answers, large enough to be shown."""

    label: str | Promise
    count: int
    useful: str
    learnt: str
    said_it: dict[str, int]


@dataclass
class Figures:
    """What is shown of a session; `groups` and `words` are empty below the numbers that were promised."""

    groups: list[Group] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def figures_of(feedback_round: FeedbackRound) -> Figures:
    """Everybody together, and each side beside it only when both are large enough: what is left after a subtraction
    would be too small otherwise. Nothing before the last day is over."""
    if feedback_round.is_open:
        return Figures()
    answers = list(SessionFeedback.objects.filter(session_id=feedback_round.session_id).order_by("answer_key"))
    by_side = {side: [row for row in answers if row.group == side] for side in FeedbackGroup}
    figures, least = Figures(), feedback_round.minimum_scores
    if len(answers) >= least:
        figures.groups.append(_group(_("Everybody who answered"), answers))
        if all(len(rows) >= least for rows in by_side.values()):
            figures.groups += [_group(side.label, rows) for side, rows in by_side.items()]
    if len(answers) >= feedback_round.minimum_words:
        figures.words = [row.words for row in answers if row.words.strip()]
    return figures


def _group(label: str | Promise, rows: Sequence[SessionFeedback]) -> Group:
    said = Counter(row.said_it for row in rows)
    return Group(
        label=label,
        count=len(rows),
        useful=_mean(row.useful for row in rows),
        learnt=_mean(row.learnt for row in rows),
        said_it={choice.value: said[choice] for choice in SaidIt},
    )


def _mean(numbers: Any) -> str:
    found = list(numbers)
    return f"{sum(found) / len(found):.1f}"
