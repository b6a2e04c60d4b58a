"""``kill -9`` of the process that deposits and of the one that sends, at each point and at any: then the count."""

import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.dossiers.kills import AFTER_COMMIT, ANY_TIME, AT_A_STATEMENT, BEFORE_ANSWER, BEFORE_COMMIT, PROGRAM
from tests.processes import ROOT, Place, own_database

ROUNDS = 30
WORKERS = 3
"""How many workers are killed while they send."""


@dataclass
class Counted:
    """What was done to deposits, and the place where their letters wait."""

    by_point: dict[str, Counter]
    place: Place

    def total(self, name: str) -> int:
        """Return a count over all the points."""
        return sum(found[name] for found in self.by_point.values())


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Counted]:
    """Deposit thirty times, each time in a process that is killed, and ask again."""
    folder = tmp_path_factory.mktemp("killed")
    with own_database(django_db_blocker, folder) as address:
        place = Place(folder, address)
        place.manage("migrate", "--verbosity", "0")
        said = json.loads(place.run("-c", PROGRAM, "--rounds", str(ROUNDS)))
        yield Counted({point: Counter(found) for point, found in said.items()}, place)


def test_every_deposit_that_was_asked_is_made_once_and_tells_each_person_once(counted):
    assert counted.total("rounds") == ROUNDS
    assert counted.total("deposits") == ROUNDS
    assert counted.total("letters") == 2 * ROUNDS


@pytest.mark.parametrize("point", [AT_A_STATEMENT, BEFORE_COMMIT])
def test_before_the_commit_nothing_is_left_of_it(point, counted):
    found = counted.by_point[point]
    assert found["killed"] == found["nothing"] == found["rounds"] > 0


@pytest.mark.parametrize("point", [AFTER_COMMIT, BEFORE_ANSWER])
def test_after_the_commit_all_of_it_is_there(point, counted):
    found = counted.by_point[point]
    assert found["killed"] == found["everything"] == found["rounds"] > 0


def test_at_any_time_it_is_one_or_the_other(counted):
    found = counted.by_point[ANY_TIME]
    assert found["nothing"] + found["everything"] == found["rounds"] > 0


def test_workers_killed_at_any_time_lose_no_letter_and_double_at_most_the_one_they_held(counted):
    place, expected = counted.place, 2 * (ROUNDS + 2)  # two more deposits were made undisturbed
    command = [sys.executable, "manage.py", "db_worker", "--no-startup-delay", "--interval=0.1"]
    for _ in range(WORKERS):
        worker = subprocess.Popen(command, cwd=ROOT, env=place.environment)
        before = len(place.received())
        deadline = time.monotonic() + 30
        while len(place.received()) == before and time.monotonic() < deadline and before < expected:
            time.sleep(0.02)
        time.sleep(random.uniform(0, 0.2))
        worker.send_signal(signal.SIGKILL)
        assert worker.wait() == -signal.SIGKILL
    for hours in (1, 2, 3):
        place.clock(hours=hours)
    received = place.received()
    assert len(set(received)) == expected
    assert len(received) - expected <= WORKERS
    assert place.states().startswith(str(["sent"] * expected))
