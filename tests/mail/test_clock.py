"""The clock: every job each minute, whatever happens to the one before; what dead workers leave."""

import logging
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from apist.delivery import deliver
from apist.sweeping import TASK_HOLDS, TASKS_KEPT, sweep
from tests.test_ground import ROOT

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
told: list[datetime] = []


def remembers(now: datetime) -> str:
    """A job that says when it ran."""
    told.append(now)
    return "fait"


def fails(now: datetime) -> str:
    """A job that fails."""
    raise RuntimeError("le disque est plein")


@pytest.fixture(autouse=True)
def _start_afresh():
    told.clear()


def turn(**options) -> str:
    out = StringIO()
    call_command("clock", once=True, stdout=out, **options)
    return out.getvalue().strip()


def test_every_job_of_the_settings_exists():
    assert [path for path in django_settings.CLOCK_JOBS if not callable(import_string(path))] == []


def test_a_turn_gives_its_jobs_the_moment_that_is_asked(db, settings):
    settings.CLOCK_JOBS = ["tests.mail.test_clock.remembers"]
    turn(at="2026-11-30T08:00")
    assert [moment.isoformat() for moment in told] == ["2026-11-30T08:00:00+01:00", "2026-11-30T08:02:00+01:00"]


def test_a_job_that_fails_is_logged_and_does_not_stop_the_next(db, settings, caplog):
    settings.CLOCK_JOBS = ["tests.mail.test_clock.fails", "tests.mail.test_clock.remembers"]
    with pytest.raises(CommandError, match=r"En échec : tests\.mail\.test_clock\.fails"):
        turn()
    assert len(told) == 1
    assert [(record.levelno, record.exc_info[0]) for record in caplog.records] == [(logging.ERROR, RuntimeError)]


@pytest.mark.parametrize("at", ["hier", "2026-13-01", "8h"])
def test_a_moment_that_is_none_is_refused(at, db):
    with pytest.raises(CommandError, match="Écrivez --at"):
        turn(at=at)


def test_production_lives_in_its_own_time(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="jamais en production"):
        turn(at="2026-11-30T08:00")


def test_what_the_jobs_say_is_printed(db, settings):
    settings.CLOCK_JOBS = ["tests.mail.test_clock.remembers"]
    assert turn() == "fait"


def test_a_turn_with_nothing_to_do_says_nothing(db):
    assert turn() == ""


def test_it_turns_until_it_is_asked_to_stop(tmp_path):
    environment = {"PATH": os.environ["PATH"], "APIST_MODE": "test", "APIST_VAR_DIR": str(tmp_path)}
    environment["DATABASE_URL"] = f"sqlite:///{tmp_path / 'essai.sqlite3'}"
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    (tmp_path / "retours" / "new").mkdir(parents=True)
    (tmp_path / "retours" / "cur").mkdir()
    notice = tmp_path / "retours" / "new" / "1"
    notice.write_bytes(b"Subject: Bonjour\n\n")
    environment["BOUNCE_MAILDIR"] = str(tmp_path / "retours")
    clock = subprocess.Popen([sys.executable, "manage.py", "clock"], cwd=ROOT, env=environment)
    deadline = time.monotonic() + 60
    while notice.exists():
        assert clock.poll() is None
        assert time.monotonic() < deadline, "the clock did not turn"
        time.sleep(0.1)
    clock.send_signal(signal.SIGTERM)
    assert clock.wait(30) == 0


# --- Tasks of dead workers --------------------------------------------------


@pytest.fixture
def running(db, settings):
    """A task that a worker took at a moment."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    result = deliver.enqueue()
    DBTaskResult.objects.filter(pk=result.id).update(status="RUNNING", started_at=NOW)
    return DBTaskResult.objects.get(pk=result.id)


def test_a_task_left_running_is_marked_as_failed_and_says_why(running):
    assert sweep(NOW + TASK_HOLDS - MINUTE) == ""
    assert sweep(NOW + TASK_HOLDS) == "1 tâche(s) abandonnée(s) par leur ouvrier"
    running.refresh_from_db()
    assert running.status == "FAILED"
    assert running.exception_class_path == "apist.sweeping.WorkerDied"
    assert "jamais finie" in running.traceback


def test_a_task_ended_long_ago_is_deleted(running):
    DBTaskResult.objects.filter(pk=running.pk).update(status="SUCCESSFUL", finished_at=NOW)
    sweep(NOW + TASKS_KEPT - MINUTE)
    assert DBTaskResult.objects.exists()
    sweep(NOW + TASKS_KEPT)
    assert not DBTaskResult.objects.exists()


def test_a_task_holds_nothing_of_anybody(running):
    assert running.args_kwargs == {"args": [], "kwargs": {}}
