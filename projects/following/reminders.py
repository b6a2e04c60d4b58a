"""Reminding of what is due along an action: a month before, on the day, a month after; to both sides, once each."""

from collections.abc import Iterator
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
from projects.following.reading import owed_by_each
from projects.models import Dossier, FollowUpDay, MailPreference
from projects.procedures.citing import cited

MORNING = time(8)
"""When reminders leave, in France."""

BATCH = 500
"""So many dossiers are read at once."""

Owed = tuple[Due, int]
"""Something that is due, and which reminder of it leaves."""


def send_due(now: datetime) -> str:
    """Write the reminders of the day, once: a job of the clock. Each is a mail that the worker's task sends.

    Each dossier's reminders are written in a transaction of their own, so that nobody waits; the day is marked done
    last. Killed in between, the next turn takes the day again: what was written is not written twice, its cause is
    known (``apist/outbox.py``). Two clocks at once write each mail once for the same reason.
    """
    here = timezone.localtime(now, FRANCE)
    if here.time() < MORNING or FollowUpDay.objects.filter(day=here.date()).exists():
        return ""
    written = sum(_remind(dossier, owed, now) for dossier, owed in _owed(here.date()))
    FollowUpDay.objects.get_or_create(day=here.date(), defaults={"written": written})
    return f"{written} rappel(s) de suivi" if written else ""


def _owed(today: date) -> Iterator[tuple[Dossier, list[Owed]]]:
    """Yield what is to be said of which dossiers on a day (a few queries a batch, not a dossier)."""
    followed = Dossier.objects.filter(macro__in=AFTER_A_GRANT, erased_at=None)
    rows = followed.select_related("project__owner", "organisation", "body").order_by("pk")
    keys = list(followed.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        dossiers = list(rows.filter(pk__in=keys[start : start + BATCH]))
        dues = owed_by_each(dossiers)
        for dossier in dossiers:
            owed = [(due, step) for due in dues[dossier.pk] if (step := step_due(due, today)) is not None]
            if owed:
                yield dossier, owed


def _remind(dossier: Dossier, owed: list[Owed], now: datetime) -> int:
    """Write what is owed on a dossier to its people, all or nothing; return how many mails are new."""
    people = [(one, "dossier-following") for one in applicants_of(dossier)]
    people += [(one, "instruction-following") for one in agents_of(dossier, now)]
    pace = paces([one for one, _ in people], MailPreference.Pace.EACH)
    wanted = [(one, page) for one, page in people if pace[one.pk] != MailPreference.Pace.NONE]
    with transaction.atomic():
        return sum(_post(dossier, due, step, person, page, now) for due, step in owed for person, page in wanted)


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
        "source": cited(due.source),
        "url": f"{settings.SITE_URL}{reverse(page, args=[dossier.reference])}",
        "preferences": f"{settings.SITE_URL}{reverse('mail-preferences')}",
        "site": settings.SITE_URL,
    }
    text = render_to_string("emails/dossier_due.txt", context)
    html = render_to_string("emails/dossier_due.html", context)
    cause = f"due-{dossier.reference}-{due.key}-{due.on:%Y%m%d}-{step}-{person.pk}"
    return post(cause, person.email, context["subject"][:200], text, html=html, topic=topic_of(dossier), now=now)
