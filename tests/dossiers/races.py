"""Many people at once on one dossier, on a real database: a program of its own, that tests and ``make soak`` run.

Each round makes a dossier and lets threads go through the door at the same moment, each with its own connection. What
must hold is asserted in every round; the counts are printed as JSON at the end.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

from django.db import connection

from apist.models import OutgoingMail
from projects.engine.door import Request, Stale, advance
from projects.engine.people import Actor, actor_of
from projects.engine.recording import act_on
from projects.engine.verifying import verify
from projects.models import Dossier, JournalEntry, Share
from projects.rights.table import Act
from tests import factories
from tests.dossier_factories import NOW, an_answer, drive, fill, make_dossier, make_officer
from tests.people_factories import BEGUN, make_agency_body

PATIENCE = 60
LEAST, MOST = 2, 8


class Cast:
    """The people of the races: two who carry, two who instruct; drawn again for nobody, since they are only read."""

    def __init__(self):
        self.body = make_agency_body("01")
        self.owner, self.partner = factories.make_user(), factories.make_user()
        self.officers = [make_officer(self.body), make_officer(self.body)]

    def dossier(self, *moves: str) -> Dossier:
        """Return a complete dossier that went through some moves."""
        dossier = fill(make_dossier(self.owner, body=self.body))
        Share.objects.create(
            project=dossier.project, email=self.partner.email, level="editor", token_digest=uuid4().hex * 2,
            user=self.partner, sent_at=BEGUN, expires_at=BEGUN, accepted_at=BEGUN,
        )  # fmt: skip
        for move in moves:
            drive(dossier, move, self.by(dossier, move))
        return dossier

    def by(self, dossier: Dossier, move: str):
        """Return somebody who may make a move, another one at each call."""
        people = (self.owner, self.partner) if "carrier" in dossier.procedure.move(move).by else self.officers
        return random.choice(people)


def at_once(calls: list[Callable[[], object]]) -> list:
    """Call everything at the same moment, each in a thread with its own connection; return results and exceptions."""
    barrier = Barrier(len(calls), timeout=PATIENCE)

    def one(call):
        connection.ensure_connection()
        barrier.wait()
        try:
            return call()
        except Stale as stale:
            return stale
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def asked(dossier: Dossier, move: str, who: Actor, key=None) -> Callable[[], JournalEntry]:
    """Return the call by which somebody makes a move on the dossier as it stands."""
    values = {one.key: an_answer(one) for one in dossier.procedure.move(move).fields}
    request = Request(move, dossier.version, key or uuid4(), values)
    return lambda: advance(dossier.pk, request, who, NOW)


def check_won_once(dossier: Dossier, results: list, people: set[str], letters: Counter) -> None:
    """Assert that one of the moves won, that the others were told, and that what follows a move followed once."""
    won = [one for one in results if isinstance(one, JournalEntry)]
    lost = [one for one in results if isinstance(one, Stale)]
    assert len({one.pk for one in won}) == 1, results
    assert len(won) + len(lost) == len(results), results
    assert {one.last.pk for one in lost} <= {won[0].pk}, "who loses is told of who won"
    before = dossier.version
    dossier.refresh_from_db()
    assert dossier.version == before + 1
    assert dossier.journal.filter(stage_version=before + 1).count() == 1
    assert dossier.journal.filter(kind=JournalEntry.Kind.REFUSED).count() == 0
    move = dossier.procedure.move(won[0].move)
    mails = OutgoingMail.objects.filter(cause__startswith=f"dossier-{dossier.reference}-{won[0].seq}-")
    told = Counter(mails.values_list("to", flat=True))
    expected = people if move.letter else set()
    assert told == Counter(expected), told
    letters.update({"letters": sum(told.values())})
    freezing = dossier.journal.filter(kind="move", move__in=[one.key for one in dossier.procedure.moves if one.freezes])
    assert dossier.snapshots.count() == freezing.count()
    assert verify(dossier).is_whole, verify(dossier)


def deposits(cast: Cast, count: int, found: Counter) -> None:
    """Deposit one draft several times, each time as another request."""
    dossier = cast.dossier()
    people = [actor_of(cast.by(dossier, "deposit"), NOW) for _ in range(count)]
    results = at_once([asked(dossier, "deposit", who) for who in people])
    check_won_once(dossier, results, {cast.owner.email, cast.partner.email}, found)


def moves(cast: Cast, count: int, found: Counter) -> None:
    """Make different moves on one dossier, of both sides."""
    dossier = cast.dossier("deposit", *(["plan"] if random.random() < 0.6 else []))
    keys = [move.key for move in dossier.procedure.moves_from(dossier.stage)]
    wanted = [keys[rank % len(keys)] for rank in range(count)]
    random.shuffle(wanted)
    results = at_once([asked(dossier, move, actor_of(cast.by(dossier, move), NOW)) for move in wanted])
    check_won_once(dossier, results, {cast.owner.email, cast.partner.email}, found)


def repeats(cast: Cast, count: int, found: Counter) -> None:
    """Send the same request several times: a double click, a browser that tries again."""
    dossier = cast.dossier()
    who, key = actor_of(cast.owner, NOW), uuid4()
    results = at_once([asked(dossier, "deposit", who, key) for _ in range(count)])
    assert len({one.pk for one in results}) == 1, results
    check_won_once(dossier, results[:1], {cast.owner.email, cast.partner.email}, found)


def acts(cast: Cast, count: int, found: Counter) -> None:
    """Write acts that move nothing while somebody moves the dossier: none is lost, none stands in another's rank."""
    dossier = cast.dossier("deposit")
    officer = actor_of(cast.officers[0], NOW)

    def opens():
        with act_on(dossier.pk, Act.DOWNLOAD, officer, NOW) as desk:
            return desk.write(JournalEntry.Kind.DOWNLOADED)

    before = dossier.journal.count()
    results = at_once([asked(dossier, "orient", officer), *[opens] * (count - 1)])
    assert {type(one) for one in results} == {JournalEntry}, results
    assert sorted(dossier.journal.values_list("seq", flat=True)) == list(range(1, before + count + 1))
    assert verify(dossier).is_whole, verify(dossier)
    dossier.refresh_from_db()
    assert dossier.stage == "oriented"
    found.update({"acts": count})


RACES = {"deposits": deposits, "moves": moves, "repeats": repeats, "acts": acts}


PROGRAM = "import django; django.setup(); from tests.dossiers import races; races.main()"
"""What ``python -c`` is given, before ``--rounds``."""


def main() -> None:
    """Run the rounds, the races in turn, and print what was counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = random.randrange(10**6) if options.seed is None else options.seed
    random.seed(seed)
    print(f"seed {seed}, {connection.vendor}", file=sys.stderr, flush=True)
    cast = Cast()
    found = {name: Counter() for name in RACES}
    for rank in range(options.rounds):
        name = list(RACES)[rank % len(RACES)]
        count = random.randint(LEAST, MOST)
        RACES[name](cast, count, found[name])
        found[name].update({"rounds": 1, "requests": count})
        if (rank + 1) % 100 == 0:
            print(f"{rank + 1} rounds", file=sys.stderr, flush=True)
    print(json.dumps(found))
