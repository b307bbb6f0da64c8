"""Production settings: complete ones pass Django's own examination, wrong ones stop the start with a sentence."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cms.checks import shared_cache_for_limits

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ-only-for-a-test",
    "ALLOWED_HOSTS": "example.org",
    "SITE_URL": "https://example.org",
    "MAIL_URL": "smtp://localhost:25",
}


def run(*command, tmp_path, **environment):
    env = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **GOOD, **environment}
    env = {name: value for name, value in env.items() if value is not None}
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True)


def test_complete_settings_pass_the_examination_for_deployment(tmp_path):
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("ALLOWED_HOSTS", None),
        ("MAIL_URL", None),
        ("DATABASE_POOL_SIZE", "many"),
        ("SSL_REDIRECT", "perhaps"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(tmp_path, name, value):
    options = {"DATABASE_URL": "postgres://u:p@localhost/x"} if name == "DATABASE_POOL_SIZE" else {}

    done = run("-c", "import cms.settings.production", tmp_path=tmp_path, **options, **{name: value})

    assert done.returncode != 0
    assert done.stderr.startswith(f"Setting {name} is not usable: ")
    assert "Traceback" not in done.stderr


def test_more_than_one_process_needs_a_shared_cache(settings):
    settings.WEB_CONCURRENCY = 2
    assert [error.id for error in shared_cache_for_limits(None)] == ["cms.E001"]

    settings.WEB_CONCURRENCY = 1
    assert shared_cache_for_limits(None) == []


def test_every_log_line_is_json(tmp_path):
    script = "import logging, structlog; logging.getLogger('x').warning('ours'); structlog.get_logger().info('theirs')"

    done = run("manage.py", "shell", "-v", "0", "-c", script, tmp_path=tmp_path)

    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [(line["event"], line["level"]) for line in lines] == [("ours", "warning"), ("theirs", "info")]


def test_every_setting_stands_in_the_readme():
    sources = "".join(path.read_text() for path in (ROOT / "cms" / "settings").glob("*.py"))
    names = set(re.findall(r'\bread\("\w+", "([A-Z_]+)"', sources))
    readme = (ROOT / "README.md").read_text()

    assert len(names) > 10
    assert {name for name in names if f"| {name} |" not in readme} == set()
