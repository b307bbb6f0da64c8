"""Whether a date is a day off, or a room or somebody who leads is taken at the same time. Said, never forbidden.

Somebody who leads is taken by another session that they lead, and by one to which they come.
"""

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from people.lib.dates import is_working_day
from people.models import User
from training.enums import SessionState
from training.models import Facilitator, JointSession, Place
from training.planning.sessions import when_words


def clash_words(session: JointSession) -> list[str]:
    """One sentence for each day off, and each room and person that another session has at the same time."""
    dates = list(session.dates.all())
    if not dates:
        return []
    overlap = Q()
    for row in dates:
        overlap |= Q(dates__starts_at__lt=row.ends_at, dates__ends_at__gt=row.starts_at)
    days = [row for row in dates if not is_working_day(timezone.localdate(row.starts_at))]
    words = [_("%(when)s is no working day.") % {"when": when_words(row.starts_at, row.ends_at)} for row in days]
    found = JointSession.objects.exclude(pk=session.pk).exclude(state=SessionState.CANCELLED).filter(overlap)
    others = list(found.distinct().order_by("pk").prefetch_related("dates", "facilitators"))
    coming = _places_of_leaders(session, others)
    return words + [sentence for other in others for sentence in _between(session, other, coming.get(other.pk, []))]


def _places_of_leaders(session: JointSession, others: list[JointSession]) -> dict[int, list[str]]:
    """Who leads the session and has a place in one of the others: their names, by that session. One query."""
    leaders = [row.person_id for row in session.facilitators.all() if row.person_id]
    if not leaders or not others:
        return {}
    addresses = User.objects.filter(pk__in=leaders).annotate(key=Lower("email")).values("key")
    theirs = Q(person_id__in=leaders) | Q(person=None, email_key__in=addresses)
    found: dict[int, list[str]] = {}
    for place in Place.objects.booked().filter(theirs, session__in=others).order_by("name"):
        found.setdefault(place.session_id, []).append(place.name)
    return found


def _between(session: JointSession, other: JointSession, coming: list[str]) -> list[str]:
    said = {
        "title": other.title,
        "when": "; ".join(when_words(row.starts_at, row.ends_at) for row in other.dates.all()),
    }
    words = []
    if session.venue_id and session.venue_id == other.venue_id:
        words.append(_("%(room)s is taken by “%(title)s”, %(when)s.") % {"room": session.venue, **said})
    mine = {_key(row): row.name for row in session.facilitators.all()}
    for row in other.facilitators.all():
        if _key(row) in mine:
            words.append(_("%(name)s leads “%(title)s” at that time, %(when)s.") % {"name": row.name, **said})
    return words + [
        _("%(name)s has a place in “%(title)s” at that time, %(when)s.") % {"name": name, **said} for name in coming
    ]


def _key(row: Facilitator) -> object:
    """An account, else the name."""
    return row.person_id or row.name.strip().casefold()
