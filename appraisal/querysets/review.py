"""Who sees which rows of a review: the table of DOMAIN D as queries. Fields are named by string; no models here.

The line manager of a review is whoever manages its post today, or stands in for them today; while the review is under
way they are also the manager named in it, so that a change of manager opens nothing before the handover.
The second manager reads only between sharing and closing, and only while they hold a post here; standing in for the
manager as well would open drafts to whoever confirms, so it opens nothing.
An administrator sees the envelope, and the content only under a logged reason that has not run out. Superuser rights
give nothing.
"""

from django.db import models, transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from appraisal.enums import (
    ACCOUNT,
    AFTER_SHARING,
    UNDER_WAY,
    WITH_SECOND_MANAGER,
    CycleState,
    EvidenceState,
    NoteKind,
    Part,
    RatingStatus,
    ReviewState,
)
from people.enums import Role


def _signed_in(user) -> bool:
    return user.is_authenticated and user.is_active


def _is_job_holder(user, to: str = "") -> Q:
    return Q(**{f"{to}job_holder_id": user.pk}) & ~Q(**{f"{to}state": ReviewState.SETUP})


def _manages_open(user, to: str = "") -> Q:
    return Q(
        **{
            f"{to}state__in": UNDER_WAY,
            f"{to}post_id__in": user.managed_post_ids,
            f"{to}post__line_manager": F(f"{to}manager"),  # a post that moved on waits for the handover
            f"{to}manager_id__in": [user.pk, *user.covered_manager_ids],
        }
    ) & ~Q(**{f"{to}second_manager_id": user.pk})


def _manages_closed(user, to: str = "") -> Q:
    return Q(**{f"{to}state": ReviewState.CLOSED}) & _manages_today(user, to)


def _manages_today(user, to: str = "") -> Q:
    """The post's line manager or whoever stands in for them; a second manager keeps no copy by standing in."""
    managed = Q(**{f"{to}post_id__in": user.managed_post_ids})
    return managed & (~Q(**{f"{to}second_manager_id": user.pk}) | Q(**{f"{to}post__line_manager_id": user.pk}))


def _is_second_manager(user, to: str = "") -> Q:
    named = Q(**{f"{to}second_manager_id": user.pk, f"{to}state__in": WITH_SECOND_MANAGER})
    return named & Q(**{f"{to}second_manager_id__in": user.posts.current().values("person_id")})


def _has_reason(user, model, to: str = "") -> Q:
    """An administrator with a reason that has not run out; only what had been shared."""
    if not user.has_role(Role.HR):
        return Q(pk__in=[])
    accesses = model._meta.get_field("accesses").related_model._default_manager
    live = accesses.filter(reader_id=user.pk, until__gt=timezone.now()).values("review_id")
    return Q(**{f"{to}pk__in": live, f"{to}state__in": AFTER_SHARING})


class ReviewQuerySet(models.QuerySet):
    """Reviews of people."""

    def visible_to(self, user):
        """Whose envelope may be seen: that there is a review, its state and its people."""
        if not _signed_in(user):
            return self.none()
        return self.all() if user.has_role(Role.HR) else self.readable_by(user)

    def readable_by(self, user):
        """Whose page may be opened. What stands on it is decided row by row below."""
        if not _signed_in(user):
            return self.none()
        return self.filter(
            _is_job_holder(user)
            | _manages_open(user)
            | _manages_closed(user)
            | _is_second_manager(user)
            | _has_reason(user, self.model)
        )

    def of_job_holder(self, user):
        """The person's own."""
        return self.filter(_is_job_holder(user))

    def of_two_sides(self, user):
        """The person's own, and those of the people whose line manager one is today, or stands in for: who writes."""
        return self.filter(_is_job_holder(user) | _manages_open(user) | _manages_closed(user))

    def managed_by(self, user):
        """Of the people whose line manager one is today, or stands in for."""
        return self.filter(_manages_open(user) | _manages_closed(user))

    def for_second_manager(self, user):
        """Those one has to confirm, now or soon."""
        return self.filter(_is_second_manager(user))

    def on_the_desk_of(self, user):
        """What My work speaks of: one's own and those to confirm while under way, and the open years of one's team."""
        team = _manages_open(user) | _manages_closed(user) & Q(cycle__state=CycleState.OPEN)
        confirm = _is_second_manager(user) & Q(state=ReviewState.ANSWERED)
        return self.filter(_is_job_holder(user) & Q(state__in=UNDER_WAY) | team | confirm)

    def under_way(self):
        """Neither being opened nor closed nor void."""
        return self.filter(state__in=UNDER_WAY)

    def of_open_cycles(self):
        """In a year that is still open."""
        return self.filter(cycle__state=CycleState.OPEN)

    def with_progress(self, part):
        """With how far one side has got: `expected` behaviours, `answered` of them, and when the person `sent`."""
        parts = self.model._meta.get_field("parts").related_model
        ratings = parts._meta.get_field("ratings").related_model._default_manager
        rows = ratings.filter(part__review=OuterRef("pk"), part__part=part, part__closed_at=None)
        sent = parts._default_manager.filter(review=OuterRef("pk"), part=Part.SELF, closed_at=None)
        return self.annotate(
            expected=_counted(rows, "part__review"),
            answered=_counted(rows.exclude(status=RatingStatus.UNANSWERED), "part__review"),
            sent=Subquery(sent.values("sent_at")[:1]),
        )

    def with_people(self):
        """With everybody named on a row of a list."""
        return self.select_related("cycle", "job_holder", "manager", "second_manager", "post")

    def with_readers(self):
        """With the people, who manages the post today, and `second_manager_reads`: whether the second manager can."""
        posts = self.model._meta.get_field("post").related_model._default_manager.current()
        in_post = Exists(posts.filter(person_id=OuterRef("second_manager_id")))
        named = Q(state__in=WITH_SECOND_MANAGER, second_manager__is_active=True)
        rows = self.with_people().select_related("post__line_manager")
        return rows.annotate(second_manager_reads=Case(When(named & Q(in_post), then=True), default=False))


