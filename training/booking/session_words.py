"""What a session's page says: the rule of seats in force, where people meet, how many come. Nothing is decided here."""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.enums import Sector
from people.lib.dates import today
from training.afterwards.heard import Heard, heard_of
from training.allocation import NEW
from training.booking import places
from training.enums import PlaceState, SessionFormat
from training.models import JointSession, Place
from training.planning.notice import agreed_notice, is_long_enough, notice_days, working_days_words
from training.planning.sessions import when_words


@dataclass
class SessionPage:
    """Everything the page shows beside the session's own fields, for one person."""

    when: list[str]
    where: str
    numbers: str
    rules: list[str]
    short_notice: str = ""
    place: Place | None = None
    standing: int | None = None
    hats: list = field(default_factory=list)
    heard: Heard | None = None


def session_page(session: JointSession, user) -> SessionPage:
    """What one person reads about a session; the number of queries does not grow with who comes."""
    own = Place.objects.of_person(user).filter(session=session).select_related("organisation").first()
    if own is not None:
        own.session = session
    page = page_of_place(session, own)
    page.hats = places.hats_of(user)
    return page


def page_of_place(session: JointSession, own: Place | None) -> SessionPage:
    """The same for whoever holds a place or was invited, with or without an account."""
    return SessionPage(
        when=[when_words(row.starts_at, row.ends_at) for row in session.dates.all()],
        where=where_words(session),
        numbers=numbers_words(session),
        rules=rule_words(session),
        short_notice=short_notice_words(session),
        place=own,
        standing=places.standing(own) if own else None,
        heard=heard_of(session),
    )


def where_words(session: JointSession) -> str:
    """The venue, online, or both."""
    if session.format == SessionFormat.ONLINE or session.venue is None:
        return str(SessionFormat(session.format).label)
    words = f"{session.venue.name}, {session.venue.address}"
    return _("%(venue)s, and online") % {"venue": words} if session.format == SessionFormat.HYBRID else words


def numbers_words(session: JointSession) -> str:
    """How many come, of how many, and how many wait."""
    states = list(session.places.values_list("state", flat=True))
    booked, waiting = states.count(PlaceState.BOOKED), states.count(PlaceState.WAITING)
    if session.capacity is None:
        words = ngettext("%(n)d person comes.", "%(n)d people come.", booked) % {"n": booked}
        return f"{words} {_('There is no limit.')}"
    words = _("%(n)d of %(all)d places are taken.") % {"n": booked, "all": session.capacity}
    more = ngettext("%(n)d person waits.", "%(n)d people wait.", waiting) % {"n": waiting} if waiting else ""
    return f"{words} {more}".strip()


def rule_words(session: JointSession) -> list[str]:
    """The rule in force today, as sentences."""
    sentences = []
    held = {row.held_for: row.places for row in session.held.all()}
    if held and session.release_on:
        parts = [held_words(count, key) for key, count in held.items()]
        if session.release_on > today():
            sentences.append(
                _("Until %(day)s places are held for: %(parts)s. After that they are open to everybody.")
                % {"day": date_format(session.release_on, "j F Y"), "parts": ", ".join(parts)}
            )
        else:
            words = _("The held places opened to everybody on %(day)s.")
            sentences.append(words % {"day": date_format(session.release_on, "j F Y")})
    if session.sector_limit is not None:
        words = _("At most %(n)d people of one sector.")
        sentences.append(words % {"n": session.sector_limit})
    if session.needs_approval:
        sentences.append(_("The co-ordinator says yes to each place."))
    if session.capacity is not None:
        sentences.append(
            _(
                "When it is full there is a waiting list. It is asked in this order: the sector with the fewest people "
                "in the room, then those who come for the first time, then the time of asking."
            )
        )
    return sentences


def held_words(count: int, key: str) -> str:
    """For whom so many places wait."""
    label = _("first-time organisations") if key == NEW else str(Sector(key).label).lower()
    return _("%(who)s %(n)d") % {"n": count, "who": label}


def short_notice_words(session: JointSession) -> str:
    """How much shorter than agreed the notice is, and why; empty when it is long enough or no reason was given."""
    if not session.short_notice_reason or is_long_enough(session):
        return ""
    return _("Published %(days)s ahead instead of the agreed %(agreed)s: %(reason)s") % {
        "days": working_days_words(notice_days(session)),
        "agreed": working_days_words(agreed_notice()),
        "reason": session.short_notice_reason,
    }
