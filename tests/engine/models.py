"""Records with a life, as plain as they can be. Not a part of the product."""

from django.db import models

from people.models import Stateful, TokenLink, User


class OwnedQuerySet(models.QuerySet):
    """Rows that belong to somebody."""

    def visible_to(self, user):
        """The owner's rows, and everything for the guide."""
        return self.filter(models.Q(owner=user) | models.Q(guide=user))


class Outing(Stateful):
    """The parent: holds at most one taken seat."""

    state = models.CharField(max_length=20, choices=[("planned", "planned"), ("full", "full"), ("over", "over")])
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    guide = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    objects = OwnedQuerySet.as_manager()

    @property
    def subject_id(self):
        return None


class Seat(Stateful):
    """The child: its moves lock the outing first."""

    state = models.CharField(
        max_length=20, choices=[("wanted", "wanted"), ("taken", "taken"), ("given_back", "given back")]
    )
    outing = models.ForeignKey(Outing, on_delete=models.PROTECT, related_name="seats")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    guide = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    note = models.CharField(max_length=100, blank=True)

    objects = OwnedQuerySet.as_manager()

    @property
    def subject_id(self):
        return self.owner_id


class Question(Stateful, TokenLink):
    """Answered by whoever holds the mailed link, without a name in the audit."""

    state = models.CharField(max_length=20, choices=[("asked", "asked"), ("answered", "answered")])

    @property
    def subject_id(self):
        return None
