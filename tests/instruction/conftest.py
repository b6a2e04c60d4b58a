"""The people before a dossier, and the dossier: deposited, with a secret that must not leave its page."""

from html import unescape

import pytest

from actors.models import Post, User
from projects.models import Dossier, Section
from projects.procedures import catalogue
from projects.procedures.types import Procedure
from tests.dossier_factories import DOSSIERS_BEGAN, drive, fill, make_dossier, make_officer
from tests.instruction.procedure import TRIED
from tests.people_factories import make_agency_body, make_organisation

SECRET = "Formule tenue secrète Q48213"
TITLE = "Projet confié Q48213"


@pytest.fixture
def tried(monkeypatch) -> Procedure:
    """Put the procedure of the tests in the catalogue."""
    monkeypatch.setitem(catalogue._BY_VERSION, (TRIED.key, TRIED.version), TRIED)
    monkeypatch.setitem(catalogue.LATEST, TRIED.key, TRIED)
    return TRIED


def deposited(applicant: User, procedure: Procedure, **fields) -> Dossier:
    """Return a dossier of the agency of Guadeloupe, deposited, that holds a secret."""
    dossier = make_dossier(applicant, procedure, **fields)
    dossier.project.title = TITLE
    dossier.project.save()
    fill(dossier, {"purpose": SECRET})
    Section.objects.filter(dossier=dossier, key="request").update(secrets=["purpose"])
    drive(dossier, "deposit", applicant, DOSSIERS_BEGAN)
    return dossier


@pytest.fixture
def dossier(applicant, tried) -> Dossier:
    """Return the dossier."""
    return deposited(applicant, tried, organisation=make_organisation(name="Organisme nommé Q48213"))


@pytest.fixture
def of_the_region(db) -> User:
    """Return an officer of the agency that instructs."""
    user = make_officer(make_agency_body())
    user.full_name = "Dominique Instructeur"
    user.save()
    return user


@pytest.fixture
def of_another_region(db) -> User:
    """Return an officer of another agency."""
    return make_officer(make_agency_body("76"))


@pytest.fixture
def head(db) -> User:
    """Return a head of unit of the agency that instructs."""
    user = make_officer(make_agency_body(), Post.Role.HEAD)
    user.full_name = "Sacha Responsable"
    user.save()
    return user


@pytest.fixture
def legal(db) -> User:
    """Return a lawyer of the agency that instructs."""
    return make_officer(make_agency_body(), Post.Role.LEGAL)


@pytest.fixture
def content_curator(db) -> User:
    """Return somebody whose only post is to keep the content."""
    return make_officer(make_agency_body(), Post.Role.CURATOR)


def text_of(answer) -> str:
    """Return a page with its characters as a person reads them."""
    return unescape(answer.content.decode())


def leaks(html: str) -> list[str]:
    """Return which words of the dossier a page lets out."""
    return [words for words in (SECRET, TITLE, "Organisme nommé Q48213") if words in html]
