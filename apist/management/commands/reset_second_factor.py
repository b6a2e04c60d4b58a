"""Take away the second factor of somebody who lost it, on the word of whoever made sure that it is them."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from actors.models import User
from apist.accounts import remove_second_factors
from apist.mail import send_account_mail


class Command(BaseCommand):
    """Remove, write it in the history of the account, and tell its owner: all of it or nothing."""

    help = "Retire le second facteur d'un compte. La personne en ajoute un autre à sa prochaine connexion."

    def add_arguments(self, parser):
        """Ask whose, why, and on whose word."""
        parser.add_argument("email", help="Adresse du compte.")
        parser.add_argument("--reason", required=True, help="Pourquoi, et comment l'identité a été vérifiée.")
        parser.add_argument("--by", default="", help="Adresse du compte de la personne qui l'a vérifiée.")

    @transaction.atomic
    def handle(self, *, email: str, reason: str, by: str, **options):
        """Do it, or say what is not known."""
        user = self.account(email)
        author = self.account(by) if by else user
        if not reason.strip():
            raise CommandError("Écrivez une raison après --reason.")
        if not remove_second_factors(user):
            raise CommandError(f"{user.email} n'a pas de second facteur : rien n'a changé.")
        message = f"Second facteur retiré (reset_second_factor) : {reason.strip()}"
        LogEntry.objects.log_actions(author.pk, [user], CHANGE, change_message=message, single_object=True)
        subject, _, text = (
            render_to_string("account/email/second_factor_reset.txt", {"email": user.email}).strip().partition("\n")
        )
        send_account_mail("second-factor-reset", subject, text.strip(), user.email, timezone.now())
        self.stdout.write(f"Le second facteur de {user.email} est retiré ; un message le lui dit.")

    def account(self, email: str) -> User:
        """Find an account by its address, in any case."""
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"Aucun compte à l'adresse {email} : rien n'a changé.")
        return user
