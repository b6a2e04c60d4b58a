#!/usr/bin/env python
"""Make ``static/dsfr/portal-dsfr.css`` from the design system that django-dsfr ships.

The package holds 17 MB and a page of it asks for many files. This keeps one style
sheet: the components named below, the two weights of Marianne that pages use, icons
inlined, colour families and variables that nothing reads left out. It also makes the
dark theme work without JavaScript: what the DSFR writes for ``data-fr-theme="dark"``
is repeated for people whose system asks for dark, unless they chose light.

Run it after an update of django-dsfr, or when a component or an icon is added:
``python bin/build_dsfr.py`` writes, ``python bin/build_dsfr.py --check`` compares.
"""

import re
import sys
from pathlib import Path
from urllib.parse import quote

import dsfr

ROOT = Path(__file__).resolve().parent.parent
DIST = Path(dsfr.__file__).resolve().parent / "static/dsfr/dist"
TARGET = ROOT / "static/dsfr/portal-dsfr.css"
OURS = (ROOT / "static/css/portal.css", ROOT / "static/css/print.css")

COMPONENTS = (
    "link alert badge breadcrumb button callout checkbox form footer logo header highlight input "
    "navigation pagination radio search select skiplink stepper tag upload"
).split()
ICONS = (
    "account-circle-line arrow-left-line arrow-right-line building-line calendar-line check-line checkbox-circle-fill "
    "close-circle-fill close-line community-line download-line edit-line error-warning-fill external-link-line "
    "file-text-line filter-line government-line hospital-line information-line info-fill lightbulb-line "
    "logout-box-r-line mail-line map-pin-2-line menu-fill money-euro-circle-line printer-line question-line "
    "refresh-line search-line stethoscope-line survey-line team-line time-line user-line"
).split()
FONTS = ("Marianne-Regular.woff2", "Marianne-Bold.woff2")

# Families of which no page uses a single member: decorative colours, old icon names, the
# legacy brand, spacing by screen width, and parts that only a script of the DSFR opens.
LEFT_OUT = re.compile(
    r"(green-(tilleul|bourgeon|emeraude|menthe|archipel)|blue-(ecume|cumulus)|purple-glycine|pink-(macaron|tuile)"
    r"|yellow-(tournesol|moutarde)|orange-terre|brown-(cafe|caramel|opera)|beige-gris)-?"
    r"|fr-fi-|fr-artwork|data-fr-mourning|data-fr-scrolling|fr-translate|fr-card__(lightbox|video)|fr-range|fr-nav__callout"
    r"|fr-[mp][trblxy]?-(n\d|first|md)|fr-col-offset|fr-mega-menu|fr-placement|fr-logo--(sm|lg)|fr-display--|fr-connect"
    r"|fr-responsive-vid|fr-toggle|fr-radio-rich|fr-segmented|fr-btn--(tooltip|account|briefcase|team|fullscreen|display|sort)"
    r"|fr-consent|fr-modal|fr-menu|fr-card|fr-tile|fr-accordion|fr-collapse|fr-header__(menu|tools|navbar|operator|search)"
    r"|fr-footer__(top|partners)|fr-nav__btn|fr-follow|fr-password|fr-table|fr-enlarge-button|fr-displayed|fr-transcription"
)
DARK = re.compile(r"(:root)?\[data-fr-theme=dark\]")
Node = tuple[str, "str | list[Node]"]


def parse(css: str) -> list[Node]:
    """Return ``(prelude, declarations)`` of each rule and ``(prelude, rules)`` of each block such as ``@media``."""
    nodes: list[Node] = []
    start = at = 0
    while (opening := find(css, "{;", at)) < len(css):
        prelude = css[start:opening].strip()
        if css[opening] == ";":
            start = at = opening + 1
            continue
        closing = matching_brace(css, opening)
        body = css[opening + 1 : closing]
        nested = prelude.startswith(("@media", "@supports"))
        nodes.append((prelude, parse(body) if nested else body))
        start = at = closing + 1
    return nodes


def find(css: str, characters: str, at: int) -> int:
    """Return where one of ``characters`` is next outside quotes and parentheses, else the length."""
    quoted, depth = "", 0
    while at < len(css):
        char = css[at]
        if quoted:
            at += char == "\\"
            quoted = "" if char == quoted else quoted
        elif char in "\"'":
            quoted = char
        elif char in characters and not depth:
            return at
        elif char in "()":
            depth += 1 if char == "(" else -1
        at += 1
    return at


def matching_brace(css: str, opening: int) -> int:
    """Return where the brace opened at ``opening`` is closed."""
    at, depth = opening, 0
    while True:
        depth += 1 if css[at] == "{" else -1
        if not depth:
            return at
        at = find(css, "{}", at + 1)


def pieces(text: str, separator: str) -> list[str]:
    """Split at the separators that stand outside quotes and parentheses."""
    found, at = [], 0
    while at <= len(text):
        end = find(text, separator, at)
        found.append(text[at:end].strip())
        at = end + 1
    return [piece for piece in found if piece]


