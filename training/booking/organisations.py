"""Names of organisations that people typed when they booked: each is confirmed as a new one, or is one that we know.

Places keep the sector and the newness that were frozen when somebody asked; only the organisation is filled in. What
was decided stays in a row, can be taken back, and makes the same name known the next time it is typed.
"""

from django.db import IntegrityError, transaction
from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import audit
from people.models import Organisation, User
from people.transitions import Refused
from training.models import OrganisationName, Place

SHOWN = 6  # names that look alike, at most


def key_of(name: str) -> str:
    """One key for one name, however it is capitalised and spaced."""
    return " ".join(name.split()).casefold()


def organisation_named(name: str, *, with_host: bool = False) -> Organisation | None:
    """The organisation with exactly this name, or the one that was decided to be meant by it.

    The host body only when asked for: by typing its name nobody becomes its staff.
    """
    typed = " ".join(_plain(name).split())
    found = Organisation.objects.named(typed)
    if found is None:
        decided = OrganisationName.objects.filter(key=key_of(typed)).select_related("organisation").first()
        found = decided.organisation if decided else None
    return None if found and found.is_host and not with_host else found


def look_alikes(name: str, *, with_host: bool = False) -> list[Organisation]:
    """Organisations that share a word with a name that was typed: it may be one of them. The host only when asked."""
    words = [word for word in _plain(name).replace("'", " ").replace("’", " ").split() if len(word) > 3]
    if not words:
        return []
    query = Q()
    for word in words[:8]:
        query |= Q(name__icontains=word)
    rows = Organisation.everything.filter(query).select_related("merged_into").order_by("name")[:200]
    shared = sorted(rows, key=lambda row: -sum(word.casefold() in row.name.casefold() for word in words))
    known = dict.fromkeys(row.merged_into or row for row in shared)
    return [row for row in known if with_host or not row.is_host][:SHOWN]


def to_decide() -> QuerySet:
    """Typed names that nobody has decided on: `words`, how many places (`count`), and the `first` to lead to them."""
    unknown = Place.objects.filter(organisation=None).exclude(organisation_name="").order_by()
    names = unknown.annotate(typed=Lower("organisation_name")).values("typed")
    return names.annotate(words=Min("organisation_name"), count=Count("pk"), first=Min("pk")).order_by("typed")


def same_name(place: Place) -> QuerySet[Place]:
    """Every place under the same undecided name as this one."""
    return Place.objects.filter(organisation=None, organisation_name__iexact=place.organisation_name or None)


def join(place: Place, organisation: Organisation, *, by: User) -> int:
    """The name of this place means an organisation that we know; returns how many places that filled in."""
    with transaction.atomic():
        return _decide(place, organisation, by, is_new=False)


def confirm(place: Place, *, name: str, sector: str, by: User) -> Organisation:
    """The name of this place is a new organisation."""
    name = " ".join(name.split())
    try:
        with transaction.atomic():
            _ask_whether_free(name)
            organisation = Organisation.objects.create(name=name, slug=_free_slug(name), sector=sector)
            _decide(place, organisation, by, is_new=True)
    except IntegrityError as error:
        raise Refused(_decided()) from error
    return organisation


def take_back(row: OrganisationName, *, by: User) -> int:
    """The decision was wrong: places under the name stand undecided again. An organisation that was added stays."""
    with transaction.atomic():
        rows = Place.objects.filter(organisation=row.organisation, organisation_name__iexact=row.name)
        count = rows.update(organisation=None)
        audit.record_change(row.organisation, "name_taken_back", by=by, reason=_told(row.name, count))
        row.delete()
    return count


def _decide(place: Place, organisation: Organisation, by: User, *, is_new: bool) -> int:
    name = place.organisation_name
    rows = list(same_name(place).select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    decided = OrganisationName.objects.filter(key=key_of(name)).first()
    once_more = decided is not None and organisation.is_host and decided.organisation_id == organisation.pk
    if not rows or (decided and not once_more):
        raise Refused(_decided())
    if not once_more:  # the host's name is never known by itself, so it is decided on each time
        OrganisationName.objects.create(name=name, key=key_of(name), organisation=organisation, is_new=is_new, by=by)
    count = Place.objects.filter(pk__in=rows).update(organisation=organisation)
    audit.record_change(organisation, "confirm" if is_new else "join_name", by=by, reason=_told(name, count))
    return count


def _ask_whether_free(name: str) -> None:
    found = Organisation.everything.filter(name__iexact=name).select_related("merged_into").first()
    if found is not None and found.merged_into is not None:
        words = _("“%(name)s” was merged into “%(kept)s”. Choose that one.")
        raise Refused(words % {"name": found.name, "kept": found.merged_into.name})
    if found is not None:
        raise Refused(_("There is an organisation with this name already. Choose it from the list."))


def _told(name: str, count: int) -> str:
    words = ngettext("“%(name)s”, %(n)d place", "“%(name)s”, %(n)d places", count)
    return words % {"name": name[:150], "n": count}


def _decided() -> str:
    return _("Somebody has decided on this name already.")


def _plain(name: str) -> str:
    """What was sent, as the database can read it: PostgreSQL takes no NUL."""
    return name.replace("\x00", "")


def _free_slug(name: str) -> str:
    base = slugify(name)[:70] or "organisation"
    used = set(Organisation.everything.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(used) + 3))) if slug not in used)
