"""Where things stand in the picture of the pathway: stages across, levers downwards, links at the side. Pure geometry.

A template draws it (``templates/pathway/picture.html``). What the picture says by a
place, a dash or a thickness, it also says in words: the name and the state of each
lever stand in its row, and the list beside says every link.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LEFT, STAGE, ROW = 250, 116, 44
TOP, BOTTOM = 52, 16
BAR = 18
MARGIN = 6
NEAREST, STEP, FARTHEST = 26, 13, 150
"""How far a link goes to the side: by how many rows it crosses, within bounds."""

DIRECTED = ("follows", "carried-through")
"""Links that are not the same read the other way; the others are drawn once, whoever says them."""

MOST = 40
"""Beyond, nobody reads a picture: the catalogue gives the rest, page by page."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A lever as the pathway knows it: its name, the stages at which it serves, what is said beside its name."""

    slug: str
    name: str
    position: int
    stages: tuple[str, ...]
    note: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """How a lever stands to another: both slugs and the kind."""

    lever: str
    other: str
    kind: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of stages without a gap."""

    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Row:
    """A lever in the picture."""

    stop: Stop
    y: int
    bars: tuple[Bar, ...]

    @property
    def middle(self) -> int:
        """Return where its bars and its links stand."""
        return self.y + ROW // 2

    @property
    def bar_top(self) -> int:
        """Return where its bars begin."""
        return self.middle - BAR // 2

    @property
    def name_at(self) -> int:
        """Return the line of its name: a little higher where something is said below."""
        return self.middle - 3 if self.stop.note else self.middle + 5


@dataclass(frozen=True, slots=True)
class Arc:
    """A link, from one row to another; with an arrow where the way matters."""

    kind: str
    path: str
    directed: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A stage: its name and its place."""

    name: str
    x: int
    middle: int


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the template draws."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    arcs: tuple[Arc, ...]
    width: int
    height: int
    right: int
    """Where the stages end and the links begin."""
    hidden: int
    """How many levers found no room."""
    top: int = TOP
    bar: int = BAR


def in_order(stops: Iterable[Stop], stages: Sequence[str]) -> list[Stop]:
    """Return the levers as a project meets them: by first stage, then last; those of no known stage at the end."""
    rank = {stage: number for number, stage in enumerate(stages)}

    def place(stop: Stop) -> tuple:
        held = sorted(rank[stage] for stage in stop.stages if stage in rank)
        return (held[0], held[-1]) if held else (len(rank), len(rank))

    return sorted(stops, key=lambda stop: (*place(stop), stop.position, stop.slug))


def picture_of(stages: Mapping[str, str], stops: Iterable[Stop], links: Iterable[Link]) -> Picture | None:
    """Return the picture of levers at their stages; None where there is nothing to draw.

    ``stages`` are names by slug, in order. Links whose ends are not both drawn are left out.
    """
    order = in_order(stops, tuple(stages))
    if not order or not stages:
        return None
    rows = tuple(Row(stop, TOP + n * ROW, _bars(stop, tuple(stages))) for n, stop in enumerate(order[:MOST]))
    right = LEFT + len(stages) * STAGE
    middles = {row.stop.slug: row.middle for row in rows}
    drawn = _drawn(links, middles)
    arcs = tuple(_arc(link, middles, right + MARGIN) for link in drawn)
    return Picture(
        columns=tuple(
            Column(name, LEFT + n * STAGE, LEFT + n * STAGE + STAGE // 2) for n, name in enumerate(stages.values())
        ),
        rows=rows,
        arcs=arcs,
        width=right + (MARGIN + FARTHEST * 3 // 4 + 20 if drawn else MARGIN),
        height=TOP + len(rows) * ROW + BOTTOM,
        right=right,
        hidden=len(order) - len(rows),
    )


def _bars(stop: Stop, stages: Sequence[str]) -> tuple[Bar, ...]:
    """Return the stretches of a lever: one for each run of stages that follow one another."""
    held = [number for number, stage in enumerate(stages) if stage in stop.stages]
    runs: list[list[int]] = []
    for number in held:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return tuple(Bar(LEFT + run[0] * STAGE + MARGIN, len(run) * STAGE - 2 * MARGIN) for run in runs)


def _drawn(links: Iterable[Link], middles: Mapping[str, int]) -> list[Link]:
    """Return the links between two levers of the picture, each once."""
    once: dict[tuple, Link] = {}
    for link in links:
        if link.lever in middles and link.other in middles and link.lever != link.other:
            ends = (link.lever, link.other) if link.kind in DIRECTED else tuple(sorted((link.lever, link.other)))
            once.setdefault((link.kind, *ends), link)
    return list(once.values())


def _arc(link: Link, middles: Mapping[str, int], x: int) -> Arc:
    """Return a link as a curve at the side; its arrow stands at the lever that it leads to."""
    start, end = middles[link.lever], middles[link.other]
    far = x + min(NEAREST + STEP * abs(start - end) // ROW, FARTHEST)
    directed = link.kind in DIRECTED
    tip = x + 2 * MARGIN if directed else x
    return Arc(link.kind, f"M{x} {start}C{far} {start} {far} {end} {tip} {end}", directed)
