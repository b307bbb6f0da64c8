"""The database refuses to change the words of a published version of the framework."""

from django.db import migrations

from partnerships import triggers


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_framework_and_partnerships")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: triggers.install(schema_editor),
            lambda apps, schema_editor: triggers.remove(schema_editor),
        )
    ]
