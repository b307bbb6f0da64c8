"""Sets of modules, units and what people did with them. Fields are named by string; no model is imported at the top."""

from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery
from wagtail.models import PageManager, PageQuerySet

from people.enums import Role
from training.enums import CertificateState, Length, Status

LENGTHS = {Length.SHORT: (0, 20), Length.MEDIUM: (21, 40), Length.LONG: (41, 1000)}


class ModuleQuerySet(PageQuerySet):
    """Modules, as the catalogue needs them."""

    def search_words(self, text: str):
        """Modules whose title, summary or outcomes hold every word."""
        found = self
        for word in text.split():
            found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(outcomes__icontains=word))
        return found

    def of_length(self, length: str):
        """Modules inside a band of minutes."""
        return self.filter(minutes__range=LENGTHS[Length(length)])

    def about(self, behaviour_slug: str):
        """Modules tagged with a behaviour."""
        return self.filter(behaviours__slug=behaviour_slug)

    def with_progress(self, user):
        """Adds the person's start, the numbers of units to do and done, and the day of completion, in one query.

        Completed is sticky: a module that is being renewed is under way and stays completed.
        """
        earned = self._of_start("completion").filter(start__person=user, start__module=OuterRef("pk")).order_by("-at")
        required = self._of_start("required_units").filter(start=OuterRef("own_start__pk"), unit__live=True)
        return self.annotate(
            own_start=FilteredRelation("starts", condition=Q(starts__person=user, starts__is_current=True)),
            start_id=F("own_start__pk"),
            started_at=F("own_start__started_at"),
            is_under_way=Q(own_start__isnull=False, own_start__completion__isnull=True),
            completed_at=Subquery(earned.values("at")[:1]),
            completed_edition=Subquery(earned.values("edition")[:1]),
            units_required=Subquery(_counted(required)),
            units_done=Subquery(_counted(required.filter(start__finishes__unit=F("unit")))),
        )

    def with_unit_count(self):
        """Adds the number of published units."""
        units = self.model._meta.apps.get_model("training", "UnitPage").objects.live()
        children = units.filter(path__startswith=OuterRef("path"), depth=OuterRef("depth") + 1)
        return self.annotate(
            unit_count=Subquery(
                children.order_by().annotate(one=models.Value(1)).values("one").annotate(n=Count("pk")).values("n")
            )
        )

    def with_status(self, status: str):
        """Modules where the person of with_progress stands at this status."""
        return self.filter(
            {
                Status.NOT_STARTED: Q(start_id=None),
                Status.IN_PROGRESS: Q(is_under_way=True),
                Status.COMPLETED: Q(completed_at__isnull=False),
            }[Status(status)]
        )

    def _of_start(self, name: str):
        starts = self.model._meta.get_field("starts").related_model
        return starts._meta.get_field(name).related_model.objects.all()


def _counted(rows):
    """How many rows there are for one start, as the value of a subquery."""
    return rows.order_by().values("start").annotate(n=Count("pk")).values("n")


class UnitQuerySet(PageQuerySet):
    """Units of a module, with what one start knows of them."""

    def outline(self):
        """Without the long text, for lists."""
        return self.only(
            "title",
            "slug",
            "path",
            "depth",
            "live",
            "minutes",
            "edition",
            "live_revision_id",
            "content_type_id",
            "locale_id",
        )

    def with_start(self, start_id: int | None):
        """Adds when the unit was finished and its place in the frozen list (None when not required)."""
        get = self.model._meta.apps.get_model
        finishes = get("training", "UnitFinish").objects.filter(start_id=start_id, unit=OuterRef("pk"))
        required = get("training", "RequiredUnit").objects.filter(start_id=start_id, unit=OuterRef("pk"))
        return self.annotate(
            finished_at=Subquery(finishes.values("finished_at")[:1]),
            required_position=Subquery(required.values("position")[:1]),
        )


class ModuleStartQuerySet(models.QuerySet):
    """Who has begun what."""

    def visible_to(self, user):
        """Nobody but the person: a manager sees completions, not tries and times."""
        return self.filter(person=user)

    def for_outline(self, user):
        """The person's own, with the completion and whether check and try-it step are done, in one query."""
        attempts = self.model._meta.get_field("attempts").related_model.objects
        notes = self.model._meta.get_field("try_notes").related_model.objects
        return (
            self.visible_to(user)
            .current()
            .select_related("completion")
            .annotate(
                has_passed=Exists(attempts.filter(start=OuterRef("pk"), passed=True)),
                has_tried=Exists(notes.filter(start=OuterRef("pk"))),
            )
        )

    def with_whom(self):
        """With the module and the person."""
        return self.select_related("module", "person")

    def current(self):
        """The round that counts now; earlier rounds of a module that is being renewed are history."""
        return self.filter(is_current=True)

    def unfinished(self):
        """Begun and not completed."""
        return self.filter(completion=None)


class CheckAttemptQuerySet(models.QuerySet):
    """Tries at a final check."""

    def visible_to(self, user):
        """Nobody but the person."""
        return self.filter(start__person=user)

    def current(self, module):
        """Of the round that counts now: numbers begin anew with each renewal."""
        return self.filter(start__module=module, start__is_current=True)

    def open(self):
        """Handed out and not yet handed in."""
        return self.filter(submitted_at=None)


class CompletionQuerySet(models.QuerySet):
    """Completed modules."""

    def visible_to(self, user):
        """One's own, and those of the people one manages: that it was completed, never how."""
        return self.filter(Q(start__person=user) | Q(start__person__in=user.managed_person_ids))

    def for_list(self):
        """With what a list shows."""
        return self.select_related("start__person", "start__module")


class ReflectionQuerySet(models.QuerySet):
    """Private answers to prompts."""

    def visible_to(self, user):
        """Nobody but the person, no manager and no editor."""
        return self.filter(person=user)


class CertificateQuerySet(models.QuerySet):
    """Certificates."""

    def visible_to(self, user):
        """One's own; every one for the co-ordinators, who correct and withdraw them."""
        return self.all() if user.has_role(Role.COORDINATOR) else self.held_by(user)

    def held_by(self, user):
        """One's own, whatever else one is."""
        return self.filter(holder=user)

    def standing(self):
        """Neither replaced nor withdrawn."""
        return self.filter(state=CertificateState.ISSUED)

    def with_newer(self):
        """With the certificate that replaced it."""
        return self.select_related("replaced_by")

    def matching(self, text, code):
        """Whose name or title has the text, or whose code has what was typed."""
        found = Q(holder_name__icontains=text) | Q(holder__name__icontains=text) | Q(title__icontains=text)
        return self.filter(found | Q(code__contains=code) if code else found)

    def without_pdf(self):
        """Whose PDF has still to be made."""
        return self.filter(pdf="").order_by("pk")


ModuleManager = PageManager.from_queryset(ModuleQuerySet)
UnitManager = PageManager.from_queryset(UnitQuerySet)