class ReviewPartQuerySet(models.QuerySet):
    """What one side wrote."""

    def visible_to(self, user):
        """Drafts belong to their side. The other side reads after sending or sharing; see the module's docstring."""
        if not _signed_in(user):
            return self.none()
        mine = Q(part=Part.SELF) & _is_job_holder(user, "review__")
        sent = Q(part=Part.SELF, sent_at__isnull=False)
        handed_over = Q(part=Part.MANAGER, closed_at__isnull=False)
        shared_with_me = Q(part=Part.MANAGER) & Q(review__state__in=AFTER_SHARING) | handed_over
        manager = _manages_open(user, "review__") | _manages_closed(user, "review__")
        review_model = self.model._meta.get_field("review").related_model
        others = _is_second_manager(user, "review__") | _has_reason(user, review_model, "review__")
        return self.filter(
            mine
            | shared_with_me & _is_job_holder(user, "review__")
            | (Q(part=Part.MANAGER) | sent) & manager
            | (Q(part=Part.MANAGER) | sent) & others
        )

    def open_with_ratings(self):
        """The parts that are written in now, with ratings in order and what they rest on."""
        ratings = self.model._meta.get_field("ratings").related_model._default_manager
        ordered = ratings.with_ground().select_related("behaviour__text__behaviour")
        ordered = ordered.prefetch_related("examples", "notes")
        return (
            self.filter(closed_at=None)
            .select_related("author")
            .prefetch_related(Prefetch("ratings", queryset=ordered.order_by("behaviour__number")))
        )

    def for_reading(self):
        """With all that is read in a part: ratings in order, the examples under them with the answers of those who
        were there, and the notes; in a number of queries that does not grow."""
        ratings = self.model._meta.get_field("ratings").related_model
        examples = ratings._meta.get_field("examples").related_model._default_manager
        answers = examples.model._meta.get_field("confirmations").related_model._default_manager.answered()
        notes = ratings._meta.get_field("notes").related_model._default_manager.select_related("author")
        beside = Prefetch("confirmations", queryset=answers.select_related("organisation").order_by("pk"))
        under = (Prefetch("examples", queryset=examples.prefetch_related(beside)), Prefetch("notes", queryset=notes))
        rows = ratings._default_manager.with_ground().select_related("behaviour__text__behaviour")
        rows = rows.prefetch_related(*under)
        ordered = Prefetch("ratings", queryset=rows.order_by("behaviour__number"))
        return self.select_related("author").prefetch_related(ordered).order_by("pk")


