"""Under which delegation somebody signs, read from the base; ``rights/mandates.py`` decides."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from actors.models import User
from projects.models import Dossier, SignatureDelegation
from projects.procedures.conditions import Refusal
from projects.procedures.types import Facts
from projects.procedures.vocabulary import Party
from projects.rights.mandates import Mandate, at_stake, chosen


def mandates_of(user: User | None, body_ids, at: datetime) -> dict[int, list[Mandate]]:
    """Return the delegations that somebody holds on a day in each of some bodies, the oldest first (two queries)."""
    if user is None:
        return {}
    on = timezone.localtime(at).date()
    posts = user.posts.current(on).filter(body__in=body_ids)
    own = Q(delegate=user) | Q(pk__in=[])
    for body, role in posts.values_list("body_id", "role"):
        own |= Q(body=body, role=role)
    rows = SignatureDelegation.objects.in_force(on).filter(own, body__in=body_ids)
    found: dict[int, list[Mandate]] = {}
    for row in rows.order_by("valid_from", "pk").prefetch_related("levers"):
        levers = frozenset(lever.pk for lever in row.levers.all())
        mandate = Mandate(row.pk, row.reference, levers, row.ceiling, row.valid_from, row.valid_to)
        found.setdefault(row.body_id, []).append(mandate)
    return found


def mandate_for(
    dossier: Dossier, facts: Facts, party: Party | None, user: User | None
) -> tuple[Mandate | None, tuple[Refusal, ...]]:
    """Return the delegation under which somebody acts as a delegate, or why none covers it; nothing for others."""
    if party is not Party.DELEGATE:
        return None, ()
    held = mandates_of(user, [dossier.body_id], facts.at).get(dossier.body_id, [])
    amount = at_stake(dossier.procedure, facts)
    return chosen(held, dossier.lever_id, amount, timezone.localtime(facts.at).date())
