"""Telling people that a dossier will go, or has gone: mails without content, and lines of the agents' daily digest."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from apist.mail import post
from projects.engine.mails import topic_of
from projects.engine.people import agents_of, applicants_of, paces
from projects.models import DigestLine, Dossier, MailPreference
from projects.procedures.vocabulary import Macro

Pace = MailPreference.Pace


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who is told: addresses on the applicant's side, whatever their preferences; agents, following theirs.

    ``page``: where the applicant's side reads the dossier; nowhere for an address without an account.
    """

    addresses: tuple[str, ...]
    agents: tuple
    page: str = "dossier"


def recipients_of(dossier: Dossier, at: datetime) -> Recipients:
    """Return who is told of the end of a dossier; agents only of what they may see, so never of a draft."""
    people = [person.email for person in applicants_of(dossier)]
    agents = () if dossier.macro == Macro.DRAFT else tuple(agents_of(dossier, at))
    if not people and dossier.contact_email:
        return Recipients((dossier.contact_email,), agents, "")
    return Recipients(tuple(people), agents)


def warn(dossier: Dossier, goes_on: date, at: datetime) -> None:
    """Write that a dossier will be erased from a day on, and what keeps it."""
    words = f"Le contenu du dossier {dossier.reference} sera effacé à partir du {goes_on:%d/%m/%Y}."
    keep = (
        "Pour le garder, modifiez-le : le délai repart de votre dernière modification."
        if dossier.macro == Macro.DRAFT
        else "Si vous en avez besoin, enregistrez-en une copie avant cette date."
    )
    cause = f"retention-{dossier.reference}-{goes_on:%Y%m%d}-{at:%Y%m%d}"
    _tell(dossier, recipients_of(dossier, at), cause, "Un dossier sera bientôt effacé", (words, keep), at)


def tell_erased(dossier: Dossier, to: Recipients, at: datetime) -> None:
    """Write that a dossier has been erased, to those who could read it before; its page still says so."""
    words = f"Le contenu du dossier {dossier.reference} est effacé, comme cela vous avait été annoncé."
    rest = "Il en reste la référence, les dates et la suite des actes, sans aucun texte."
    _tell(dossier, to, f"erased-{dossier.reference}", "Un dossier a été effacé", (words, rest), at)


def _tell(dossier: Dossier, to: Recipients, cause: str, subject: str, sentences: tuple[str, ...], at: datetime) -> None:
    for address in to.addresses:
        _post(dossier, address, to.page, cause, subject, sentences, at)
    pace = paces(list(to.agents), Pace.DAILY)
    for agent in to.agents:
        if pace[agent.pk] == Pace.EACH:
            _post(dossier, agent.email, "instruction-dossier", cause, subject, sentences, at)
        elif pace[agent.pk] == Pace.DAILY:
            DigestLine.objects.create(user=agent, dossier=dossier, text=sentences[0], at=at)


def _post(dossier, to: str, page: str, cause: str, subject: str, sentences: tuple[str, ...], at: datetime) -> None:
    context = {
        "sentences": sentences,
        "procedure": dossier.procedure.title,
        "url": f"{settings.SITE_URL}{reverse(page, args=[dossier.reference])}" if page else "",
        "site": settings.SITE_URL,
        "subject": subject,
    }
    post(
        f"{cause}-{to}",
        to,
        f"{subject} ({dossier.reference})",
        render_to_string("emails/retention.txt", context),
        html=render_to_string("emails/retention.html", context),
        topic=topic_of(dossier),
        now=at,
    )
