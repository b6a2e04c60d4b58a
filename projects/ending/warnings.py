"""Warning everybody that what was authorised ends in so many months: a job of the clock, once a step and person."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from actors.models import User
from apist.mail import post
from apist.models import OutgoingMail
from levers.calls.sentences import day_in_words
from projects.ending.calendar import last_day_of
from projects.ending.rules import months_before, warning_due
from projects.engine.mails import topic_of
from projects.engine.people import agents_of, applicants_of, participants_of
from projects.models import Dossier
from projects.procedures.catalogue import PROCEDURES

WARNED = {
    (procedure.key, procedure.version, stage.key): stage.warned_months
    for procedure in PROCEDURES
    for stage in procedure.stages
    if stage.warned_months
}
"""The stages that are warned of, by procedure and version."""


def send_due(now: datetime) -> str:
    """Write the warnings that are due; each once, whatever the number of turns. Who reads no reminder still gets it:
    an end that passes unseen cannot be repaired."""
    if not WARNED:
        return ""
    day = timezone.localtime(now).date()
    furthest = months_before(day, -max(months for steps in WARNED.values() for months in steps)) + timedelta(days=1)
    stages = {stage for _, _, stage in WARNED}
    running = Dossier.objects.open().filter(stage__in=stages, due_at__gt=now, due_at__date__lte=furthest)
    rows = running.with_names().select_related("project__owner")
    written = sum(_warn(row, now) for row in rows.iterator(chunk_size=200))
    return f"{written} avertissement(s) de fin" if written else ""


def _warn(dossier: Dossier, now: datetime) -> int:
    steps = WARNED.get((dossier.procedure_key, dossier.procedure_version, dossier.stage), ())
    ends_on, since = last_day_of(dossier.due_at), timezone.localtime(dossier.staged_at).date()
    months = warning_due(ends_on, steps, since, timezone.localtime(now).date())
    if months is None:
        return 0
    cause = f"ending-{dossier.reference}-{ends_on:%Y%m%d}-{months}"
    if OutgoingMail.objects.filter(cause__startswith=f"{cause}-").exists():
        return 0
    people = [(person, "dossier") for person in applicants_of(dossier)]
    agents = {person.pk: person for person in [*agents_of(dossier, now), *participants_of(dossier, now)]}
    people += [(person, "instruction-dossier") for person in agents.values()]
    with transaction.atomic():
        return sum(_post(f"{cause}-{person.pk}", person, page, dossier, ends_on, now) for person, page in people)


def _post(cause: str, to: User, page: str, dossier: Dossier, ends_on, now: datetime) -> bool:
    context = {
        "reference": dossier.reference,
        "stage": dossier.stage_now.label,
        "ends_on": day_in_words(ends_on),
        "procedure": dossier.procedure.title,
        "url": f"{settings.SITE_URL}{reverse(page, args=[dossier.reference])}",
        "site": settings.SITE_URL,
    }
    subject = f"Le dossier {dossier.reference} arrive à son terme le {context['ends_on']}"
    text = render_to_string("emails/dossier_ending.txt", context)
    html = render_to_string("emails/dossier_ending.html", context)
    return post(cause, to.email, subject, text, html=html, topic=topic_of(dossier), now=now)
