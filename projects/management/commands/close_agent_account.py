"""Close an agent's account: it signs in no more, its posts end today and stay on record, the person is told."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from actors.models import User
from projects.retention.accounts import close_agent_account


class Command(BaseCommand):
    """For administrators: agents do not close their account themselves (``projects/retention/accounts.py``)."""

    help = "Ferme le compte d'un agent : désactivé, ses postes prennent fin ce jour, un courriel le dit."

    def add_arguments(self, parser):
        """Take the address of the account."""
        parser.add_argument("email", help="Adresse électronique du compte.")

    def handle(self, *, email: str, **options):
        """Close it, once."""
        user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
        if user is None:
            raise CommandError("Aucun compte ouvert n'a cette adresse.")
        if not (user.is_staff or user.posts.exists()):
            raise CommandError("Ce compte n'est pas celui d'un agent : la personne le supprime elle-même.")
        close_agent_account(user, timezone.now())
        self.stdout.write("Compte fermé.")
