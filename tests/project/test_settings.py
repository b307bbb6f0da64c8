"""Settings come from the environment; each wrong value stops the start with one sentence and no traceback."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "given-by-the-test-0123456789-0123456789-0123456789-abc",
    "ALLOWED_HOSTS": "ground.example.org",
    "SITE_URL": "https://ground.example.org",
    "MAIL_URL": "smtp://mail.example.org:25",
    "DATABASE_URL": "postgres://ground@db.example.org/ground",
    "CACHE_URL": "db://cache",
}


def start(**changes: str | None) -> subprocess.CompletedProcess:
    given = {name: value for name, value in (GOOD | changes).items() if value is not None}
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-c", "import django; django.setup(); print('started')"]
    return subprocess.run(command, cwd=ROOT, env=kept | given, capture_output=True, text=True, check=False)


def test_it_starts_with_everything_given():
    done = start()
    assert (done.stdout.strip(), done.returncode) == ("started", 0), done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("ALLOWED_HOSTS", None),
        ("MAIL_URL", None),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "oracles://here"),
        ("DATABASE_POOL_SIZE", "many"),
        ("CACHE_URL", "cupboard://"),
        ("TRUSTED_PROXY_COUNT", "two"),
        ("SSL_REDIRECT", "perhaps"),
        ("MAIL_URL", "pigeon://tower"),
    ],
)
def test_a_wrong_value_stops_the_start_with_a_sentence(name, value):
    done = start(**{name: value})

    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith(f"Setting {name} is not usable")
    assert lines[0].endswith("The README has a table of all settings.")


def test_development_starts_with_nothing_given():
    done = start(**dict.fromkeys(GOOD) | {"DJANGO_SETTINGS_MODULE": "cms.settings.dev"})
    assert done.stdout.strip() == "started", done.stderr


def test_the_readme_lists_every_variable_and_no_other():
    read = set()
    for file in (ROOT / "cms/settings").glob("*.py"):
        read |= set(re.findall(r'read\(\s*"\w+",\s*"(\w+)"', file.read_text(encoding="utf-8")))
    listed = set(re.findall(r"^\| `?([A-Z_]+)`? \|", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.M))
    assert read == listed
