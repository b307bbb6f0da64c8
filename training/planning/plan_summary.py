"""The plan of a session in words, one row a part: what the recipe set and what was changed since. Read by its pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from training.booking.invitation_words import support_words
from training.booking.session_words import held_words, when_words, where_words
from training.enums import SessionFormat
from training.models import JointSession


@dataclass(frozen=True)
class Part:
    """What is changed on one page: its code in the address, its name, and how it reads now."""

    code: str
    label: str | Promise
    words: Callable[[JointSession], list[str]]


@dataclass(frozen=True)
class Said:
    """One part of one session, to be shown."""

    code: str
    label: str
    lines: list[str]


def summary(session: JointSession) -> list[Said]:
    """Every part in words."""
    return [Said(part.code, str(part.label), [line for line in part.words(session) if line]) for part in PARTS]


def _day(day: Any) -> str:
    return date_format(day, "j F Y")


def _what(session: JointSession) -> list[str]:
    return [session.title, session.purpose]


def _dates(session: JointSession) -> list[str]:
    return [when_words(row.starts_at, row.ends_at) for row in session.dates.all()] or [_("No date yet")]


def _where(session: JointSession) -> list[str]:
    words = [where_words(session)]
    if session.format != SessionFormat.ONLINE and session.venue is None:
        words.append(_("No venue yet"))
    if session.format != SessionFormat.IN_PERSON:
        words.append(_("Link to join: %(link)s") % {"link": session.join_link or _("none yet")})
        words.append(_("By telephone: %(number)s") % {"number": session.dial_in} if session.dial_in else "")
        words.append(_("Live captions") if session.has_captions else _("No captions"))
        words.append(_("Cameras may stay off") if session.camera_optional else _("Cameras are on"))
    return [*words, session.materials]


def _leads(session: JointSession) -> list[str]:
    rows = [
        f"{row.name}, {row.organisation.name}" if row.organisation else row.name for row in session.facilitators.all()
    ]
    coordinator = _("Co-ordinator: %(name)s") % {"name": session.coordinator.name}
    deputy = _("Deputy: %(name)s") % {"name": session.deputy.name} if session.deputy else ""
    return [*(rows or [_("Nobody named yet")]), coordinator, deputy]


def _with_whom(session: JointSession) -> list[str]:
    named = (
        (_("Host: %(name)s"), session.host),
        (_("Partnership: %(name)s"), session.partnership),
        (_("Module: %(name)s"), session.module and session.module.title),
    )
    words = [sentence % {"name": value} for sentence, value in named if value]
    return words or [_("No host, partnership or module")]


def _places(session: JointSession) -> list[str]:
    if session.capacity is None:
        words = [_("No limit")]
    else:
        words = [ngettext("%(n)d place", "%(n)d places", session.capacity) % {"n": session.capacity}]
    held = [held_words(row.places, row.held_for) for row in session.held.all()]
    if held and session.release_on:
        said = {"parts": ", ".join(held), "day": _day(session.release_on)}
        words.append(_("Held until %(day)s: %(parts)s") % said)
    if session.sector_limit_percent:
        words.append(_("At most %(n)d%% of one sector") % {"n": session.sector_limit_percent})
    words.append(_("You say yes to each place") if session.needs_approval else _("Nobody has to say yes"))
    return words


def _sign_up(session: JointSession) -> list[str]:
    opens = _("Opens on %(day)s") % {"day": _day(session.sign_up_from)} if session.sign_up_from else _("Opens at once")
    closes = (
        _("Closes on %(day)s") % {"day": _day(session.sign_up_until)}
        if session.sign_up_until
        else _("Open until it begins")
    )
    if session.cancel_days is None:
        return [opens, closes, _("People can cancel until it begins")]
    cancel = ngettext(
        "People can cancel until %(n)d day before", "People can cancel until %(n)d days before", session.cancel_days
    )
    return [opens, closes, cancel % {"n": session.cancel_days}]


def _decision(session: JointSession) -> list[str]:
    if not session.minimum:
        return [_("It takes place however many come")]
    words = _("At least %(n)d people") % {"n": session.minimum}
    decided = _("Decided on %(day)s") % {"day": _day(session.decide_on)} if session.decide_on else _("No day to decide")
    return [words, decided]


def _after(session: JointSession) -> list[str]:
    rule = _("Came: %(rule)s") % {"rule": session.get_attendance_rule_display()}
    return [rule, _("They get a certificate") if session.gives_certificate else _("No certificate")]


def _support(session: JointSession) -> list[str]:
    return [support_words(session) or _("None")]


def _open(session: JointSession) -> list[str]:
    words = [
        _("Fixed: %(words)s") % {"words": session.fixed or _("not said yet")},
        _("Still open: %(words)s") % {"words": session.still_open or _("not said yet")},
    ]
    return [*words, _("Decided on %(day)s") % {"day": _day(session.decided_on)} if session.decided_on else ""]


def _ready(session: JointSession) -> list[str]:
    words = [
        _("Interpreters: %(words)s") % {"words": session.interpreter or _("not settled yet")},
        _("There is nothing to read before") if session.no_papers else _("Papers are to be added"),
    ]
    if session.short_notice_reason:
        words.append(_("Why there is less time than agreed: %(words)s") % {"words": session.short_notice_reason})
    return words


PARTS = (
    Part("what", gettext_lazy("What it is"), _what),
    Part("dates", gettext_lazy("When"), _dates),
    Part("where", gettext_lazy("Where"), _where),
    Part("leads", gettext_lazy("Who leads it"), _leads),
    Part("with", gettext_lazy("Host, partnership and module"), _with_whom),
    Part("open", gettext_lazy("What is fixed and what is open"), _open),
    Part("places", gettext_lazy("Places"), _places),
    Part("sign-up", gettext_lazy("Sign-up and cancelling"), _sign_up),
    Part("decision", gettext_lazy("Whether it takes place"), _decision),
    Part("support", gettext_lazy("Support"), _support),
    Part("after", gettext_lazy("Attendance and certificate"), _after),
    Part("ready", gettext_lazy("Interpreters, papers and notice"), _ready),
)
BY_CODE = {part.code: part for part in PARTS}
