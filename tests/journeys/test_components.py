"""Each component looks the same under the portal's sheet and under the whole design system, to the pixel.

The whole is what django-dsfr delivers, served from the package to this test only, then our
rules as they are written. One difference is meant: the two weights of Marianne that the
portal loads, so the other weights are taken out of the whole.
"""

import re
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.pages.component_samples import render_samples

sys.path.append(str(Path(__file__).resolve().parents[2] / "bin"))
from css_sheet import DIST, FONTS, OURS, TARGET
from css_text import Node, parse, pieces, write

SITE = "http://portal.invalid"
WIDTHS = (1280, 375)
#: The theme chosen, and the one of the device. Who never chose has that of the device from the
#: portal's sheet; the design system would need its script, so its dark is compared with it.
THEMES = {"light": ("light", "dark"), "dark": ("dark", "light"), "dark by the device": ("", "dark")}
TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}

#: For each sample, a rule without which it looks otherwise.
TELLING = {
    "alert": ".fr-alert--error",
    "badge": ".fr-badge--sm",
    "breadcrumb": ".fr-breadcrumb__link",
    "callout": ".fr-callout__title",
    "demonstration": ".portal-demonstration",
    "empty": ".portal-empty",
    "error_summary": ".fr-alert__title",
    "footer": ".fr-footer__bottom-link",
    "header": ".fr-header__service-title",
    "lines_summary": ".fr-alert__title",
    "messages": ".fr-alert--sm",
    "nav_item": ".fr-nav__link",
    "pagination": ".fr-pagination__link",
    "search": ".fr-search-bar .fr-btn",
    "source": ".portal-source",
    "tag": ".fr-tag",
    "tags": ".fr-tags-group",
    "to_complete": ".portal-to-complete",
    "form new": ".fr-checkbox-group",
    "form filled": ".fr-radio-group",
    "form wrong": ".fr-message--error",
}


def document(*sheets: str, theme: str) -> str:
    """Return a page that shows every sample, dressed by these sheets."""
    links = "".join(f'<link rel="stylesheet" href="{sheet}">' for sheet in sheets)
    samples = "".join(f'<section data-sample="{name}">{html}</section>' for name, html in render_samples().items())
    chosen = f' data-fr-theme="{theme}"' if theme else ""
    return f'<!DOCTYPE html><html lang="fr"{chosen}><head><meta charset="utf-8">{links}</head><body>{samples}</body></html>'


def without_other_weights(css: str) -> str:
    """Take out the typefaces that the portal does not load."""
    return re.sub(r"@font-face\{[^}]*\}", lambda face: face[0] if any(font in face[0] for font in FONTS) else "", css)


def without_telling_rules(nodes: list[Node]) -> list[Node]:
    """Take out the rules of :data:`TELLING`."""
    kept: list[Node] = []
    for head, body in nodes:
        if isinstance(body, list):
            kept.append((head, without_telling_rules(body)))
        elif left := [one for one in pieces(head, ",") if not any(rule in one for rule in TELLING.values())]:
            kept.append((",".join(left), body))
    return kept


#: ``built``: what is served; ``cut``: the same without the telling rules.
STYLES = {
    "whole": ("/dist/dsfr.min.css", "/dist/utility/utility.min.css", "/ours.css"),
    "built": ("/portal.css",),
    "cut": ("/cut.css",),
}


def file_at(path: str) -> tuple[str, str | bytes]:
    """Return the type and the content of what a page asks for."""
    kind = TYPES[Path(path).suffix]
    if path == "/portal.css":
        return kind, TARGET.read_text(encoding="utf-8")
    if path == "/cut.css":
        return kind, write(without_telling_rules(parse(TARGET.read_text(encoding="utf-8"))))
    if path == "/ours.css":
        return kind, OURS.read_text(encoding="utf-8")
    file = DIST.parent / path.lstrip("/")
    return kind, without_other_weights(file.read_text(encoding="utf-8")) if file.suffix == ".css" else file.read_bytes()


@pytest.fixture(scope="module")
def shown(chromium):
    """Return a way to open all samples in a style, a theme and a width; each is opened once."""
    contexts = []

    @cache
    def open_samples(sheets: str, theme: str, width: int):
        chosen, device = THEMES[theme]
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=device, locale="fr-FR", reduced_motion="reduce"
        )
        contexts.append(context)

        def answer(route, request):
            path = request.url.removeprefix(SITE)
            if path == "/":
                html = document(*STYLES[sheets], theme=chosen or ("dark" if sheets == "whole" else ""))
                return route.fulfill(content_type="text/html; charset=utf-8", body=html)
            kind, content = file_at(path)
            return route.fulfill(content_type=kind, body=content)

        context.route("**/*", answer)
        page = context.new_page()
        page.goto(f"{SITE}/", wait_until="networkidle")
        loaded = "[...document.fonts].filter(face => face.status === 'loaded').length"
        page.wait_for_function(f"{loaded} === {len(FONTS)}")
        return page

    yield open_samples
    for context in contexts:
        context.close()


def picture(page, name: str) -> bytes:
    """Return what a sample looks like."""
    return page.locator(f'[data-sample="{name}"]').screenshot(animations="disabled")


@pytest.mark.parametrize("name", TELLING)
def test_a_component_looks_as_the_design_system_says(name, shown):
    different = [
        (theme, width)
        for theme in THEMES
        for width in WIDTHS
        if picture(shown("built", theme, width), name) != picture(shown("whole", theme, width), name)
    ]
    assert different == []


@pytest.mark.parametrize("name", TELLING)
def test_the_comparison_sees_that_a_rule_is_gone(name, shown):
    assert picture(shown("cut", "light", 1280), name) != picture(shown("whole", "light", 1280), name)


def test_every_sample_is_compared():
    assert set(TELLING) == set(render_samples())


def test_the_opened_menu_looks_as_the_design_system_says(shown):
    pictures = []
    for sheets in ("built", "whole"):
        page = shown(sheets, "dark", 375)
        page.evaluate("document.querySelector('#menu').showPopover()")
        pictures.append(page.screenshot(animations="disabled"))
        page.evaluate("document.querySelector('#menu').hidePopover()")
    assert pictures[0] == pictures[1]
