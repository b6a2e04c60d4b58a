"""Which move of a procedure records an opinion given here, and what of it goes there already. Pure.

The move stays an act of its own: somebody reads the opinion again, and records it. Nothing is copied by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from projects.procedures.types import Procedure
from projects.procedures.vocabulary import Party


@dataclass(frozen=True, slots=True)
class Recording:
    """A move that records an opinion, and its fields for the sense, the words and the day."""

    move: str
    sense: str
    words: str
    on: str


RECORDINGS: Mapping[Party, Recording] = {
    Party.INSURANCE: Recording("insurance-opinion", "insurance_sense", "insurance_words", "insurance_on"),
}


def recording_of(procedure: Procedure, stage: str, capacity: str) -> Recording | None:
    """Return the move that records, from this stage, the opinion of such a body; None where there is none."""
    found = RECORDINGS.get(Party(capacity))
    keys = {move.key for move in procedure.moves_from(stage)}
    return found if found is not None and found.move in keys else None


def prefill(recording: Recording, sense: str, words: str, on: date) -> dict[str, str]:
    """Return the fields of the move as they are filled at first; a sense that the move does not know is left empty."""
    given = {recording.words: words, recording.on: on.isoformat()}
    return given | ({recording.sense: sense} if sense in ("favourable", "reserved", "unfavourable") else {})
