"""Processes killed outright in the middle of a deposit, on a real database; then the count: nothing lost, nothing twice.

A program of its own, that tests and ``make soak`` run. Each deposit is made by a child, killed by itself at a statement
or on either side of the commit, or by its parent at any moment; then the same request is made again, as a browser or a
person does that had no answer.
"""

import argparse
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import connection, connections
from django_tasks_db.models import DBTaskResult

from apist.models import OutgoingMail
from projects.engine.door import Request, Stale, advance
from projects.engine.people import actor_of
from projects.engine.verifying import verify
from projects.models import Dossier
from tests.dossier_factories import NOW
from tests.dossiers.races import Cast

PROGRAM = "import django; django.setup(); from tests.dossiers import kills; kills.main()"
AT_A_STATEMENT, BEFORE_COMMIT, AFTER_COMMIT, BEFORE_ANSWER, ANY_TIME = (
    "at a statement", "before the commit", "after the commit", "before the answer", "at any time",
)  # fmt: skip
POINTS = (AT_A_STATEMENT, BEFORE_COMMIT, AFTER_COMMIT, BEFORE_ANSWER, ANY_TIME, AT_A_STATEMENT)
MOVED = 3
"""What a child that was not killed ends with."""


@dataclass(frozen=True)
class Wanted:
    """A deposit that somebody asks for, again and again until it is answered."""

    dossier: int
    seen: int
    key: UUID
    user: object

    def ask(self) -> None:
        """Make the request."""
        advance(self.dossier, Request("deposit", self.seen, self.key), actor_of(self.user, NOW), NOW)


def die() -> None:
    """End as ``kill -9`` ends a process."""
    os.kill(os.getpid(), signal.SIGKILL)


def child(work: Callable[[], None]) -> int:
    """Start a process that works with connections of its own, and return its number."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
    except BaseException as error:
        print(repr(error), file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(MOVED)


def end_of(pid: int) -> int:
    """Wait for a process; return what it ended with, negative where a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def killed_at(point: str, wanted: Wanted, statement: int) -> Callable[[], None]:
    """Return the work of a child that dies at a point of a deposit."""

    def work() -> None:
        connection.ensure_connection()
        seen = 0

        def counting(execute, sql, params, many, context):
            nonlocal seen
            seen += 1
            if seen == statement:
                die()
            return execute(sql, params, many, context)

        commit = connection._commit

        def committing():
            if point == BEFORE_COMMIT:
                die()
            commit()
            if point == AFTER_COMMIT:
                die()

        connection._commit = committing
        if point == AT_A_STATEMENT:
            with connection.execute_wrapper(counting):
                wanted.ask()
        else:
            wanted.ask()
        if point == BEFORE_ANSWER:
            die()

    return work


def state(dossier: Dossier, tasks: int) -> tuple:
    """Return what a deposit leaves: version, acts, frozen copies, letters, tasks to send them."""
    dossier.refresh_from_db()
    letters = OutgoingMail.objects.filter(topic=f"dossier-{dossier.reference}").count()
    return (
        dossier.version, dossier.journal.count(), dossier.snapshots.count(), letters, DBTaskResult.objects.count() - tasks,
    )  # fmt: skip


NOTHING, EVERYTHING = (1, 1, 0, 0, 0), (2, 2, 1, 2, 2)


def round_of(cast: Cast, point: str, statements: int, seconds: float, found: Counter) -> None:
    """Kill one deposit, see that all of it or nothing of it is there, ask again twice, and count."""
    dossier = cast.dossier()
    wanted = Wanted(dossier.pk, dossier.version, uuid4(), cast.owner)
    tasks = DBTaskResult.objects.count()
    pid = child(killed_at(point, wanted, random.randint(1, statements)))
    if point == ANY_TIME:
        time.sleep(random.uniform(0, 1.5 * seconds))
        os.kill(pid, signal.SIGKILL)
    ended = end_of(pid)
    assert ended == -signal.SIGKILL or (point == ANY_TIME and ended == MOVED), (point, ended)
    left = state(dossier, tasks)
    assert left in (NOTHING, EVERYTHING), (point, left)
    assert left == EVERYTHING or point not in (AFTER_COMMIT, BEFORE_ANSWER), (point, left)
    assert left == NOTHING or point not in (AT_A_STATEMENT, BEFORE_COMMIT), (point, left)
    found.update({"killed": ended != MOVED, "nothing": left == NOTHING, "everything": left == EVERYTHING})
    assert verify(dossier).is_whole
    again = [child(wanted.ask), child(wanted.ask)]
    assert [end_of(pid) for pid in again] == [MOVED, MOVED]
    assert state(dossier, tasks) == EVERYTHING
    assert verify(dossier).is_whole
    found.update({"rounds": 1, "deposits": dossier.snapshots.count(), "letters": left_letters(dossier)})


def left_letters(dossier: Dossier) -> int:
    """Return how many letters a dossier has."""
    return OutgoingMail.objects.filter(topic=f"dossier-{dossier.reference}").count()


def undisturbed(cast: Cast) -> tuple[int, float]:
    """Return how many statements a deposit makes, and how long it takes."""
    dossier = cast.dossier()
    statements = []

    def counting(execute, sql, params, many, context):
        statements.append(sql)
        return execute(sql, params, many, context)

    started = time.monotonic()
    with connection.execute_wrapper(counting):
        Wanted(dossier.pk, dossier.version, uuid4(), cast.owner).ask()
    try:
        Wanted(dossier.pk, 1, uuid4(), cast.owner).ask()
    except Stale:
        return len(statements), time.monotonic() - started
    raise AssertionError("deposited twice")


def main() -> None:
    """Run the rounds, the points in turn, and print what was counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = random.randrange(10**6) if options.seed is None else options.seed
    random.seed(seed)
    cast = Cast()
    statements, seconds = min(undisturbed(cast), undisturbed(cast), key=lambda found: found[1])
    print(f"seed {seed}, {connection.vendor}, {statements} statements", file=sys.stderr, flush=True)
    found = {point: Counter() for point in POINTS}
    for rank in range(options.rounds):
        point = POINTS[rank % len(POINTS)]
        round_of(cast, point, statements, seconds, found[point])
    print(json.dumps(found))
