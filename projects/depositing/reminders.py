"""Reminding the people of a draft that its call closes soon: a mail a step, on the clocks of the place."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from apist.mail import post
from apist.models import OutgoingMail
from levers.calls.status import CLOSING
from projects.depositing.moments import until_in_words
from projects.depositing.reminding import STEPS, step_due
from projects.engine.mails import topic_of
from projects.engine.people import applicants_of, paces
from projects.engine.reading import window
from projects.models import Dossier, MailPreference
from projects.procedures.vocabulary import Macro

LOOKED_AHEAD = timedelta(days=max(STEPS) + 2)
"""How far the job looks: the widest step, and a day on each side for the clocks of places."""


def send_due(now: datetime) -> str:
    """Write the reminders that are due: a job of the clock. Each is written once, whatever the number of turns."""
    day = now.date()
    soon = Dossier.objects.filter(
        macro=Macro.DRAFT,
        call__events__kind=CLOSING,
        call__events__day__range=(day - timedelta(days=1), day + LOOKED_AHEAD),
    )
    drafts = soon.distinct().select_related("call", "project", "project__owner").prefetch_related("call__events")
    written = sum(_remind(draft, now) for draft in drafts)
    return f"{written} rappel(s) de clôture" if written else ""


def _remind(draft: Dossier, now: datetime) -> int:
    _, closes_at = window(draft)
    if closes_at is None:
        return 0
    step = step_due(closes_at, draft.call.time_zone, draft.opened_at, now)
    if step is None:
        return 0
    cause = f"reminder-{draft.reference}-{closes_at:%Y%m%d}-{step}"
    if OutgoingMail.objects.filter(cause__startswith=f"{cause}-").exists():
        return 0
    people = applicants_of(draft)
    pace = paces(people, MailPreference.Pace.EACH)
    wanted = [person for person in people if pace[person.pk] != MailPreference.Pace.NONE]
    with transaction.atomic():
        return sum(_post(f"{cause}-{person.pk}", person.email, draft, closes_at, now) for person in wanted)


def _post(cause: str, to: str, draft: Dossier, closes_at: datetime, now: datetime) -> bool:
    closing = until_in_words(closes_at, draft.call.time_zone)
    context = {
        "subject": f"Votre brouillon n'est pas déposé : clôture le {closing}",
        "reference": draft.reference,
        "procedure": draft.procedure.title,
        "closing": closing,
        "url": f"{settings.SITE_URL}{reverse('dossier', args=[draft.reference])}",
        "preferences": f"{settings.SITE_URL}{reverse('mail-preferences')}",
        "site": settings.SITE_URL,
    }
    text = render_to_string("emails/dossier_reminder.txt", context)
    html = render_to_string("emails/dossier_reminder.html", context)
    return post(cause, to, context["subject"], text, html=html, topic=topic_of(draft), now=now)
