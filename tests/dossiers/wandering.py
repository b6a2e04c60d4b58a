"""Walks through every procedure that seek what was not seen yet: is each stage reached, each move made, by the door?

A program for ``make soak``; each walk is undone.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import transaction

from projects.procedures.catalogue import LATEST
from projects.procedures.types import Move, Procedure
from projects.procedures.vocabulary import FINAL
from tests.dossiers.walking import Walk, World

PROGRAM = "import django; django.setup(); from tests.dossiers import wandering; wandering.main()"
LONGEST = 25
"""Moves asked for in one walk, after those that lead to where it starts."""

OFTEN = 2
"""How many times one move is made in a walk, where another one is there."""


class Told:
    """Chance that remembers what it picked, and first picks again what another one did."""

    def __init__(self, draw: random.Random, before: tuple[int, ...] = ()):
        self.draw, self.before, self.picked = draw, list(before), []

    def __call__(self, options: Sequence):
        """Return one of the options."""
        options = list(options)
        rank = self.before.pop(0) if self.before else self.draw.randrange(len(options))
        self.picked.append(rank)
        return options[rank]

    def among(self, options: list, preferred: Callable[[], list]):
        """Return one of the options: while going back the one of then, afterwards one of those preferred now."""
        if self.before:
            return self(options)
        chosen = self.draw.choice(preferred())
        self.picked.append(options.index(chosen))
        return chosen


class Explorer:
    """What is known of a procedure: what was made, and how each stage was reached the first time."""

    def __init__(self, procedure: Procedure, draw: random.Random):
        self.world, self.draw = World(procedure), draw
        self.ends = {stage.key for stage in procedure.stages if stage.macro in FINAL}
        self.made, self.ways, self.left = Counter(), {procedure.initial.key: ()}, Counter()

    def walk(self) -> None:
        """Go back to a stage from which little was tried, then on from there."""
        left = [key for key in self.ways if key not in self.ends]
        unmade = [key for key in left if any(not self.made[one.key] for one in self.world.procedure.moves_from(key))]
        # A stage may have been reached in a way from which what is sought cannot follow: so, often, from further back.
        start = min(
            unmade if unmade and self.draw.random() < 0.4 else left, key=lambda key: self.left[key] * self.draw.random()
        )
        self.left[start] += 1
        told = Told(self.draw, self.ways[start])
        walk = Walk(self.world, self.world.open(told))
        walk.write(told, complete=True)
        for _ in range(LONGEST):
            walk.now += timedelta(days=told([0, 0, 0, 1, 40, 130, 400]))
            if told([True, False, False, False, False]):
                walk.write(told, complete=True)
            moves = walk.procedure.moves_from(walk.dossier.stage)
            every = [(move, name) for move in moves for name in self.world.people if walk.may(name, move)]
            if not every:
                return
            move, name = told.among(every, lambda walk=walk, every=every: self.preferred(walk, every))
            if walk.try_move(move, name, told) == "moved":
                self.made[move.key] += 1
            walk.check()
            self.ways.setdefault(walk.dossier.stage, tuple(told.picked))

    def preferred(self, walk: Walk, every: list[tuple[Move, str]]) -> list[tuple[Move, str]]:
        """Return what is best asked now: half of the time what was never made, most times what does not end the walk."""
        fresh = [one for one in every if not self.made[one[0].key]]
        on = [one for one in every if one[0].to not in self.ends and walk.made.count(one[0].key) < OFTEN]
        if fresh and self.draw.random() < 0.5:
            return fresh
        return on if on and self.draw.random() < 0.9 else every


def explore(procedure: Procedure, draw: random.Random, walks: int) -> dict:
    """Walk until everything was seen, or so many times; return what was not seen."""
    done = 0
    with transaction.atomic():
        explorer = Explorer(procedure, draw)
        moves, stages = {move.key for move in procedure.moves}, [stage.key for stage in procedure.stages]
        while done < walks and (len(explorer.ways) < len(stages) or moves - set(explorer.made)):
            with transaction.atomic():
                explorer.walk()
                transaction.set_rollback(True)
            done += 1
        transaction.set_rollback(True)
    unseen = [key for key in stages if key not in explorer.ways]
    unmade = sorted(moves - set(explorer.made))
    return {"walks": done, "moves": sum(explorer.made.values()), "unseen": unseen, "unmade": unmade}


def main() -> None:
    """Explore every procedure, print what was found, and fail where a stage was never reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--walks", type=int, default=100)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    seed = random.randrange(10**6) if options.seed is None else options.seed
    print(f"seed {seed}", file=sys.stderr, flush=True)
    found = {}
    for key in [options.only] if options.only else LATEST:
        found[key] = explore(LATEST[key], random.Random(f"{seed}{key}"), options.walks)
        print(key, found[key], file=sys.stderr, flush=True)
    print(json.dumps(found))
    sys.exit(any(one["unseen"] or one["unmade"] for one in found.values()))
