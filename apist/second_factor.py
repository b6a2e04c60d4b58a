"""The second factor: kept encrypted, and compulsory for staff, who can do nothing before they have one."""

import base64
import hashlib
from collections.abc import Callable

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from apist.accounts import SECOND_FACTORS, has_second_factor, must_have_second_factor


def _cipher() -> MultiFernet:
    """Return what encrypts secrets, under a key drawn from ``SECRET_KEY`` and from those it replaced."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.blake2b(key.encode(), digest_size=32, person=b"apist.mfa").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class Adapter(DefaultMFAAdapter):
    """Secrets are encrypted, so that a copy of the base gives nobody's codes; staff keep their last factor."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Votre rôle demande un second facteur : ajoutez-en un autre avant de "
        "retirer celui-ci.",
        "incorrect_code": "Ce code n'est pas le bon, ou il a déjà servi.",
        "unverified_email": "Confirmez d'abord votre adresse électronique.",
    }

    def encrypt(self, text: str) -> str:
        """Return what is kept of a secret."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret; where the key that hid it is gone, one that no code matches."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return generate_totp_secret()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to take from staff the only second factor they have."""
        if not must_have_second_factor(authenticator.user):
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=SECOND_FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user, type) -> str:
        """Propose a name for a key."""
        return f"Clé {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"


class SecondFactorMiddleware:
    """Send staff without a second factor to the page where one is enrolled, whatever they asked for.

    Sign-in itself asks for the factor of whoever has one (allauth's stages), by password
    as by a provider: what is left to hold here is that they have one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Let only the pages of the account through."""
        if request.resolver_match.route.startswith("compte/") or not must_have_second_factor(request.user):
            return None
        return None if has_second_factor(request.user) else redirect("mfa_index")
