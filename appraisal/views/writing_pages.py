"""What the pages of writing show: draft, forms and what lies beside, put together. No request is read here."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from appraisal import ground, responding
from appraisal.beside import Beside
from appraisal.enums import Part, SignatureRole
from appraisal.evidence import listed, manager_names
from appraisal.forms.reviews import RatingForm
from appraisal.writing import (
    HANDS_IN,
    Draft,
    next_step,
    saved_words,
    steps_of,
    text_mark,
    text_of,
    waits_for_self_until,
    who_sees_draft,
)
from partnerships.layout import BehaviourRow, layout
from people.transitions import moves_for, person


@dataclass
class Sheet:
    """The form of one behaviour with its words and what lies beside it."""

    draft: Draft
    form: RatingForm
    near: Beside
    words: BehaviourRow
    theirs: object = None  # the answer that another window saved meanwhile

    def __post_init__(self):
        texts = {str(level.number): (level.name, level.staff.text) for level in self.words.levels}
        self.rating = self.form.rating
        self.number = self.rating.behaviour.number
        self.expected = texts[str(self.rating.behaviour.level)][0]
        self.choices = self.form.choices(texts)
        self.examples, self.other_examples = self.form.ticks("examples", self.near.examples, self.near.others)
        self.notes, self.other_notes = [], []
        if not self.draft.is_self:
            self.notes, self.other_notes = self.form.ticks("notes", self.near.notes, self.near.other_notes)
        self.obstacles = self.words.obstacles["staff"]
        self.their_examples = headings(self.theirs, self.draft.by) if self.theirs else []
        self.missing = ground.missing(self.rating) if self.rating.is_answered else []

    @property
    def others(self) -> list:
        """Examples and notes that are about something else."""
        return [*self.other_examples, *self.other_notes]


def sheet(draft: Draft, form: RatingForm, near: Beside, theirs=None) -> Sheet:
    """The sheet of one behaviour, with its words from the version that the cycle uses."""
    rows = {row.text.pk: row for row in layout(draft.review.cycle.framework_version).behaviours}
    return Sheet(draft, form, near, rows[form.rating.behaviour.text_id], theirs)


def frame(draft: Draft, current=None) -> dict:
    """What every page of writing shows: whose it is, the steps, when it was saved and who sees it."""
    review = draft.review
    own = draft.is_self
    return {
        "draft": draft,
        "review": review,
        "cycle": review.cycle,
        "is_self": own,
        "name": review.job_holder.get_short_name(),
        "reader": review.manager.get_short_name() if own else review.job_holder.get_short_name(),
        "initials": initials(review.job_holder.name),
        "since": date_format(review.cycle.starts_on, "F Y"),
        "steps": steps_of(review, draft.part, current, draft.ratings),
        "saved": saved_words(draft),
        "who_sees": who_sees_draft(draft),
        "waits_until": None if own else waits_for_self_until(review),
        "edge": ground.concern_edge(),
        "total": len(draft.ratings),
        "check_url": reverse("reviews:check", args=[review.pk]),
        "may_hand_in": own or draft.by.pk == review.manager_id,
    }


def own_summary(draft: Draft) -> str:
    """What the person says overall, for the manager; empty before it was sent."""
    sent = next(iter(draft.own_view.values()), None)
    return sent.part.summary if sent else ""


def help_wanted(draft: Draft) -> list[tuple[str, str]]:
    """Behaviour and words of what the person would like help with."""
    return [(row.behaviour.text.short_name, row.help) for row in draft.own_view.values() if row.help.strip()]


def check(draft: Draft) -> dict:
    """What the check page shows: all answers, what is still missing, what becomes readable to whom."""
    review, part = draft.review, text_of(draft.review, draft.part.part)
    rows = list(part.ratings.all())
    sentences = next(
        (found for move, found in moves_for(review, person(draft.by)) if move.name == HANDS_IN[part.part]), []
    )
    gaps = [(row, ground.missing(row)) for row in rows]
    return {
        **frame(draft),
        "rows": [
            {"rating": row, "missing": lacking, "url": url_of(review, row), "examples": headings(row, draft.by)}
            for row, lacking in gaps
        ],
        "gaps": [(row.behaviour.text.short_name, url_of(review, row), each) for row, found in gaps for each in found],
        "more": [each for each in sentences if each not in ground.why_not(part)],
        "is_ready": not sentences,
        "part": part,
        "next_steps": [] if draft.is_self else list(review.next_steps.select_related("owner", "module")),
        **becomes_shared(draft, rows),
        "statement": responding.STATEMENTS[SignatureRole.MANAGER],
        "text_mark": text_mark(part),
    }


def headings(rating, reader) -> list:
    """(heading, day) of the ticked examples, as this reader may see them: one may have become private again."""
    return [(entry.heading_for(reader), entry.happened_on) for entry in rating.examples.all()]


def becomes_shared(draft: Draft, rows) -> dict:
    """The private examples that sending shares, and everybody who can then read them: in two posts, two managers."""
    private = private_examples(rows) if draft.is_self else []
    return {"becomes_shared": private, "example_readers": listed(manager_names(draft.by)) if private else ""}


def private_examples(rows) -> list:
    """The ticked examples that nobody else can read yet, each once."""
    found = {entry.pk: entry for row in rows for entry in row.examples.all() if entry.is_draft}
    return sorted(found.values(), key=lambda entry: (entry.happened_on, entry.pk), reverse=True)


def said_after(draft: Draft, shared_on) -> str:
    """What was done, and what happens next and by when. `shared_on` is the day of sharing, if it was that."""
    review, part = draft.review, draft.part.part
    days = {"share": date_format(review.cycle.share_due_on, "j F Y")}
    if part == Part.SELF:
        return _(
            "Your self-assessment is with %(manager)s, who can read it from now on. Next, %(first)s shares the review "
            "with you, by %(share)s at the latest. You can take it back until %(first)s has written something."
        ) % {"manager": review.manager.name, "first": review.manager.get_short_name(), **days}
    review.shared_on = shared_on
    due = responding.answer_due_on(review)
    return _(
        "The review is shared with %(name)s, who has been told. Next, talk about it. %(first)s answers by %(day)s; "
        "then %(second)s confirms that it was fair."
    ) % {
        "name": review.job_holder.name,
        "first": review.job_holder.get_short_name(),
        "day": date_format(due, "j F Y") if due else "",
        "second": review.second_manager.name,
    }


def next_after(draft: Draft, number: int):
    """The step that the main button of a behaviour's page leads to."""
    return next_step(draft.review, draft.part, draft.ratings, after=number)


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def url_of(review, rating) -> str:
    """The page on which the answer for one behaviour is changed."""
    return reverse("reviews:write", args=[review.pk, rating.behaviour.number])
