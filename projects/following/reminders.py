"""Reminding of what is due along an action: a month before, on the day, a month after; to both sides, once each."""

from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from actors.models import User
from apist.mail import post
from projects.engine.clock import FRANCE
from projects.engine.mails import topic_of
from projects.engine.paying import AFTER_A_GRANT
from projects.engine.people import agents_of, applicants_of, paces
from projects.following.dues import Due, step_due
from projects.following.reading import owed_by
from projects.models import Dossier, FollowUpDay, MailPreference

MORNING = time(8)
"""When reminders leave, in France."""


def send_due(now: datetime) -> str:
    """Write the reminders of the day, once: a job of the clock. All or nothing: killed, it begins again.

    What is due is read first, so that nobody waits for the reading; then everything is written in one go.
    """
    here = timezone.localtime(now, FRANCE)
    if here.time() < MORNING or FollowUpDay.objects.filter(day=here.date()).exists():
        return ""
    owed = _owed(here.date())
    with transaction.atomic():
        day, is_new = FollowUpDay.objects.get_or_create(day=here.date())
        if not is_new:  # another clock was quicker
            return ""
        day.written = sum(_remind(dossier, due, step, now) for dossier, due, step in owed)
        day.save(update_fields=["written"])
    return f"{day.written} rappel(s) de suivi" if day.written else ""


def _owed(today: date) -> list[tuple[Dossier, Due, int]]:
    """Return what is to be said of which dossiers on a day (a few queries a dossier that is followed)."""
    followed = Dossier.objects.filter(macro__in=AFTER_A_GRANT, erased_at=None)
    return [
        (dossier, due, step)
        for dossier in followed.select_related("project__owner", "organisation", "body").iterator(chunk_size=200)
        for due in owed_by(dossier)
        if (step := step_due(due, today)) is not None
    ]


def _remind(dossier: Dossier, due: Due, step: int, now: datetime) -> int:
    people = [(one, "dossier-following") for one in applicants_of(dossier)]
    people += [(one, "instruction-following") for one in agents_of(dossier, now)]
    pace = paces([one for one, _ in people], MailPreference.Pace.EACH)
    wanted = [(one, page) for one, page in people if pace[one.pk] != MailPreference.Pace.NONE]
    return sum(_post(dossier, due, step, person, page, now) for person, page in wanted)


def _post(dossier: Dossier, due: Due, step: int, person: User, page: str, now: datetime) -> bool:
    label = " ".join(due.label.split())
    when = {-1: "attendu dans un mois", 0: "attendu aujourd'hui", 1: "attendu depuis un mois"}
    said = when[(step > 0) - (step < 0)]
    context = {
        "subject": f"{label} : {said}",
        "label": label,
        "said": said,
        "on": due.on,
        "is_agent": page.startswith("instruction"),
        "reference": dossier.reference,
        "procedure": dossier.procedure.title,
        "source": due.source,
        "url": f"{settings.SITE_URL}{reverse(page, args=[dossier.reference])}",
        "preferences": f"{settings.SITE_URL}{reverse('mail-preferences')}",
        "site": settings.SITE_URL,
    }
    text = render_to_string("emails/dossier_due.txt", context)
    html = render_to_string("emails/dossier_due.html", context)
    cause = f"due-{dossier.reference}-{due.key}-{due.on:%Y%m%d}-{step}-{person.pk}"
    return post(cause, person.email, context["subject"][:200], text, html=html, topic=topic_of(dossier), now=now)
