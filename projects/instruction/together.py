"""Acting on several dossiers at once: each goes through its own door, alone, with its own outcome.

What one refuses keeps nothing from the others, and asking again with the same key does nothing twice.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import OperationalError
from django.utils.text import slugify

from actors.models import User
from apist.engines import is_lock_timeout
from projects.content.answers import Raw
from projects.engine.door import NotAllowed, Refused, Request, Stale, advance
from projects.engine.people import Actor
from projects.instruction.assigning import entrust
from projects.instruction.notes import put_label, take_label
from projects.models import Assignment, Dossier
from projects.procedures.conditions import Refusal
from projects.procedures.types import Move
from projects.rights.predicates import party_for

MOST = 500
"""How many dossiers are acted upon at once."""

ALREADY = "C'était déjà fait."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one dossier: done or not, and why."""

    dossier: Dossier
    is_done: bool
    words: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A move that may be made on several dossiers at once, and on how many of them."""

    value: str
    move: Move
    title: str
    total: int


def each(dossiers: Iterable[Dossier], act: Callable[[Dossier], str]) -> list[Outcome]:
    """Do something to each dossier, and say what became of it; ``act`` returns what was done in words."""
    found = []
    for one in dossiers:
        try:
            found.append(Outcome(one, True, act(one)))
        except NotAllowed:
            found.append(Outcome(one, False, "Vous n'avez pas ce droit sur ce dossier."))
        except Refused as error:
            found.append(Outcome(one, False, " ".join(reason.words for reason in error.reasons)))
        except Stale as error:
            found.append(Outcome(one, False, BUSY if error.busy else MOVED))
        except OperationalError as error:
            if not is_lock_timeout(error):
                raise
            found.append(Outcome(one, False, BUSY))
    return found


BUSY = "Quelqu'un agit sur ce dossier en ce moment : recommencez dans un instant."
MOVED = "Le dossier n'est pas, ou plus, à une étape où ce geste se fait."


def entrust_each(person: User, role: str, actor: Actor, at: datetime) -> Callable[[Dossier], str]:
    """Return what entrusts one dossier to somebody; whoever held it under the same role is relieved by the same act."""

    def act(dossier: Dossier) -> str:
        changed = entrust(dossier.pk, {role: person}, actor, at)
        return f"{Assignment.Role(role).label} : {person.full_name or person.email}." if changed else ALREADY

    return act


def label_each(name: str, actor: Actor, at: datetime) -> Callable[[Dossier], str]:
    """Return what puts a label of the team that instructs on one dossier, made where it does not exist yet."""
    return lambda dossier: f"Étiquette posée : « {put_label(dossier.pk, name, actor, at).label.name} »."


def unlabel_each(name: str, actor: Actor, at: datetime) -> Callable[[Dossier], str]:
    """Return what takes a label of the team that instructs away from one dossier."""

    def act(dossier: Dossier) -> str:
        put = dossier.labels.filter(label__body_id=dossier.body_id, label__slug=slugify(name)).first()
        if put is None:
            return ALREADY
        take_label(put, actor, at)
        return f"Étiquette retirée : « {name} »."

    return act


def move_each(
    offered: Offered, given: Mapping[str, Raw], seen: Mapping[str, int], key: UUID, actor: Actor, at: datetime
) -> Callable[[Dossier], str]:
    """Return what makes a move on one dossier, at the version that was on the page, once for each ``key``."""

    def act(dossier: Dossier) -> str:
        if not offered.value.startswith(f"{dossier.procedure_key}:{dossier.procedure_version}:"):
            raise _refused("other-procedure", "Ce dossier suit une autre procédure : ce geste n'y existe pas.")
        once = uuid5(key, f"{dossier.reference}/{offered.move.key}")
        version = seen.get(dossier.reference, dossier.version)
        entry = advance(dossier.pk, Request(offered.move.key, version, once, given), actor, at)
        return f"Fait : « {dossier.procedure.stage(entry.to_stage).agency_label} »."

    return act


def is_for_several(move: Move) -> bool:
    """Tell whether a move may be made on several dossiers at once.

    What is decided, asked, paid, deposited or recorded with a document is read one dossier at a time.
    """
    return not (move.decides or move.opens_request or move.freezes or move.external or move.money or move.document)


def offered_on(dossiers: Iterable[Dossier], actor: Actor) -> list[Offered]:
    """Return the moves that the person may make on some of these dossiers, the most shared first."""
    found: dict[str, tuple[Move, str, int]] = {}
    for one in dossiers:
        procedure = one.procedure
        for move in procedure.moves_from(one.stage):
            if is_for_several(move) and party_for(move, actor.holdings, one):
                value = f"{procedure.key}:{procedure.version}:{move.key}"
                found[value] = (move, procedure.title, found[value][2] + 1 if value in found else 1)
    ranked = sorted(found.items(), key=lambda pair: (-pair[1][2], pair[1][1], pair[1][0].label))
    return [Offered(value, move, title, total) for value, (move, title, total) in ranked]


def move_named(value: str, dossiers: Iterable[Dossier]) -> Offered | None:
    """Return the move that a form names, where the procedure of one of these dossiers has it and it is for several."""
    for one in dossiers:
        procedure = one.procedure
        prefix, _, key = value.rpartition(":")
        if prefix == f"{procedure.key}:{procedure.version}" and key in {move.key for move in procedure.moves}:
            move = procedure.move(key)
            return Offered(value, move, procedure.title, 0) if is_for_several(move) else None
    return None


def _refused(key: str, words: str) -> Refused:
    return Refused((Refusal(key, words),))
