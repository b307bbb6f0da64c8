"""A version of the framework laid out for reading: plain rows that its pages and forms show."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.cache import caches

from partnerships.enums import Level, Polarity
from partnerships.models import (
    BehaviourText,
    FrameworkVersion,
    Indicator,
    LevelText,
    Principle,
    ProficiencyLevel,
    ProfileItem,
    SponsorAgreement,
)
from people.enums import Side

KEEP_SECONDS = 3600  # a published version cannot change


@dataclass
class SideWords:
    """What one side does at one level."""

    text: str = ""
    acts: list[str] = field(default_factory=list)


@dataclass
class LevelRow:
    """One level of a behaviour, for both sides."""

    number: int
    name: str
    staff: SideWords
    partner: SideWords


@dataclass
class BehaviourRow:
    """One behaviour with all its words."""

    text: BehaviourText
    slug: str
    principles: list[str]
    levels: list[LevelRow]
    obstacles: dict[str, list[str]]


@dataclass
class ProfileRow:
    """What is expected in one family of jobs: short names of behaviours with their slugs and names of levels."""

    name: str
    items: list[tuple[str, str, str]]


@dataclass
class Layout:
    """A whole version."""

    version: FrameworkVersion
    principles: list[Principle]
    levels: list[ProficiencyLevel]
    behaviours: list[BehaviourRow]
    profiles: list[ProfileRow]
    agreements: list[SponsorAgreement]

    def find(self, slug: str) -> int | None:
        """The place of a behaviour in the list, or None."""
        return next((place for place, row in enumerate(self.behaviours) if row.slug == slug), None)


def changed_slugs(page: Layout, earlier: Layout) -> set[str]:
    """Slugs of the behaviours whose words differ from an earlier version."""
    before = {row.slug: _words_of(row) for row in earlier.behaviours}
    return {row.slug for row in page.behaviours if before.get(row.slug) != _words_of(row)}


def _words_of(row: BehaviourRow) -> tuple:
    text = row.text
    return (text.name, text.short_name, text.definition, text.why, row.principles, row.levels, row.obstacles)


def layout(version: FrameworkVersion) -> Layout:
    """The version laid out; a published one is kept, since it cannot change."""
    if version.is_draft:
        return _read(version)
    key = f"framework-layout-{version.pk}-{version.changed_at.timestamp()}"
    found = caches["local"].get(key)
    if found is None:
        found = _read(version)
        caches["local"].set(key, found, KEEP_SECONDS)
    return found


def _read(version: FrameworkVersion) -> Layout:
    """Eight queries, however much text there is."""
    levels = list(version.levels.all())
    names = {level.number: level.name for level in levels}
    texts = list(BehaviourText.objects.of(version).prefetch_related("principles"))
    words, acts = _words(version), _acts(version)
    return Layout(
        version=version,
        principles=list(version.principles.all()),
        levels=levels,
        behaviours=[_behaviour(text, names, words[text.pk], acts[text.pk]) for text in texts],
        profiles=_profiles(version, names),
        agreements=list(version.agreements.all()),
    )


def _behaviour(text: BehaviourText, names: dict, words: dict, acts: dict) -> BehaviourRow:
    def side_words(level: int, side: str) -> SideWords:
        return SideWords(text=words.get((level, side), ""), acts=acts.get((Polarity.HELPS, level, side), []))

    return BehaviourRow(
        text=text,
        slug=text.behaviour.slug,
        principles=[principle.name for principle in text.principles.all()],
        levels=[
            LevelRow(level, names[level], side_words(level, Side.STAFF), side_words(level, Side.PARTNER))
            for level in Level.values
            if level in names
        ],
        obstacles={side: acts.get((Polarity.HINDERS, None, side), []) for side in Side.values},
    )


def _words(version: FrameworkVersion) -> dict[int, dict[tuple[int, str], str]]:
    found: dict[int, dict[tuple[int, str], str]] = defaultdict(dict)
    for row in LevelText.objects.filter(behaviour_text__version=version):
        found[row.behaviour_text_id][row.level, row.side] = row.text
    return found


def _acts(version: FrameworkVersion) -> dict[int, dict[tuple, list[str]]]:
    found: dict[int, dict[tuple, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in Indicator.objects.filter(behaviour_text__version=version).order_by("number", "pk"):
        found[row.behaviour_text_id][row.polarity, row.level, row.side].append(row.text)
    return found


def _profiles(version: FrameworkVersion, names: dict[int, str]) -> list[ProfileRow]:
    items = (
        ProfileItem.objects.filter(profile__version=version)
        .select_related("profile", "behaviour_text__behaviour")
        .order_by("profile__number", "profile__name", "behaviour_text__number")
    )
    rows: dict[int, ProfileRow] = {}
    for item in items:
        row = rows.setdefault(item.profile_id, ProfileRow(item.profile.name, []))
        text = item.behaviour_text
        row.items.append((text.short_name, text.behaviour.slug, names[item.level]))
    return list(rows.values())
