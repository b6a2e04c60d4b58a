"""What the portal decides when somebody comes from ProConnect or Pro Santé Connect."""

import logging

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

logger = logging.getLogger("apist.sso")


class Adapter(DefaultSocialAccountAdapter):
    """One person, one account; and a name that people chose stays."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "email_taken": "Un compte existe déjà à cette adresse. Connectez-vous à ce compte, puis reliez-y %s "
        "depuis la page « Mon compte ».",
        "no_password": "Choisissez d'abord un mot de passe : sans lui, vous ne pourriez plus vous connecter.",
        "not_offered": "Ce service n'est plus proposé ici ; l'identité reste reliée, sans effet.",
        "connected_other": "Cette identité est déjà reliée à un autre compte.",
    }

    def populate_user(self, request, sociallogin, data):
        """Propose the name that the provider says."""
        user = super().populate_user(request, sociallogin, data | {"first_name": None, "last_name": None})
        user.full_name = (data.get("name") or "")[:150]
        return user

    def get_signup_form_initial_data(self, sociallogin) -> dict:
        """Propose the address and the name."""
        return {"email": sociallogin.user.email, "full_name": sociallogin.user.full_name}

    def validate_disconnect(self, account, accounts) -> None:
        """Refuse where the operator no longer offers the provider: allauth could not name it in the message."""
        if account.provider not in {app.provider_id for app in self.list_apps(self.request)}:
            raise self.validation_error("not_offered")

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None) -> None:
        """Leave to the operator's log why a sign-in was refused: the page says only that it was."""
        logger.warning("%s: %s %s", getattr(provider, "sub_id", provider), error, exception or "")
