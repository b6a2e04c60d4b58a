"""What reaches an administration by another way than the portal: when it came, how, from whom. Pure: rows are given.

The day of receipt is what counts: the legal delay, the stage that is reached and the conditions of the move all see
that day, whenever an agent finds the time to enter it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from projects.engine.clock import FRANCE
from projects.procedures.conditions import HAS_COME, RECEIVED_ON, Refusal
from projects.procedures.types import Move, Procedure
from projects.procedures.vocabulary import Macro, Turn

RECEIVED, SENDER = "received", "received_from"
"""Under which key the journal holds the day and the way, and under which field the name that the sender gave."""

CORRECTS, REASON = "corrects", "reason"
"""What the act that corrects a typing mistake holds: the version of the section that it corrects, and why."""


TYPED = {"financing": "plan", "figures": "model"}
"""What of a content an agent types whole, and under which key the journal then holds its digest."""

RIGHTS, LATE = "rights", "late_because"
"""What the act holds that rights the portal's, which let a date pass: the number of that act, and why it is so late."""


@dataclass(frozen=True, slots=True)
class Received:
    """What an agent says of what came. ``way``: one of ``Dossier.Origin``, the portal apart; ``sender``: as written.

    ``late_because``: why it is entered after the portal let its date pass, though it came in time (``lapses.py``).
    """

    on: date
    way: str
    sender: str
    late_because: str = ""

    @property
    def trace(self) -> dict[str, str]:
        """Return what the journal keeps for ever: neither names nor words."""
        return {"on": self.on.isoformat(), "way": self.way}

    def as_of(self, at: datetime) -> datetime:
        """Return the moment at which conditions look: the beginning of the day of receipt, whose hour is not known."""
        return min(at, datetime.combine(self.on, time.min, FRANCE))


def day_of_receipt(data: Mapping) -> date | None:
    """Return the day on which what an act records came; None where it was made on the portal."""
    found = data.get(RECEIVED)
    return date.fromisoformat(found["on"]) if found else None


def without_righted(entries: Iterable) -> list:
    """Return the acts that count for the legal clock: not the portal's, once a later act righted it (``lapses.py``)."""
    known = list(entries)
    righted = {one.data[RIGHTS] for one in known if RIGHTS in one.data}
    return [one for one in known if one.seq not in righted]


def day_of(entry) -> date:
    """Return the day on which an act counts: that of receipt where it was entered, else its own, in France."""
    first = entry.data.get("fields", {}).get(RECEIVED_ON)
    return day_of_receipt(entry.data) or (date.fromisoformat(first) if first else entry.at.astimezone(FRANCE).date())


def not_before(procedure: Procedure, move: Move, turn: str, entries: Iterable) -> date | None:
    """Return the day before which this cannot have come: that of the act it answers.

    Where the applicant is awaited, it is the act that led to the stage. Where they are not, and for a withdrawal,
    which answers nothing, it is the first deposit.
    """
    moves = [one for one in entries if one.kind == "move" and one.from_stage != one.to_stage]
    answers = turn == Turn.APPLICANT and procedure.stage(move.to).macro != Macro.WITHDRAWN
    act = moves[-1] if answers and moves else next((one for one in moves if "content" in one.data), None)
    return day_of(act) if act else None


def wrong_day(received: Received, floor: date | None, at: datetime) -> tuple[Refusal, ...]:
    """Return why a day of receipt cannot be right; nothing where it may be."""
    if received.on > at.astimezone(FRANCE).date():
        return (Refusal(HAS_COME.key, HAS_COME.refusal),)
    if floor is not None and received.on < floor:
        return (
            Refusal(
                "received-before", f"C'était avant l'acte auquel l'envoi répond : au plus tôt le {floor:%d/%m/%Y}."
            ),
        )
    return ()
