"""Models and migrations agree."""

from django.core.management import call_command


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_has_a_name_that_says_something():
    from django.apps import apps  # the registry, needed by this test alone
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    ours = {
        app.label
        for app in apps.get_app_configs()
        if app.name in {"cms", "appraisal", "training", "partnerships", "people"}
    }
    automatic = sorted(f"{app}.{name}" for app, name in loader.disk_migrations if app in ours and "_auto_" in name)
    assert automatic == []


def test_the_user_comes_before_everything_else():
    from django.db.migrations.loader import MigrationLoader  # needed by this test alone

    first = MigrationLoader(None).disk_migrations[("people", "0001_user")]
    assert not any(app.startswith("wagtail") for app, _ in first.dependencies)
