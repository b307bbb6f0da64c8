"""The house keeps its shape: one direction between apps, layers inside an app, states moved by the engine only."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("cms", "appraisal", "training", "partnerships", "people")  # an app imports only apps to its right
FORBIDDEN_NAMES = {"utils", "helpers", "common", "services", "misc"}
HEAVY = {"weasyprint", "segno", "psycopg", "pikepdf", "fontpkg"}  # imported where used: slow, or not there everywhere

LAYERS = {
    "enums": 0,
    "allocation": 0,  # plain data in, plain data out
    "marking": 0,  # the same
    "small_groups": 0,  # the same
    "presence": 0,  # the same
    "models": 1,
    "querysets": 1,
    "blocks": 1,  # a page class is made of its blocks
    "page_form": 1,  # and names the form it is edited with
    "forms": 3,
    "serializers": 3,
    "rest": 2,  # the kit that every app's API is made of
    "wagtail_hooks": 3,
    "management": 3,
    "dev_urls": 4,
    "accounts": 3,
    "admin_files": 3,
    "admin_users": 3,
    "apps": 3,
    "middleware": 3,
    "context_processors": 3,
    "views": 4,
    "api": 4,
    "urls": 4,
}


@cache
def sources() -> tuple[Path, ...]:
    return tuple(f for app in APPS for f in sorted((ROOT / app).rglob("*.py")) if "migrations" not in f.parts)


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def imports(file: Path, *, top_only: bool = False):
    """(line, module, names) of every import, those under `if TYPE_CHECKING` left out."""
    typing_only = {
        id(node)
        for guard in ast.walk(tree(file))
        if isinstance(guard, ast.If) and "TYPE_CHECKING" in ast.unparse(guard.test)
        for node in ast.walk(guard)
    }
    for node in tree(file).body if top_only else ast.walk(tree(file)):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, []) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.lineno, node.module, [alias.name for alias in node.names]


def part(module: str) -> str:
    """The second word of training.views.check: where in the app a module stands."""
    words = module.split(".")
    return words[1] if len(words) > 1 else ""


def layer(module: str) -> int:
    """0 fixed choices and leaf helpers, 1 models, 2 rules, 3 forms, 4 views (STYLE 4.3)."""
    return 0 if part(module) == "lib" else LAYERS.get(part(module), 2)


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def own_imports(file: Path):
    """Imports of our five apps with `from app import module` written out as app.module."""
    for line, module, names in imports(file):
        words = module.split(".")
        if words[0] not in APPS:
            continue
        if len(words) == 1 and names:
            yield from ((line, f"{module}.{each}") for each in names)
        else:
            yield line, module


def test_apps_import_only_to_their_right():
    wrong = [
        f"{name(file)}:{line} imports {module}"
        for file in sources()
        for line, module in own_imports(file)
        if APPS.index(module.split(".")[0]) < APPS.index(file.relative_to(ROOT).parts[0])
    ]
    assert not wrong, "\n".join(wrong)


def test_from_another_app_only_rules_and_models_are_imported():
    wrong = [
        f"{name(file)}:{line} imports {module}"
        for file in sources()
        for line, module in own_imports(file)
        if module.split(".")[0] != file.relative_to(ROOT).parts[0]
        and layer(module) >= 3
        and part(module) != "serializers"  # what a person or an organisation looks like is said once
        and file.relative_to(ROOT).parts[:2] not in (("cms", "urls.py"), ("cms", "api.py"))
    ]
    assert not wrong, "\n".join(wrong)


def test_layers_inside_an_app_import_downwards():
    wrong = []
    for file in sources():
        here = module_of(file)
        if here in APPS or part(here) == "settings":
            continue
        for line, module in own_imports(file):
            if is_inside_a_function(file, line):
                continue  # these give their reason, see below
            same_app = module.split(".")[0] == here.split(".")[0]
            if same_app and part(module) != part(here) and layer(module) > layer(here):
                wrong.append(f"{name(file)}:{line} (layer {layer(here)}) imports {module} (layer {layer(module)})")
    assert not wrong, "\n".join(wrong)


def test_querysets_import_no_models():
    wrong = [
        f"{name(file)}:{line}"
        for file in sources()
        if part(module_of(file)) == "querysets"
        for line, module in own_imports(file)
        if ".models" in module and not is_inside_a_function(file, line)
    ]
    assert not wrong, "\n".join(wrong)


def is_inside_a_function(file: Path, line: int) -> bool:
    return file.read_text(encoding="utf-8").splitlines()[line - 1].startswith(" ")


def test_rules_know_no_request():
    """Layers 0 to 2 serve pages, API, commands and mail alike; of the web they know no more than Http404."""
    web = (
        "django.http",
        "django.shortcuts",
        "django.views",
        "django.forms",
        "django.contrib.messages",
        "rest_framework",
    )
    wrong = [
        f"{name(file)}:{line} {module}"
        for file in sources()
        if layer(module_of(file)) <= 2 and file.relative_to(ROOT).parts[0] != "cms" and part(module_of(file)) != "rest"
        for line, module, names in imports(file)
        if module.startswith(web) and names != ["Http404"]
    ]
    assert not wrong, "\n".join(wrong)


def test_keys_to_other_apps_have_no_way_back():
    """A reverse accessor is an import in disguise: foreign keys across apps have related_name="+"."""
    from django.apps import apps  # the registry, needed by this test alone

    wrong = []
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            if model.__name__.startswith("Historical"):
                continue
            for field in model._meta.local_fields + model._meta.local_many_to_many:
                remote = field.remote_field and field.related_model
                if not remote or getattr(field.remote_field, "parent_link", False):
                    continue
                crosses = remote._meta.app_label in APPS and remote._meta.app_label != app
                if crosses and not (field.remote_field.related_name or "").endswith("+"):  # lengthened for many-to-many
                    wrong.append(f"{model._meta.label}.{field.name}")
    assert not wrong, "\n".join(wrong)


def test_keys_to_people_protect_them():
    from django.apps import apps  # the registry, needed by this test alone
    from django.db.models import PROTECT

    from people.models import User

    wrong = [
        f"{model._meta.label}.{field.name}"
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not model.__name__.startswith("Historical")
        for field in model._meta.local_fields
        if field.related_model is User and field.remote_field.on_delete is not PROTECT
    ]
    assert not wrong, "\n".join(wrong)


def test_only_the_engine_assigns_a_state():
    wrong = []
    for file in sources():
        if name(file) == "people/transitions.py":
            continue
        for node in ast.walk(tree(file)):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            for target in targets:
                if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
                    for leaf in ast.walk(target):
                        if isinstance(leaf, ast.Attribute) and leaf.attr == "state" and leaf.ctx.__class__ is ast.Store:
                            wrong.append(f"{name(file)}:{node.lineno}")
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                keywords = {keyword.arg for keyword in node.keywords}
                if called.endswith(".update") and "state" in keywords:
                    wrong.append(f"{name(file)}:{node.lineno}")
                if called == "setattr" and any(isinstance(a, ast.Constant) and a.value == "state" for a in node.args):
                    wrong.append(f"{name(file)}:{node.lineno}")
    assert not wrong, "\n".join(wrong)


def test_no_junk_drawers():
    found = [name(f) for f in sources() if FORBIDDEN_NAMES & {p.removesuffix(".py") for p in f.relative_to(ROOT).parts}]
    assert not found, "\n".join(found)


def test_imports_inside_functions_give_their_reason():
    wrong = []
    for file in sources():
        lines = file.read_text(encoding="utf-8").splitlines()
        top = {line for line, _, _ in imports(file, top_only=True)}
        for line, module, _ in imports(file):
            if line in top or module.split(".")[0] in HEAVY:
                continue
            near = lines[max(0, line - 3) : line]
            if not any("#" in text for text in near):
                wrong.append(f"{name(file)}:{line} {module}")
    assert not wrong, "\n".join(wrong)


def test_every_module_says_what_belongs_there():
    silent = [name(f) for f in sources() if tree(f).body and not ast.get_docstring(tree(f))]
    assert not silent, "\n".join(silent)


def test_no_signals_for_our_own_logic():
    wrong = [name(file) for file in sources() for _, module, _ in imports(file) if module == "django.db.models.signals"]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("app", APPS)
def test_the_lists_that_cms_gathers_are_there(app):
    if app == "cms":
        return
    for module in ("retention", "personal_data"):
        assert (ROOT / app / f"{module}.py").exists(), f"{app}/{module}.py"


def test_templates_hold_no_style_or_script_of_their_own():
    wrong = [
        name(file)
        for file in sorted((ROOT / "templates").rglob("*.html"))
        if not {"email", "pdf"} & set(file.parts)
        and re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|<style|\son[a-z]+=", file.read_text(encoding="utf-8"))
    ]
    assert not wrong, "\n".join(wrong)