class BehaviourRatingQuerySet(models.QuerySet):
    """What one side chose for each behaviour."""

    def with_ground(self):
        """Adds what ground.py asks for: `source_count`, the ticked examples and notes of the period;
        `first_concern_at`, when the first of the ticked concerns about something in the period was raised; and
        `unwritten_count`, the ticked examples without an account. The manager's levels rest on shared examples."""
        ticked = self._ticked("examples")
        readable = Q(evidenceentry__state=EvidenceState.SHARED) | Q(behaviourrating__part__part=Part.SELF)
        examples = ticked.filter(readable, **_in_period("evidenceentry__happened_on"))
        notes = self._ticked("notes").filter(**_in_period("managernote__seen_on"))
        concerns = notes.filter(managernote__kind=NoteKind.CONCERN).order_by("managernote__written_at")
        return self.annotate(
            source_count=_counted(examples) + _counted(notes),
            first_concern_at=Subquery(concerns.values("managernote__written_at")[:1]),
            unwritten_count=_counted(ticked.filter(**{f"evidenceentry__{step}": "" for step in ACCOUNT})),
        )

    def for_writing(self):
        """With the review, its people and cycle, the behaviour and its words, and who stands in for the manager."""
        review = "part__review"
        people = [f"{review}__{name}" for name in ("job_holder", "manager", "second_manager")]
        related = (*people, f"{review}__cycle__framework_version", "behaviour__text__behaviour")
        covers = self.model._meta.apps.get_model("people", "ManagerCover").objects.current()
        covers = covers.filter(manager=OuterRef(f"{review}__manager")).values("cover__name")
        rows = self.with_ground().annotate(stand_in=Subquery(covers[:1]))
        return rows.select_related(*related).order_by("behaviour__number")

    def _ticked(self, name: str):
        through = self.model._meta.get_field(name).remote_field.through
        return through._default_manager.filter(behaviourrating=OuterRef("pk"))


def _in_period(day: str) -> dict[str, OuterRef]:
    """The condition that a day lies in the period of a rating's review."""
    cycle = "part__review__cycle"
    return {f"{day}__gte": OuterRef(f"{cycle}__starts_on"), f"{day}__lte": OuterRef(f"{cycle}__ends_on")}


def _counted(rows, by: str = "behaviourrating") -> Coalesce:
    """How many rows there are for one rating, or for one of what else they go by, as the value of a subquery."""
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n")), 0)


class NextStepQuerySet(models.QuerySet):
    """What follows from a review."""

    def visible_to(self, user):
        """The manager who writes them; the person and the others once shared."""
        if not _signed_in(user):
            return self.none()
        review_model = self.model._meta.get_field("review").related_model
        return self.filter(
            _is_job_holder(user, "review__") & Q(review__state__in=AFTER_SHARING)
            | _manages_open(user, "review__")
            | _manages_closed(user, "review__")
            | _is_second_manager(user, "review__")
            | _has_reason(user, review_model, "review__")
        )

    def owed_by(self, user):
        """What this person said they would do in a closed review, and has not done."""
        mine = self.filter(owner_id=user.pk, done_on=None, review__state=ReviewState.CLOSED)
        return mine.filter(Q(review__job_holder_id=user.pk) | _manages_closed(user, "review__"))

    def of_closed(self):
        """Of reviews that are closed: what was agreed."""
        return self.filter(review__state=ReviewState.CLOSED)

    def for_list(self):
        """With whose it is and what it came from."""
        return self.select_related("owner", "module", "review__cycle", "review__job_holder")


class ManagerNoteQuerySet(models.QuerySet):
    """What managers noted at the time."""

    def visible_to(self, user):
        """The person it is about, at once; and whoever manages the post today."""
        if not _signed_in(user):
            return self.none()
        return self.filter(Q(person_id=user.pk) | Q(post_id__in=user.managed_post_ids))

    def about(self, user):
        """What was noted about this person, in any post."""
        return self.filter(person_id=user.pk)

    def of_post(self, post):
        """What was noted about the person in this post."""
        return self.filter(post_id=post.pk)

    def for_reading(self):
        """With the names that stand on a note."""
        return self.select_related("author", "person", "behaviour")

    def between(self, first, last):
        """Of things seen in the days from first to last, both included."""
        return self.filter(seen_on__range=(first, last))


class ReviewRecordQuerySet(models.QuerySet):
    """Frozen records."""

    def visible_to(self, user):
        """The person; the present line manager of the post; an administrator with a reason. No second manager."""
        if not _signed_in(user):
            return self.none()
        review_model = self.model._meta.get_field("review").related_model
        return self.filter(
            Q(review__job_holder_id=user.pk)
            | _manages_today(user, "review__")
            | _has_reason(user, review_model, "review__")
        )

    def without_pdf(self):
        """Whose PDF has still to be made, the oldest first."""
        return self.filter(pdf=None).order_by("pk")


class ReviewRecordPdfQuerySet(models.QuerySet):
    """PDFs of records."""

    def delete(self):
        """Remove the rows, and after the commit the files that belonged to them."""
        storage = self.model._meta.get_field("file").storage
        names = list(self.values_list("file", flat=True))
        result = super().delete()
        transaction.on_commit(lambda: [storage.delete(name) for name in names])
        return result

    delete.alters_data = True
    delete.queryset_only = True
