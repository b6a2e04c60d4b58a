"""The dossiers of a list and the cards of a board as HTML: loops that templates would be slow at."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from apist.templatetags.portal import jour
from projects.instruction.board import Card
from projects.instruction.rows import Row

LATE = mark_safe(' <span class="fr-badge fr-badge--error fr-badge--sm">En retard</span>')
LINE = (
    '<tr><td><input type="checkbox" name="dossier" value="{0}" aria-label="Choisir le dossier {0}"></td>'
    '<th scope="row"><a href="{1}">{2}</a><br>{3}{0}{4}{5}</th><td>{6}{7}</td><td>{8}<br>{9}{10}</td>'
    '<td>{11}{12}{13}</td><td class="portal-number">{14}</td><td>{15}</td></tr>'
)
CARD = '<li><a href="{}">{}</a><br><span class="fr-text--sm">{}{}<br>{}{}</span></li>'


def lines_html(rows: Iterable[Row], address: Callable[[str], str]) -> SafeString:
    """Return the lines of the table; everything that somebody wrote is escaped. ``address``: of a dossier."""
    return format_html_join("", LINE, (_cells(row, address) for row in rows))


def _cells(row: Row, address: Callable[[str], str]) -> tuple:
    return (
        row.reference,
        address(row.reference),
        row.title,
        f"{row.organisation} · " if row.organisation else "",
        f" · {row.entered.lower()}" if row.entered else "",
        _below(*row.labels),
        day(row.due_at) or "Aucune",
        LATE if row.is_late else "",
        row.stage,
        row.turn,
        _below(*row.people),
        row.procedure,
        _below(row.lever),
        _below(row.call),
        "" if row.asked is None else f"{floatformat(row.asked, '0g')} €",
        day(row.deposited_at) or "Pas encore",
    )


def _below(*words: str) -> SafeString:
    """Return words, each on a line of its own under what stands before."""
    return mark_safe("".join(f"<br>{escape(one)}" for one in words if one))


def day(at: datetime | None) -> str:
    """Return the day of a moment in words, where the page is; empty for none."""
    return jour(timezone.localtime(at)) if at else ""


def cards_html(cards: Iterable[Card]) -> SafeString:
    """Return the cards of a column."""
    return format_html_join(
        "",
        CARD,
        (
            (
                card.address,
                card.title,
                f"{card.organisation} · " if card.organisation else "",
                card.reference,
                card.turn,
                _due(card),
            )
            for card in cards
        ),
    )


def _due(card: Card) -> str:
    if not card.due_at:
        return ""
    if card.is_late:
        return format_html(" · <strong>En retard depuis le {}</strong>", day(card.due_at))
    return f" · avant le {day(card.due_at)}"
