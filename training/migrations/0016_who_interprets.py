from django.db import migrations, models

SETTLED = "Booked, or nobody needs one"


def keep_what_was_settled(apps, schema_editor):
    apps.get_model("training", "JointSession").objects.filter(interpreter_settled=True).update(interpreter=SETTLED)


def back_to_the_tick(apps, schema_editor):
    apps.get_model("training", "JointSession").objects.exclude(interpreter="").update(interpreter_settled=True)


class Migration(migrations.Migration):
    dependencies = [("training", "0001_modules_and_sessions")]
    operations = [
        migrations.AddField(
            model_name="jointsession",
            name="interpreter",
            field=models.CharField(blank=True, max_length=200, verbose_name="interpreter"),
        ),
        migrations.RunPython(keep_what_was_settled, back_to_the_tick),
        migrations.RemoveField(model_name="jointsession", name="interpreter_settled"),
    ]
