"""Reading and writing what we expect of each other. Moves of a version: workflow.py; its file: framework_file.py."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnerships.enums import FrameworkState, Level, Polarity
from partnerships.models import (
    Behaviour,
    BehaviourText,
    FrameworkVersion,
    Indicator,
    LevelText,
    Principle,
    ProficiencyLevel,
    ProfileItem,
    RoleProfile,
    SelfLook,
    SponsorAgreement,
)
from partnerships.permissions import writes_framework
from people import audit
from people.enums import Side
from people.models import User
from people.transitions import Actor, ChangedSince, NotYours, Refused, create

CELLS = tuple((level, side) for level in Level.values for side in Side.values)


# ---- Readers ---------------------------------------------------------------------------------------------------


def current_version() -> FrameworkVersion | None:
    """The version in force: the newest that both sides agreed to."""
    return FrameworkVersion.objects.published().first()


def behaviour_texts() -> list[BehaviourText]:
    """The behaviours of the version in force, in order, in one query."""
    newest = FrameworkVersion.objects.published().values("pk")[:1]
    return list(BehaviourText.objects.filter(version_id__in=newest).select_related("behaviour").order_by("number"))


def behaviour_choices() -> list[tuple[Behaviour, BehaviourText]]:
    """Every behaviour of the version in force with its words, for choosing among them."""
    return [(text.behaviour, text) for text in behaviour_texts()]


def short_names(codes: Iterable[str]) -> list[str]:
    """The short names of these behaviours, in the framework's order; codes themselves are never shown."""
    wanted = set(codes)
    return [text.short_name for text in behaviour_texts() if text.behaviour.code in wanted] if wanted else []


def missing_words(version: FrameworkVersion) -> str | None:
    """One sentence about what still has no words, or None."""
    texts = BehaviourText.objects.of(version).prefetch_related("level_texts")
    if not texts:
        return _("There are no behaviours in it yet.")
    unfinished = [text.short_name for text in texts if not has_all_words(text)]
    if not unfinished:
        return None
    return _("Some texts are missing: %(names)s.") % {"names": ", ".join(unfinished)}


def has_all_words(text: BehaviourText) -> bool:
    """True when definition, reason and all levels are worded for both sides."""
    worded = {(row.level, row.side) for row in text.level_texts.all() if row.text.strip()}
    return bool(text.definition.strip() and text.why.strip()) and worded == set(CELLS)


# ---- Writing a draft -------------------------------------------------------------------------------------------


def _locked_draft(version: FrameworkVersion, by: Actor, seen: int | None = None) -> FrameworkVersion:
    """The draft, locked; refused when it is not this actor's, was published, or changed since it was seen."""
    fresh = FrameworkVersion.objects.select_for_update().get(pk=version.pk)
    if not writes_framework(fresh, by):
        raise NotYours
    if fresh.state != FrameworkState.DRAFT:
        raise Refused(_("This version is published and cannot change. Start a new version instead."))
    if seen is not None and int(seen) != fresh.version:
        raise ChangedSince(fresh)
    return fresh


def _count_edit(version: FrameworkVersion, by: Actor, what: str) -> None:
    version.touch()
    version.save(update_fields=["version", "changed_at"])
    audit.record(version, "edit", frm=version.state, by=by, reason=what)


@transaction.atomic
def save_version_texts(
    version: FrameworkVersion, data: Mapping[str, Any], *, by: Actor, seen: int | None = None
) -> None:
    """Write title, introduction, principles and names of levels; `data` holds rows by their number or code."""
    draft = _locked_draft(version, by, seen)
    draft.title, draft.introduction = data["title"], data["introduction"]
    draft.save(update_fields=["title", "introduction"])
    for principle in draft.principles.all():
        principle.name, principle.text = data["principles"][principle.code]
        principle.save(update_fields=["name", "text"])
    for level in draft.levels.all():
        level.name, level.text = data["levels"][level.number]
        level.save(update_fields=["name", "text"])
    _count_edit(draft, by, "title, principles and levels")


@transaction.atomic
def save_behaviour_text(text: BehaviourText, data: Mapping[str, Any], *, by: Actor, seen: int | None = None) -> None:
    """Write all words of one behaviour.

    `data` holds name, short_name, definition, why, principles, levels {(level, side): text},
    acts {(level, side): [texts]} and obstacles {side: [texts]}.
    """
    draft = _locked_draft(text.version, by, seen)
    for field in ("name", "short_name", "definition", "why"):
        setattr(text, field, data[field])
    text.save()
    text.principles.set(data["principles"])
    _replace_words(text, data)
    _count_edit(draft, by, text.behaviour.slug)


def _replace_words(text: BehaviourText, data: Mapping[str, Any]) -> None:
    """Put these level texts and acts in the place of all earlier ones."""
    text.level_texts.all().delete()
    text.indicators.all().delete()
    LevelText.objects.bulk_create(
        LevelText(behaviour_text=text, level=level, side=side, text=words)
        for (level, side), words in data["levels"].items()
        if words
    )
    helps = [
        Indicator(behaviour_text=text, level=level, side=side, polarity=Polarity.HELPS, number=number, text=words)
        for (level, side), acts in data["acts"].items()
        for number, words in enumerate(acts, start=1)
    ]
    hinders = [
        Indicator(behaviour_text=text, side=side, polarity=Polarity.HINDERS, number=number, text=words)
        for side, acts in data["obstacles"].items()
        for number, words in enumerate(acts, start=1)
    ]
    Indicator.objects.bulk_create(helps + hinders)


