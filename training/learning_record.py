"""What one person has learnt, plans and is asked: their own record, for nobody else. A page, a PDF and a CSV show it.

It rests on the person and never on where they work, so whoever leaves an organisation keeps it.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from people.lib.dates import add_months, today
from people.models import User
from training.afterwards import attendance
from training.enums import ACTIVE_PLACES
from training.models import Certificate, Completion, ModulePage, ModuleStart, Place, Reflection, TryItNote
from training.required.requirements import Owed, owed_by_one
from training.required.words import Said, said_of, why_words

HEAD = ("kind", "title", "from", "until", "minutes", "status", "certificate_code", "valid_until", "for_organisation")
YEAR = 12


@dataclass(frozen=True)
class Done:
    """A module that was completed or a session that was attended."""

    kind: str  # module, session, or certificate when only that is left
    title: str
    first_on: datetime.date
    last_on: datetime.date
    minutes: int
    note: str = ""
    organisation: str = ""
    certificate: Certificate | None = None


@dataclass(frozen=True)
class Planned:
    """A module that was begun or a session to come."""

    kind: str
    title: str
    url: str
    status: str
    on: datetime.date | None = None


@dataclass(frozen=True)
class Written:
    """What somebody wrote for themselves while learning."""

    prompt: str
    text: str
    unit: str
    module: str
    on: datetime.date


@dataclass
class LearningRecord:
    """Everything that the page shows, in its order."""

    person: User
    done: list[Done] = field(default_factory=list)
    planned: list[Planned] = field(default_factory=list)
    required: list[tuple[Owed, Said, str]] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        """All of it."""
        return sum(row.minutes for row in self.done)

    @property
    def minutes_of_the_year(self) -> int:
        """The last twelve months, which professional bodies ask for."""
        since = add_months(today(), -YEAR)
        return sum(row.minutes for row in self.done if row.last_on > since)

    @property
    def certificates(self) -> list[Certificate]:
        """Those that stand or once stood, each once."""
        return [row.certificate for row in self.done if row.certificate]


def record_of(user: User) -> LearningRecord:
    """The record of one person; the number of queries does not grow with what is in it."""
    places = list(
        attendance.with_presences(
            Place.objects.of_person(user).filter(state__in=ACTIVE_PLACES).select_related("session", "organisation")
        )
    )
    certificates = _newest(Certificate.objects.held_by(user).order_by("pk"))
    done = [*_modules(user, certificates), *_sessions(places, certificates)]
    shown = {row.certificate.pk for row in done if row.certificate}
    done += [_only_certificate(row) for row in certificates.values() if row.pk not in shown]
    done.sort(key=lambda row: (row.last_on, row.title), reverse=True)
    return LearningRecord(
        person=user,
        done=done,
        planned=[*_coming(places), *_begun(user)],
        required=[(one, said_of(one), why_words(one)) for one in owed_by_one(user)],
        written=_written(user),
    )


def file_rows(record: LearningRecord) -> Iterator[tuple]:
    """The record as the rows of a file; its columns are HEAD and stay. What somebody wrote is not among them."""
    for row in record.done:
        held = row.certificate
        yield (
            row.kind,
            row.title,
            row.first_on,
            row.last_on,
            row.minutes,
            row.note or _("done"),
            held.grouped_code if held else "",
            held.expires_on if held else "",
            row.organisation,
        )
    for plan in record.planned:
        yield plan.kind, plan.title, plan.on, plan.on, "", plan.status, "", "", ""
    for one, said, _why in record.required:
        if one.is_open:
            yield "required" if one.is_staff else "asked", one.required.title, "", one.due, "", said.words, "", "", ""


def time_words(minutes: int) -> str:
    """For example 2 hours 40 minutes."""
    hours, rest = divmod(minutes, 60)
    words = [ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}] if hours else []
    if rest or not hours:
        words.append(ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest})
    return " ".join(words)


# --- What was done ---


def _newest(rows) -> dict[tuple[str, int], Certificate]:
    """The newest certificate of each completion and of each place."""
    return {_source(row): row for row in rows}


def _source(row: Certificate) -> tuple[str, int]:
    if row.completion_id:
        return "module", row.completion_id
    return ("session", row.place_id) if row.place_id else ("certificate", row.pk)


def _modules(user: User, certificates) -> Iterator[Done]:
    for row in Completion.objects.filter(start__person=user).select_related("start__module"):
        note = _("on an earlier edition") if row.is_on_earlier_edition else ""
        day = timezone.localdate(row.at)
        yield Done("module", row.title, day, day, row.minutes, note, "", certificates.get(("module", row.pk)))


def _sessions(places: Sequence[Place], certificates) -> Iterator[Done]:
    for place in places:
        if not attendance.came(place):
            continue
        dates = list(place.session.dates.all())
        yield Done(
            "session",
            place.session.title,
            timezone.localdate(dates[0].starts_at),
            timezone.localdate(dates[-1].ends_at),
            attendance.minutes_of(place),
            "" if attendance.has_attended(place) else _("in part"),
            place.organisation_label,
            certificates.get(("session", place.pk)),
        )


def _only_certificate(row: Certificate) -> Done:
    """What it was earned by is no longer kept; the certificate is."""
    return Done("certificate", row.title, row.completed_on, row.completed_on, row.minutes, "", "", row)


# --- What is planned ---


def _coming(places: Sequence[Place]) -> list[Planned]:
    rows = [
        (starts_at, place)
        for place in places
        if place.session.is_published and not place.offer_lapsed
        if (starts_at := place.session.starts_at) is not None and not place.session.is_over
    ]
    rows.sort(key=lambda row: (row[0], row[1].pk))
    return [
        Planned(
            "session",
            place.session.title,
            reverse("sessions:detail", args=[place.session_id]),
            str(place.get_state_display()),
            timezone.localdate(starts_at),
        )
        for starts_at, place in rows
    ]


def _begun(user: User) -> list[Planned]:
    rows = ModuleStart.objects.visible_to(user).unfinished().filter(module__live=True).select_related("module")
    return [
        Planned(
            "module",
            start.module.title,
            reverse("learning:module", args=[start.module.slug]),
            _("Begun %(day)s") % {"day": date_format(timezone.localtime(start.started_at), "j M Y")},
        )
        for start in rows.order_by("-started_at")
    ]


# --- What was written ---


def _written(user: User) -> list[Written]:
    """Reflections, and notes on what was tried: both are read by nobody else."""
    notes = TryItNote.objects.filter(start__person=user).select_related("unit")
    rows = [*Reflection.objects.visible_to(user).select_related("unit"), *notes]
    above = {_parent(row.unit) for row in rows}
    modules = dict(ModulePage.objects.filter(path__in=above).values_list("path", "title")) if above else {}
    tried = _("What came of trying it")
    found = [
        Written(
            getattr(row, "prompt", tried),
            row.text,
            row.unit.title,
            modules.get(_parent(row.unit), ""),
            timezone.localdate(row.written_at),
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (row.on, row.prompt), reverse=True)


def _parent(page: Page) -> str:
    return page.path[: -page.steplen]
