"""An article 51 dossier on its way to the committee, by the one door."""

from datetime import date, datetime, timedelta

from actors.models import Body, Organisation, Post, User
from projects.models import Adoption, Dossier, FinancialModelLine, Section
from projects.procedures.vocabulary import Channel
from tests.dossier_factories import DOSSIERS_BEGAN, NOW, drive, fill, make_dossier, make_officer
from tests.people_factories import make_agency_body, make_body, make_organisation

ONE_REGION = {
    "scale": "regional", "purpose": "organisation", "months": "36", "cooperation_protocol": False,
    "evaluation": "Une première question",
}  # fmt: skip


def to_write(owner: User, body: Body | None = None, organisation: Organisation | None = None) -> Dossier:
    """Return a dossier of one region whose specification is to be written, figures of two years included."""
    body = body or make_agency_body()
    Adoption.objects.get_or_create(
        procedure_key="article-51", channel=Channel.PORTAL, valid_from=date(2020, 1, 1), body=body
    )
    organisation = organisation or make_organisation(owner)
    dossier = fill(make_dossier(owner, "article-51", body=body, organisation=organisation), ONE_REGION)
    drive(dossier, "deposit", owner, DOSSIERS_BEGAN)
    officer = make_officer(body)
    for move in ("acknowledge", "admit"):
        given = {"objective_met": True, "derogation_needed": True} if move == "admit" else {}
        drive(dossier, move, officer, DOSSIERS_BEGAN, **given)
    for year, patients in ((2027, 100), (2028, 300)):
        FinancialModelLine.objects.create(
            dossier=dossier, year=year, patients=patients, package=200, substituted=300, other=15000
        )
    return dossier


def rewrite(dossier: Dossier, words: str) -> None:
    """Write another answer to the question of the evaluation, in the section « terrain »."""
    row = Section.objects.get(dossier=dossier, key="terrain")
    row.answers = row.answers | {"evaluation": words}
    row.save()


def sent(owner: User, *more: str, **fields) -> Dossier:
    """Return a dossier of which a first version is sent; then others, each with these words, before the agency."""
    dossier = to_write(owner, **fields)
    drive(dossier, "submit-specification", owner, NOW - timedelta(hours=10))
    for rank, words in enumerate(more):
        send_again(dossier, owner, words, NOW - timedelta(hours=9 - rank))
    return dossier


def send_again(dossier: Dossier, owner: User, words: str, at: datetime = NOW) -> None:
    """Give the version back, write other words, send the next one."""
    drive(dossier, "return-specification", make_officer(dossier.body), at)
    rewrite(dossier, words)
    drive(dossier, "submit-specification", owner, at)


def before_the_committee(owner: User, *more: str) -> Dossier:
    """Return a dossier that the rapporteur submitted to the committee."""
    rapporteur, insurance = make_body(Body.Kind.RAPPORTEUR), make_body(Body.Kind.INSURANCE)
    dossier = sent(owner, *more)
    drive(dossier, "consult", make_officer(dossier.body))
    drive(dossier, "insurance-opinion", make_officer(insurance))
    drive(dossier, "director-opinion", make_officer(dossier.body, Post.Role.DIRECTOR))
    drive(dossier, "submit-to-committee", make_officer(rapporteur))
    return dossier
