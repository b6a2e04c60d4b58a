"""The hostile world, made once for all the tests of this folder, in a transaction that is rolled back after them."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client, override_settings

from projects.steering.public import forget_public
from tests.conftest import copy_catalogue
from tests.files.kept import keep_files_in
from tests.hostile import widening
from tests.hostile.builders import World, people_around, subsidies

SETTINGS = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "TASKS": {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}},
    "CLAMAV_ADDRESS": "",
}


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """Return the people and the dossiers; mails wait as rows, files stay in a folder of their own."""
    folder = tmp_path_factory.mktemp("sent")
    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(**SETTINGS),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        keep_files_in(folder, patch)
        forget_public()
        copy_catalogue()
        made = World()
        for build in (people_around, subsidies, *widening.ALL):
            build(made)
        yield made
        forget_public()
        transaction.set_rollback(True)


@pytest.fixture
def signed_in(world, db):
    """Return what gives a browser where somebody is signed in, by what they are; nobody for ``visitor``."""

    def browser(who: str) -> Client:
        client = Client(raise_request_exception=True)
        if who != "visitor":
            client.force_login(world.people[who])
        return client

    return browser
