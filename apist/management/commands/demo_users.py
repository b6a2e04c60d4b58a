"""Print how to sign in to the demonstration, one line a role."""

import secrets

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from actors.models import User
from apist.accounts import current_code, enrol_totp, recovery_codes, vouch_for

CURATORS = "Curateurs"
CONTENT_APPS = ("actors", "levers", "projects")
PEOPLE_S = ("alert", "alertmemory")
"""What belongs to those who subscribed: curators see which searches are followed, and that is all."""


def curators() -> Group:
    """Return the group of those who keep the content right, with every right on it and none on people."""
    group, _ = Group.objects.get_or_create(name=CURATORS)
    content = Permission.objects.filter(content_type__app_label__in=CONTENT_APPS)
    content = content.exclude(content_type__model="user").exclude(content_type__model__startswith="historical")
    group.permissions.set(content.exclude(content_type__model__in=PEOPLE_S) | content.filter(codename="view_alert"))
    return group


class Command(BaseCommand):
    """Make the people of the demonstration, or give them a new password when they exist."""

    help = "Crée les comptes de démonstration (ou change leur mot de passe) et affiche de quoi se connecter."

    def handle(self, **options):
        """Refuse production, where a printed password would be a way in."""
        if settings.MODE == "production":
            raise CommandError("Refusé en production : ces comptes sont ceux de la démonstration.")
        with transaction.atomic():
            signs = {
                "Administration du portail (tous les droits)": self.administrator(),
                "Curation du contenu (leviers, critères, sources)": self.curator(),
            }
        self.stdout.write(f"Connexion : {settings.SITE_URL}/admin/")
        self.stdout.write("Mots de passe et seconds facteurs changent à chaque fois que cette commande est lancée.\n")
        self.stdout.write("Le code affiché vaut une minute environ ; un code de secours, une fois.\n")
        for role, (user, password) in signs.items():
            self.stdout.write(f"{role}\n  adresse         {user.email}\n  mot de passe    {password}")
            secret = enrol_totp(user)
            self.stdout.write(f"  second facteur  {current_code(secret)} (clé pour une application : {secret})")
            self.stdout.write(f"  codes de secours {' '.join(recovery_codes(user))}\n")

    def administrator(self) -> tuple[User, str]:
        """Return the person with every right."""
        return self.person("admin@demonstration.invalid", "Administration", is_superuser=True)

    def curator(self) -> tuple[User, str]:
        """Return the curator, whose rights are those of the group and no more."""
        user, password = self.person("curation@demonstration.invalid", "Curation", is_superuser=False)
        user.groups.set([curators()])
        return user, password

    def person(self, email: str, full_name: str, *, is_superuser: bool) -> tuple[User, str]:
        """Return a member of staff, new or as found again, and the new password."""
        user = User.objects.filter(email=email).first() or User(email=email)
        user.full_name, user.is_staff, user.is_active, user.is_superuser = full_name, True, True, is_superuser
        password = secrets.token_urlsafe(12)
        user.set_password(password)
        user.save()
        vouch_for(user)
        return user, password
