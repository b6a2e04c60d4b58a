"""Asking for an alert, confirming, changing and stopping it: the only doors to the state of an alert."""

from datetime import datetime, timedelta
from enum import Enum

from django.db import transaction
from django.db.models import QuerySet

from apist import outbox
from levers.alerts import messages
from levers.alerts.links import new_key
from levers.alerts.matching import matching
from levers.alerts.memory import store
from levers.alerts.news import remember
from levers.alerts.schedule import next_run
from levers.models import Alert

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
UNCONFIRMED_KEPT = timedelta(days=7)

CONFIRMATIONS_A_DAY = 3
"""Mails that asking for alerts may send to one address in a day: nobody fills somebody else's mailbox."""

CONFIRMATIONS_AN_HOUR = 300
"""Mails that asking for alerts may send to all addresses in an hour: the portal is no tool against others."""

ALERTS_PER_ADDRESS = 20

Active, Waiting = Alert.State.ACTIVE, Alert.State.WAITING


class Answer(Enum):
    """What the visitor is told. It says nothing of the address: known or not, the answer is the same."""

    SENT = "sent"
    TOO_MANY = "too-many"


@transaction.atomic
def ask(email: str, query: str, frequency: str, now: datetime) -> Answer:
    """Record that an alert is asked for and write to the address: to confirm, or to say that it is followed already.

    Once confirmed, an alert keeps its frequency: only the holder of its link changes it.
    Above the limits of an address nothing is sent, and nothing says so.
    """
    email = email.strip().lower()
    if outbox.count_written(messages.ASKED, now - HOUR) >= CONFIRMATIONS_AN_HOUR:
        return Answer.TOO_MANY
    if outbox.count_written(messages.ASKED, now - DAY, email) >= CONFIRMATIONS_A_DAY:
        return Answer.SENT
    known = Alert.objects.filter(email=email)
    if not known.filter(query=query).exists() and known.count() >= ALERTS_PER_ADDRESS:
        return Answer.SENT
    fresh = {"frequency": frequency, "created_at": now}
    alert, _ = known.get_or_create(email=email, query=query, defaults=fresh | {"key": new_key()})
    if alert.state == Active:
        messages.post_already_followed(alert, now)
    else:
        Alert.objects.filter(pk=alert.pk, state=Waiting).update(**fresh)
        messages.post_confirmation(alert, now)
    return Answer.SENT


@transaction.atomic
def confirm(alert: Alert, now: datetime) -> None:
    """Start an alert: what matches now is remembered without a word; confirming twice changes nothing."""
    locked = Alert.objects.select_for_update().filter(pk=alert.pk, state=Waiting).first()
    if locked is None:
        return
    locked.state, locked.confirmed_at = Active, now
    locked.next_run_at = next_run(locked.frequency, now)
    locked.save(update_fields=["state", "confirmed_at", "next_run_at"])
    store(locked, remember(matching(locked.query, now).calls), {})


@transaction.atomic
def change_frequency(alert: Alert, frequency: str, now: datetime) -> None:
    """Write more often, or less, from now on."""
    locked = Alert.objects.select_for_update().filter(pk=alert.pk).first()
    if locked is None:
        return
    locked.frequency = frequency
    if locked.state == Active:
        locked.next_run_at = next_run(frequency, now)
    locked.save(update_fields=["frequency", "next_run_at"])


@transaction.atomic
def stop(alert: Alert) -> None:
    """Forget an alert: its row, so the address, what it was told, and the mails that wait. Always possible."""
    _forget(Alert.objects.filter(pk=alert.pk))


def forget_unconfirmed(now: datetime) -> str:
    """Delete what nobody confirmed in time: a job of the clock."""
    with transaction.atomic():
        late = _forget(Alert.objects.filter(state=Waiting, created_at__lte=now - UNCONFIRMED_KEPT))
    return f"{late} demande(s) d'alerte oubliée(s)" if late else ""


def _forget(alerts: QuerySet[Alert]) -> int:
    """Delete alerts and their mails, once the runs or the confirmations under way are over; return how many."""
    locked = list(alerts.select_for_update())
    for alert in locked:
        outbox.forget(messages.topic_of(alert))
        alert.delete()
    return len(locked)
