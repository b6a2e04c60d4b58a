"""The agency of Guadeloupe with everybody who decides, and a dossier of the regional fund that went up to a stage."""

import pytest

from actors.models import Body, Organisation, Post, User
from projects.models import Dossier, SignatureDelegation
from tests.deciding.builders import ROLES, fir_dossier, make_agent
from tests.people_factories import make_agency_body, make_organisation


@pytest.fixture
def agency(db) -> Body:
    """Return the body that decides."""
    return make_agency_body("01")


@pytest.fixture
def people(agency) -> dict[str, User]:
    """Return one person a role, each with a name."""
    return {role: make_agent(role, agency) for role in ROLES} | {"second": make_agent(Post.Role.OFFICER, agency)}


@pytest.fixture
def organisation(applicant) -> Organisation:
    """Return the organisation that asks; the applicant may deposit for it."""
    return make_organisation(applicant, name="Organisme demandeur")


@pytest.fixture
def fir(applicant, organisation, agency, people) -> Dossier:
    """Return a dossier of the regional fund under review, whose sheet concludes to a subsidy."""
    return fir_dossier(applicant, organisation, agency, people)


@pytest.fixture
def delegation(agency, people):
    """Return how a delegation is given, to the head of unit unless told otherwise."""

    def give(**fields) -> SignatureDelegation:
        levers = fields.pop("levers", ())
        defaults = {
            "body": agency, "delegate": people["head"], "given_by": "La directrice générale", "reference": "DS 2026-12",
            "publication": "RAA n° 1", "valid_from": "2026-01-01",
        }  # fmt: skip
        row = SignatureDelegation.objects.create(**defaults | fields)
        row.levers.set(levers)
        return row

    return give
