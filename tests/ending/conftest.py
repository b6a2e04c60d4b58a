"""An article 51 experiment that runs, brought there by its own moves."""

from datetime import UTC, datetime

import pytest

from actors.models import Body, Post
from projects.models import Adoption, Dossier
from tests.dossier_factories import drive, fill, make_dossier, make_officer
from tests.people_factories import make_body, make_organisation

BEGAN = datetime(2024, 1, 10, 9, 0, tzinfo=UTC)
LONG_AGO = datetime(2023, 12, 1, 9, 0, tzinfo=UTC)
PROJECT = {
    "scale": "regional", "experiment_months": "36", "transition_months": "12", "cooperation_protocol": False,
    "health_product": False,
}  # fmt: skip


@pytest.fixture
def people(applicant):
    """Return who acts, by what they are."""
    rapporteur = make_body(Body.Kind.RAPPORTEUR)
    return {"carrier": applicant, "rapporteur": make_officer(rapporteur)}


@pytest.fixture
def experiment(applicant, people) -> Dossier:
    """Return an experiment of 36 months, whose first person was included on 15 January 2024."""
    Adoption.objects.create(procedure_key="article-51", channel="portal", valid_from=LONG_AGO.date())
    dossier = make_dossier(applicant, "article-51", organisation=make_organisation(applicant), at=LONG_AGO)
    fill(dossier, PROJECT, at=LONG_AGO)
    make_body(Body.Kind.INSURANCE, region=dossier.region)
    people |= {role: make_officer(dossier.body, Post.Role(role)) for role in ("officer", "head", "director", "legal")}
    steps = [
        ("deposit", "carrier", {}), ("acknowledge", "officer", {}), ("admit", "officer", {}),
        ("submit-specification", "carrier", {}), ("consult", "officer", {}), ("insurance-opinion", "officer", {}),
        ("director-opinion", "director", {}), ("submit-to-committee", "rapporteur", {}),
        ("committee-opinion", "rapporteur", {}), ("propose", "officer", {"outcome": "grant", "months_authorised": "36"}),
        ("check", "legal", {}), ("sign", "director", {}), ("notify-grant", "head", {}), ("publish", "head", {}),
        ("first-inclusion", "carrier", {"first_inclusion_on": "2024-01-15"}),
    ]  # fmt: skip
    for move, who, given in steps:
        drive(dossier, move, people[who], BEGAN, **given)
    return dossier
