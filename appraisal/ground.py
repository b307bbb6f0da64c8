"""What a level has to rest on before it is sent or shared (DESIGN 5.2): sentences, or None. Saving: ratings.py.

An example counts when it happened in the period of the review, a note when what it tells was seen in it.
"""

import datetime
from collections.abc import Callable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from appraisal.models import AppraisalCycle, BehaviourRating, ReviewPart
from people.lib.dates import add_working_days, today
from people.policy import policy

SOURCES_BELOW = 2  # a rule of the design, not a number that bodies set


def sources(rating: BehaviourRating, cycle: AppraisalCycle) -> list:
    """The ticked examples and notes of the period."""
    examples = [row for row in rating.examples.all() if cycle.starts_on <= row.happened_on <= cycle.ends_on]
    notes = [row for row in rating.notes.all() if cycle.starts_on <= row.seen_on <= cycle.ends_on]
    return [*examples, *notes]


def concern_edge(day: datetime.date | None = None) -> datetime.date:
    """The last day on which a concern had to be raised to count on the given day (today when not given)."""
    return add_working_days(day or today(), -policy("concern_working_days"))


def why_not_answered(part: ReviewPart) -> str | None:
    """Behaviours without an answer."""
    return _sentence(part, lambda rating: not rating.is_answered, _("Not answered yet: %(names)s."))


def why_no_example(part: ReviewPart) -> str | None:
    """Levels that rest on nothing of the period."""
    cycle = part.review.cycle
    return _sentence(
        part,
        lambda rating: rating.level is not None and not sources(rating, cycle),
        _("A level rests on at least one example of the period. Tick one for: %(names)s."),
    )


def why_no_words(part: ReviewPart) -> str | None:
    """Levels off the expected one without a word on why."""
    return _sentence(
        part,
        lambda rating: rating.is_off and not rating.words.strip(),
        _("This is not the level that the role expects. Say why in your own words: %(names)s."),
    )


def why_below_rests_on_too_little(part: ReviewPart) -> str | None:
    """Levels below the expected one that rest on fewer than two dated sources."""
    cycle = part.review.cycle
    return _sentence(
        part,
        lambda rating: rating.is_below and len(sources(rating, cycle)) < SOURCES_BELOW,
        _("Below the expected level, two dated examples or notes are needed: %(names)s."),
    )


def why_concern_is_a_surprise(part: ReviewPart) -> str | None:
    """Levels below the expected one for which no concern was raised in time."""
    cycle, edge = part.review.cycle, concern_edge()
    words = _(
        "A concern cannot appear first at the end of the year: for %(names)s, one of the notes must be a concern "
        "raised on or before %(day)s."
    )
    return _sentence(part, lambda rating: rating.is_below and not _has_concern(rating, cycle, edge), words, day=edge)


def _has_concern(rating: BehaviourRating, cycle: AppraisalCycle, edge: datetime.date) -> bool:
    notes = [row for row in rating.notes.all() if row.is_concern and row.raised_on <= edge]
    return any(cycle.starts_on <= row.seen_on <= cycle.ends_on for row in notes)


def _sentence(
    part: ReviewPart, wrong: Callable[[BehaviourRating], bool], words: str, day: datetime.date | None = None
) -> str | None:
    names = [rating.behaviour.text.short_name for rating in part.ratings.all() if wrong(rating)]
    return words % {"names": ", ".join(names), "day": date_format(day, "j F Y") if day else ""} if names else None
