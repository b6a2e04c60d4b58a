#!/usr/bin/env python3
"""Write the outlines of the 18 regions for the map of the register (``projects/register/regions.json``).

They come from the map of the State's design system: the npm package ``@gouvfr/dsfr-chart``, version
2.0.4, MIT licence (© 2021 DINUM), file ``dist/MapChart/MapChart.js``. Once unpacked:

    bin/build_regions_map.py package/dist/MapChart/MapChart.js

Curves become lines, and points that make next to no difference go: those that two regions share go
together or stay together, so that borders still meet. Overseas regions stand in a row below, each at
its own scale.
"""

import json
import re
import sys
from itertools import pairwise
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "projects/register/regions.json"
CODES = {
    "FR-ARA": "84", "FR-BFC": "27", "FR-BRE": "53", "FR-CVL": "24", "FR-20R": "94", "FR-GES": "44", "FR-HDF": "32",
    "FR-IDF": "11", "FR-NOR": "28", "FR-NAQ": "75", "FR-OCC": "76", "FR-PDL": "52", "FR-PAC": "93",
    "FR-971": "01", "FR-972": "02", "FR-973": "03", "FR-974": "04", "FR-976": "06",
}  # fmt: skip
OVERSEAS = ("01", "02", "03", "04", "06")
WIDTH, LOWER, SIDE = 1010, 1060, 130
"""Where the row of insets begins, and the side of the square in which each is drawn."""
MAINLAND, SMALL, SPECK = 14.0, 6.0, 30.0
"""Triangles below this area go, on the mainland and in insets; rings below the last one go whole."""
ARGUMENTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "a": 7}
TOKEN = re.compile(r"[a-zA-Z]|-?(?:\d+\.\d+|\.\d+|\d+)")

Ring = list[tuple[float, float]]


def rings_of(path: str) -> list[Ring]:
    """Return the closed lines of an SVG path; a curve is its end."""
    rings, tokens, command = [], TOKEN.findall(path), "M"
    x = y = 0.0
    while tokens:
        if tokens[0].isalpha():
            command = tokens.pop(0)
            if command in "zZ":
                x, y = rings[-1][0]
                continue
        size = ARGUMENTS[command.lower()]
        values, tokens = [float(token) for token in tokens[:size]], tokens[size:]
        dx, dy = (x, y) if command.islower() else (0, 0)
        match command.lower():
            case "h":
                x = values[0] + dx
            case "v":
                y = values[0] + dy
            case _:
                x, y = values[-2] + dx, values[-1] + dy
        if command in "mM":
            rings.append([])
            command = "l" if command == "m" else "L"
        rings[-1].append((x, y))
    return rings


def area(ring: Ring) -> float:
    """Return twice the signed area of a ring, halved."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]])) / 2


def thinned(shapes: dict[str, list[Ring]], least: float) -> dict[str, list[Ring]]:
    """Return the shapes without the points that matter least; a point goes from all the shapes that hold it."""
    gone: set = set()
    while True:
        worth: dict[tuple[float, float], float] = {}
        for ring in (ring for rings in shapes.values() for ring in rings):
            kept = [point for point in ring if point not in gone]
            for a, b, c in zip(kept[-1:] + kept[:-1], kept, kept[1:] + kept[:1], strict=True):
                triangle = abs(area([a, b, c])) if len(kept) > 4 else least
                worth[b] = max(worth.get(b, 0), triangle)
        point = min(worth, key=worth.get)
        if worth[point] >= least:
            return {code: [[p for p in ring if p not in gone] for ring in rings] for code, rings in shapes.items()}
        gone.add(point)


def inset(rings: list[Ring], rank: int) -> list[Ring]:
    """Return an overseas region in its place of the row."""
    xs, ys = ([p[axis] for ring in rings for p in ring] for axis in (0, 1))
    scale = SIDE / max(max(xs) - min(xs), max(ys) - min(ys))
    step = WIDTH / len(OVERSEAS)
    left = step * rank + (step - (max(xs) - min(xs)) * scale) / 2 - min(xs) * scale
    top = LOWER + (SIDE - (max(ys) - min(ys)) * scale) / 2 - min(ys) * scale
    return [[(round(x * scale + left), round(y * scale + top)) for x, y in ring] for ring in rings]


def centre(rings: list[Ring]) -> tuple[int, int]:
    """Return the centre of gravity of the largest ring, where the number is written."""
    ring = max(rings, key=lambda one: abs(area(one)))
    sides = list(pairwise([*ring, ring[0]]))
    x, y = (sum((a[i] + b[i]) * (a[0] * b[1] - b[0] * a[1]) for a, b in sides) / 6 / area(ring) for i in (0, 1))
    return round(x), round(y)


def path_of(rings: list[Ring]) -> str:
    """Return rings as an SVG path, in steps from point to point."""
    parts = []
    for ring in rings:
        steps = [f"{round(b[0]) - round(a[0])} {round(b[1]) - round(a[1])}" for a, b in pairwise(ring)]
        parts.append(f"M{round(ring[0][0])} {round(ring[0][1])}l{' '.join(steps)}z".replace(" -", "-"))
    return "".join(parts)


def main() -> int:
    """Read the file that is named, write the outlines, say what they weigh."""
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    found = re.findall(r'class: "(FR-(?:[A-Z]{3}|20R|97\d))",.{0,200}?d: "([^"]+)"', text, re.DOTALL)
    shapes = {CODES[name]: rings_of(path) for name, path in found if name in CODES}
    mainland = {code: rings for code, rings in shapes.items() if code not in OVERSEAS}
    drawn = thinned({c: [r for r in rings if abs(area(r)) > SPECK] for c, rings in mainland.items()}, MAINLAND)
    for rank, code in enumerate(OVERSEAS):
        rings = [ring for ring in inset(shapes[code], rank) if abs(area(ring)) > SPECK]
        drawn |= thinned({code: rings}, SMALL)
    regions = {}
    for code in sorted(drawn):
        x, y = centre(drawn[code])
        regions[code] = {"path": path_of(drawn[code]), "x": x, "y": y}
    assert len(regions) == len(CODES), "a region is missing from the file"
    TARGET.write_text(json.dumps(regions, indent=1) + "\n", encoding="utf-8")
    print(sum(len(region["path"]) for region in regions.values()), "characters of paths")
    return 0


if __name__ == "__main__":
    sys.exit(main())
