"""Fixtures for every test: the cast, a signed-in client, clean caches, honest tasks, quick databases."""

import gc

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connections, transaction
from django.test import Client, TransactionTestCase, override_settings
from django_tasks.signals import task_finished

from people.models import User
from tests import databases
from tests.cast import PASSWORD, PEOPLE, Cast, make_cast

gc.set_threshold(50_000, 20, 20)  # a test makes much and keeps little: look for what it dropped less often


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """Nothing to change: tests/databases.py names each worker's database."""


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker):
    """A migrated copy for this worker; tests that commit get a new copy when they end."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    with django_db_blocker.unblock():
        lane = databases.lane(worker)
        lane.set_up()
    gc.freeze()  # and never among the code that is loaded by now
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda test: lane.restore()
    yield lane
    TransactionTestCase._fixture_teardown = flush
    with django_db_blocker.unblock():
        connections.close_all()
        lane.tear_down()


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup, django_db_blocker):
    """The demo, for a module of tests: a worker loads it once and keeps a copy; what tests change is taken back."""
    lane = django_db_setup
    with django_db_blocker.unblock():
        if lane.has("demo"):
            lane.restore("demo")
        else:
            with override_settings(DEMO=True):
                call_command("load_demo", verbosity=0)
            lane.keep("demo")
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        lane.restore()


@pytest.fixture(autouse=True)
def clean_caches():
    """No test sees what another one cached."""
    for name in ("default", "local"):
        caches[name].clear()


@pytest.fixture(autouse=True)
def task_errors():
    """Fail when a background task raised: the immediate backend would swallow it. Clear the list to accept it."""
    errors: list[str] = []

    def collect(sender, task_result, **_kwargs):
        errors.extend(error.traceback for error in task_result.errors)

    task_finished.connect(collect)
    yield errors
    task_finished.disconnect(collect)
    assert not errors, "A background task failed:\n" + "\n".join(errors)


@pytest.fixture
def cast(db) -> Cast:
    """Ailsa, Morag, Fergus, Rhona, Dougie, Priya, Tom, Senga, Donald, a stranger, and their organisations."""
    return make_cast()


@pytest.fixture
def client_for():
    """A function that returns a client signed in as somebody; for None, a client that is nobody."""

    def make(user=None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def committed_cast(transactional_db) -> Cast:
    """The cast in committed rows, for tests with threads, processes or a live server."""
    return make_cast()


@pytest.fixture(scope="module")
def demo(loaded_demo):
    """Everyone of the demo by name, with their modules, certificates and examples; nobody's request is committed."""
    with override_settings(DEMO=True):
        stranger = User.objects.create_user("stranger@example.org", PASSWORD, name="Sam Stranger")
        people = {name: User.objects.get(email=email) for name, (email, _) in PEOPLE.items() if name != "stranger"}
        yield people | {"stranger": stranger}
