"""The parts that pages are made of: they render, say what they take, keep to the policy and to their weight."""

import gzip
import re
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.template.loader import render_to_string

from cms import kit

TEMPLATES = settings.BASE_DIR / "templates"
STATIC = settings.BASE_DIR / "cms" / "static" / "cms"
COMPONENTS = sorted(path for path in (TEMPLATES / "components").glob("*.html") if not path.name.startswith("_"))
# A mail and a PDF carry their own styles; everything else is under the content policy.
OURS = sorted(path for path in TEMPLATES.rglob("*.html") if not {"email", "pdf"} & set(path.parts))


@pytest.fixture
def page(rf, settings, db):
    settings.ROOT_URLCONF = "cms.urls"
    parts = "".join(
        render_to_string(f"dev/_kit_{part}.html", kit.examples(), rf.get("/dev/kit/?stage=late"))
        for part in ("words", "cards", "lists", "forms", "work")
    )
    return parts


def test_every_component_stands_on_the_kit_page_or_in_one_that_does():
    used = "".join(path.read_text() for path in [*(TEMPLATES / "dev").glob("_kit_*.html"), *COMPONENTS])
    unused = [path.stem for path in COMPONENTS if f"<c-{path.stem.replace('_', '-')}" not in _without_comments(used)]

    assert unused == ["breadcrumbs", "field"]  # breadcrumbs stand on the page itself, fields come from forms


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_begins_with_what_it_takes_and_an_example(path):
    header = path.read_text().split("{% endcomment %}")[0]

    assert "{% comment %}" in header
    assert f"<c-{path.stem.replace('_', '-')}" in header


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_carries_styles_or_scripts_that_the_policy_refuses(path):
    text = path.read_text()

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)", text)


def test_the_kit_page_leaves_no_component_or_tag_uncompiled(page):
    assert "<c-" not in page
    assert "{{" not in page
    assert "{%" not in page


def test_pagination_keeps_the_rest_of_the_query(page):
    assert 'href="?stage=late&amp;page=5"' in page


def test_a_blocked_move_has_its_sentences_and_no_button(page):
    assert "Two behaviours have no level yet." in page
    assert 'value="sign"' not in page
    assert 'name="move" value="send"' in page


class SmallForm(forms.Form):
    name = forms.CharField(label="Your name", max_length=20)
    story = forms.CharField(label="Story", widget=forms.Textarea, max_length=50, required=False, help_text="Short.")
    level = forms.ChoiceField(label="Level", choices=[("1", "One")], widget=forms.RadioSelect)


def test_an_empty_field_is_named_in_its_error():
    form = SmallForm({})

    assert form.errors == {"name": ["Fill this in: Your name"], "level": ["Choose an answer: Level"]}


def test_hint_error_and_counter_are_linked_to_the_control():
    html = SmallForm({"story": "x" * 51}).as_div()

    assert 'aria-describedby="id_story_helptext id_story_error id_story-c"' in html
    assert '<fieldset class="field has-error" aria-describedby="id_level_error">' in html
    assert '<span class="optional">(optional)</span>' in html


def test_the_browser_is_given_nothing_to_check():
    html = SmallForm().as_div()

    assert not re.search(r"\s(required|maxlength|minlength)\b", html)


def test_the_error_summary_leads_to_the_first_radio_button(rf):
    html = render_to_string("allauth/elements/fields.html", {"attrs": SimpleNamespace(form=SmallForm({}))})

    assert '<a href="#id_level_0">Choose an answer: Level</a>' in html
    assert '<a href="#id_name">Fill this in: Your name</a>' in html


@pytest.mark.parametrize(("name", "kilobytes"), [("app.css", 12), ("app.js", 4), ("icon.svg", 1)])
def test_a_static_file_keeps_to_its_weight(name, kilobytes):
    assert len(gzip.compress((STATIC / name).read_bytes(), mtime=0)) <= kilobytes * 1024


@pytest.mark.parametrize("status", ["400", "403", "403_csrf", "404", "409", "429", "500", "503"])
def test_an_error_page_renders_without_any_context(status):
    html = render_to_string(f"{status}.html")

    assert html.count("<h1") == 1
    assert "/static/cms/app" in html


def _without_comments(text: str) -> str:
    return re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)
