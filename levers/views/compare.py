"""Two to four levers side by side. The whole state is in the address; the form that chooses them needs no script."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apist.clock import today
from apist.sharing import share
from levers.cards import Card
from levers.catalogue import Catalogue, current_catalogue
from levers.comparison.choice import MOST, READ, Choice, Trouble, asked_once, choice_of
from levers.comparison.columns import Column, Compared, columns_of, read_levers
from levers.moments import earliest, next_change
from levers.reading import NAMES
from levers.search import Query

OFFERED = 40
"""How many levers the form offers; beyond, it has a field to search them."""

LONGEST_TEXT = 200

TROUBLES = {
    Trouble.NONE_CHOSEN: ("info", "Choisissez deux à quatre leviers, puis « Comparer »."),
    Trouble.ONE_CHOSEN: ("info", "Un seul levier est choisi : ajoutez-en au moins un pour comparer."),
    Trouble.TOO_MANY: ("warning", f"Le tableau compare {MOST} leviers au plus : décochez-en quelques-uns."),
}


@login_not_required
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show the levers of the address side by side, or why that cannot be done; always the form to choose them."""
    at = today()
    asked = asked_once(request.GET.getlist("levier"))
    read_from = read_levers(asked[:READ])
    choice = choice_of(asked, read_from.levers)
    catalogue = current_catalogue(at, read_from.shared.token)
    actor_types = catalogue.choices["actor_type"]
    actor_type = request.GET.get("actor_type", "")
    actor_type = actor_type if actor_type in dict(actor_types) else ""
    columns = columns_of(read_from, choice.compared, actor_type, at)
    context = {
        "columns": columns,
        "between": between(columns),
        "choice": choice,
        "trouble": TROUBLES.get(choice.trouble),
        "actor_type": actor_type,
        "actor_label": dict(actor_types).get(actor_type, ""),
        "actor_types": actor_types,
        **offered(catalogue, choice, request.GET.get("q", "")[:LONGEST_TEXT]),
    }
    response = render(request, "compare/page.html", context)
    return share(response, read_from.shared.token, earliest([catalogue.until, until_of(read_from, at)]))


def until_of(read_from: Compared, at: date) -> date | None:
    """Return the first day on which something in the levers read changes by itself."""
    rows = [row for lever in read_from.levers.values() for name in NAMES.values() for row in getattr(lever, name).all()]
    return next_change([*read_from.levers.values(), *rows], at)


def between(columns: list[Column]) -> list[tuple]:
    """Return what the sources say of two levers of the table together."""
    return [
        (column.lever, relation, other)
        for column in columns
        for relation, other, is_compared in column.relations
        if is_compared
    ]


def offered(catalogue: Catalogue, choice: Choice, text: str) -> dict:
    """Return the levers of the form: those that are chosen, and those that a text finds (all of them without one)."""
    by_slug = {card.slug: card for card in catalogue.cards.values()}
    chosen = [by_slug[slug] for slug in choice.chosen if slug in by_slug]
    found = catalogue.index.search(Query(text))
    keys = found.page(0, OFFERED + len(chosen))
    others: list[Card] = [catalogue.cards[key] for key in keys if catalogue.cards[key] not in chosen]
    if len(catalogue.cards) <= OFFERED:  # all are there: a box stays in its place when it is checked
        cards = sorted([*chosen, *others], key=lambda card: (card.position, card.slug))
    else:
        cards = [*chosen, *others[:OFFERED]]
    return {
        "cards": [(card, card.slug in choice.chosen) for card in cards],
        "text": text,
        "searchable": len(catalogue.cards) > OFFERED or bool(text),
        "nothing_found": bool(text) and found.total == 0,
    }
