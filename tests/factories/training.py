"""Minimal modules and what people did with them. Made through the page API and the real functions."""

from wagtail.models import Page

from partnerships.models import Behaviour
from training.checks import open_attempt, submit_attempt
from training.enums import CompletionRule
from training.models import ModulePage, UnitPage
from training.module_file import learning_index
from training.progress import finish_unit, start_module


def question(block_id, *, right=("a",), multiple=False, **extra):
    """Raw value of a question with three answers, whose reasons can be found in a page."""
    options = [
        {
            "type": "item",
            "id": key,
            "value": {"text": f"Answer {key}", "right": key in right, "explanation": f"Reason {block_id} {key}"},
        }
        for key in "abc"
    ]
    return {
        "type": "question",
        "id": block_id,
        "value": {"text": f"Question {block_id}", "multiple": multiple, "options": options, **extra},
    }


def unit_body(name, *, try_it=False):
    """Raw body: text, a reflection, a practice question and, on request, a step to try."""
    body = [
        {"type": "text", "id": f"{name}-t", "value": {"html": f"<p>Text of {name}</p>"}},
        {"type": "reflection", "id": f"{name}-r", "value": {"prompt": f"Think of {name}", "help": ""}},
        question(f"{name}-q"),
    ]
    if try_it:
        value = {"title": "Try it", "html": "<p>Go and ask</p>", "prompt": "What did you hear?"}
        body.append({"type": "try_it", "id": f"{name}-try", "value": value})
    return body


def make_unit(module, slug, *, try_it=False, live=True, body=None):
    """A unit, published unless said otherwise."""
    unit = UnitPage(title=slug.replace("-", " ").capitalize(), slug=slug, aim=f"Aim of {slug}", minutes=8, live=False)
    unit.body = UnitPage._meta.get_field("body").stream_block.to_python(body or unit_body(slug, try_it=try_it))
    module.add_child(instance=unit)
    if live:
        publish(unit)
    return UnitPage.objects.get(pk=unit.pk)


def make_module(
    slug="early", *, units=2, rule=CompletionRule.UNITS, questions=4, behaviours=("PB1",), publish_it=True, **fields
):
    """A module with its units, published unless said otherwise."""
    values = {"title": slug.capitalize(), "summary": f"About {slug}", "minutes": 40, "pass_mark": 3, "tries": 2}
    values |= {"partner_reviewer_name": "Rhona MacBain", "partner_reviewer_organisation": "Varrach Carers' Voice"}
    index = learning_index(Page.objects.get(depth=1))
    module = index.add_child(instance=ModulePage(slug=slug, completion_rule=rule, live=False, **values | fields))
    for n in range(1, units + 1):
        make_unit(module, f"{slug}-u{n}", try_it=rule.asks_try and n == units)
    if rule.asks_check:
        raw = [question(f"{slug}-c{n}", topic=f"topic {n}", unit=None) for n in range(1, questions + 1)]
        module.check_questions = ModulePage._meta.get_field("check_questions").stream_block.to_python(raw)
    found = [Behaviour.objects.get_or_create(code=code, defaults={"slug": code.lower()})[0] for code in behaviours]
    module.behaviours.set(found)
    module.save()
    if publish_it:
        publish(module)
    return ModulePage.objects.get(pk=module.pk)


def publish(page, **changed):
    """Publish a page as an editor does, by a revision."""
    page = type(page).objects.get(pk=page.pk) if page.pk and changed else page
    for name, value in changed.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def units_of(module):
    """The published units in their order."""
    return list(UnitPage.objects.live().child_of(module))


def finish_all_units(module, person):
    """Start the module and finish every unit."""
    start = start_module(module, by=person)
    for unit in units_of(module):
        finish_unit(start, unit, by=person)
    return start


def right_answers(attempt):
    """Answers to a paper, all right."""
    return {q["id"]: [o["id"] for o in q["options"] if o["right"]] for q in attempt.paper["questions"]}


def wrong_answers(attempt):
    """Answers to a paper, all wrong."""
    return {q["id"]: [next(o["id"] for o in q["options"] if not o["right"])] for q in attempt.paper["questions"]}


def try_check(start, *, passes):
    """One try at the final check."""
    attempt = open_attempt(start, by=start.person)
    return submit_attempt(attempt, right_answers(attempt) if passes else wrong_answers(attempt), by=start.person)
