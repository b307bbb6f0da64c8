"""How a level came about: the stored links of one behaviour in order, as plain data for one reader (DESIGN 1).

What people did together, the example, what was answered, the level by each side, the next step, its module, the
certificate. Before a review is closed this reads what the reader may read now: their own side until it is shared.
Afterwards it reads the record, and links to what still exists and is theirs to open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisal.enums import AFTER_SHARING, BEFORE_SHARING, SENT, Part, ReviewState
from appraisal.evidence import listed
from appraisal.models import (
    AppraisalReview,
    BehaviourRating,
    EvidenceConfirmation,
    EvidenceEntry,
    ManagerNote,
    NextStep,
    ReviewPart,
    ReviewRecord,
)
from appraisal.reading import who_can_read_record
from appraisal.record_document import Answer, Behaviour, Certificate, Example, Note, Step, View
from appraisal.record_reader import read
from partnerships.models import Partnership
from people.models import User
from training.models import Certificate as Issued
from training.models import ModulePage


@dataclass(frozen=True)
class Ground:
    """An example that a level rests on, and where its links lead for this reader; no address, no page of theirs."""

    example: Example
    url: str = ""
    partnership_url: str = ""
    ticked_by: Sequence[str] = ()
    no_answer: str = ""  # why there is none, as far as this reader may know
    is_private: bool = False  # it was made private again; nothing of it is shown


@dataclass(frozen=True)
class FollowUp:
    """A next step with the address of its module."""

    step: Step
    module_url: str = ""
    is_about: bool = False  # its module is about this very behaviour


@dataclass
class Origin:
    """The whole chain of one behaviour."""

    behaviour: Behaviour
    who_sees: str
    grounds: list[Ground] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    steps: list[FollowUp] = field(default_factory=list)
    shows_steps: bool = True  # they are the manager's until shared
    certificates: Sequence[Certificate] = ()
    numbers: Sequence[tuple[int, str]] = ()  # of all behaviours of the review, with their names
    record: ReviewRecord | None = None  # the frozen text this was read from

    @property
    def steps_about(self) -> list[FollowUp]:
        """Those whose module is about this very behaviour."""
        return [each for each in self.steps if each.is_about]

    @property
    def other_steps(self) -> list[FollowUp]:
        """The rest of the review's next steps."""
        return [each for each in self.steps if not each.is_about]


def origin_of(review: AppraisalReview, number: int, viewer: User) -> Origin:
    """How the levels of one behaviour came about; Http404 when the review has no such behaviour."""
    if review.state == ReviewState.CLOSED:
        record = ReviewRecord.objects.visible_to(viewer).filter(review=review).order_by("-version").first()
        if record is None:
            raise Http404
        record.review = review
        return _frozen(record, number, viewer)
    return _live(review, number, viewer)


# ---- Closed: from the record -----------------------------------------------------------------------------------


def _frozen(record: ReviewRecord, number: int, viewer: User) -> Origin:
    document = read(record.data)
    behaviour = next((row for row in document.behaviours if row.number == number), None)
    if behaviour is None:
        raise Http404
    examples = _once(example for view in behaviour.views for example in view.examples)
    keys = [example.id for example in examples]
    mine = set(EvidenceEntry.objects.visible_to(viewer).filter(pk__in=keys).values_list("pk", flat=True))
    groups = {example.partnership_id for example in examples} - {None}
    partnerships = Partnership.objects.visible_to(viewer).in_bulk(groups) if groups else {}
    modules = _live_modules(step.module_id for step in document.steps)
    return Origin(
        behaviour=behaviour,
        who_sees=who_can_read_record(record.review, viewer),
        grounds=[
            Ground(
                example,
                url=reverse("evidence:detail", args=[example.id]) if example.id in mine else "",
                partnership_url=_address(partnerships.get(example.partnership_id or 0)),
                ticked_by=_ticked_by(behaviour.views, example.id),
                no_answer=_("No answer of anybody who was there stood beside this example."),
            )
            for example in examples
        ],
        notes=_once(note for view in behaviour.views for note in view.notes),
        steps=[
            FollowUp(step, _address(modules.get(step.module_id or 0)), behaviour.code in step.behaviours)
            for step in document.steps
        ],
        certificates=behaviour.certificates,
        numbers=[(row.number, row.name) for row in document.behaviours],
        record=record,
    )


