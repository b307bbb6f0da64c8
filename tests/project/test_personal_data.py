"""Every row of PERSONAL_DATA leads from a record to a person, and every key to a person has a row."""

from importlib import import_module

import pytest
from django.apps import apps

APPS = ("cms", "appraisal", "training", "partnerships", "people")
ROWS = [row for app in APPS if app != "cms" for row in import_module(f"{app}.personal_data").PERSONAL_DATA]
# no key to a person: an address, a name, an id as it was given
TOLD = {"email", "to", "name", "subject_id", "checked_by"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.record}.{row.person_field}")
def test_a_row_says_whose_it_is(row):
    model = apps.get_model(row.record)
    if row.person_field == "self":
        assert model._meta.label == "people.User"
        return
    *path, last = row.person_field.split("__")
    for step in path:
        model = model._meta.get_field(step).related_model
    field = model._meta.get_field(last)

    assert last in TOLD or field.related_model._meta.label == "people.User"
    assert str(row.purpose)
    assert str(row.basis)


def test_every_key_to_a_person_is_named():
    """Whoever adds one says in a row what for; where it is only the way to a row, the row begins with it."""
    named = {(row.record, row.person_field.split("__")[0]) for row in ROWS}
    keys = {
        (model._meta.label, field.name)
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.local_fields
        if field.related_model is not None and field.related_model._meta.label == "people.User"
    }

    assert keys - named == set()
