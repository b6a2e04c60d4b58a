"""What the portal decides about accounts where allauth asks: who needs a second factor, how a mail leaves."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from actors.models import Post, User
from apist.clock import now
from apist.mail import send_account_mail
from apist.prepared import Prepared, Text, prepare

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor; recovery codes only stand in for one."""


def must_have_second_factor(user: User | AnonymousUser) -> bool:
    """Tell whether somebody may do nothing without a second factor: the staff of the portal and of administrations.

    One query for who is not staff of the portal: a post counts from its first day to its last. The answer stays on
    the person as ``instructs``: the header shows the way to the desk by it, without another query.
    """
    if not user.is_authenticated or user.is_staff:
        return user.is_authenticated
    user.instructs = bool(_posts_now().rows([user.pk], now()))
    return user.instructs


def has_second_factor(user: User) -> bool:
    """Tell whether somebody has an application or a key (one query)."""
    return bool(_factors().rows([user.pk], now()))


@cache
def _posts_now() -> Prepared:
    def write(numbers: Sequence[int], at: datetime) -> Text:
        posts = Post.objects.current(timezone.localtime(at).date()).filter(user=numbers[0])
        return posts.order_by().values_list("pk")[:1].query.sql_with_params()

    return prepare(write, 1)


@cache
def _factors() -> Prepared:
    def write(numbers: Sequence[int], at: datetime) -> Text:
        held = Authenticator.objects.filter(user_id=numbers[0], type__in=SECOND_FACTORS)
        return held.order_by().values_list("pk")[:1].query.sql_with_params()

    return prepare(write, 1)


@transaction.atomic
def enrol_totp(user: User) -> str:
    """Give somebody a new application secret and new recovery codes in place of the old; return the secret.

    For the demonstration and the tests: a person enrols on the pages of the account.
    """
    Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN).delete()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def current_code(secret: str) -> str:
    """Return the code that an application holding this secret shows now."""
    *_, before_last, _ = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, before_last))


def recovery_codes(user: User) -> list[str]:
    """Return the recovery codes that somebody has not used yet."""
    kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return kept.wrap().get_unused_codes() if kept else []


def remove_second_factors(user: User) -> int:
    """Take away every second factor and the recovery codes; return how many rows that was.

    The next sign-in of somebody who must have one leads to the page where one is enrolled.
    """
    return Authenticator.objects.filter(user=user).delete()[0]


def vouch_for(user: User) -> None:
    """Hold the address of an account for confirmed, on the word of whoever made the account from the server."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


class AccountAdapter(DefaultAccountAdapter):
    """Our mails, our names, our addresses."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "L'adresse électronique ou le mot de passe n'est pas le bon.",
        "duplicate_email": "C'est déjà l'adresse de votre compte.",
        "email_taken": "Un autre compte a déjà cette adresse.",
        "incorrect_code": "Ce code n'est pas le bon, ou il n'est plus valable.",
        "too_many_login_attempts": "Trop d'essais de suite. Attendez quelques minutes, puis recommencez.",
        "rate_limited": "Un message vient de partir. Attendez un instant avant d'en demander un autre.",
    }

    def save_user(self, request, user, form, commit=True):
        """Keep the displayed name as well."""
        user.full_name = form.cleaned_data.get("full_name", user.full_name)
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Write one of ``templates/account/email/``, whose first line is the subject."""
        name = template_prefix.rsplit("/", 1)[-1]
        values = context | {"email": email, "account_url": self.request.build_absolute_uri(reverse("account-home"))}
        subject, _, text = render_to_string(f"account/email/{name}.txt", values).strip().partition("\n")
        with transaction.atomic():
            send_account_mail(name, subject, text.strip(), email, timezone.now())

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address written in the message; ``key`` is the account and the token, with a dash between."""
        uid, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        return self.request.build_absolute_uri(path)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to the account."""
        return reverse("account-home")

    def get_email_verification_redirect_url(self, email_address) -> str:
        """Go back to the account, where the new address shows."""
        return reverse("account-home")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return whom attempts are counted for; behind a Unix socket without proxy header, everybody together."""
        try:
            return super().get_client_ip(request)
        except PermissionDenied:
            return "0.0.0.0"
