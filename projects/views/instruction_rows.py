"""The dossiers of a list and the cards of a board as HTML: loops that templates would be slow at."""

from collections.abc import Callable, Iterable
from datetime import datetime
from html import escape

from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from apist.templatetags.portal import jour
from projects.instruction.board import REFERENCE, Card, Column
from projects.instruction.rows import Row
from projects.templatetags.moments import last_moment

LATE = ' <span class="fr-badge fr-badge--error fr-badge--sm">En retard</span>'
LINE = (
    '<tr><td><input type="checkbox" name="dossier" value="{0}" aria-label="Choisir le dossier {0}"></td>'
    '<th scope="row"><a href="{1}">{2}</a><br>{3}{0}{4}{5}</th><td>{6}{7}</td><td>{8}<br>{9}{10}</td>'
    '<td>{11}{12}{13}</td><td class="portal-number">{14}</td><td>{15}</td></tr>'
)
COLUMN = (
    '<section class="portal-board__column" aria-labelledby="colonne-{0}"><h3 class="fr-h6" id="colonne-{0}">'
    '<a href="{1}">{2} : {3}</a></h3><ul class="portal-list">{4}</ul>{5}</section>'
)
CARD = '<li><a href="{}">{}</a><br><span class="fr-text--sm">{}{}<br>{}{}</span></li>'


def lines_html(rows: Iterable[Row], address: Callable[[str], str]) -> SafeString:
    """Return the lines of the table; everything that somebody wrote is escaped. ``address``: of a dossier."""
    before, after = address(REFERENCE).split(REFERENCE)
    return mark_safe("".join(LINE.format(*_cells(row, before, after)) for row in rows))


def _cells(row: Row, before: str, after: str) -> tuple:
    reference = escape(row.reference)
    return (
        reference,
        f"{before}{reference}{after}",
        escape(row.title),
        f"{escape(row.organisation)} · " if row.organisation else "",
        f" · {escape(row.entered.lower())}" if row.entered else "",
        _below(*row.labels),
        last_day(row.due_at) or "Aucune à cette étape",
        legal_html(row) + (LATE if row.is_late else ""),
        escape(row.stage),
        escape(row.turn),
        _below(*row.people),
        escape(row.procedure),
        _below(row.lever),
        _below(row.call),
        "" if row.asked is None else f"{escape(floatformat(row.asked, '0g'))} €",
        day(row.deposited_at) or "Pas encore",
    )


def legal_html(row: Row) -> SafeString:
    """Return when the legal delay is over, on a line of its own; nothing where none runs."""
    if row.legal_due_at is None:
        return SafeString()
    words = "<br><strong>Délai légal passé le {}</strong>" if row.is_silent else "<br>Délai légal\u00a0: {}"
    return mark_safe(words.format(day(row.legal_due_at)))


def _below(*words: str) -> str:
    """Return words, each on a line of its own under what stands before."""
    return "".join(f"<br>{escape(one)}" for one in words if one)


def day(at: datetime | None) -> str:
    """Return the day of a moment in words, where the page is; empty for none."""
    return jour(timezone.localtime(at)) if at else ""


def last_day(due_at: datetime | None) -> str:
    """Return the last day of a stage in words: a day that must be over ends at the midnight that follows."""
    return day(last_moment(due_at))


def columns_html(columns: Iterable[Column]) -> SafeString:
    """Return the columns of a board, each with its cards."""
    return mark_safe("".join(_column(column) for column in columns))


def _column(column: Column) -> str:
    value, label, address = escape(column.value), escape(column.label), escape(column.address)
    left = ""
    if column.left:
        others = f"{column.left} autre{'s' if column.left > 1 else ''}"
        left = f'<p><a href="{address}">{others}<span class="fr-sr-only"> : {label}</span></a></p>'
    cards = "".join(_card(card) for card in column.cards)
    return COLUMN.format(value, address, label, column.total, cards, left)


def _card(card: Card) -> str:
    organisation = f"{escape(card.organisation)} · " if card.organisation else ""
    return CARD.format(
        *(escape(card.address), escape(card.title), organisation, escape(card.reference), escape(card.turn), _due(card))
    )


def _due(card: Card) -> str:
    if card.late_since:
        legal = ", délai légal passé" if card.is_silent else ""
        return f" · <strong>En retard depuis le {day(card.late_since)}{legal}</strong>"
    return f" · avant le {last_day(card.due_at)}" if card.due_at else ""
