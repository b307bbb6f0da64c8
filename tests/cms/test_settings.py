"""Several processes share their cache, and every log line is JSON. Values of settings: tests/project."""

import json
import os
import subprocess
import sys

from cms.checks import shared_cache_for_limits
from tests.project.test_settings import GOOD, ROOT


def test_more_than_one_process_needs_a_shared_cache(settings):
    settings.WEB_CONCURRENCY = 2
    assert [error.id for error in shared_cache_for_limits(None)] == ["cms.E001"]

    settings.WEB_CONCURRENCY = 1
    assert shared_cache_for_limits(None) == []


def test_every_log_line_is_json(tmp_path):
    script = "import logging, structlog; logging.getLogger('x').warning('ours'); structlog.get_logger().info('theirs')"
    command = [sys.executable, "manage.py", "shell", "-v", "0", "--no-imports", "-c", script]
    environment = GOOD | {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)}

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)

    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [(line["event"], line["level"]) for line in lines] == [("ours", "warning"), ("theirs", "info")]
