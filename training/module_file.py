"""Brings a module from its YAML file into Wagtail through the page API. Run again, it changes only what differs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from wagtail.models import Page, Site

from partnerships.models import Behaviour
from training.enums import Change
from training.models import LearningIndexPage, ModulePage, UnitPage

INDEX_SLUG = "learning"
WRITTEN = (
    *("title", "summary", "minutes", "behaviours", "outcomes", "completion_rule", "check_intro", "check_questions"),
    *("pass_mark", "tries", "validity_months", "partner_reviewer_name", "partner_reviewer_organisation", "aim", "body"),
)


def import_module(path: Path | str, *, parent: Page | None = None) -> ModulePage:
    """Make or update the module of one file and publish it. Only units of the file change; others are left alone."""
    data = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    with transaction.atomic():
        index = learning_index(parent)
        module = ModulePage.objects.child_of(index).filter(slug=data["slug"]).first() or _new_module(index, data)
        units = {unit["slug"]: _import_unit(module, unit) for unit in data["units"]}
        _fill_module(module, data, units)
        _publish_if_changed(module)
    return ModulePage.objects.get(pk=module.pk)


def learning_index(parent: Page | None = None) -> LearningIndexPage:
    """The place of all modules; made under the home page when it is not there yet."""
    index = LearningIndexPage.objects.first()
    if index is None:
        home = parent or Site.objects.get(is_default_site=True).root_page
        index = LearningIndexPage(title="Learning", slug=INDEX_SLUG)
        home.add_child(instance=index)
    return index


def _new_module(index: LearningIndexPage, data: Mapping[str, Any]) -> ModulePage:
    """A draft: it is published when its units are there."""
    module = ModulePage(title=data["title"], slug=data["slug"], summary=data["summary"], live=False)
    return index.add_child(instance=module)


def _fill_module(module: ModulePage, data: Mapping[str, Any], units: Mapping[str, UnitPage]) -> None:
    check = data.get("check") or {}
    reviewer = data.get("partner_reviewer") or {}
    module.title, module.summary, module.minutes = data["title"], data["summary"].strip(), data["minutes"]
    module.outcomes = _stream(
        module, "outcomes", [("outcome", f"{data['slug']}-o{n}", o) for n, o in enumerate(data["outcomes"], 1)]
    )
    module.behaviours.set(Behaviour.objects.filter(code__in=data["behaviours"]))
    module.partner_reviewer_name = reviewer.get("name", "")
    module.partner_reviewer_organisation = reviewer.get("organisation", "")
    module.completion_rule = data["completion"]
    module.pass_mark, module.tries = data.get("pass_mark", 0), data.get("tries")
    module.validity_months = data.get("validity_months")
    module.check_intro = check.get("intro", "").strip()
    questions = [("question", q["id"], _check_question(q, units)) for q in check.get("questions", [])]
    module.check_questions = _stream(module, "check_questions", questions)


def _import_unit(module: ModulePage, data: Mapping[str, Any]) -> UnitPage:
    unit = UnitPage.objects.child_of(module).filter(slug=data["slug"]).first()
    if unit is None:
        unit = module.add_child(
            instance=UnitPage(title=data["title"], slug=data["slug"], aim=data["aim"], body=[], live=False)
        )
    unit.title, unit.aim, unit.minutes = data["title"], data["aim"].strip(), data["minutes"]
    blocks = [_block(data["slug"], n, block) for n, block in enumerate(data["body"], 1)]
    unit.body = _stream(unit, "body", blocks)
    _publish_if_changed(unit)
    return unit


def _block(unit_slug: str, number: int, data: Mapping[str, Any]) -> tuple[str, str, dict]:
    """Type, stable id and raw value of one block; blocks without an id of their own are numbered."""
    value = {key: part for key, part in data.items() if key not in ("type", "id")}
    if data["type"] == "question":
        value = _question(data)
    return data["type"], data.get("id") or f"{unit_slug}-{number}"[:60], value


def _question(data: Mapping[str, Any]) -> dict:
    options = [
        {
            "type": "item",
            "id": option["id"],
            "value": {key: _clean(part) for key, part in option.items() if key != "id"},
        }
        for option in data["options"]
    ]
    return {"text": data["text"].strip(), "multiple": data["multiple"], "options": options}


def _check_question(data: Mapping[str, Any], units: Mapping[str, UnitPage]) -> dict:
    unit = units.get(data.get("unit", ""))
    return _question(data) | {"topic": data["topic"].strip(), "unit": unit.pk if unit else None}


def _clean(part: Any) -> Any:
    return part.strip() if isinstance(part, str) else part


def _stream(page: Page, field: str, blocks: list[tuple[str, str, Any]]):
    """A StreamField value from raw values, with the ids kept."""
    raw = [{"type": kind, "id": block_id, "value": value} for kind, block_id, value in blocks]
    return page._meta.get_field(field).stream_block.to_python(raw)


def _publish_if_changed(page: ModulePage | UnitPage) -> None:
    """Publish when the text differs from what is live, as a small correction."""
    page.change = Change.CORRECTION if page.first_published_at else ""
    content = _comparable(page.serializable_data())
    if page.live and page.live_revision and _comparable(page.live_revision.content) == content:
        return
    page.save_revision().publish()
    page.refresh_from_db()


def _comparable(content: Mapping[str, Any]) -> dict:
    return {key: content[key] for key in WRITTEN if key in content}
