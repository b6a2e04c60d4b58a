"""An article 51 dossier whose specification was sent twice, and the people around it."""

import pytest

from actors.models import Post, User
from projects.models import Dossier
from tests.dossier_factories import make_officer
from tests.people_factories import make_agency_body
from tests.specification_factories import sent


@pytest.fixture
def dossier(applicant) -> Dossier:
    """Return the dossier, before the agency of Guadeloupe."""
    return sent(applicant, "Une seconde question")


@pytest.fixture
def agent(dossier) -> User:
    """Return an officer of the agency that leads."""
    return named(make_officer(dossier.body), "Dominique Instructeur")


@pytest.fixture
def head(dossier) -> User:
    """Return a head of unit of the agency that leads."""
    return make_officer(dossier.body, Post.Role.HEAD)


@pytest.fixture
def neighbour(db) -> User:
    """Return an officer of another agency."""
    return named(make_officer(make_agency_body("76")), "Ange Voisin")


@pytest.fixture
def neighbour_head(db) -> User:
    """Return a head of unit of that other agency."""
    return make_officer(make_agency_body("76"), Post.Role.HEAD)


def named(user: User, name: str) -> User:
    """Give somebody a name."""
    user.full_name = name
    user.save()
    return user
