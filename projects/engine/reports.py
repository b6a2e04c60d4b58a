"""Which reports the applicant owes after what is financed, and until when: as the procedure says. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from projects.engine.clock import FRANCE, add_months
from projects.procedures.types import Move, Procedure
from projects.procedures.vocabulary import Turn, Value


@dataclass(frozen=True, slots=True)
class Report:
    """Something to hand in. ``answer``: the move by which it is; ``exercise``: the record that it follows."""

    key: str
    label: str
    on: date
    answer: str
    exercise: str
    source: str = ""


def reports_of(procedure: Procedure, records: Mapping[str, Value]) -> list[Report]:
    """Return the reports that the records date, each once, in the order of the procedure."""
    found: dict[str, Report] = {}
    for ask in procedure.moves:
        if not (ask.due_from and ask.due_at_most) or ask.due_months or not _waits_for_applicant(procedure, ask):
            continue
        exercise = records.get(ask.due_from)
        answer = next((move for move in procedure.moves_from(ask.to) if move.freezes), None)
        if answer is None or not isinstance(exercise, date):
            continue
        on = add_months(datetime.combine(exercise, time.min, FRANCE), ask.due_at_most).date()
        pieces = [piece for piece in procedure.pieces if answer.key in piece.at]
        for key, label in [(one.key, one.label) for one in pieces] or [(answer.key, answer.label)]:
            name = f"{answer.key}/{key}"
            found.setdefault(name, Report(key, label, on, answer.key, ask.due_from, ask.source))
    return list(found.values())


def _waits_for_applicant(procedure: Procedure, ask: Move) -> bool:
    return procedure.stage(ask.to).turn is Turn.APPLICANT