def _live_modules(keys: Iterable[int | None]) -> dict[int, ModulePage]:
    wanted = {key for key in keys if key is not None}
    return ModulePage.objects.live().in_bulk(wanted) if wanted else {}


# ---- Under way: from the rows that this reader may read --------------------------------------------------------


def _live(review: AppraisalReview, number: int, viewer: User) -> Origin:
    everything = list(_ratings(review, viewer))
    ratings = [rating for rating in everything if rating.behaviour.number == number]
    if not ratings:
        raise Http404
    _with_sources(ratings)
    expected, code = ratings[0].behaviour, ratings[0].behaviour.text.behaviour.code
    entries = _once(entry for rating in ratings for entry in rating.examples.all())
    views = [_view(rating) for rating in ratings]
    return Origin(
        behaviour=Behaviour(
            number=expected.number,
            name=expected.text.name,
            definition=expected.text.definition,
            expected=expected.level,
            expected_words=str(expected.get_level_display()),
            views=views,
        ),
        who_sees=_who_sees(review, viewer, [rating.part for rating in ratings]),
        grounds=[_ground(entry, viewer, _ticked_by(views, entry.pk)) for entry in entries],
        notes=[_note(note) for note in _once(note for rating in ratings for note in rating.notes.all())],
        steps=_steps(review, code, viewer),
        shows_steps=not (review.state in BEFORE_SHARING and viewer.pk == review.job_holder_id),
        certificates=_certificates(review, code),
        numbers=sorted({(rating.behaviour.number, rating.behaviour.text.name) for rating in everything}),
    )


def _ratings(review: AppraisalReview, viewer: User) -> QuerySet[BehaviourRating]:
    """What the sides said, the person first: one's own until it is shared, then all that this reader may read."""
    parts = ReviewPart.objects.filter(review=review).visible_to(viewer)
    if review.state in BEFORE_SHARING:
        own = Part.SELF if viewer.pk == review.job_holder_id else Part.MANAGER
        parts = parts.filter(part=own, closed_at=None)
    rows = BehaviourRating.objects.filter(part__in=parts).order_by("-part__part", "part_id", "behaviour__number")
    return rows.select_related("part__author", "behaviour__text__behaviour")


def _with_sources(ratings: list[BehaviourRating]) -> None:
    """Read what these levels rest on, in three queries."""
    answers = EvidenceConfirmation.objects.select_related("organisation").order_by("pk")
    entries = EvidenceEntry.objects.select_related("owner", "partnership", "engagement")
    prefetch_related_objects(
        ratings,
        Prefetch("examples", queryset=entries.prefetch_related(Prefetch("confirmations", queryset=answers))),
        Prefetch("notes", queryset=ManagerNote.objects.select_related("author")),
    )


def _who_sees(review: AppraisalReview, viewer: User, parts: Sequence[ReviewPart]) -> str:
    """Who can read this now, for the person looking at it; said from the review alone, as readable_review gives it."""
    names = {review.job_holder_id: review.job_holder.name}
    if review.manager.is_active:
        names[review.manager_id] = review.manager.name
    if review.second_manager_reads:
        names[review.second_manager_id] = review.second_manager.name
    unsent = [part for part in parts if part.is_self and part.sent_at is None]  # its owner alone gets it here
    if len(unsent) == len(parts):
        return _("Only you.")
    if review.state in BEFORE_SHARING and not parts[0].is_self:
        names.pop(review.job_holder_id)
    others = [name for key, name in names.items() if key != viewer.pk]
    readers = listed([_("you"), *others])
    words = _("Whoever stands in for %(manager)s can too.")
    if review.state in AFTER_SHARING:
        words = _("Whoever stands in for %(manager)s can too, and an administrator only for a reason that is shown.")
    told = f"{readers[:1].upper()}{readers[1:]}. {words % {'manager': review.manager.name}}"
    return f"{told} {_('You did not send your self-assessment, so nobody else sees it.')}" if unsent else told


def _view(rating: BehaviourRating) -> View:
    return View(
        who=rating.part.author.name,
        is_self=rating.part.is_self,
        is_earlier=rating.part.closed_at is not None,
        level=rating.level,
        mark_words=rating.mark_words,
        words=rating.words,
        help=rating.help,
        examples=[Example(id=entry.pk) for entry in rating.examples.all()],
    )


