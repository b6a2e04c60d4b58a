"""Running the alerts that are due: compare, write the mail, remember, all or nothing."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from apist import outbox
from levers.alerts import messages
from levers.alerts.matching import matching
from levers.alerts.memory import recall, store
from levers.alerts.news import compare
from levers.alerts.schedule import next_run
from levers.alerts.subscribing import stop
from levers.models import Alert

logger = logging.getLogger("levers.alerts")

AT_ONCE = 200
"""Alerts run in one turn of the clock: the next turn takes the others."""

POSTPONED = timedelta(hours=1)
"""When an alert that failed is tried again: it must not hold the others up."""

UNREACHABLE_KEPT = timedelta(days=30)


def run_due(now: datetime) -> str:
    """Run each alert that is due: a job of the clock. One that fails is logged and does not stop the others."""
    due = Alert.objects.filter(state=Alert.State.ACTIVE, next_run_at__lte=now).order_by("next_run_at", "pk")
    written = failed = 0
    keys = list(due.values_list("pk", flat=True)[:AT_ONCE])
    for pk in keys:
        try:
            written += run(pk, now)
        except Exception:
            logger.exception("L'alerte %s a échoué", pk)
            Alert.objects.filter(pk=pk).update(next_run_at=now + POSTPONED)
            failed += 1
    if not keys:
        return ""
    return f"{len(keys)} alerte(s) : {written} courriel(s) écrit(s)" + (f", {failed} en échec" if failed else "")


@transaction.atomic
def run(pk: int, now: datetime) -> bool:
    """Tell one alert what it was not told yet, in one mail; return whether there was one.

    The alert is locked, and the memory is written with the mail: either both are, or the
    next run tells the same. Nothing to tell, no mail. While the address is suspended the
    alert waits and forgets nothing; after a month of it, the alert is stopped.
    """
    alert = Alert.objects.select_for_update().filter(pk=pk, state=Alert.State.ACTIVE, next_run_at__lte=now).first()
    if alert is None:
        return False
    recipient = outbox.digest_of(alert.email)
    if outbox.is_suspended(recipient, now):
        if outbox.is_suspended(recipient, now, at_least=UNREACHABLE_KEPT):
            stop(alert)
        else:
            Alert.objects.filter(pk=pk).update(next_run_at=next_run(alert.frequency, now))
        return False
    found = matching(alert.query, now)
    known = recall(alert)
    news = compare(known, found.calls, found.published)
    if news.items:
        alert.mails += 1
        messages.post_news(alert, news.items, now)
    store(alert, news.memory, known)
    alert.next_run_at = next_run(alert.frequency, now)
    alert.save(update_fields=["mails", "next_run_at"])
    return bool(news.items)
