"""A dossier's journal in words: who did what, with names where the account still exists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from actors.models import User
from projects.content.answers import said
from projects.engine.reading import FIELDS
from projects.instruction.wording import CLOCK, GONE, THE_PORTAL
from projects.models import JournalEntry
from projects.procedures.types import Procedure
from projects.procedures.vocabulary import PARTY_LABELS, ClockEffect, Party

OPENED = "Dossier ouvert"


@dataclass(frozen=True, slots=True)
class Line:
    """An act. ``who``: a name, or what stands for one; ``as_what``: the capacity; ``details``: labels and texts."""

    seq: int
    at: datetime
    who: str
    as_what: str
    what: str
    details: tuple[tuple[str, str], ...] = ()
    effect: str = ""


def names_of(entries: Iterable[JournalEntry]) -> dict[UUID, str]:
    """Return the names of those who acted, by pseudonym (one query); those whose account is gone have none."""
    wanted = {entry.actor for entry in entries if entry.actor}
    return {user.pseudonym: str(user) for user in User.objects.filter(pseudonym__in=wanted)}


def lines(
    procedure: Procedure, entries: Iterable[JournalEntry], names: Mapping[UUID, str], *, reasons_of_recusals: bool
) -> list[Line]:
    """Return the journal, the last act first.

    What was written in a recusal is personal: it is shown only to those who answer for the service.
    """
    shown = [_line(procedure, entry, names, reasons_of_recusals) for entry in entries]
    return sorted(shown, key=lambda line: -line.seq)


def _line(procedure: Procedure, entry: JournalEntry, names: Mapping[UUID, str], reasons: bool) -> Line:
    who = names.get(entry.actor, GONE) if entry.actor else THE_PORTAL
    as_what = PARTY_LABELS[Party(entry.party)] if entry.actor else ""
    effect = CLOCK[ClockEffect(entry.clock)] if entry.clock else ""
    match entry.kind:
        case JournalEntry.Kind.MOVE:
            what, details = _move(procedure, entry), _fields(procedure, entry)
        case JournalEntry.Kind.REFUSED:
            what, details = f"Tentative refusée : {_label(procedure, entry.move)}", ()
        case JournalEntry.Kind.RECUSED:
            words = [text.text for text in entry.texts.all()] if reasons else []
            what, details = "Déport : le dossier lui est fermé", tuple(("Motif", text) for text in words)
        case _:
            what, details = entry.get_kind_display(), ()
    return Line(entry.seq, entry.at, who, as_what, what, details, effect)


def _move(procedure: Procedure, entry: JournalEntry) -> str:
    label = _label(procedure, entry.move) if entry.move else OPENED
    return f"{label} → {procedure.stage(entry.to_stage).agency_label}"


def _label(procedure: Procedure, move: str) -> str:
    return procedure.move(move).label


def _fields(procedure: Procedure, entry: JournalEntry) -> tuple[tuple[str, str], ...]:
    """Return what was given with a move; a text that was erased leaves its label."""
    if not entry.move:
        return ()
    given = entry.data.get(FIELDS, {}) | {text.field: text.text for text in entry.texts.all()}
    erased = set(entry.data.get("texts", {})) - set(given)
    fields = procedure.move(entry.move).fields
    return tuple(
        (one.label, "Texte effacé" if one.key in erased else said(one, given[one.key]))
        for one in fields
        if one.key in given or one.key in erased
    )
