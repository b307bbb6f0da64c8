"""Sets of examples and of requests. Fields are named by string; models are not imported."""

from django.db import models, transaction
from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from appraisal.enums import OPEN, SENT, ConfirmationState, EvidenceState
from people.querysets import TokenLinkQuerySet


class EvidenceEntryQuerySet(models.QuerySet):
    """Examples."""

    def of_owner(self, user):
        """The person's own."""
        return self.filter(owner_id=user.pk)

    def visible_to(self, user):
        """One's own; and shared ones of people whose line manager one is, or covers for, today."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        shared_with_manager = Q(state=EvidenceState.SHARED, owner_id__in=user.managed_person_ids)
        return self.filter(Q(owner_id=user.pk) | shared_with_manager)

    def drafts(self):
        """Examples that only their owner sees."""
        return self.filter(state=EvidenceState.DRAFT)

    def shared(self):
        """Examples that the owner's line manager sees."""
        return self.filter(state=EvidenceState.SHARED)

    def for_list(self):
        """With what a row of a list shows, in a number of queries that does not grow."""
        answered = Q(confirmations__state=ConfirmationState.ANSWERED)
        asked = Q(confirmations__state=ConfirmationState.ASKED, confirmations__expires_at__gt=timezone.now())
        sent = Q(confirmations__state__in=SENT)
        return (
            self.select_related("owner", "partnership")
            .prefetch_related("behaviours")
            .annotate(
                answers=Count("confirmations", filter=answered, distinct=True),
                unanswered=Count("confirmations", filter=asked, distinct=True),
                asked=Count("confirmations__email_key", filter=sent, distinct=True),
            )
            .order_by("-happened_on", "-pk")
        )

    def for_reading(self, confirmations):
        """With everything its page shows; `confirmations` is the set of requests to put beside it."""
        return self.select_related("owner", "partnership", "engagement").prefetch_related(
            "behaviours", Prefetch("confirmations", queryset=confirmations.for_reading())
        )

    def delete(self):
        """Remove the rows with every earlier version, and after the commit the files that belonged to them."""
        storage = self.model._meta.get_field("file").storage
        names = list(self.exclude(file="").values_list("file", flat=True))
        keys = list(self.values_list("pk", flat=True))
        result = super().delete()
        self.model.history.filter(id__in=keys).delete()
        transaction.on_commit(lambda: [storage.delete(name) for name in names])
        return result

    delete.alters_data = True
    delete.queryset_only = True


class EvidenceConfirmationQuerySet(TokenLinkQuerySet):
    """Requests to say whether an example is how it happened."""

    def visible_to(self, user):
        """The asker's own; those sent to one's proved address; and for the manager of a shared example the answers
        and the requests that only the manager may send, never who else was asked."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(self._beside(user) | self._addressed(user))

    def beside_examples_of(self, user):
        """Those that stand beside an example which this person reads: their own, and as the manager may see them."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(self._beside(user))

    def addressed_to(self, user):
        """Sent to this person's address. Sign-in proves an address, so nothing else has to match."""
        return self.filter(self._addressed(user))

    def live(self):
        """Whose page can still be opened by the person asked."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def on_the_desk_of(self, user):
        """What My work speaks of: requests that this person may still answer and has not put aside, those of their own
        that nobody has answered, and those that only they, as line manager, may send."""
        live = Q(expires_at__gt=timezone.now())
        to_answer = self._addressed(user) & Q(state=ConfirmationState.ASKED, quiet_answer="")
        unanswered = Q(state__in=OPEN, asked_by_id=user.pk)
        for_manager = Q(state=ConfirmationState.FOR_MANAGER, entry__state=EvidenceState.SHARED)
        to_send = for_manager & Q(asked_by_id__in=user.managed_person_ids)
        return self.filter(live & (to_answer | unanswered) | to_send)

    def answered(self):
        """Requests with an answer that stands."""
        return self.filter(state=ConfirmationState.ANSWERED)

    def for_reading(self):
        """With the names and replies that stand beside an answer."""
        return (
            self.select_related("organisation", "sent_by", "asked_by", "entry")
            .prefetch_related("replies")
            .order_by("pk")
        )

    @staticmethod
    def _beside(user) -> Q:
        by_manager = Q(entry__state=EvidenceState.SHARED, asked_by_id__in=user.managed_person_ids)
        return Q(asked_by_id=user.pk) | by_manager & (Q(state=ConfirmationState.ANSWERED) | Q(decides=True))

    @staticmethod
    def _addressed(user) -> Q:
        return Q(email__iexact=user.email, state__in=SENT, revoked_at__isnull=True)
