"""Builders of decisions: nothing is put at a stage, everything goes through the one door."""

from datetime import date

from actors.models import Body, Post, User
from levers.models import Lever
from projects.models import Adoption, Decision, Dossier
from projects.procedures.vocabulary import Channel
from tests import factories
from tests.dossier_factories import drive, fill, make_dossier, make_officer

ROLES = (Post.Role.OFFICER, Post.Role.HEAD, Post.Role.DIRECTOR, Post.Role.LEGAL)
QUALIFIED = {
    "initiated_by_carrier": True, "service_ordered": False, "state_aid": "none", "qualified_as": "subsidy",
}  # fmt: skip
GRANT = {"outcome": "grant", "amount_granted": "12500", "amount_per_year": "12500"}
REFUSAL = {"outcome": "refuse", "amount_granted": "", "amount_per_year": "", "exercise_ends_on": ""}


def make_agent(role: str, body: Body) -> User:
    """Return somebody with a name and a role."""
    user = make_officer(body, role)
    user.full_name = f"Personne {role}"
    user.save()
    return user


def adopt(key: str, body: Body) -> Adoption:
    """Let a body receive a procedure on the portal."""
    fields = {"procedure_key": key, "body": body, "channel": Channel.PORTAL}
    return Adoption.objects.get_or_create(**fields, defaults={"valid_from": date(2020, 1, 1)})[0]


def fir_dossier(applicant: User, organisation, body: Body, people: dict[str, User], **fields) -> Dossier:
    """Return a dossier of the regional fund under review, whose sheet concludes to a subsidy."""
    adopt("fir", body)
    fields = {"lever": fields.pop("lever", None) or lever("fir")} | fields
    dossier = fill(make_dossier(applicant, "fir", organisation=organisation, body=body, **fields))
    drive(dossier, "deposit", applicant)
    drive(dossier, "acknowledge", people["officer"])
    drive(dossier, "admit", people["officer"])
    drive(dossier, "qualify", people["officer"], **QUALIFIED)
    return dossier


def lever(slug: str):
    """Return a published lever; asking twice for a slug gives the same row."""
    known = Lever.objects.filter(slug=slug).first()
    if known:
        return known
    made = factories.make_lever(slug=slug, title=f"Levier {slug}")
    factories.make_window(made)
    return made


def proposed(dossier: Dossier, people: dict[str, User], **given) -> Dossier:
    """Propose a decision, a grant unless told otherwise."""
    drive(dossier, "propose", people["officer"], **GRANT | {"orientation_lever": ""} | given)
    return dossier


def checked(dossier: Dossier, people: dict[str, User], **given) -> Dossier:
    """Propose a decision and attest the legal check."""
    proposed(dossier, people, **given)
    drive(dossier, "check", people["legal"])
    return dossier


def signed(dossier: Dossier, people: dict[str, User], **given) -> Decision:
    """Propose, check and sign a decision, and return it."""
    checked(dossier, people, **given)
    drive(dossier, "sign", people["director"])
    return dossier.decisions.decided().get()


def notified(dossier: Dossier, people: dict[str, User], **given) -> Decision:
    """Go up to the notification."""
    decision = signed(dossier, people, **given)
    drive(dossier, "notify-refusal" if given.get("outcome") == "refuse" else "notify-grant", people["officer"])
    return decision
