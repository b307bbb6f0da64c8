"""Thanking a colleague: whom somebody may name, how many a day, and the private example that may come of it."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from appraisal import evidence
from appraisal.models import Recognition
from partnerships.models import Behaviour, Partnership, PartnershipPerson
from people import transitions
from people.lib.dates import today
from people.models import Post, User
from people.policy import policy
from people.transitions import person
from training.models import Facilitator, JointSession, Place


def people_met(user: User) -> QuerySet[User]:
    """Staff whom somebody has met in a partnership or in a session that has begun. There is no list of everybody."""
    groups = Partnership.objects.of_person(user).order_by()
    begun = JointSession.objects.published().filter(dates__starts_at__lte=timezone.now()).order_by()
    there = begun.filter(
        Q(pk__in=Place.objects.booked().filter(person=user).order_by().values("session_id"))
        | Q(pk__in=Facilitator.objects.filter(person=user).order_by().values("session_id"))
    ).values("pk")
    met = (
        Q(pk__in=PartnershipPerson.objects.filter(partnership__in=groups.values("pk")).order_by().values("person_id"))
        | Q(pk__in=groups.exclude(lead=None).values("lead_id"))
        | Q(pk__in=groups.exclude(co_lead=None).values("co_lead_id"))
        | Q(pk__in=Place.objects.booked().filter(session__in=there).exclude(person=None).order_by().values("person_id"))
        | Q(pk__in=Facilitator.objects.filter(session__in=there).exclude(person=None).order_by().values("person_id"))
    )
    works_here = Exists(Post.objects.current().filter(person=OuterRef("pk")))
    return User.objects.filter(met, works_here, is_active=True).exclude(pk=user.pk).order_by("name", "pk")


def say_thanks(to: User, behaviour: Behaviour, words: str, *, by: User) -> Recognition:
    """Give it; the same words to the same person on the same day are the same thank you."""
    words = " ".join(words.split())
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # two presses come one after the other
        again = Recognition.objects.given_by(by).filter(to=to, words=words, given_on=today()).first()
        if again is not None:
            return again
        given = Recognition(by=by, to=to, behaviour=behaviour, words=words)
        return transitions.create(given, "give", by=person(by))


def why_not_thank(given: Recognition) -> str | None:
    """The sentence when they have not met, or it is too much for one day, or None."""
    if not people_met(given.by).filter(pk=given.to_id).exists():
        return _("You can thank people who work here and whom you have met in a partnership or a session.")
    if Recognition.objects.given_by(given.by).filter(given_on=today()).count() >= policy("thanks_per_day"):
        return _("That is enough for one day. Say the next one tomorrow.")
    return None


def make_example(given: Recognition) -> None:
    """A private draft of whoever is thanked, to be written on in their own words; nobody is told."""
    told = _("%(name)s thanked me on %(day)s: “%(words)s”")
    values = {"name": given.by.name, "day": date_format(given.given_on, "j F Y"), "words": given.words}
    data = {"situation": told % values, "happened_on": given.given_on, "behaviours": [given.behaviour]}
    given.entry = evidence.keep_entry(given.to, data)
