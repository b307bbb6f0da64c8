"""What the large body learns: more modules, and for everybody starts, finished units, checks and certificates."""

import datetime
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

from cms.demo.learning import MODULES
from cms.demo.people import HOST
from cms.scale.audit import made_by_system
from cms.scale.people import Member, moment
from cms.scale.writer import Writer
from partnerships.framework import behaviour_choices
from people.lib.dates import add_months, today
from people.policy import policy
from training.enums import CertificateState, CompletionRule
from training.models import (
    Certificate,
    CheckAttempt,
    Completion,
    ModulePage,
    ModuleStart,
    RequiredUnit,
    TryItNote,
    UnitFinish,
    UnitPage,
)
from training.models.certificate import ALPHABET, CODE_LENGTH
from training.module_file import import_module

STARTED, COMPLETED = 10, 0.7
LONGEST_AGO = 900  # days


@dataclass
class Course:
    """What is read once of a module."""

    page: ModulePage
    rule: CompletionRule
    units: list[UnitPage]
    try_ids: dict[int, list[str]]  # by unit
    paper: dict[str, Any]
    right: dict[str, list[str]]
    behaviours: list[dict[str, str]]

    @property
    def codes(self) -> set[str]:
        return {row["code"] for row in self.behaviours}


def fill_catalogue(size: int) -> list[Course]:
    """Add copies of the demo's modules under other titles until there are so many; returns the whole catalogue."""
    files = sorted(MODULES.glob("*.yaml"))
    for number in range(size - len(files)):
        _copy_module(files[number % len(files)], number + 1)
    names = {behaviour.code: text.short_name for behaviour, text in behaviour_choices()}
    return [_course(page, names) for page in ModulePage.objects.live().order_by("path")]


def _copy_module(path: Path, number: int) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["slug"], data["title"] = f"{data['slug']}-{number}", f"{data['title']}, second part"
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
        yaml.safe_dump(data, file, allow_unicode=True)
        file.flush()
        import_module(file.name)


def _course(page: ModulePage, names: dict[str, str]) -> Course:
    units = list(UnitPage.objects.live().child_of(page).order_by("path"))
    paper = page.check_paper()
    codes = page.behaviours.order_by("code").values_list("code", flat=True)
    return Course(
        page=page,
        rule=page.rule,
        units=units,
        try_ids={unit.pk: unit.try_it_ids() for unit in units},
        paper=paper,
        right={row["id"]: [option["id"] for option in row["options"] if option["right"]] for row in paper["questions"]},
        behaviours=[{"code": code, "name": names[code]} for code in codes if code in names],
    )


def learn(members: Iterable[Member], courses: list[Course], writer: Writer) -> None:
    """Most modules begun by everybody, and most of those completed."""
    for member in members:
        for course in member.chance.sample(courses, min(STARTED, len(courses))):
            _walk(member, course, writer)


def _walk(member: Member, course: Course, writer: Writer) -> None:
    chance = member.chance
    begun = today() - datetime.timedelta(days=chance.randrange(30, LONGEST_AGO))
    start = writer.add(
        ModuleStart(
            person=member.user,
            module=course.page,
            rule=course.rule,
            edition=course.page.edition,
            started_at=moment(begun, chance),
        )
    )
    completed = chance.random() < COMPLETED
    finished = len(course.units) if completed else chance.randrange(len(course.units) + 1)
    for position, unit in enumerate(course.units, start=1):
        writer.add(RequiredUnit(start_id=start.pk, unit_id=unit.pk, position=position, title=unit.title))
        if position <= finished:
            writer.add(
                UnitFinish(
                    start_id=start.pk,
                    unit_id=unit.pk,
                    revision_id=unit.live_revision_id,
                    edition=unit.edition,
                    finished_at=moment(begun + datetime.timedelta(days=position * 2), chance),
                )
            )
    if completed:
        _complete(member, start, course, begun + datetime.timedelta(days=len(course.units) * 2 + 3), writer)


def _complete(member: Member, start: ModuleStart, course: Course, day: datetime.date, writer: Writer) -> None:
    at = moment(day, member.chance)
    if course.rule.asks_try:
        unit = next(unit for unit in course.units if course.try_ids[unit.pk])
        block = course.try_ids[unit.pk][0]
        writer.add(TryItNote(start=start, unit=unit, block_id=block, text="I rang one of them first.", written_at=at))
    if course.rule.asks_check:
        writer.add(
            CheckAttempt(
                start=start,
                number=1,
                paper=course.paper,
                answers=course.right,
                opened_at=at,
                saved_at=at,
                submitted_at=at,
                score=len(course.right),
                passed=True,
            )
        )
    page = course.page
    completion = writer.add(
        Completion(
            start=start,
            revision_id=page.live_revision_id,
            edition=page.edition,
            title=page.title,
            minutes=page.minutes,
            at=at,
        )
    )
    member.certificates.append((_certificate(member, completion, course, at, writer), course.codes))


def _certificate(member: Member, completion: Completion, course: Course, at, writer: Writer) -> Certificate:
    day = timezone.localdate(at)
    months = course.page.validity_months or policy("certificate_validity_months")
    certificate = writer.add(
        Certificate(
            state=CertificateState.ISSUED,
            state_since=at,
            changed_at=at,
            holder=member.user,
            completion=completion,
            code="".join(member.chance.choices(ALPHABET, k=CODE_LENGTH)),
            holder_name=member.user.name,
            title=completion.title,
            edition=completion.edition,
            minutes=completion.minutes,
            behaviours=course.behaviours,
            issuer=HOST,
            completed_on=day,
            issued_on=day,
            expires_on=add_months(day, months),
        )
    )
    writer.add(made_by_system(certificate, "issue", at))
    return certificate
