"""What tests that start real processes share: a database that other processes can open, and how they are started."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
QUEUED = "tests.mail.paused_settings"
"""Settings with a real queue and a mailbox in a folder."""

PATIENCE = 60
"""Seconds that a process has to come where it is killed."""

STATES = """
import django; django.setup()
from apist.models import OutgoingMail
from django_tasks_db.models import DBTaskResult
print(sorted(OutgoingMail.objects.values_list("state", flat=True)), sorted(DBTaskResult.objects.values_list("status", flat=True)))
"""


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


def run(*words: str, env: dict[str, str], patience: int = 300) -> str:
    """Run Python to its end, which must be a good one; return what it printed."""
    command = [sys.executable, *words]
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=patience)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout.strip()


class Place:
    """A folder with its mailbox, and the processes that work on one database."""

    def __init__(self, folder: Path, base: str):
        self.folder = folder
        self.environment = environment(folder, base)

    def run(self, *words: str) -> str:
        return run(*words, env=self.environment)

    def manage(self, *words: str) -> str:
        return self.run("manage.py", *words)

    def clock(self, hours: int) -> str:
        """Turn the clock twice, some hours from now."""
        at = datetime.now().astimezone() + timedelta(hours=hours)
        return self.manage("clock", "--once", "--at", at.isoformat(timespec="minutes"))

    def states(self) -> str:
        return self.run("-c", STATES)

    @contextmanager
    def worker_at(self, where: str) -> Iterator[None]:
        """Start a worker, wait until it is there, kill it."""
        (self.folder / "pause").write_text(where)
        here = self.folder / "here"
        command = [sys.executable, "manage.py", "db_worker", "--no-startup-delay", "--interval=0.1"]
        worker = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        try:
            deadline = time.monotonic() + PATIENCE
            while not here.exists():
                assert worker.poll() is None, "the worker ended by itself"
                assert time.monotonic() < deadline, f"the worker never came to: {where}"
                time.sleep(0.05)
            yield
        finally:
            worker.send_signal(signal.SIGKILL)
            assert worker.wait() == -signal.SIGKILL
            here.unlink(missing_ok=True)
            (self.folder / "pause").unlink()

    def received(self) -> list[str]:
        """The Message-ID of each mail that the server accepted."""
        texts = [path.read_text(encoding="utf-8") for path in (self.folder / "mailbox").glob("*.log")]
        return [found for text in texts for found in re.findall(r"^Message-ID: (\S+)$", text, re.MULTILINE)]
