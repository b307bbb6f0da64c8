"""Loading a version of the framework from its YAML file. The words themselves are in partnerships/data/."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from partnerships.enums import Polarity
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
)
from people.enums import Side
from people.models import JobFamily
from people.transitions import SYSTEM, Actor, create

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same loader in C, eight times as quick, where it is built
FIRST_VERSION = Path(__file__).resolve().parent / "data" / "framework-1.yaml"


@transaction.atomic
def load_framework(path: Path = FIRST_VERSION, *, by: Actor = SYSTEM) -> FrameworkVersion:
    """Make the file's version as a draft; a version that is there already is returned untouched."""
    content = yaml.load(Path(path).read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506  (safe either way)
    found = FrameworkVersion.objects.filter(number=content["number"]).first()
    if found is not None:
        return found
    version = FrameworkVersion(
        number=content["number"], title=content["title"], introduction=content.get("introduction", "").strip()
    )
    create(version, "start", by=by)
    principles = _load_principles(version, content["principles"])
    ProficiencyLevel.objects.bulk_create(ProficiencyLevel(version=version, **row) for row in content["levels"])
    texts = {
        row["code"]: _load_behaviour(version, number, row, principles)
        for number, row in enumerate(content["behaviours"], start=1)
    }
    for number, row in enumerate(content["role_profiles"], start=1):
        _load_profile(version, number, row, texts)
    return version


def _load_principles(version: FrameworkVersion, rows: list[dict[str, str]]) -> dict[str, Principle]:
    made = [Principle.objects.create(version=version, number=number, **row) for number, row in enumerate(rows, start=1)]
    return {principle.code: principle for principle in made}


def _load_behaviour(
    version: FrameworkVersion, number: int, row: Mapping[str, Any], principles: Mapping[str, Principle]
) -> BehaviourText:
    behaviour, _made = Behaviour.objects.get_or_create(code=row["code"], defaults={"slug": row["slug"]})
    words = {name: row[name].strip() for name in ("name", "short_name", "definition", "why")}
    text = BehaviourText.objects.create(version=version, behaviour=behaviour, number=number, **words)
    text.principles.set([principles[code] for code in row["principles"]])
    LevelText.objects.bulk_create(
        LevelText(behaviour_text=text, level=level["level"], side=side, text=level[side].strip())
        for level in row["levels"]
        for side in Side.values
    )
    _load_acts(text, row["indicators"], Polarity.HELPS)
    _load_acts(text, row["gets_in_the_way"], Polarity.HINDERS)
    return text


def _load_acts(text: BehaviourText, rows: list[dict[str, Any]], polarity: Polarity) -> None:
    Indicator.objects.bulk_create(
        Indicator(behaviour_text=text, polarity=polarity, number=number, **row)
        for number, row in enumerate(rows, start=1)
    )


def _load_profile(
    version: FrameworkVersion, number: int, row: Mapping[str, Any], texts: Mapping[str, BehaviourText]
) -> None:
    family, _made = JobFamily.objects.get_or_create(code=row["code"], defaults={"name": row["name"]})
    profile = RoleProfile.objects.create(version=version, job_family=family, name=row["name"], number=number)
    ProfileItem.objects.bulk_create(
        ProfileItem(profile=profile, behaviour_text=texts[item["behaviour"]], level=item["level"])
        for item in row["items"]
    )
