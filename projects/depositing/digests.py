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
from projects.models import DigestLine, Dossier, MailPreference

AT = time(7)
"""When it leaves, in France."""


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
    seen = {} if wants_none else _dossiers(person, {line.dossier_id for line in lines}, now)
    told = [(seen[pk], [line.text for line in lines if line.dossier_id == pk]) for pk in seen]
    if told and not _post(person, told, until, now):
        return False
    DigestLine.objects.filter(pk__in=[line.pk for line in lines]).delete()
    return bool(told)


def _dossiers(person: User, keys: set[int], now: datetime) -> dict[int, Dossier]:
    rows = Dossier.objects.visible_to(holdings_of(person, now)).filter(pk__in=keys).order_by("reference")
    return {row.pk: row for row in rows}


def _post(person: User, told: list[tuple[Dossier, list[str]]], until: datetime, now: datetime) -> bool:
    """Write the mail of a day; False where it was written already."""
    context = {
        "told": [
            {"dossier": dossier, "texts": list(dict.fromkeys(texts)), "url": _address("dossier", dossier.reference)}
            for dossier, texts in told
        ],
        "preferences": _address("mail-preferences"),
        "site": settings.SITE_URL,
    }
    many = len(told)
    context["subject"] = f"Vos dossiers : du nouveau sur {many} dossiers" if many > 1 else "Votre dossier : du nouveau"
    return post(
        f"digest-{person.pk}-{until:%Y-%m-%d}",
        person.email,
        context["subject"],
        render_to_string("emails/dossier_digest.txt", context),
        html=render_to_string("emails/dossier_digest.html", context),
        topic=f"digest-{person.pk}",
        now=now,
    )


def _address(name: str, *words: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=words)}"
