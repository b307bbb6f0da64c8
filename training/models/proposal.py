"""Sessions and visits that somebody proposes or offers to host. The moves stand in workflow/proposals.py."""

import re
from textwrap import shorten

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.lib.dates import today
from people.models import Organisation, Stateful
from training.enums import ProposalState
from training.models.session import JointSession
from training.querysets import ProposalQuerySet


class SessionProposal(Stateful):
    """Three answers in somebody's own words, and a reply that is due on a day that they were told."""

    state = models.CharField(max_length=20, choices=ProposalState, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.TextField(_("what you would like to do together"), max_length=1000)
    where_and_when = models.CharField(_("where and when it could be"), max_length=300)
    who_for = models.CharField(_("who it is for"), max_length=300)
    proposed_on = models.DateField(default=today, editable=False)
    reply_due_on = models.DateField(_("reply due"), editable=False)  # as it was promised, whatever the policy becomes
    words = models.TextField(_("reply"), max_length=1000, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    session = models.ForeignKey(  # the draft that came of it; thrown away, the proposal is to be planned again
        JointSession, on_delete=models.SET_NULL, null=True, editable=False, related_name="proposals"
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["reply_due_on", "pk"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        indexes = [
            models.Index(fields=["state", "reply_due_on"], name="training_proposals_due"),
            models.Index(fields=["by", "state"], name="training_proposals_of_person"),
        ]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        return reverse("proposals:detail", args=[self.pk])

    @property
    def subject_id(self) -> int:
        """Whoever proposed it."""
        return self.by_id

    @property
    def heading(self) -> str:
        """The first sentence, or as much of it as a list shows."""
        first = re.split(r"(?<=[.!?])\s|\n", self.what.strip(), maxsplit=1)[0].rstrip(".")
        return shorten(first, 90, placeholder="…") or first[:90]

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.PROPOSED

    @property
    def is_accepted(self) -> bool:
        return self.state == ProposalState.ACCEPTED

    @property
    def is_overdue(self) -> bool:
        """True once the day has passed on which the reply was due; computed, never stored."""
        return self.is_open and self.reply_due_on < today()
