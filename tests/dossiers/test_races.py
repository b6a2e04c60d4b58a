"""Fifty rounds of many people at once on one dossier; ``make soak`` runs a thousand."""

import json
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.dossiers.races import PROGRAM, RACES
from tests.processes import environment, own_database, run

ROUNDS = 50


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[dict[str, Counter]]:
    """Run the rounds on a database of their own: threads need connections that really commit."""
    folder = tmp_path_factory.mktemp("races")
    with own_database(django_db_blocker, folder) as address:
        env = environment(folder, address)
        run("manage.py", "migrate", "--verbosity", "0", env=env)
        yield json.loads(run("-c", PROGRAM, "--rounds", str(ROUNDS), env=env, patience=600))


def test_every_race_was_run(counted):
    assert sum(found["rounds"] for found in counted.values()) == ROUNDS
    assert set(counted) == set(RACES)


@pytest.mark.parametrize("name", ["deposits", "repeats"])
def test_of_many_deposits_at_once_one_counts_and_one_letter_leaves_for_each_person(name, counted):
    assert counted[name]["letters"] == 2 * counted[name]["rounds"]


def test_of_many_different_moves_at_once_one_counts(counted):
    assert 0 < counted["moves"]["letters"] <= 2 * counted["moves"]["rounds"]


def test_acts_beside_a_move_are_all_written(counted):
    assert counted["acts"]["acts"] == counted["acts"]["requests"]
