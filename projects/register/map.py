"""The map of the 18 regions as links that filter, and the same as a list. Pure: outlines and counts in, places out.

The outlines (``regions.json``) were made by ``bin/build_regions_map.py``, which says where they come from.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

OUTLINES: dict[str, dict] = json.loads((Path(__file__).parent / "regions.json").read_text(encoding="utf-8"))
WIDTH, HEIGHT = 1010, 1250
OVERSEAS = ("01", "02", "03", "04", "06")
ROW, STEP = 1030, WIDTH // len(OVERSEAS)
"""Where the row of overseas regions begins, and how far apart they stand."""


@dataclass(frozen=True, slots=True)
class Place:
    """A region: its outline, where its number goes, what it is called, how many, where its link leads."""

    code: str
    name: str
    count: int
    chosen: bool
    address: str
    """Empty where nothing would be found."""
    path: str
    x: int
    y: int


def places_of(
    regions: Iterable[tuple[str, str]],
    counts: Mapping[str, int],
    chosen: Iterable[str],
    address: Callable[[str | None], str],
) -> list[Place]:
    """Return every region of the map; the link of one that is chosen takes the choice away."""
    chosen = frozenset(chosen)
    return [
        Place(
            code,
            name,
            counts.get(code, 0),
            code in chosen,
            address(None if code in chosen else code) if counts.get(code) or code in chosen else "",
            **OUTLINES[code],
        )
        for code, name in regions
        if code in OUTLINES
    ]


def frames() -> list[int]:
    """Return where the frame of each overseas region begins."""
    return [rank * STEP for rank in range(len(OVERSEAS))]