def keep(nodes: list[Node]) -> list[Node]:
    """Leave out fonts, selectors and blocks that no page uses."""
    kept: list[Node] = []
    for prelude, body in nodes:
        if prelude.startswith("@font-face"):
            if any(font in body for font in FONTS):
                kept.append((prelude, re.sub(r',url\([^)]*\.woff\) format\("woff"\)', "", body)))
        elif isinstance(body, list):
            if inner := keep(body):
                kept.append((prelude, inner))
        elif not prelude.startswith("@-moz-document"):
            selectors = [one for one in pieces(prelude, ",") if not LEFT_OUT.search(one) and ":-ms-" not in one]
            if selectors:
                kept.append((",".join(selectors), body))
    return kept


def with_system_dark(nodes: list[Node]) -> list[Node]:
    """Repeat each dark rule for people whose system is dark; on paper it is always light."""
    done: list[Node] = []
    for prelude, body in nodes:
        if isinstance(body, list):
            done.append((prelude, body if "prefers-color-scheme" in prelude else with_system_dark(body)))
            continue
        dark = [one for one in pieces(prelude, ",") if DARK.search(one)]
        if other := [one for one in pieces(prelude, ",") if one not in dark]:
            done.append((",".join(other), body))
        if dark:
            system = [DARK.sub(":root:not([data-fr-theme=light])", one) for one in dark]
            done.append(("@media screen", [(",".join(dark), body)]))
            done.append(("@media screen and (prefers-color-scheme:dark)", [(",".join(system), body)]))
    return done


def resolve(body: str, folder: Path) -> str:
    """Inline the icons, point to the fonts, and say masks once, in the spelling that every browser reads."""
    if "-webkit-mask-image" in body:
        body = re.sub(r"(^|;)mask-(image|size|position|repeat):[^;]*(?=;|$)", "", body)

    def replace(found: re.Match) -> str:
        """Return the new address of one file."""
        file = (folder / found[1]).resolve()
        if file.suffix != ".svg":
            return f"url({file.relative_to(DIST.parent)})"
        drawing = re.sub(r"\s+", " ", file.read_text(encoding="utf-8")).replace('"', "'").strip()
        encoded = quote(drawing, safe=" =:/;,.'()!*+@")
        return f'url("data:image/svg+xml,{encoded}")'

    return re.sub(r"url\((\.\.[^)\"']*)\)", replace, body)


def read_component(path: Path) -> list[Node]:
    """Return the kept rules of one file of the DSFR, its addresses resolved."""
    css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)

    def walk(nodes: list[Node]) -> list[Node]:
        """Resolve the addresses of every rule."""
        return [(head, walk(body) if isinstance(body, list) else resolve(body, path.parent)) for head, body in nodes]

    return walk(keep(parse(css)))


def icon_rules() -> list[Node]:
    """Return the rule of each icon of the list, or stop when one has another name."""
    wanted, rules = set(ICONS), []
    for path in sorted((DIST / "utility/icons").glob("*/*.main.min.css")):
        for prelude, body in parse(re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)):
            names = set(re.findall(r"fr-icon-([\w-]+)", prelude)) & wanted
            if names and isinstance(body, str):
                wanted -= names
                rules.append((prelude, resolve(body, path.parent)))
    if wanted:
        sys.exit(f"Icônes inconnues : {', '.join(sorted(wanted))}")
    return rules


def without_unread_variables(css: str) -> str:
    """Drop the custom properties that neither this sheet nor ours reads, until none is left."""
    ours = "".join(path.read_text(encoding="utf-8") for path in OURS)
    declaration = re.compile(r"(?<=[{;])(--[\w-]+):(?:\"[^\"]*\"|'[^']*'|[^;{}\"'])*(?:;|(?=}))")
    while unread := set(declaration.findall(css)) - set(re.findall(r"var\(\s*(--[\w-]+)", css + ours)):
        css = declaration.sub(lambda found, drop=unread: "" if found[1] in drop else found[0], css)
    return re.sub(r"[^{}]+\{\}", "", css)


def write(nodes: list[Node]) -> str:
    """Return the rules as text, one a line; neighbours in the same block share it."""
    lines: list[str] = []
    for head, body in nodes:
        text = "{\n" + write(body) + "}" if isinstance(body, list) else "{" + body.strip(";") + "}"
        lines.append(head + text)
    return "".join(line + "\n" for line in lines)


def build() -> str:
    """Return the whole style sheet."""
    files = [DIST / "core/core.main.min.css", DIST / "scheme/scheme.min.css"]
    files += [DIST / f"component/{name}/{name}.main.min.css" for name in COMPONENTS]
    nodes = with_system_dark([node for path in files for node in read_component(path)]) + icon_rules()
    version = (DIST.parent / "dsfr_version").read_text(encoding="utf-8").strip().removeprefix("v")
    return (
        f"/*! DSFR v{version} | SPDX-License-Identifier: MIT | restricted use: the brand of the State and\n"
        " * the Marianne typeface are for State sites only, https://www.systeme-de-design.gouv.fr/cgu\n"
        " * Made by bin/build_dsfr.py from django-dsfr; do not edit. */\n" + without_unread_variables(write(nodes))
    )


def main() -> None:
    """Write the sheet, or with ``--check`` tell whether the one in the tree is the one that would be made."""
    css = build()
    if sys.argv[1:] == ["--check"]:
        sys.exit(None if TARGET.read_text(encoding="utf-8") == css else f"{TARGET.name} n'est pas à jour.")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(css, encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)} : {len(css):,} octets")


if __name__ == "__main__":
    main()
