"""The links of an alert: whoever holds one reads its mail, and so may see, change and stop it.

A link is the alert's random key, signed. The key alone, read in a copy of the base,
opens nothing; it needs no other row, so links can be written again in every mail.
Stopping deletes the key, and every link with it.
"""

import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from levers.models import Alert

SIGNER = "levers.alerts.links"


def new_key() -> str:
    """Draw the key of an alert."""
    return secrets.token_urlsafe(24)


def token_of(alert: Alert) -> str:
    """Return what the links of an alert carry."""
    return Signer(sep=".", salt=SIGNER).sign(alert.key)


def alert_of(token: str) -> Alert | None:
    """Return the alert of a link; None where there is none, or no more."""
    try:
        key = Signer(sep=".", salt=SIGNER).unsign(token)
    except BadSignature:
        return None
    return Alert.objects.filter(key=key).first()


def address_of(name: str, alert: Alert) -> str:
    """Return a whole address of the portal about an alert, as a mail holds it."""
    return f"{settings.SITE_URL}{reverse(name, args=[token_of(alert)])}"