def _ground(entry: EvidenceEntry, viewer: User, ticked_by: Sequence[str]) -> Ground:
    """The rule of EvidenceEntryQuerySet.visible_to for the page of the example. Whoever else reads the level reads
    here what it rests on, while it is shared; who answered is for the owner and the line manager, as they were told.
    """
    own = viewer.pk == entry.owner_id
    near = own or (entry.is_shared and entry.owner_id in viewer.managed_person_ids)
    if not near and not entry.is_shared:
        return Ground(Example(id=entry.pk, happened_on=entry.happened_on), is_private=True, ticked_by=ticked_by)
    requests = list(entry.confirmations.all())
    return Ground(
        Example(
            id=entry.pk,
            title=entry.heading,
            happened_on=entry.happened_on,
            account=entry.account,
            partnership=entry.partnership.name if entry.partnership else "",
            engagement=entry.engagement.title if entry.engagement else "",
            engagement_on=entry.engagement.happened_on if entry.engagement else None,
            answers=[_answer(entry, row, named=near) for row in requests if row.is_answered],
        ),
        url=entry.get_absolute_url() if near else "",
        partnership_url=_address(entry.partnership),
        ticked_by=ticked_by,
        no_answer=_no_answer(requests, own=own),
    )


def _answer(entry: EvidenceEntry, row: EvidenceConfirmation, *, named: bool) -> Answer:
    return Answer(
        name=row.name if named else _("Somebody who was there"),
        organisation=row.organisation_label if named else "",
        answer=str(row.get_answer_display()),
        answer_kind=row.answer,
        words=row.words if named else "",
        on=timezone.localdate(row.answered_at),
        changed_since=row.text_version < entry.text_version,
    )


def _no_answer(requests: Iterable[EvidenceConfirmation], *, own: bool) -> str:
    """Why no answer stands beside an example; only its owner is told whether anybody was asked."""
    if not own:
        return _("Nobody has said so far how they saw it.")
    asked = list(dict.fromkeys(row.name for row in requests if row.state in SENT))
    if not asked:
        return _("No partner was asked about this example.")
    return _("%(names)s was asked; there is no answer.") % {"names": ", ".join(asked)}


def _note(note: ManagerNote) -> Note:
    return Note(
        id=note.pk,
        kind=note.kind,
        kind_words=str(note.get_kind_display()),
        author=note.author.name,
        seen_on=note.seen_on,
        raised_on=note.raised_on,
        text=note.text,
        answer=note.answer,
    )


def _steps(review: AppraisalReview, code: str, viewer: User) -> list[FollowUp]:
    tags = ModulePage.behaviours.through.objects.filter(modulepage_id=OuterRef("module_id"), behaviour__code=code)
    rows = NextStep.objects.visible_to(viewer).filter(review=review).select_related("owner", "module")
    return [
        FollowUp(
            Step(what=row.what, who=row.owner.name, by=row.due_on, module=row.module.title if row.module else ""),
            _address(row.module) if row.module and row.module.live else "",
            row.is_about,
        )
        for row in rows.annotate(is_about=Exists(tags))
    ]


def _certificates(review: AppraisalReview, code: str) -> list[Certificate]:
    """Learning about the behaviour, as the certificates now stand."""
    rows = Issued.objects.standing().filter(holder_id=review.job_holder_id).order_by("completed_on", "pk")
    return [
        Certificate(row.title, row.grouped_code, row.completed_on, row.expires_on, row.status)
        for row in rows
        if code in {each["code"] for each in row.behaviours}
    ]


# ---- Both ------------------------------------------------------------------------------------------------------


def _ticked_by(views: Iterable[View], key: int) -> list[str]:
    return [view.who for view in views if key in {example.id for example in view.examples}]


def _once(rows: Iterable) -> list:
    """Each of them once, in the order of their first coming."""
    return list({row.id: row for row in rows}.values())


def _address(row: Partnership | ModulePage | None) -> str:
    """The page of a partnership or a module."""
    if isinstance(row, ModulePage):
        return reverse("learning:module", args=[row.slug])
    return row.get_absolute_url() if row is not None else ""
