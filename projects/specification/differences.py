"""What changed between two texts, word by word. Pure.

The same words put end to end give each text back: nothing is hidden by a comparison.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel

WORDS = re.compile(r"\s+|\S+")


class Change(StrEnum):
    """What became of some words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow one another and had the same fate."""

    change: Change
    text: str


def differences(before: str, after: str) -> tuple[Run, ...]:
    """Return both texts as runs of words, what was removed before what took its place."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    runs: list[Run] = []
    removed: list[str] = []
    added: list[str] = []

    def settle() -> None:
        runs.extend(
            Run(change, "".join(words)) for change, words in ((Change.REMOVED, removed), (Change.ADDED, added)) if words
        )
        removed.clear()
        added.clear()

    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            settle()
            runs.append(Run(Change.SAME, "".join(old[step.src_start : step.src_end])))
            continue
        removed += old[step.src_start : step.src_end]
        added += new[step.dest_start : step.dest_end]
    settle()
    return tuple(runs)


def in_words(runs: Sequence[Run]) -> str:
    """Return how much changed, for whoever does not see marks: « 2 passages ajoutés, 1 passage retiré »."""
    counts = [
        (sum(run.change is Change.ADDED for run in runs), "ajouté"),
        (sum(run.change is Change.REMOVED for run in runs), "retiré"),
    ]
    said = [f"{count} passage{'s' * (count > 1)} {word}{'s' * (count > 1)}" for count, word in counts if count]
    return ", ".join(said) or "Aucun changement"
