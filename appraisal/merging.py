"""What follows an organisation that is merged into another one, in appraisal (POINTERS). How much is not told."""

from appraisal.asking import key_of_organisation
from appraisal.models import EvidenceConfirmation
from people.merging import Pointer
from people.models import Organisation


def _requests_follow(pointer: Pointer, gone: Organisation, kept: Organisation) -> None:
    """Both were asked under numbers of a quarter: those of the one that went become the next free ones."""
    pointer.rows(gone).update(organisation=kept)
    before, after = key_of_organisation(gone.pk), key_of_organisation(kept.pk)
    EvidenceConfirmation.objects.filter(organisation_key=before, organisation_slot=None).update(organisation_key=after)
    for row in EvidenceConfirmation.objects.filter(organisation_key=before).order_by("pk"):
        used = EvidenceConfirmation.objects.filter(organisation_key=after, quarter=row.quarter)
        taken = set(used.values_list("organisation_slot", flat=True))
        free = next(number for number in range(1, len(taken) + 2) if number not in taken)
        EvidenceConfirmation.objects.filter(pk=row.pk).update(organisation_key=after, organisation_slot=free)


POINTERS = [Pointer("appraisal.EvidenceConfirmation", "organisation", follow=_requests_follow)]
