"""Who was invited to a session, and what they answered. The moves stand in workflow/invitations.py."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import Organisation, Stateful, TokenLink
from training.enums import InvitationState, WhyNot
from training.models.session import JointSession
from training.querysets import InvitationQuerySet


class SessionInvitation(Stateful, TokenLink):
    """A session and somebody who was asked to come, by account or by address. One press in the mail books."""

    state = models.CharField(max_length=20, choices=InvitationState, editable=False)
    session = models.ForeignKey(JointSession, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    email_key = models.CharField(max_length=254, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    why_not = models.CharField(_("why not"), max_length=20, choices=WhyNot, blank=True)
    words = models.CharField(_("in your own words"), max_length=300, blank=True)
    answer_by = models.DateField(_("answer until"))
    asked_until = models.DateField(_("would like to answer until"), null=True, blank=True)  # to consult members first

    LINK_PURPOSE = "training.invitation"
    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = [models.Index(fields=["email_key"], name="training_invitation_address")]
        constraints = [
            models.UniqueConstraint(fields=["session", "email_key"], name="training_one_invitation_an_address"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.session}"

    def get_absolute_url(self) -> str:
        return reverse("sessions:detail", args=[self.session_id])

    @property
    def link_key(self) -> str:
        """What its mailed link is made from (booking/links.py)."""
        return str(self.pk)

    @property
    def subject_id(self) -> int | None:
        """The person, once there is one."""
        return self.person_id
