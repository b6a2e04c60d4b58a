"""The daily mail of those who want one: once a day, at seven in France, what happened on dossiers they still see."""

from datetime import datetime, time

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from actors.models import User
from apist.mail import post
from projects.access import holdings_of
from projects.engine.clock import FRANCE
from projects.models import DigestLine, Dossier, EnvisagedProject, MailPreference
from projects.rights.predicates import lost_to_their_side

AT = time(7)
"""When it leaves, in France."""

ENVISAGED = "Projet envisagé"

NEWS = "Du nouveau : la page du dossier vous dit ce que vous pouvez en lire."
"""What is told to whoever is on both sides: a line may have been written before they were on the applicant's."""


def send_due(now: datetime) -> str:
    """Write the digests of the day: a job of the clock. Run again, it writes nothing more."""
    until = cut_of(now)
    if until is None:
        return ""
    people = User.objects.filter(pk__in=DigestLine.objects.filter(at__lt=until).values("user_id"), is_active=True)
    written = sum(_send(person, until, now) for person in people)
    return f"{written} résumé(s) quotidien(s)" if written else ""


def cut_of(now: datetime) -> datetime | None:
    """Return up to when lines are told today: seven in the morning; None before it."""
    here = timezone.localtime(now, FRANCE)
    cut = datetime.combine(here.date(), AT, FRANCE)
    return cut if here >= cut else None


@transaction.atomic
def _send(person: User, until: datetime, now: datetime) -> bool:
    """Write one person's mail and forget its lines, in one go; tell whether a mail was written.

    The lines are claimed first. A line that came after the day's mail waits for tomorrow's; one about a dossier that
    the person no longer sees is forgotten, and so are all of somebody who wants no mail any more.
    """
    lines = list(DigestLine.objects.select_for_update().filter(user=person, at__lt=until))
    if not lines:
        return False
    wants_none = MailPreference.objects.filter(user=person, pace=MailPreference.Pace.NONE).exists()
    told = [] if wants_none else _told(person, lines, now)
    if told and not _post(person, told, until, now):
        return False
    DigestLine.objects.filter(pk__in=[line.pk for line in lines]).delete()
    return bool(told)


def _told(person: User, lines: list[DigestLine], now: datetime) -> list[dict]:
    """Return what is said of each dossier that the person still sees, then of each project of the board of agencies."""
    holdings = holdings_of(person, now)
    dossiers = Dossier.objects.visible_to(holdings).filter(pk__in={one.dossier_id for one in lines} - {None})
    dossiers = dossiers.select_related("project").prefetch_related("participations", "recusals")
    told = [
        {
            "title": f"Dossier {row.reference}",
            "words": row.procedure.title,
            "texts": [NEWS] if lost_to_their_side(holdings, row) else _texts(lines, "dossier_id", row.pk),
            "url": _address("dossier", row.reference),
        }
        for row in dossiers.order_by("reference")
    ]
    envisaged = {one.envisaged_id for one in lines} - {None}
    if not envisaged or not holdings.of("agency_bodies"):
        return told
    return told + [
        {
            "title": ENVISAGED,
            "words": row.title,
            "texts": _texts(lines, "envisaged_id", row.pk),
            "url": _address("envisaged-one", row.pk),
        }
        for row in EnvisagedProject.objects.on_board().filter(pk__in=envisaged)
    ]


def _texts(lines: list[DigestLine], field: str, key: int) -> list[str]:
    return list(dict.fromkeys(line.text for line in lines if getattr(line, field) == key))


def _subject(told: list[dict]) -> str:
    dossiers = sum(one["title"] != ENVISAGED for one in told)
    if not dossiers:
        return "Projets envisagés : du nouveau"
    return f"Vos dossiers : du nouveau sur {dossiers} dossiers" if dossiers > 1 else "Votre dossier : du nouveau"


def _post(person: User, told: list[dict], until: datetime, now: datetime) -> bool:
    """Write the mail of a day; False where it was written already."""
    context = {
        "told": told,
        "preferences": _address("mail-preferences"),
        "site": settings.SITE_URL,
        "subject": _subject(told),
    }
    return post(
        f"digest-{person.pk}-{until:%Y-%m-%d}",
        person.email,
        context["subject"],
        render_to_string("emails/dossier_digest.txt", context),
        html=render_to_string("emails/dossier_digest.html", context),
        topic=f"digest-{person.pk}",
        now=now,
    )


def _address(name: str, *words: str | int) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=words)}"
