"""What follows an organisation that is merged into another one, in learning (POINTERS).

Places keep the sector, the side and the newness that were frozen when somebody asked.
"""

from django.utils.translation import ngettext_lazy

from people.merging import Pointer

POINTERS = [
    Pointer(
        "training.Place", "organisation", ngettext_lazy("%(n)d place in a session", "%(n)d places in sessions", "n")
    ),
    Pointer("training.SessionInvitation", "organisation", ngettext_lazy("%(n)d invitation", "%(n)d invitations", "n")),
    Pointer(
        "training.OrganisationName",
        "organisation",
        ngettext_lazy("%(n)d name that people typed for it", "%(n)d names that people typed for it", "n"),
    ),
    Pointer(
        "training.JointSession",
        "host",
        ngettext_lazy("%(n)d session that it hosts", "%(n)d sessions that it hosts", "n"),
    ),
    Pointer(
        "training.Facilitator",
        "organisation",
        ngettext_lazy(
            "%(n)d time that somebody leads a session for it", "%(n)d times that somebody leads a session for it", "n"
        ),
    ),
    Pointer("training.Venue", "host", ngettext_lazy("%(n)d venue", "%(n)d venues", "n")),
    Pointer("training.SessionProposal", "organisation", ngettext_lazy("%(n)d proposal", "%(n)d proposals", "n")),
]
