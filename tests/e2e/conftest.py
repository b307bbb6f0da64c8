"""The browser of the journeys: the machine's own Chromium, so that nothing is downloaded."""

import os
import shutil

import pytest


@pytest.fixture(scope="session", autouse=True)
def database_calls_beside_the_browser():
    """Playwright runs an event loop in this thread; Django then refuses the database unless told."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium; without its sandbox where the tests run as root."""
    return {**browser_type_launch_args, "executable_path": shutil.which("chromium"), "args": ["--no-sandbox"]}
