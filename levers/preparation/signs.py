"""What a sign of a first message is: how it is found, what is said of it. Pure.

Patterns read a text without case or accents (``levers/words.py::fold``). They are
deliberately few: a check that cries at every line is no longer read.
"""

import re
from dataclasses import dataclass

from levers.preparation.parts import Said


@dataclass(frozen=True, slots=True)
class Sign:
    """A point that is looked for: words that are found there, or all of several patterns that should be."""

    key: str
    title: str
    why: str
    instead: str
    said: Said
    patterns: tuple[re.Pattern, ...]
    good: str = ""
    """What is said when what was expected is there."""


def any_of(*alternatives: str) -> re.Pattern:
    """Return what finds any of these as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)")
