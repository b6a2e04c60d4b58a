"""Make the one style sheet of the portal from the DSFR, our own rules, and the pages that use them.

The DSFR as django-dsfr ships it: 970 KB of rules and a file for each icon. Here: the rules
that the pages given can use, two weights of Marianne, icons inside the sheet, then our
rules, then those of paper. The dark theme works without JavaScript: what the DSFR writes
for ``data-fr-theme="dark"`` is repeated for people whose system asks for dark.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

import dsfr
from css_purge import Purge, kinds_of_elements, without_unused_names
from css_text import Node, parse, pieces, tighten, write

ROOT = Path(__file__).resolve().parent.parent
DIST = Path(dsfr.__file__).resolve().parent / "static/dsfr/dist"
TARGET = ROOT / "static/dsfr/portal.css"
WORKSPACE = ROOT / "static/dsfr/workspace.css"
SHEETS = ("dsfr.main.min.css", "utility/utility.main.min.css")
OURS = ROOT / "styles/portal.css"
OURS_AT_WORK = ROOT / "styles/workspace.css"
PAPER = ROOT / "styles/print.css"

FONTS = ("Marianne-Regular.woff2", "Marianne-Bold.woff2")
#: What scripts add to an element after the server sent it: portal.js, the theme.
SCRIPTED = {"html": ("[data-fr-theme]", "[data-fr-theme=dark]", "[data-fr-theme=light]")}
#: An icon that weighs more would be better as a file of its own; none does.
HEAVIEST_ICON = 2_500
DARK = re.compile(r"(:root)?\[data-fr-theme=dark\]")


def build(pages: Iterable[str], *, at_work: bool = False) -> str:
    """Return the whole style sheet for these pages; ``at_work`` adds our rules for those who signed in."""
    purge = Purge(kinds_of_elements(pages, SCRIPTED))
    kept = [node for name in SHEETS for node in resolved(purge.keep(parse(read(DIST / name))), (DIST / name).parent)]
    design_system = tighten(with_system_dark(modern(kept)))
    ours = tighten(parse(read(OURS) + (read(OURS_AT_WORK) if at_work else "")))
    paper: list[Node] = [("@media print", tighten(parse(read(PAPER))))]
    version = read(DIST.parent / "dsfr_version").strip().removeprefix("v")
    return (
        f"/*! DSFR v{version} | SPDX-License-Identifier: MIT | restricted use: the brand of the State and\n"
        " * the Marianne typeface are for State sites only, https://www.systeme-de-design.gouv.fr/cgu\n"
        " * Made by bin/build_dsfr.py from django-dsfr, styles/ and the rendered pages; do not edit. */\n"
        + without_unused_names(write([*design_system, *ours, *paper]))
    )


def read(path: Path) -> str:
    """Return the text of a file."""
    return path.read_text(encoding="utf-8")


def known_classes() -> set[str]:
    """Return every class for which the DSFR has a rule."""
    return {name for sheet in SHEETS for name in re.findall(r"\.(fr-[\w-]+)", read(DIST / sheet))}


def modern(nodes: list[Node]) -> list[Node]:
    """Leave out fonts that no page loads, and what is written for Internet Explorer only."""
    kept: list[Node] = []
    for head, body in nodes:
        if isinstance(body, list):
            asked = [one for one in pieces(head.removeprefix("@media"), ",") if "-ms-" not in one]
            head = f"@media {','.join(asked)}" if head.startswith("@media") else head
            if asked and (inner := modern(body)):
                kept.append((head, inner))
        elif not head.startswith("@font-face"):
            kept.append((head, body))
        elif any(font in body for font in FONTS):
            kept.append((head, re.sub(r',url\([^)]*\.woff\) format\("woff"\)', "", body)))
    return kept


def with_system_dark(nodes: list[Node]) -> list[Node]:
    """Repeat each dark rule for people whose system is dark; on paper it is always light."""
    done: list[Node] = []
    for head, body in nodes:
        if isinstance(body, list):
            done.append((head, body if "prefers-color-scheme" in head else with_system_dark(body)))
            continue
        dark = [one for one in pieces(head, ",") if DARK.search(one)]
        if other := [one for one in pieces(head, ",") if one not in dark]:
            done.append((",".join(other), body))
        if dark:
            system = [DARK.sub(":root:not([data-fr-theme=light])", one) for one in dark]
            done.append(("@media screen", [(",".join(dark), body)]))
            done.append(("@media screen and (prefers-color-scheme:dark)", [(",".join(system), body)]))
    return done


def resolved(nodes: list[Node], folder: Path) -> list[Node]:
    """Return the rules with their icons inside and their fonts where they are served."""
    return [
        (head, resolved(body, folder) if isinstance(body, list) else with_files(body, folder)) for head, body in nodes
    ]


def with_files(body: str, folder: Path) -> str:
    """Inline the icons, point to the fonts, and say masks once, in the spelling that every browser reads."""
    if "-webkit-mask-image" in body:
        body = re.sub(r"(^|;)mask-(image|size|position|repeat):[^;]*(?=;|$)", "", body)

    def replace(found: re.Match) -> str:
        """Return the new address of one file."""
        file = (folder / found[1]).resolve()
        if file.suffix != ".svg":
            return f"url({file.relative_to(DIST.parent)})"
        drawing = re.sub(r"\s+", " ", read(file)).replace('"', "'").strip()
        if len(drawing) > HEAVIEST_ICON:
            raise ValueError(f"{file.name}: {len(drawing)} characters, too heavy to stand in the style sheet")
        encoded = quote(drawing, safe=" =:/;,.'()!*+@")
        return f'url("data:image/svg+xml,{encoded}")'

    return re.sub(r"url\((?!data:)([^)\"']*)\)", replace, body)
