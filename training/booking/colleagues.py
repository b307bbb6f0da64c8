"""Booking a place for a colleague who is named later. What a place is and who fits stands in places.py.

Until they are named, messages about their place go to whoever booked it, with its own link. Naming them ends that link:
the colleague gets a new one by mail, and from then on only they, or the co-ordinator, decide about the place.
"""

import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import audit, transitions
from people.policy import policy
from people.transitions import Actor, NotYours, Refused
from training.booking import links, places
from training.booking import session_notifications as tell
from training.models import JointSession, Place
from training.models.place import UNNAMED
from training.permissions import can_use_place


def book(place: Place, *, by: Actor, known: int) -> Place | None:
    """One more place for a colleague, from the same organisation. `known` is how many there were on the page that was
    pressed: a second press finds one more and books nothing. Raises Refused when nothing can be booked."""
    with transaction.atomic():
        session = JointSession.objects.select_for_update().get(pk=place.session_id)
        fresh = session.places.select_for_update().get(pk=place.pk)
        if not can_use_place(fresh, by):
            raise NotYours
        count = fresh.colleagues.active().count()
        if count != known:
            return None
        _ask_whether(fresh, count)
        colleague = _new(fresh)
        return transitions.create(colleague, places.move_for(colleague), by=by)


def name(place: Place, *, called: str, email: str, by: Actor) -> Place:
    """Say who the colleague is: they get a mail with a link of their own. Raises Refused with the reason."""
    try:
        with transaction.atomic():
            session = JointSession.objects.select_for_update().get(pk=place.session_id)
            fresh = session.places.select_for_update().get(pk=place.pk)
            if not by.holds_link_to(fresh):
                raise NotYours
            _ask_name(fresh, email)
            _take_name(fresh, called, email, by)
    except IntegrityError as error:
        raise Refused(_taken()) from error
    return fresh


def _new(place: Place) -> Place:
    return Place(
        session=place.session,
        colleague_of=place,
        name=_("A colleague of %(name)s") % {"name": place.name},
        email=place.email,
        email_key=f"{UNNAMED}{secrets.token_hex(8)}",
        organisation=place.organisation,
        organisation_name=place.organisation_name,
        sector=place.sector,
        side=place.side,
        is_new=place.is_new,
        token_hash=Place.make_token()[1],
        expires_at=place.expires_at,
    )


def _ask_whether(place: Place, count: int) -> None:
    limit = policy("colleagues_per_place")
    if place.colleague_of_id is not None or not place.is_booked:
        raise Refused(_("Only somebody who has a place can book for a colleague."))
    if count >= limit:
        words = ngettext(
            "You can book for %(n)d colleague. Ask the co-ordinator for more.",
            "You can book for %(n)d colleagues. Ask the co-ordinator for more.",
            limit,
        )
        raise Refused(words % {"n": limit})


def _ask_name(place: Place, email: str) -> None:
    if not place.is_unnamed:
        raise Refused(_("This colleague has been named already."))
    if place.has_ended:
        raise Refused(_("This place has ended."))
    if place.session.has_started:
        raise Refused(_("This session has started. Tell whoever leads it who came."))
    if place.session.places.filter(email_key=email.strip().casefold()).exists():
        raise Refused(_taken())


def _take_name(place: Place, called: str, email: str, by: Actor) -> None:
    place.name, place.email, place.email_key = " ".join(called.split()), email.strip().lower(), email.strip().casefold()
    links.renew(place)
    place.touch()
    place.save()
    audit.record(place, "name", by=by, frm=place.state)
    tell.tell_named(place)


def _taken() -> str:
    return _("This address cannot be used: one address holds one place of a session.")
