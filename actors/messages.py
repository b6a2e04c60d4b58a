"""The mails about organisations: plain, in French, without anything of the dossiers."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from actors.models import OrganisationInvitation
from apist import mail

INVITATION = "organisation-invitation-"
"""How the causes of invitations begin: they are counted by address."""


def post_invitation(invitation: OrganisationInvitation, token: str, now: datetime) -> None:
    """Send somebody the link that lets them act for an organisation; the secret is in this mail and nowhere else."""
    subject = f"Invitation à rejoindre {invitation.organisation}"
    values = {
        "subject": subject,
        "site": settings.SITE_URL,
        "invitation": invitation,
        "organisation": invitation.organisation,
        "invited_by": invitation.invited_by,
        "url": f"{settings.SITE_URL}{reverse('organisation-invitation', args=[token])}",
    }
    mail.post(
        f"{INVITATION}{invitation.pk}",
        invitation.email,
        subject,
        render_to_string("emails/organisation_invitation.txt", values),
        now=now,
        html=render_to_string("emails/organisation_invitation.html", values),
        topic=f"organisation-{invitation.organisation_id}",
    )
