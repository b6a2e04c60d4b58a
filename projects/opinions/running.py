"""What happens by itself: reminders before the day that is expected, and the end of what a decision overtakes."""

from datetime import datetime, timedelta

from django.db.models import Q

from projects.depositing.reminding import STEPS
from projects.models import OpinionRequest
from projects.opinions.asking import end_if_over, remind_if_due, zone_for
from projects.opinions.standing import AFTER_A_DECISION, ASKABLE, reminder_due

AT_ONCE = 100
"""Requests treated in one turn of the clock: the other jobs must not wait."""
LOOKED_AHEAD = timedelta(days=max(STEPS) + 2)


def run_due(now: datetime) -> str:
    """Remind those who are expected soon, and close what a decision overtook: a job of the clock, each thing once."""
    reminded = sum(remind_if_due(one.pk, one.dossier_id, now) for one in _to_remind(now))
    closed = sum(end_if_over(pk, dossier, now) for pk, dossier in _overtaken())
    said = (f"{reminded} rappel(s) d'avis" if reminded else "", f"{closed} accès clos après décision" if closed else "")
    return ", ".join(one for one in said if one)


def _to_remind(now: datetime) -> list[OpinionRequest]:
    day = now.date()
    rows = OpinionRequest.objects.open().filter(due_on__range=(day - timedelta(days=1), day + LOOKED_AHEAD))
    rows = rows.select_related("dossier__call", "dossier__region").order_by("due_on", "pk")
    return [one for one in rows if reminder_due(one, zone_for(one.dossier), now)][:AT_ONCE]


def _overtaken() -> list[tuple[int, int]]:
    opening = Q(ended_at=None, answered_at=None) | ~Q(participation=None)
    reading = ASKABLE - AFTER_A_DECISION
    over = ~Q(dossier__macro__in=[*ASKABLE]) | (Q(after_decision=False) & ~Q(dossier__macro__in=[*reading]))
    return list(OpinionRequest.objects.filter(opening & over).order_by("pk").values_list("pk", "dossier_id")[:AT_ONCE])
