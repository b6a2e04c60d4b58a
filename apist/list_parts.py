"""Links to the other pages of a list, and the small things around a list that templates would be slow at."""

from collections.abc import Callable, Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

NEAR = 1
"""How many pages on each side of this one have a link."""


def pagination_html(number: int, last: int, address: Callable[[int], str], label: str) -> SafeString:
    """Return the links to the first, the last and the neighbouring pages; nothing where one page holds all."""
    if last <= 1:
        return SafeString()
    parts = [_step(address(number - 1), "prev", "Page précédente")] if number > 1 else []
    previous = 0
    for one in sorted({1, last, *range(max(1, number - NEAR), min(last, number + NEAR) + 1)}):
        if one > previous + 1:
            parts.append(mark_safe('<li><span class="fr-pagination__link" aria-hidden="true">…</span></li>'))
        parts.append(_page(one, number, last, address))
        previous = one
    if number < last:
        parts.append(_step(address(number + 1), "next", "Page suivante"))
    return format_html(
        '<nav class="fr-pagination fr-mt-4w" aria-label="{}"><ul class="fr-pagination__list">{}</ul></nav>',
        *(label, mark_safe("".join(parts))),
    )


def _step(address: str, way: str, words: str) -> SafeString:
    kind = f"fr-pagination__link fr-pagination__link--{way} fr-pagination__link--lg-label"
    return format_html('<li><a class="{}" rel="{}" href="{}">{}</a></li>', kind, way, address, words)


def _page(one: int, here: int, last: int, address: Callable[[int], str]) -> SafeString:
    title = f"Page {one} sur {last}"
    if one == here:
        return format_html('<li><a class="fr-pagination__link" aria-current="page" title="{}">{}</a></li>', title, one)
    return format_html('<li><a class="fr-pagination__link" href="{}" title="{}">{}</a></li>', address(one), title, one)


def tags_html(tags: Iterable[tuple[str, str]]) -> SafeString:
    """Return the chosen filters, each a link that takes it away; nothing where none is chosen."""
    items = format_html_join(
        "",
        '<li><a class="fr-tag fr-tag--icon-left fr-icon-close-line fr-tag--sm" href="{}">'
        '<span class="fr-sr-only">Retirer le filtre </span>{}</a></li>',
        ((address, label) for label, address in tags),
    )
    if not items:
        return SafeString()
    return format_html('<ul class="fr-tags-group" aria-label="Filtres choisis">{}</ul>', items)


def options_html(choices: Sequence[tuple[str, str]], chosen: str) -> SafeString:
    """Return the lines of a drop-down list, one of them chosen."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SafeString(" selected") if value == chosen else "", label) for value, label in choices),
    )
