"""What a person holds, as numbers: what the table of rights compares with what a dossier names. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Holdings:
    """The numbers that a person holds, by the name that the table uses (``organisations``, ``officer_bodies``…).

    Without ``user``, nobody is signed in and nothing is held.
    """

    user: int | None = None
    held: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def of(self, name: str) -> frozenset[int]:
        """Return the numbers held under a name."""
        return self.held.get(name, NOTHING)


NOBODY = Holdings()
