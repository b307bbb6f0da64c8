"""Guard frozen records and what is put beside them: no change, no removal but by retention."""

from django.db import migrations

from people import triggers

TABLES = ("appraisal_reviewrecord", "appraisal_recordaddition")


def install(apps, schema_editor):
    for table in TABLES:
        triggers.install(schema_editor, table)


def remove(apps, schema_editor):
    for table in TABLES:
        triggers.remove(schema_editor, table)


class Migration(migrations.Migration):
    replaces = [("appraisal", "0003_records_are_append_only")]

    dependencies = [("appraisal", "0001_examples_and_reviews"), ("people", "0003_append_only_audit")]
    operations = [migrations.RunPython(install, remove)]
