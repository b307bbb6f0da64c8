"""Test databases: migrate once into a template, copy it for every worker, copy it again after a committing test.

The template is keyed by every migration file and the lock file, so it is rebuilt exactly when it must be. The copy
brings back what a flush would lose: triggers, Wagtail's root page, site and locale.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections

ROOT = Path(__file__).resolve().parents[1]


def key() -> str:
    """A short name for the schema that the migrations and the locked packages make."""
    patterns = ("*/migrations/*.py", "tests/*/migrations/*.py", "*/triggers.py", "requirements/dev.txt")
    digest = hashlib.sha256()
    for file in sorted(file for pattern in patterns for file in ROOT.glob(pattern)):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _one_at_a_time():
    """One process builds a template; the others wait for it."""
    folder = Path(settings.VAR_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "test-template.lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder


def _migrate(database_url: str) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0", "--skip-checks"]
    environment = {**os.environ, "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"The test database could not be migrated:\n{done.stdout}{done.stderr}")


class Sqlite:
    """A template file under var/, copied to a file of its own for each worker."""

    def __init__(self, connection, worker: str):
        self.connection = connection
        self.folder = tempfile.mkdtemp(prefix=f"common-ground-db-{worker}-")
        self.file = os.path.join(self.folder, "test.sqlite3")

    def set_up(self) -> None:
        """Build the template when there is none for these migrations, then copy it."""
        with _one_at_a_time() as folder:
            template = folder / f"test-template-{key()}.sqlite3"
            if not template.exists():
                for old in folder.glob("test-template-*.sqlite3*"):
                    old.unlink()
                building = folder / "test-template-building"
                for rest in folder.glob("test-template-building*"):
                    rest.unlink()
                _migrate(f"sqlite:///{building}")
                building.rename(template)
            shutil.copyfile(template, f"{self.file}.template")  # our own: another run may replace the shared one
        self.connection.close()
        self.connection.settings_dict["NAME"] = self.file
        self.restore()

    def keep(self, name: str) -> None:
        """Keep the database as it now stands under a name, for restore()."""
        self.connection.close()
        with closing(sqlite3.connect(self.file)) as ours, closing(sqlite3.connect(f"{self.file}.{name}")) as kept:
            ours.backup(kept)  # what still stands in the write-ahead log comes along

    def has(self, name: str) -> bool:
        """True when something was kept under this name."""
        return Path(f"{self.file}.{name}").exists()

    def restore(self, name: str = "template") -> None:
        """Put a kept copy back, whatever was committed; without a name, the one that was just migrated."""
        self.connection.close()
        for ending in ("-wal", "-shm"):
            Path(self.file + ending).unlink(missing_ok=True)
        shutil.copyfile(f"{self.file}.{name}", self.file + ".next")
        os.replace(self.file + ".next", self.file)

    def tear_down(self) -> None:
        """Remove the worker's files."""
        self.connection.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Postgres:
    """A template database, from which each worker's database is created again."""

    def __init__(self, connection, worker: str):
        self.connection = connection
        self.settings = dict(connection.settings_dict)
        self.template = f"cg_template_{key()}"
        self.name = f"cg_test_{worker}_{os.getpid()}"
        self.kept: list[str] = []

    def set_up(self) -> None:
        """Build the template database when there is none for these migrations, then create ours from it."""
        with _one_at_a_time():
            if not self._sql("SELECT 1 FROM pg_database WHERE datname = %s", self.template):
                building = f"{self.template}_building"
                self._sql(f'DROP DATABASE IF EXISTS "{building}"')
                self._sql(f'CREATE DATABASE "{building}"')
                _migrate(self._url(building))
                self._sql(f'ALTER DATABASE "{building}" RENAME TO "{self.template}"')
        self.connection.close()
        self.connection.settings_dict["NAME"] = self.name
        self.restore()

    def keep(self, name: str) -> None:
        """Keep the database as it now stands under a name, for restore()."""
        self.connection.close()
        self._sql(f'CREATE DATABASE "{self.name}_{name}" TEMPLATE "{self.name}"')
        self.kept.append(f"{self.name}_{name}")

    def has(self, name: str) -> bool:
        """True when something was kept under this name."""
        return f"{self.name}_{name}" in self.kept

    def restore(self, name: str = "template") -> None:
        """Create the worker's database anew: from what was kept, or as it was just migrated."""
        self.connection.close()
        self._drop(self.name)
        source = self.template if name == "template" else f"{self.name}_{name}"
        with _one_at_a_time():  # a template may be copied by one session at a time
            self._sql(f'CREATE DATABASE "{self.name}" TEMPLATE "{source}"')

    def tear_down(self) -> None:
        """Remove the worker's database; the template stays for the next run."""
        self.connection.close()
        for name in [self.name, *self.kept]:
            self._drop(name)

    def _drop(self, name: str) -> None:
        self._sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _sql(self, statement: str, *values: str):
        import psycopg  # only this lane needs the driver

        parts = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
        where = {key: self.settings[name] for key, name in parts.items() if self.settings.get(name)}
        with psycopg.connect(dbname="postgres", autocommit=True, **where) as connection:
            cursor = connection.execute(statement, values or None)
            return cursor.fetchone() if cursor.description else None

    def _url(self, name: str) -> str:
        url = os.environ["DATABASE_URL"]
        start, _, options = url.partition("?")
        return start.rsplit("/", 1)[0] + f"/{name}" + (f"?{options}" if options else "")


def lane(worker: str):
    """The handler for the database that DATABASE_URL names."""
    connection = connections["default"]
    return {"sqlite": Sqlite, "postgresql": Postgres}[connection.vendor](connection, worker)
