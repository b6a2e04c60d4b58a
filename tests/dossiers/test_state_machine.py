"""Every procedure, gone through by chance: whoever does whatever in whatever order, what must hold holds.

``APIST_SOAK`` says how many times more (``make soak``).
"""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from projects.procedures.catalogue import LATEST
from projects.rights.table import Act
from tests.dossiers.walking import Walk, World

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
MORE = int(os.environ.get("APIST_SOAK", "1"))
CHANCE = settings(
    max_examples=8 * MORE, stateful_step_count=30, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


def machine(world: World) -> type[RuleBasedStateMachine]:
    """Return the machine of a procedure; each run of it is undone."""

    class Machine(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.atomic = transaction.atomic()
            self.atomic.__enter__()

        def teardown(self):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

        @initialize(data=st.data())
        def opens(self, data):
            self.walk = Walk(world, world.open(picks(data)))
            self.walk.write(picks(data), complete=True)

        @rule(data=st.data())
        def somebody_who_may_goes_on(self, data):
            walk = self.walk
            asked = [
                (move, name)
                for move in walk.procedure.moves_from(walk.dossier.stage)
                for name in world.people
                if walk.may(name, move)
            ]
            if asked:
                walk.try_move(*data.draw(st.sampled_from(asked)), picks(data))

        @rule(data=st.data(), behind=st.booleans(), lacking=st.booleans())
        def anybody_asks_for_anything(self, data, behind, lacking):
            move = data.draw(st.sampled_from(self.walk.procedure.moves))
            name = data.draw(st.sampled_from(sorted(world.people)))
            self.walk.try_move(move, name, picks(data), behind=behind, lacking=lacking)

        @rule(act=st.sampled_from(list(Act)), name=st.sampled_from(sorted(set(world.people) - {"portal"})))
        def anybody_does_something_else(self, act, name):
            self.walk.try_act(act, name)

        @rule(data=st.data(), complete=st.booleans())
        def the_content_changes(self, data, complete):
            self.walk.write(picks(data), complete=complete)

        @rule(days=st.sampled_from([1, 20, 70, 400]))
        def time_passes(self, days):
            self.walk.now += days * DAY

        @invariant()
        def all_holds(self):
            if hasattr(self, "walk"):
                self.walk.check()

        @rule(name=st.sampled_from(sorted(set(world.people) - {"portal"})))
        def anybody_looks(self, name):
            self.walk.check_seen(name)

    return Machine


def picks(data):
    """Return what picks for hypothesis, which tells afterwards what it picked."""
    return lambda options: data.draw(st.sampled_from(list(options)))


@pytest.mark.parametrize("key", LATEST)
def test_whatever_happens_what_must_hold_holds(key):
    run_state_machine_as_test(machine(World(LATEST[key])), settings=CHANCE)
