"""Dossiers of two agencies, some of them confidential, and those who read their figures."""

from datetime import date, timedelta

import pytest

from actors.models import Body
from projects.models import Adoption, Dossier
from projects.steering.public import forget_public
from tests.dossier_factories import NOW, drive, fill, make_dossier, make_officer
from tests.factories import make_lever, make_user
from tests.people_factories import make_agency_body, make_body, make_organisation


@pytest.fixture(autouse=True)
def nothing_kept():
    """Start and end as a new process does: figures are kept for an hour."""
    forget_public()
    yield
    forget_public()


@pytest.fixture
def guadeloupe(db) -> Body:
    """Return an agency."""
    return make_agency_body()


@pytest.fixture
def occitanie(db) -> Body:
    """Return another one."""
    return make_agency_body("76")


@pytest.fixture
def agent(guadeloupe):
    """Return somebody who instructs in Guadeloupe."""
    return make_officer(guadeloupe)


@pytest.fixture
def dgos_agent(db):
    """Return somebody of the ministry."""
    return make_officer(make_body(Body.Kind.DGOS))


def deposited(body: Body, key: str = "first-contact", days_ago: int = 10, *, answers=None, **fields) -> Dossier:
    """Return a dossier that was deposited before a body so many days ago, the day after it was opened."""
    owner = make_user()
    Adoption.objects.get_or_create(procedure_key=key, channel="portal", valid_from=date(2026, 1, 1))
    at = NOW - timedelta(days=days_ago)
    fields.setdefault("organisation", make_organisation(owner))
    dossier = make_dossier(owner, key, body=body, at=at - timedelta(days=1), **fields)
    fill(dossier, answers, at=at)
    drive(dossier, "deposit", owner, at)
    return dossier


@pytest.fixture
def lever(db):
    """Return the lever of the fund."""
    return make_lever(slug="fir", short_name="FIR")