@transaction.atomic
def save_profile(
    profile: RoleProfile, name: str, levels: Mapping[int, int], *, by: Actor, seen: int | None = None
) -> None:
    """Write a role profile; `levels` holds the expected level by the id of the behaviour's text."""
    draft = _locked_draft(profile.version, by, seen)
    profile.name = name
    profile.save(update_fields=["name"])
    profile.items.all().delete()
    ProfileItem.objects.bulk_create(
        ProfileItem(profile=profile, behaviour_text_id=text_id, level=level) for text_id, level in levels.items()
    )
    _count_edit(draft, by, name)


# ---- Agreement -------------------------------------------------------------------------------------------------


def record_staff_agreement(version: FrameworkVersion, *, by: Actor, **sponsor: Any) -> SponsorAgreement:
    """Keep that the staff sponsor (name, role, organisation, agreed_on) agreed to the text as it now stands."""
    return record_agreement(version, Side.STAFF, by=by, **sponsor)


def record_partner_agreement(version: FrameworkVersion, *, by: Actor, **sponsor: Any) -> SponsorAgreement:
    """Keep that the partner sponsor (name, role, organisation, agreed_on) agreed to the text as it now stands."""
    return record_agreement(version, Side.PARTNER, by=by, **sponsor)


@transaction.atomic
def record_agreement(
    version: FrameworkVersion,
    side: str,
    *,
    by: Actor,
    name: str,
    role: str,
    organisation: str,
    agreed_on: datetime.date,
    seen: int | None = None,
) -> SponsorAgreement:
    """Keep one side's agreement; a later word of the same side takes the place of the earlier one."""
    draft = _locked_draft(version, by, seen)
    agreement, _made = SponsorAgreement.objects.update_or_create(
        version=draft,
        side=side,
        defaults={
            "name": name,
            "role": role,
            "organisation": organisation,
            "agreed_on": agreed_on,
            "text_version": draft.version,
        },
    )
    audit.record(draft, f"agree_{side}", frm=draft.state, by=by, reason=f"{name}, {organisation}")
    return agreement


# ---- A new version ---------------------------------------------------------------------------------------------


@transaction.atomic
def copy_version(version: FrameworkVersion, *, by: Actor) -> FrameworkVersion:
    """Start the next draft with all the words of this version, but nobody's agreement."""
    FrameworkVersion.objects.select_for_update().get(pk=version.pk)  # two copies at once: the second one waits
    newest = FrameworkVersion.objects.order_by("-number").values_list("number", flat=True)[0]
    draft = FrameworkVersion(number=newest + 1, title=version.title, introduction=version.introduction)
    create(draft, "start", by=by)
    principles = {row.pk: _copy(row, version=draft) for row in Principle.objects.filter(version=version)}
    for level in ProficiencyLevel.objects.filter(version=version):
        _copy(level, version=draft)
    texts = {row.pk: _copy_text(row, draft, principles) for row in BehaviourText.objects.filter(version=version)}
    for profile in RoleProfile.objects.filter(version=version):
        _copy_profile(profile, draft, texts)
    return draft


def _copy(row: Any, **changed: Any) -> Any:
    """A new row with the same values but for what changed."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    twin = type(row)(**values)
    for name, value in changed.items():
        setattr(twin, name, value)
    twin.save(force_insert=True)
    return twin


def _copy_text(text: BehaviourText, draft: FrameworkVersion, principles: Mapping[int, Principle]) -> BehaviourText:
    twin = _copy(text, version=draft)
    twin.principles.set([principles[pk] for pk in text.principles.values_list("pk", flat=True)])
    for row in [*text.level_texts.all(), *text.indicators.all()]:
        _copy(row, behaviour_text=twin)
    return twin


def _copy_profile(profile: RoleProfile, draft: FrameworkVersion, texts: Mapping[int, BehaviourText]) -> None:
    twin = _copy(profile, version=draft)
    for item in profile.items.all():
        _copy(item, profile=twin, behaviour_text=texts[item.behaviour_text_id])


# ---- The private look ------------------------------------------------------------------------------------------


def looks_of(user: User) -> dict[int, SelfLook]:
    """A person's private look, by behaviour id."""
    return {look.behaviour_id: look for look in SelfLook.objects.visible_to(user)}


@transaction.atomic
def save_looks(answers: Mapping[int, tuple[int | None, str]], *, by: User) -> None:
    """Keep level and note by behaviour id; a behaviour left empty leaves no row."""
    for behaviour_id, (level, note) in answers.items():
        if level is None and not note:
            SelfLook.objects.visible_to(by).filter(behaviour_id=behaviour_id).delete()
        else:
            SelfLook.objects.update_or_create(
                person=by, behaviour_id=behaviour_id, defaults={"level": level, "note": note}
            )


def delete_looks(*, by: User) -> None:
    """Remove a person's private look for good."""
    SelfLook.objects.visible_to(by).delete()
