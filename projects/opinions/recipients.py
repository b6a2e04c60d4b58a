"""To whom a question may be put: the bodies that have people here, and anybody by an address; who may not be asked."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from actors.models import Body, Post, User
from projects.engine.door import Refused
from projects.engine.effects import KINDS
from projects.engine.people import actor_of
from projects.models import Dossier, OpinionRequest
from projects.procedures.conditions import Refusal
from projects.procedures.vocabulary import Party
from projects.rights.predicates import parties
from projects.rights.table import APPLICANT_SIDE

ASKED_A_DAY = 3
"""Questions that one dossier may put to one address in a day: nobody is flooded, even where each is withdrawn."""
MOST_WAITING = 40
"""Requests that may wait at once on a dossier."""

CAPACITIES = {kind: party for party, kind in KINDS.items()} | {Body.Kind.AGENCY: Party.ASSOCIATE}
"""As what a body that is asked takes part."""

STUDYING = (Post.Role.OFFICER, Post.Role.HEAD)

MAY_NOT = "Cette personne ne peut pas être consultée sur ce dossier."


def refused(key: str, words: str) -> Refused:
    """Return why something may not be done now, in words for the person."""
    return Refused((Refusal(key, words),))


def bodies_offered(dossier: Dossier, at: datetime) -> QuerySet[Body]:
    """Return the bodies that may be asked: the Assurance maladie and the GRADeS of the region, its departments, the
    CNSA, every other agency; those without anybody to receive the question apart (one query).
    """
    people = Post.objects.current(timezone.localtime(at).date()).filter(body=OuterRef("pk"), role__in=STUDYING)
    local = Q(kind__in=[Body.Kind.INSURANCE, Body.Kind.GRADES], region=dossier.region_id)
    departments = Q(kind=Body.Kind.DEPARTMENT, department__region=dossier.region_id)
    everywhere = Q(kind__in=[Body.Kind.CNSA, Body.Kind.AGENCY])
    found = Body.objects.filter(local | departments | everywhere).exclude(pk=dossier.body_id)
    return found.filter(Exists(people)).order_by("kind", "name")


def colleagues_of(body: Body | None, user: User | None, at: datetime) -> QuerySet[User]:
    """Return the people of a body, other than the one who asks, to whom an answer may be left; nobody without body."""
    posts = Post.objects.current(timezone.localtime(at).date()).filter(body=body).exclude(role=Post.Role.CURATOR)
    found = User.objects.filter(pk__in=posts.values("user_id"), is_active=True)
    return (found if body else found.none()).exclude(pk=user.pk if user else None).order_by("full_name", "email")


def account_of(email: str) -> User | None:
    """Return the account whose confirmed address this is."""
    return User.objects.filter(
        emailaddress__email__iexact=email.strip(), emailaddress__verified=True, is_active=True
    ).first()


def check_recipient(dossier: Dossier, body: Body | None, user: User | None, email: str, at: datetime) -> None:
    """Refuse whoever may not be asked: the agency itself, the applicant's side, who stepped back, who is asked already.

    The same words for every reason that is about a person: why somebody stepped back is theirs.
    """
    waiting = dossier.opinion_requests.open()
    if waiting.count() >= MOST_WAITING:
        raise refused("too-many", f"{MOST_WAITING} avis sont déjà attendus sur ce dossier.")
    if user is not None or email:
        _check_person(dossier, user, email.strip().lower(), at)
    elif body is not None:
        if body.pk == dossier.body_id:
            raise refused("itself", "Cette administration instruit le dossier.")
        if waiting.filter(body=body, user=None, email="").exists():
            raise refused("twice", "Un avis est déjà attendu de cette administration.")


def _check_person(dossier: Dossier, user: User | None, email: str, at: datetime) -> None:
    own = dossier.opinion_requests.filter(user=user) if user else dossier.opinion_requests.filter(email=email)
    if own.filter(ending=OpinionRequest.Ending.CONFLICT).exists() or _is_concerned(dossier, user, email, at):
        raise refused("interest", MAY_NOT)
    if own.open().exists():
        raise refused("twice", "Un avis est déjà attendu de cette personne.")
    if own.filter(asked_at__gt=at - timedelta(days=1)).count() >= ASKED_A_DAY:
        raise refused(
            "too-often", "Trois demandes sont déjà parties aujourd'hui vers cette personne : attendez demain."
        )


def _is_concerned(dossier: Dossier, user: User | None, email: str, at: datetime) -> bool:
    """Tell whether somebody stepped back from the dossier, or is on the applicant's side."""
    if user is None:
        return email == dossier.contact_email.lower()
    if dossier.recusals.filter(user=user).exists():
        return True
    return bool(parties(actor_of(user, at).holdings, dossier) & APPLICANT_SIDE)
