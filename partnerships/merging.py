"""What follows an organisation that is merged into another one, in partnerships (POINTERS)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from partnerships.models import PartnershipOrganisation, PartnershipPerson
from people.merging import Pointer
from people.models import Organisation
from people.transitions import Refused


def _members_follow(pointer: Pointer, gone: Organisation, kept: Organisation) -> None:
    """Where both are in a partnership they are in it once, and what each brings stays."""
    for row in pointer.rows(gone):
        twin = PartnershipOrganisation.objects.filter(partnership=row.partnership_id, organisation=kept).first()
        _become_one(row, twin, "brings", kept)


def _people_follow(pointer: Pointer, gone: Organisation, kept: Organisation) -> None:
    """Where somebody came for both they come once, and both roles stay."""
    for row in pointer.rows(gone):
        same = PartnershipPerson.objects.filter(partnership=row.partnership_id, person=row.person_id)
        _become_one(row, same.filter(organisation=kept).first(), "role", kept)


def _become_one(row, twin, field: str, kept: Organisation) -> None:
    """The row follows, or its words are added to the one that stands there already."""
    if twin is None:
        row.organisation = kept
        row.save(update_fields=["organisation"])
        return
    words = list(dict.fromkeys(text for text in (getattr(twin, field), getattr(row, field)) if text))
    joined = "; ".join(words)
    if len(joined) > type(row)._meta.get_field(field).max_length:
        sentence = _("In “%(partnership)s” both say something of their own, and together it is too long. Shorten one.")
        raise Refused(sentence % {"partnership": row.partnership})
    setattr(twin, field, joined)
    twin.save(update_fields=[field])
    row.delete()


POINTERS = [
    Pointer(
        "partnerships.PartnershipOrganisation",
        "organisation",
        ngettext_lazy("%(n)d partnership", "%(n)d partnerships", "n"),
        _members_follow,
    ),
    Pointer(
        "partnerships.PartnershipPerson",
        "organisation",
        ngettext_lazy(
            "%(n)d person who is in a partnership for it", "%(n)d people who are in a partnership for it", "n"
        ),
        _people_follow,
    ),
]
