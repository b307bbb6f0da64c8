"""The demo, loaded once for a module of tests and taken back at its end."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase, override_settings

from people.models import User
from tests.cast import PASSWORD, PEOPLE


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Everyone of the demo by name, with their modules, certificates and examples; nobody's request is committed."""
    with django_db_blocker.unblock(), override_settings(DEMO=True), transaction.atomic():
        with TestCase.captureOnCommitCallbacks(execute=True):
            call_command("load_demo", verbosity=0)
        stranger = User.objects.create_user("stranger@example.org", PASSWORD, name="Sam Stranger")
        people = {name: User.objects.get(email=email) for name, (email, _) in PEOPLE.items() if name != "stranger"}
        yield people | {"stranger": stranger}
        transaction.set_rollback(True)
