"""Sets of framework and partnership records. Fields are named by string; models are not imported."""

from django.db import models
from django.db.models import Prefetch, Q

from partnerships.enums import FrameworkState, Polarity
from people.enums import Role


class FrameworkVersionQuerySet(models.QuerySet):
    """Versions of what we expect of each other."""

    def published(self):
        """Versions both sides agreed to, newest first."""
        return self.filter(state=FrameworkState.PUBLISHED).order_by("-number")

    def drafts(self):
        """Versions still being written."""
        return self.filter(state=FrameworkState.DRAFT)

    def visible_to(self, user):
        """Published versions for everybody; drafts for editors."""
        if user.is_authenticated and user.has_role(Role.EDITOR):
            return self.all()
        return self.published()

    def for_reading(self):
        """With everything its page shows, in a number of queries that does not grow with the text."""
        return self.prefetch_related("principles", "levels", "agreements", "profiles__items", "profiles__job_family")


class BehaviourTextQuerySet(models.QuerySet):
    """The words of behaviours, in a version."""

    def of(self, version):
        """The texts of one version, in order, with the behaviours they word."""
        return self.filter(version=version).select_related("behaviour").order_by("number")

    def for_reading(self):
        """With principles, level texts and acts."""
        return self.prefetch_related("principles", "level_texts", "indicators")


class IndicatorQuerySet(models.QuerySet):
    """Observable acts."""

    def that_help(self):
        """What a behaviour looks like."""
        return self.filter(polarity=Polarity.HELPS)

    def that_hinder(self):
        """What gets in the way."""
        return self.filter(polarity=Polarity.HINDERS)


class SelfLookQuerySet(models.QuerySet):
    """Private looks. There is one reader: the person."""

    def visible_to(self, user):
        """The person's own rows and nobody else's, whatever roles they have."""
        return self.filter(person_id=user.pk) if user.is_authenticated else self.none()


class PartnershipQuerySet(models.QuerySet):
    """The register of partnerships."""

    def visible_to(self, user):
        """The register is open to everybody signed in."""
        return self.all() if user.is_authenticated and user.is_active else self.none()

    def of_person(self, user):
        """Partnerships that the person leads or belongs to."""
        return self.filter(Q(lead=user) | Q(co_lead=user) | Q(people__person=user)).distinct()

    def matching(self, words: str):
        """Partnerships whose name, purpose or member organisations contain the words."""
        found = Q(name__icontains=words) | Q(purpose__icontains=words)
        return self.filter(found | Q(organisations__organisation__name__icontains=words)).distinct()

    def for_list(self):
        """With the member organisations."""
        return self.prefetch_related(self._organisations())

    def _organisations(self):
        rows = self.model._meta.get_field("organisations").related_model._default_manager
        return Prefetch("organisations", queryset=rows.select_related("organisation"))

    def for_page(self):
        """With lead, co-lead, member organisations, active people and what was done together."""
        people = self.model._meta.get_field("people").related_model._default_manager
        return self.select_related("lead", "co_lead").prefetch_related(
            self._organisations(), Prefetch("people", queryset=people.active()), "engagements"
        )


class PartnershipPersonQuerySet(models.QuerySet):
    """People in partnerships."""

    def active(self):
        """People who have not left, in order of name."""
        return (
            self.filter(person__is_active=True).select_related("person", "organisation").order_by("person__name", "pk")
        )
