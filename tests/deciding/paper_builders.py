"""Dossiers at the moment where something is signed besides a decision: article 51, a regional group, a contract."""

from datetime import timedelta

from actors.models import Body, User
from projects.models import Dossier
from tests.deciding.builders import adopt
from tests.dossier_factories import NOW, drive, fill, make_dossier, make_officer
from tests.people_factories import make_body

BEGAN = NOW - timedelta(days=30)
OF_ONE_REGION = {
    "scale": "regional", "experiment_months": "36", "transition_months": "12", "cooperation_protocol": False,
    "health_product": False,
}  # fmt: skip
CONTRACT = {"contract_starts_on": "2026-01-01", "contract_months": "60", "carrier_signed_on": "2025-12-20"}


def walked(dossier: Dossier, people: dict[str, User], *steps: tuple) -> Dossier:
    """Go through moves, each by somebody, with what is given."""
    for move, who, *given in steps:
        drive(dossier, move, people[who], BEGAN, **(given[0] if given else {}))
    return dossier


def _began(key: str, applicant: User, organisation, body: Body, answers: dict | None = None, **fields) -> Dossier:
    adopt(key, body)
    at = BEGAN - timedelta(days=1)
    return fill(make_dossier(applicant, key, organisation=organisation, body=body, at=at, **fields), answers, at=at)


def authorised(applicant: User, organisation, body: Body, people: dict[str, User], **fields) -> Dossier:
    """Return an experiment of one region whose order is published, before the first inclusion."""
    dossier = _began("article-51", applicant, organisation, body, OF_ONE_REGION, **fields)
    make_body(Body.Kind.INSURANCE, region=dossier.region)
    rapporteur = make_officer(make_body(Body.Kind.RAPPORTEUR))
    given = {"outcome": "grant", "months_authorised": "36", "amount_per_year": ""}
    return walked(
        dossier, people | {"carrier": applicant, "rapporteur": rapporteur},
        ("deposit", "carrier"), ("acknowledge", "officer"), ("admit", "officer"), ("submit-specification", "carrier"),
        ("consult", "officer"), ("insurance-opinion", "officer"), ("director-opinion", "director"),
        ("submit-to-committee", "rapporteur"), ("committee-opinion", "rapporteur"), ("propose", "officer", given),
        ("check", "legal"), ("sign", "director"), ("notify-grant", "officer"), ("publish", "officer"),
    )  # fmt: skip


def supported(applicant: User, organisation, body: Body, people: dict[str, User]) -> tuple[Dossier, User]:
    """Return a project that the regional group was asked to support, granted; and somebody of the group."""
    group = make_officer(
        make_body(Body.Kind.GRADES, region=body.region, name="Groupement d'essai", code="grades-essai")
    )
    dossier = _began("grades-support", applicant, organisation, body)
    walked(
        dossier, people | {"carrier": applicant, "group": group},
        ("deposit", "carrier"), ("acknowledge", "officer"), ("admit", "officer"),
        ("deliver-study", "group", {"cost": "80000", "capacity": "Deux chefs\nde projet", "use_indicators": "Connexions"}),
        ("check-strategy", "officer"), ("propose", "officer", {"outcome": "grant"}), ("check", "legal"),
        ("sign", "director"), ("notify-grant", "officer"),
    )  # fmt: skip
    return dossier, group


def contracted(applicant: User, organisation, body: Body, people: dict[str, User]) -> Dossier:
    """Return a contract of five years that is signed, of which the carrier proposed an amendment."""
    dossier = _began("cpom", applicant, organisation, body)
    return walked(
        dossier, people | {"carrier": applicant},
        ("deposit", "carrier"), ("open-dialogue", "officer"), ("answer", "carrier"), ("agree", "officer"),
        ("sign", "director", CONTRACT), ("propose-amendment", "carrier"),
    )  # fmt: skip
