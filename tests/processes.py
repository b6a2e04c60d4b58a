"""What tests that start real processes share: a database that other processes can open, and how they are started."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
QUEUED = "tests.mail.paused_settings"
"""Settings with a real queue and a mailbox in a folder."""


def server_address(name: str) -> str:
    """Return the address of another database of the server under test."""
    said = settings.DATABASES["default"]
    port = f":{said['PORT']}" if said["PORT"] else ""
    password = f":{quote(said['PASSWORD'], safe='')}" if said["PASSWORD"] else ""
    host = said["HOST"]
    place, query = ("", f"?host={quote(host)}") if host.startswith("/") else (host, "")
    return f"postgresql://{quote(said['USER'], safe='')}{password}@{place}{port}/{name}{query}"


@contextmanager
def own_database(blocker, folder: Path) -> Iterator[str]:
    """Give the address of an empty database on the engine under test, erased afterwards.

    ``blocker`` is pytest-django's, by which a fixture wider than a test speaks to the server.
    """
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'own.sqlite3'}"
        return
    name = f"apist_own_{uuid4().hex[:12]}"
    with blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    yield server_address(name)
    with blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def environment(folder: Path, base: str) -> dict[str, str]:
    """Return the environment of a process that works on a database and keeps its files in a folder."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return kept | {
        "APIST_MODE": "test",
        "APIST_VAR_DIR": str(folder),
        "DATABASE_URL": base,
        "DJANGO_SETTINGS_MODULE": QUEUED,
        "PYTHONPATH": str(ROOT),
    }


def run(*words: str, env: dict[str, str], patience: int = 120) -> str:
    """Run Python to its end, which must be a good one; return what it printed."""
    command = [sys.executable, *words]
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=patience)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout.strip()
