"""The mails about people of a project. A mail names nobody's project: that is read on the portal."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from apist.mail import post
from projects.models import OwnershipTransfer, Share


def topic_of(share: Share) -> str:
    """Return what ties the mails of an invitation together, so that it can be withdrawn."""
    return f"share-{share.pk}"


def send_invitation(share: Share, token: str, at: datetime) -> None:
    """Write to the person who is invited; each link drawn is a letter of its own."""
    sentences = (
        f"{share.invited_by} vous invite à un projet sur le portail « Leviers d'innovation en santé ».",
        f"Avec cet accès, vous pourrez {'écrire dans' if share.level == Share.Level.EDITOR else 'lire'} le dossier.",
        "Il faut un compte sur le portail ; vous pouvez en créer un en arrivant.",
        "Si vous n'attendiez rien, ne faites rien : l'invitation s'éteint d'elle-même au bout de 14 jours.",
    )
    _post(
        f"share-{share.project_id}-{share.token_digest[:24]}",
        share.email,
        "Une invitation à un projet",
        sentences,
        reverse("share-accept", args=[token]),
        topic_of(share),
        at,
    )


def send_offer(transfer: OwnershipTransfer, at: datetime) -> None:
    """Write to the person to whom a project is offered."""
    sentences = (
        f"{transfer.asked_by} vous propose de devenir responsable d'un projet, sur le portail APIST.",
        "Rien ne change tant que vous n'avez pas accepté, sur la page du projet.",
    )
    address = reverse("project-sharing", args=[transfer.project.public_id])
    cause = f"transfer-{transfer.pk}"
    _post(cause, transfer.to.email, "Un projet vous est proposé", sentences, address, cause, at)


def _post(
    cause: str, to: str, subject: str, sentences: tuple[str, ...], address: str, topic: str, at: datetime
) -> None:
    context = {"sentences": sentences, "url": f"{settings.SITE_URL}{address}", "site": settings.SITE_URL}
    post(
        cause,
        to,
        subject,
        render_to_string("emails/project.txt", context),
        html=render_to_string("emails/project.html", context),
        topic=topic,
        now=at,
    )
