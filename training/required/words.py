"""What people read about required learning: on My work, on their record, on a manager's page. Rules: requirements.py.

Staff owe it and are told when it is late. Partners are asked: no word here presses somebody who is free to say no.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.lib.dates import today
from people.policy import policy
from people.todo import Task
from people.transitions import Actor
from training.enums import RequiredState
from training.required.requirements import Owed, owed_by_one

SOON_DAYS = 7


class Said(NamedTuple):
    """A few words and how loud they are (the kinds of c-tag)."""

    words: str
    kind: str = "plain"


def todo_for(actor: Actor) -> list[Task]:
    """One line for each thing still to be done; what comes round again is shown some weeks ahead."""
    if actor.user is None:
        return []
    return [_task(one) for one in owed_by_one(actor.user) if one.is_open and is_near(one)]


def said_of(one: Owed) -> Said:
    """Where somebody stands, for themselves and for their manager."""
    if one.state == RequiredState.DONE and one.done_on:
        return Said(_("Done %(day)s") % {"day": date_format(one.done_on, "j M Y")}, "good")
    if one.state == RequiredState.EXCEPTED:
        until = one.exception.until if one.exception else None
        return Said(_("Excepted until %(day)s") % {"day": _day(until)} if until else _("Excepted"))
    if one.state == RequiredState.OVER:
        return Said(str(one.state.label))
    if not one.is_staff:
        words = _("Asked for by %(day)s") % {"day": _day(one.due)}
        return Said(words if one.state == RequiredState.DUE else _("Still welcome"))
    if one.state == RequiredState.OVERDUE:
        return Said(_("Overdue since %(day)s") % {"day": _day(one.due)}, "bad")
    near = one.due is not None and (one.due - today()).days <= SOON_DAYS
    return Said(_("Due %(day)s") % {"day": _day(one.due)}, "warn" if near else "plain")


def summary_of(rows: Sequence[Owed]) -> Said | None:
    """One line about somebody's required learning; None when nothing is required."""
    if not rows:
        return None
    late = sum(one.state == RequiredState.OVERDUE for one in rows)
    if late:
        words = ngettext("Required learning: %(n)d overdue", "Required learning: %(n)d overdue", late)
        return Said(words % {"n": late}, "bad")
    due = [one.due for one in rows if one.state == RequiredState.DUE and one.due]
    if due:
        words = ngettext(
            "Required learning: %(n)d due, by %(day)s", "Required learning: %(n)d due, the first by %(day)s", len(due)
        )
        return Said(words % {"n": len(due), "day": _day(min(due))})
    if all(one.state == RequiredState.EXCEPTED for one in rows):
        return Said(_("Required learning: excepted"))
    if any(one.state == RequiredState.OVER for one in rows):
        return Said(_("Required learning: nothing to do now"))
    return Said(_("Required learning: done"), "good")


def why_words(one: Owed) -> str:
    """Of whom it is required, or asked, and why."""
    words = _("Required of %(whom)s: %(why)s") if one.is_staff else _("Asked of %(whom)s: %(why)s")
    whom = one.required.audience_words
    return words % {
        "whom": whom[:1].lower() + whom[1:] if one.required.audience_key is None else whom,
        "why": one.required.reason,
    }


def link_of(one: Owed) -> str:
    """Where it is done."""
    row = one.required
    return (
        reverse("learning:module", args=[row.module.slug])
        if row.module
        else reverse("sessions:detail", args=[row.session_id])
    )


def _task(one: Owed) -> Task:
    values = {"title": one.required.title}
    words, url = why_words(one), link_of(one)
    if not one.is_staff:
        title = _("“%(title)s”: would you take part?") % values
        if one.state == RequiredState.OVERDUE:
            return Task(title=title, url=url, hint=words, status=_("Still welcome"))
        return Task(title=title, url=url, hint=words, due=one.due, status=_("Asked for by"))
    title = _("Complete “%(title)s”") if one.required.module_id else _("Take part in “%(title)s”")
    return Task(title=title % values, url=url, hint=words, due=one.due)


def is_near(one: Owed) -> bool:
    """Whether it is time for somebody to read of it."""
    if one.due is None or one.due <= one.required.due_on:
        return True  # the first round stands there from the day on which it was asked
    return (one.due - today()).days <= policy("required_shown_days")


def _day(day) -> str:
    return date_format(day, "j M Y") if day else ""
