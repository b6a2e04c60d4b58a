"""Races on money: a row is paid once, an envelope is committed once, on a database that really commits."""

import json

import pytest

from tests.following.races import PROGRAM
from tests.processes import environment, own_database, run

ROUNDS = 3


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker, tmp_path_factory):
    """Run the rounds on a database of their own: threads need connections that really commit."""
    folder = tmp_path_factory.mktemp("money")
    with own_database(django_db_blocker, folder) as address:
        env = environment(folder, address)
        run("manage.py", "migrate", "--verbosity", "0", env=env)
        yield json.loads(run("-c", PROGRAM, "--rounds", str(ROUNDS), env=env, patience=600))


def test_of_payments_at_once_one_is_made_and_nothing_is_committed_past_an_envelope(counted):
    assert counted == {"paid": ROUNDS, "committed": ROUNDS, "amended": ROUNDS, "prepared": ROUNDS}
