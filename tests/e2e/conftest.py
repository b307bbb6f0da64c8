"""A browser, the demo behind a live server, and hands that click or use the keyboard alone."""

import os
import shutil

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from people.models import User
from tests.debian import needs_browser
from tests.e2e.hands import Hands

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in this thread
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name != "e2e":
            continue
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))
        item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))
        item.add_marker(needs_browser)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": shutil.which("chromium"), "args": QUIET}


@pytest.fixture
def site(live_server, django_db_setup):
    """The address of a site with the demo loaded; every test begins with the same demo."""
    if django_db_setup.has("demo"):
        django_db_setup.restore("demo")
    else:
        with override_settings(DEMO=True):
            call_command("load_demo", verbosity=0)
        django_db_setup.keep("demo")
    return live_server.url


@pytest.fixture
def visit(site, browser, settings):
    """A function that opens a browser window for somebody who is signed in, or for nobody."""
    contexts = []

    def open_window(email: str = "", *, script: bool = True, keys: bool = False, **options) -> Hands:
        options = {"base_url": site, "java_script_enabled": script, "locale": "en-GB"} | options
        context = browser.new_context(**options)
        context.set_default_timeout(20_000)  # a busy machine may make a PDF meanwhile
        contexts.append(context)
        if email:
            client = Client()
            client.force_login(User.objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
        return Hands(context.new_page(), keys=keys)

    yield open_window
    for context in contexts:
        context.close()
