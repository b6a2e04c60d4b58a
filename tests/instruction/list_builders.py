"""Dossiers for the list: deposited, with what their deposit says, entrusted, labelled."""

from actors.models import User
from projects.models import Adoption, Assignment, Dossier, DossierLabel, FinancingLine, Label
from tests.dossier_factories import DOSSIERS_BEGAN, NOW, drive, fill, make_dossier
from tests.people_factories import make_membership, make_organisation


def fir_dossier(applicant: User, answers: dict | None = None, asked: int | None = None, **fields) -> Dossier:
    """Return a dossier of the FIR, deposited; ``asked``: what its financing plan asks of the fund."""
    Adoption.objects.get_or_create(procedure_key="fir", channel="portal", valid_from="2020-01-01")
    organisation = fields.pop("organisation", None) or make_organisation()
    make_membership(organisation, applicant)
    dossier = fill(make_dossier(applicant, "fir", organisation=organisation, **fields), answers)
    if asked is not None:
        FinancingLine.objects.create(
            project=dossier.project, expense="staff", amount=asked, payer="fir", dossier=dossier, year=2027
        )
    drive(dossier, "deposit", applicant, DOSSIERS_BEGAN)
    return dossier


def entrust_to(dossier: Dossier, person: User, role: str = "lead") -> Assignment:
    """Return the assignment of a dossier to somebody."""
    return Assignment.objects.create(dossier=dossier, user=person, role=role, since=DOSSIERS_BEGAN)


def make_label(dossier: Dossier, name: str = "Urgent") -> Label:
    """Return a label of the body that instructs, put on a dossier."""
    label, _ = Label.objects.get_or_create(body=dossier.body, slug=name.lower(), defaults={"name": name})
    DossierLabel.objects.create(dossier=dossier, label=label, put_at=NOW)
    return label
