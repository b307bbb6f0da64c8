"""Which personal data stand in the framework and the partnerships, whose, and why (PERSONAL_DATA)."""

from django.utils.translation import gettext_lazy as _

from people.retention import PersonalData

PUBLIC_TASK = _("Public task")

PERSONAL_DATA = [
    PersonalData(
        record="partnerships.SelfLook",
        person_field="person",
        purpose=_("A person's private look at their own part; read by nobody else"),
        basis=PUBLIC_TASK,
    ),
    PersonalData(
        record="partnerships.PartnershipPerson",
        person_field="person",
        purpose=_("Members of a partnership know who takes part and for whom"),
        basis=PUBLIC_TASK,
    ),
    PersonalData(
        record="partnerships.Partnership",
        person_field="lead",
        purpose=_("Everybody knows who leads a partnership on the side of the public body"),
        basis=PUBLIC_TASK,
    ),
    PersonalData(
        record="partnerships.Partnership",
        person_field="co_lead",
        purpose=_("Everybody knows who leads a partnership on the side of its partners"),
        basis=PUBLIC_TASK,
    ),
    PersonalData(
        record="partnerships.SponsorAgreement",
        person_field="name",  # as it was given: a sponsor need not have an account
        purpose=_("The public sees who agreed to the framework for each side; the name was given for that"),
        basis=PUBLIC_TASK,
    ),
]
