"""A worker killed outright, at each point of its work, on a real database and with a real mailbox.

Each step runs in a process of its own, as in production: one writes the mail, one is the
worker, one is the clock. ``kill -9`` leaves no time to tidy up.
"""

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.processes import ROOT, Place, own_database

WRITE = """
import django; django.setup()
from django.db import transaction
from django.utils import timezone
from apist.mail import post
with transaction.atomic():
    for number in range({number}):
        post(f"essai-{{number}}", "ada@exemple.invalid", "Objet", "Texte", now=timezone.now())
"""

EMPTY = """
import django; django.setup()
from apist.models import OutgoingMail
from django_tasks_db.models import DBTaskResult
OutgoingMail.objects.all().delete(), DBTaskResult.objects.all().delete()
"""


@pytest.fixture(scope="module")
def base_address(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """A database of its own, on the engine under test, that other processes can open."""
    with own_database(django_db_blocker, tmp_path_factory.mktemp("base")) as address:
        yield address


@pytest.fixture(scope="module")
def base(base_address, tmp_path_factory) -> str:
    """The same, with its tables."""
    Place(tmp_path_factory.mktemp("migrate"), base_address).manage("migrate", "--verbosity", "0")
    return base_address


@pytest.fixture
def place(base, tmp_path) -> Place:
    """An empty mailbox, and tables without mails or tasks."""
    place = Place(tmp_path, base)
    place.run("-c", EMPTY)
    return place


KILLED = [
    ("before the claim", "['waiting']", 1),
    ("before the acceptance", "['claimed']", 1),
    ("after the acceptance", "['claimed']", 2),
]


@pytest.mark.parametrize(("where", "left", "copies"), KILLED, ids=[where for where, _, _ in KILLED])
def test_a_worker_killed_loses_nothing_and_doubles_only_after_the_acceptance(where, left, copies, place):
    place.run("-c", WRITE.format(number=1))
    with place.worker_at(where):
        pass
    assert place.states() == f"{left} ['RUNNING']"
    assert len(place.received()) == copies - 1

    place.clock(hours=1)  # a turn gives back what the dead worker held, the next one sends it
    assert place.states() == "['sent'] ['FAILED']"
    received = place.received()
    assert len(received) == copies
    assert len(set(received)) == 1, "a copy has the Message-ID of the first"

    place.clock(hours=2)
    assert place.received() == received, "and that is the end of it"


def test_a_worker_started_again_takes_what_was_not_claimed(place):
    place.run("-c", WRITE.format(number=3))
    with place.worker_at("before the claim"):
        pass
    place.manage("db_worker", "--batch", "--no-startup-delay", "--interval=0")
    assert place.states() == "['sent', 'sent', 'sent'] ['RUNNING', 'SUCCESSFUL', 'SUCCESSFUL']"
    assert len(set(place.received())) == len(place.received()) == 3


def test_a_writer_killed_before_its_commit_leaves_neither_mail_nor_task(place):
    place.run("-c", WRITE.format(number=0))
    dies = WRITE.format(number=2) + "    import os, signal; os.kill(os.getpid(), signal.SIGKILL)\n"
    command = [sys.executable, "-c", dies]
    assert subprocess.run(command, cwd=ROOT, env=place.environment).returncode == -signal.SIGKILL
    assert place.states() == "[] []"


def test_several_workers_share_the_mails_without_a_double(place):
    place.run("-c", WRITE.format(number=30))
    command = [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay", "--interval=0"]
    workers = [subprocess.Popen(command, cwd=ROOT, env=place.environment) for _ in range(3)]
    assert [worker.wait(120) for worker in workers] == [0, 0, 0]
    received = place.received()
    assert len(received) == len(set(received)) == 30
