"""Guard the audit with triggers: no change, no removal but by retention."""

from django.db import migrations

from people import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor, "people_auditevent")


def remove(apps, schema_editor):
    triggers.remove(schema_editor, "people_auditevent")


class Migration(migrations.Migration):
    dependencies = [("people", "0002_who_and_what")]
    operations = [migrations.RunPython(install, remove)]
