"""A jury of two before two dossiers, open, that the agency of Guadeloupe instructs."""

import pytest

from actors.models import Post, User
from projects.models import Dossier, Jury
from projects.procedures import catalogue
from projects.procedures.types import Procedure
from tests.dossier_factories import make_officer
from tests.instruction.conftest import deposited
from tests.judging.builders import JUDGED, make_juror, make_jury
from tests.people_factories import make_agency_body


@pytest.fixture
def judged(monkeypatch) -> Procedure:
    """Put the procedure of the tests, with its grid, in the catalogue."""
    monkeypatch.setitem(catalogue._BY_VERSION, (JUDGED.key, JUDGED.version), JUDGED)
    monkeypatch.setitem(catalogue.LATEST, JUDGED.key, JUDGED)
    return JUDGED


@pytest.fixture
def dossiers(applicant, judged) -> list[Dossier]:
    """Return two dossiers that were deposited."""
    return [deposited(applicant, judged), deposited(applicant, judged)]


@pytest.fixture
def of_the_region(db) -> User:
    """Return an officer of the agency that instructs."""
    return make_officer(make_agency_body())


@pytest.fixture
def head(db) -> User:
    """Return a head of unit of the agency that instructs."""
    return make_officer(make_agency_body(), Post.Role.HEAD)


@pytest.fixture
def chair(db) -> User:
    """Return who chairs, without any post."""
    return make_juror("Camille Présidence")


@pytest.fixture
def juror(db) -> User:
    """Return the other member, without any post."""
    return make_juror("Ange Jury")


@pytest.fixture
def jury(dossiers, of_the_region, chair, juror) -> Jury:
    """Return the jury."""
    return make_jury(of_the_region, dossiers, [chair, juror])
