"""Entrusting a dossier to a pair: who leads it, and who knows the trade. Each is dated, none is overwritten."""

from collections.abc import Mapping
from datetime import datetime

from actors.models import User
from projects.engine.door import Refused
from projects.engine.mails import News, tell_people
from projects.engine.people import Actor, officers_of
from projects.engine.recording import Desk, act_on
from projects.models import Assignment, Dossier, JournalEntry
from projects.procedures.conditions import Refusal
from projects.rights.table import Act

Role = Assignment.Role
AS_WHAT = {Role.LEAD: "en tant que responsable", Role.EXPERT: "en tant qu'expert métier"}

NOT_OF_THE_BODY = Refusal(
    "not-of-the-body", "Cette personne n'instruit pas ici, est du côté du porteur de ce dossier, ou s'en est déportée."
)
TWICE = Refusal(
    "twice", "Une même personne ne peut pas être responsable et expert : laissez l'une des deux places vide."
)


def pair_of(dossier: Dossier, at: datetime) -> dict[str, Assignment]:
    """Return to whom a dossier is entrusted at a moment, by role (one query)."""
    return {row.role: row for row in dossier.assignments.current(at).select_related("user")}


def entrust(dossier_id: int, wanted: Mapping[str, User | None], actor: Actor, at: datetime) -> list[Assignment]:
    """Entrust a dossier to these people, by role, and return what changed; None leaves the place empty.

    :class:`~projects.engine.door.NotAllowed` for whoever may not; :class:`~projects.engine.door.Refused` for somebody
    who does not instruct here. Whoever is entrusted with it is told; the heads may be told again where nobody is.
    """
    with act_on(dossier_id, Act.ASSIGN, actor, at) as desk:
        now, after = pair_of(desk.dossier, at), {}
        for role in Role.values:
            after[role] = wanted[role] if role in wanted else (now[role].user if role in now else None)
        people = [person.pk for person in after.values() if person is not None]
        if len(people) != len(set(people)):
            raise Refused((TWICE,))
        changed = [role for role in Role.values if after[role] != (now[role].user if role in now else None)]
        present = {person.pk for person in officers_of(desk.dossier, at)}
        if any(after[role] is not None and after[role].pk not in present for role in changed):
            raise Refused((NOT_OF_THE_BODY,))
        return [_change(desk, role, now.get(role), after[role]) for role in changed]


def _change(desk: Desk, role: str, before: Assignment | None, person: User | None) -> Assignment:
    """End what was, begin what is, write both down and tell the person."""
    dossier, at = desk.dossier, desk.at
    if before is not None:
        before.until = at
        before.save(update_fields=["until"])
    entry = desk.write(
        JournalEntry.Kind.ASSIGNED, {"role": str(role), "person": str(person.pseudonym) if person else None}
    )
    dossier.unowned_told_at = None
    dossier.save(update_fields=["unowned_told_at"])
    if person is None:
        return before
    row = Assignment.objects.create(dossier=dossier, user=person, role=role, since=at, assigned_by=desk.actor.user)
    if person != desk.actor.user:
        words = f"Le dossier {dossier.reference} vous est confié, {AS_WHAT[Role(role)]}."
        tell_people(dossier, entry, News("Un dossier vous est confié", (words,)), [person], at)
    return row


def release(desk: Desk, user: User) -> None:
    """End what was entrusted to somebody who leaves a dossier, within the act that says why."""
    desk.dossier.assignments.filter(user=user, until=None).update(until=desk.at)
