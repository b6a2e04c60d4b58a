"""Print how to sign in to the demonstration, one line a role."""

import secrets
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from actors.models import ActorType, Agency, Body, Department, Membership, Organisation, Post, Region, User
from apist.accounts import current_code, enrol_totp, must_have_second_factor, recovery_codes, vouch_for
from apist.demo_people import BODIES, ORGANISATIONS, PEOPLE, DemoBody, DemoOrganisation, DemoPerson
from apist.fixtures import covered_models
from levers.models import SearchWithoutResult
from projects.demo_ground import furnish
from projects.models import Adoption, LetterTemplate
from projects.procedures.vocabulary import Channel

CURATORS = "Curateurs"
BESIDE_CONTENT = (SearchWithoutResult, Adoption, LetterTemplate)
"""What curators keep besides ``fixtures/``: searches that fail, where dossiers are deposited, the words of letters."""

IN_POST_SINCE = date(2025, 1, 1)

ADOPTED = ("fir", "article-51", "grades-support", "call-aap", "call-ami", "call-aac", "call-challenge")
"""What the agencies of the demonstration receive here; the rest is prepared here and deposited elsewhere."""


def curators() -> Group:
    """Return the group of those who keep the content right: every right on what is listed as content, none elsewhere.

    Of those who subscribed, curators see which searches are followed, and that is all.
    """
    group, _ = Group.objects.get_or_create(name=CURATORS)
    models = [*covered_models(), *BESIDE_CONTENT]
    types = ContentType.objects.get_for_models(*models).values()
    content = Permission.objects.filter(content_type__in=types)
    group.permissions.set(content | Permission.objects.filter(content_type__app_label="levers", codename="view_alert"))
    return group


def second_factor_of(user: User) -> list[str]:
    """Give a new second factor to who must have one; return the lines to print about it."""
    if not must_have_second_factor(user):
        return []
    secret = enrol_totp(user)
    return [
        f"  second facteur  {current_code(secret)} (clé pour une application : {secret})",
        f"  codes de secours {' '.join(recovery_codes(user))}",
    ]


def adopt(bodies: list[Body]) -> None:
    """Let the agencies of the demonstration receive every procedure of theirs on the portal."""
    for body in bodies:
        if body.kind == Body.Kind.AGENCY:
            for key in ADOPTED:
                Adoption.objects.get_or_create(
                    procedure_key=key, body=body, call=None, channel=Channel.PORTAL, valid_from=IN_POST_SINCE
                )


class Command(BaseCommand):
    """Make the people of the demonstration, or give them a new password when they exist."""

    help = "Crée les comptes de démonstration (ou change leur mot de passe) et affiche de quoi se connecter."

    def handle(self, **options):
        """Refuse production, where a printed password would be a way in."""
        if settings.MODE == "production":
            raise CommandError("Refusé en production : ces comptes sont ceux de la démonstration.")
        at = timezone.now()
        try:
            with transaction.atomic():
                bodies = {body.code: make_body(body) for body in BODIES}
                adopt(list(bodies.values()))
                furnish(list(bodies.values()), timezone.localtime(at).date())
                organisations = {row.number: make_organisation(row, at) for row in ORGANISATIONS}
                signs = [(person, *make_person(person)) for person in PEOPLE]
                for person, user, _ in signs:
                    settle(person, user, bodies, organisations, at)
        except ObjectDoesNotExist as error:
            raise CommandError("Chargez d'abord le contenu : python manage.py load_fixtures") from error
        self.stdout.write(f"Connexion : {settings.SITE_URL} (administration : {settings.SITE_URL}/admin/)")
        self.stdout.write("Mots de passe et seconds facteurs changent à chaque fois que cette commande est lancée.\n")
        self.stdout.write("Un code affiché vaut une minute environ ; un code de secours, une fois.\n")
        for person, user, password in signs:
            self.stdout.write(f"{person.role}\n  adresse         {user.email}\n  mot de passe    {password}")
            self.stdout.write("\n".join([*second_factor_of(user), ""]))


def make_body(body: DemoBody) -> Body:
    """Return an administration, new or as found again; that of an agency is found by the agency."""
    region = Region.objects.get(code=body.region) if body.region else None
    places = {
        "region": region,
        "department": Department.objects.get(code=body.department) if body.department else None,
    }
    if body.is_agency:
        agency = Agency.objects.get(region=region)
        given = places | {"kind": body.kind, "name": agency.name}
        return Body.objects.update_or_create(
            agency=agency, defaults=given, create_defaults=given | {"code": body.code}
        )[0]
    given = places | {"kind": body.kind, "name": body.name}
    return Body.objects.update_or_create(code=body.code, defaults=given)[0]


def make_organisation(row: DemoOrganisation, at: datetime) -> Organisation:
    """Return an organisation, new or as found again by its number."""
    given = {
        "name": row.name,
        "actor_type": ActorType.objects.get(slug=row.actor_type),
        "status": row.status,
        "region": Region.objects.get(code=row.region),
        "department": Department.objects.get(code=row.department),
        "finess": row.finess,
        "signatory_name": row.signatory[0],
        "signatory_function": row.signatory[1],
    }
    found, _ = Organisation.objects.update_or_create(
        **{row.key: row.number}, defaults=given, create_defaults=given | {"created_at": at}
    )
    return found


def make_person(person: DemoPerson) -> tuple[User, str]:
    """Return somebody, new or as found again, and their new password."""
    user = User.objects.filter(email=person.email).first() or User(email=person.email)
    user.full_name, user.is_active = person.name, True
    user.is_superuser, user.is_staff = person.superuser, person.superuser or person.curates
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.save()
    vouch_for(user)
    user.groups.set([curators()] if person.curates else [])
    return user, password


def settle(
    person: DemoPerson, user: User, bodies: dict[str, Body], organisations: dict[str, Organisation], at: datetime
) -> None:
    """Give somebody their post and their part in an organisation, as they were at first."""
    if person.post:
        held = {"since": IN_POST_SINCE, "until": None}
        Post.objects.update_or_create(user=user, body=bodies[person.body], role=person.post, defaults=held)
    if person.organisation:
        part = {"may_manage": person.manages, "may_deposit": bool(person.mandate), "mandate": person.mandate}
        Membership.objects.update_or_create(
            user=user,
            organisation=organisations[person.organisation],
            defaults=part,
            create_defaults=part | {"since": at},
        )
