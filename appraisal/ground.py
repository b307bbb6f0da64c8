"""What a level has to rest on before it is sent or shared (DESIGN 5.2): sentences, or None. Saving: ratings.py.

An example counts when it happened in the period of the review, a note when what it tells was seen in it. Under the
manager's levels only shared examples count: the record would show a private one to everybody who reads it. The
counting stands in querysets/review.py: every rating asked about here comes from `with_ground`.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appraisal.models import BehaviourRating, ReviewPart
from people.lib.dates import add_working_days, today
from people.policy import policy

SOURCES_BELOW = 2  # a rule of the design, not a number that bodies set


@dataclass(frozen=True)
class Gap:
    """Something that a behaviour may lack: the test, the sentence that names all of them, the one on its own page."""

    lacks: Callable[[BehaviourRating], bool]
    of_all: str | Promise
    of_one: str | Promise


def concern_edge(day: datetime.date | None = None) -> datetime.date:
    """The last day on which a concern had to be raised to count on the given day (today when not given).

    That many working days lie between, the given day among them. Counted from the day after, so that a weekend brings
    nobody forward: what counts on a Saturday is what counted on the Friday.
    """
    return add_working_days((day or today()) + datetime.timedelta(days=1), -policy("concern_working_days") - 1)


def has_early_concern(rating: BehaviourRating) -> bool:
    """True when one of the ticked notes is a concern that the person could read early enough."""
    at = rating.first_concern_at
    return at is not None and timezone.localdate(at) <= concern_edge()


ANSWER = Gap(
    lambda rating: not rating.is_answered,
    _("Not answered yet: %(names)s."),
    _("Nothing is chosen yet."),
)
EXAMPLE = Gap(
    lambda rating: rating.level is not None and not rating.source_count,
    _("A level rests on at least one example of the period. Tick one for: %(names)s."),
    _("A level rests on at least one example of the period. Tick one."),
)
WORDS = Gap(
    lambda rating: rating.is_off and not rating.words.strip(),
    _("This is not the level that the role expects. Say why in your own words: %(names)s."),
    _("This is not the level that the role expects. Say why in your own words."),
)
ACCOUNT = Gap(
    lambda rating: bool(rating.unwritten_count),
    _("Sending shares the examples that you ticked. Write down what happened in those for: %(names)s."),
    _("One of the examples that you ticked says nothing yet. Write down what happened."),
)
TWO_SOURCES = Gap(
    lambda rating: rating.is_below and rating.source_count < SOURCES_BELOW,
    _("Below the expected level, two dated examples or notes are needed: %(names)s."),
    _("Below the expected level, two dated examples or notes are needed."),
)
EARLY_CONCERN = Gap(
    lambda rating: rating.is_below and not has_early_concern(rating),
    _(
        "A concern cannot appear first at the end of the year: for %(names)s, one of the notes must be a concern "
        "raised on or before %(day)s."
    ),
    _(
        "A concern cannot appear first at the end of the year: one of the notes must be a concern raised on or before "
        "%(day)s."
    ),
)
GROUND = (EXAMPLE, WORDS, TWO_SOURCES, EARLY_CONCERN)
SELF_GAPS = (ANSWER, EXAMPLE, ACCOUNT, WORDS)
MANAGER_GAPS = (ANSWER, *GROUND)


def missing(rating: BehaviourRating) -> list[str]:
    """Everything that one behaviour still lacks, in sentences that do not name it."""
    gaps = SELF_GAPS if rating.part.is_self else MANAGER_GAPS
    return [_words(gap.of_one) for gap in gaps if gap.lacks(rating)]


def why_below(rating: BehaviourRating) -> list[str]:
    """What a level below the expected one lacks beyond what every level needs."""
    return [_words(gap.of_one) for gap in (TWO_SOURCES, EARLY_CONCERN) if gap.lacks(rating)]


def may_be_shared(rating: BehaviourRating) -> bool:
    """True when the manager's answer rests on what it has to rest on; one that needs nothing always does."""
    return not any(gap.lacks(rating) for gap in GROUND)


def why_not(part: ReviewPart) -> list[str]:
    """The sentences about all behaviours of a part, as its move will say them."""
    gaps = SELF_GAPS if part.is_self else MANAGER_GAPS
    return [sentence for gap in gaps if (sentence := _sentence(part, gap))]


def why_not_answered(part: ReviewPart) -> str | None:
    """Behaviours without an answer."""
    return _sentence(part, ANSWER)


def why_no_example(part: ReviewPart) -> str | None:
    """Levels that rest on nothing of the period."""
    return _sentence(part, EXAMPLE)


def why_nothing_to_read(part: ReviewPart) -> str | None:
    """Ticked examples without an account: sending would share an empty page."""
    return _sentence(part, ACCOUNT)


def why_no_words(part: ReviewPart) -> str | None:
    """Levels off the expected one without a word on why."""
    return _sentence(part, WORDS)


def why_below_rests_on_too_little(part: ReviewPart) -> str | None:
    """Levels below the expected one that rest on fewer than two dated sources."""
    return _sentence(part, TWO_SOURCES)


def why_concern_is_a_surprise(part: ReviewPart) -> str | None:
    """Levels below the expected one for which no concern was raised in time."""
    return _sentence(part, EARLY_CONCERN)


def _sentence(part: ReviewPart, gap: Gap) -> str | None:
    names = [rating.behaviour.text.short_name for rating in part.ratings.all() if gap.lacks(rating)]
    return _words(gap.of_all, ", ".join(names)) if names else None


def _words(words: str | Promise, names: str = "") -> str:
    text = str(words)
    return text % {"names": names, "day": date_format(concern_edge(), "j F Y") if "%(day)s" in text else ""}
