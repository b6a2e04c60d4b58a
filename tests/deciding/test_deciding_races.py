"""Ten rounds of many signatures and notifications at once: no number is lost or given twice, nothing leaves twice."""

import json
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.deciding.racing import PROGRAM, RACES
from tests.processes import environment, own_database, run

ROUNDS = 10


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[dict[str, Counter]]:
    """Run the rounds on a database of their own: threads need connections that really commit."""
    folder = tmp_path_factory.mktemp("deciding-races")
    with own_database(django_db_blocker, folder) as address:
        env = environment(folder, address)
        run("manage.py", "migrate", "--verbosity", "0", env=env)
        yield json.loads(run("-c", PROGRAM, "--rounds", str(ROUNDS), env=env, patience=600))


@pytest.mark.parametrize("name", RACES)
def test_what_must_hold_held_in_every_round(name, counted):
    assert counted[name]["rounds"] == ROUNDS / len(RACES)
    assert counted[name].keys() - {"rounds"}
