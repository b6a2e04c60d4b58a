"""What tests share: the real catalogue, and one person for each role.

The base is empty at the start of every test; a test that needs the real content
asks for ``catalogue``. It is read from the fixtures once a session, then copied.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection
from hypothesis import HealthCheck, settings

from actors.models import User
from apist.accounts import enrol_totp
from apist.fixtures import covered_models
from apist.management.commands.demo_users import curators
from levers.models import Lever
from projects import guards
from projects.models import Dossier, Maintenance
from tests import factories
from tests.clamd import Clamd, running_clamd

FIXTURES = Path(os.environ.get("APIST_TEST_FIXTURES") or Path(__file__).resolve().parent.parent / "fixtures")

# A property is never judged on time: the machines that run this are slow, and shared.
settings.register_profile("apist", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("apist")


def catalogue_models() -> list[type]:
    """Return every model that fixtures fill, then the tables that link them."""
    models = covered_models()
    return [*models, *(field.remote_field.through for model in models for field in model._meta.local_many_to_many)]


@cache
def catalogue_rows() -> dict[type, list]:
    """Load the fixtures as an installation does, once a session, and keep the rows."""
    call_command("load_fixtures", source=FIXTURES, verbosity=0)
    return {model: list(model._base_manager.order_by("pk")) for model in catalogue_models()}


def copy_catalogue() -> None:
    """Put the rows back into an empty base, under the same numbers."""
    rows = catalogue_rows()
    if Lever.objects.exists():  # this call is the one that loaded them
        return
    for model, instances in rows.items():
        model._base_manager.bulk_create(instances)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(rows)):
            cursor.execute(statement)


@pytest.fixture(autouse=True)
def guarded_tables(request):
    """After a test that really commits, empty the tables that the database guards, by the maintenance door.

    Such a test is followed by a flush, which the triggers would refuse (SQLite deletes row by row).
    """
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and (marker.kwargs.get("transaction") or (marker.args and marker.args[0])))
    if not commits and not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")  # so that this one ends before it
    yield
    if not Dossier.objects.exists():
        return
    with guards.maintenance("Fin d'un essai", datetime.now(UTC)):
        for model in apps.get_app_config("projects").get_models(include_auto_created=True):
            if model is not Maintenance:
                model._base_manager.all()._raw_delete(DEFAULT_DB_ALIAS)


@pytest.fixture(autouse=True)
def fast_passwords(settings):
    """Hash passwords quickly: what is tested is never how slowly they are hashed."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def clamd() -> Iterator[Clamd]:
    """Start ClamAV's daemon once, with one local signature; fail, and say how to get it, where there is none."""
    with running_clamd() as daemon:
        yield daemon


@pytest.fixture
def catalogue(db) -> dict[str, Lever]:
    """Fill the base with the real content; return the levers by slug."""
    copy_catalogue()
    return {lever.slug: lever for lever in Lever.objects.all()}


@pytest.fixture
def applicant(db):
    """Return somebody who carries projects."""
    return factories.make_user("porteur@exemple.invalid", full_name="Camille Porteur")


@pytest.fixture
def officer(db):
    """Return somebody who works at an agency."""
    return factories.make_user("instruction@exemple.invalid", full_name="Dominique Instructeur", second_factor=True)


@pytest.fixture
def stranger(db):
    """Return somebody who signed up and has no part in anything."""
    return factories.make_user("passant@exemple.invalid", full_name="Claude Passant")


@pytest.fixture
def curator(db):
    """Return somebody who keeps the content right."""
    user = factories.make_user("curation@exemple.invalid", full_name="Alix Curateur", is_staff=True)
    user.groups.add(curators())
    return user


@pytest.fixture
def admin_user(db):
    """Return somebody with every right, as ``createsuperuser`` makes them, and a second factor (for ``admin_client``)."""
    user = User.objects.create_superuser("administration@exemple.invalid", factories.PASSWORD)
    enrol_totp(user)
    return user
