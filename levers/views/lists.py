"""What every list that search answers has in common: its address, its words, its way out, its table."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.html import format_html

from actors.models import Agency
from levers.results import Result
from levers.search import Index, Query
from levers.views.facets import Facet, label_of

FORMULA_STARTS = ("=", "+", "-", "@")


class Found:
    """A result as Django's paginator reads it: how many, and a page of them without working out the others."""

    def __init__(self, result: Result):
        self._result = result

    def __len__(self) -> int:
        return self._result.total

    def __getitem__(self, wanted: slice) -> list:
        return self._result.page(wanted.start, wanted.stop)


@dataclass(frozen=True, slots=True)
class Noun:
    """What a list is a list of, in words."""

    one: str
    many: str
    title: str
    """Several of them, as the title of the page says it."""
    none: str = "Aucun"
    every: str = "tous les"

    def counted(self, total: int) -> str:
        """Return how many."""
        return f"{total} {self.many if total > 1 else self.one}"


def said(data: QueryDict) -> QueryDict:
    """Return parameters without what says nothing: a form sends its empty fields, and a box beside the same choice."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        if full := [*dict.fromkeys(filter(None, values))]:
            kept.setlist(name, full)
    return kept


def address_with(path: str, data: QueryDict, **changes) -> str:
    """Return the same list with some parameters changed (None removes), from its first page."""
    changed = data.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        elif isinstance(value, list):
            changed.setlist(name, value)
        else:
            changed[name] = value
    return f"{path}?{changed.urlencode()}" if changed else path


def page_address(data: QueryDict, number: int) -> str:
    """Return the address of another page of the same list, relative to this one."""
    changed = data.copy()
    changed["page"] = str(number)
    return f"?{changed.urlencode()}"


def tags_of(path: str, data: QueryDict, text: str, facets: Sequence[Facet], chosen: Mapping) -> list[tuple[str, str]]:
    """Return the words of each thing that is chosen, and the address of the list without it."""
    tags = [(quoted(text), address_with(path, data, q=None))] if text else []
    return tags + [
        (label_of(facet, value), address_with(path, data, **{facet.name: [v for v in picked if v != value] or None}))
        for facet in facets
        if (picked := chosen.get(facet.name))
        for value in picked
    ]


def title_of(noun: Noun, total: int, text: str, page: Page | None) -> str:
    """Return the title of the page, which tells one search, and one page of it, from another in a history."""
    what = f"{noun.counted(total)} {noun.title}".strip()
    if page and page.number > 1:
        what += f" (page {page.number} sur {page.paginator.num_pages})"
    return f"{quoted(text)} : {what}" if text else what


def found_in_words(noun: Noun, total: int, text: str) -> str:
    """Return how many were found, as a heading says it and as a reading aid is told."""
    how_many = noun.counted(total) if total else f"{noun.none} {noun.one}"
    return f"{how_many} pour {quoted(text)}" if text else how_many


def quoted(text: str) -> str:
    """Return a text between quotation marks that no end of line separates from it."""
    return f"«\u00a0{text}\u00a0»"


def corrections_html(result: Result, what: str = "Aucune fiche ne contient") -> str:
    """Return what was looked for instead of the words that nothing holds; empty where all are known."""
    if not result.corrections:
        return ""
    asked = ", ".join(map(quoted, result.corrections))
    taken = ", ".join(" ou ".join(map(quoted, words)) for words in result.corrections.values())
    found = "Résultats pour" if result.total else "Nous avons cherché"
    return format_html("<p>{} {}. {} {}.</p>", what, asked, found, taken)


def nothing_found(
    path: str, noun: Noun, data: QueryDict, query: Query, facets: Sequence[Facet], index: Index, result: Result
) -> dict:
    """Return what to do when nothing is found: which filter to remove, which words are near, whom to ask."""
    words = {facet.name: f"{facet.label} : {labels_of(facet, query)}" for facet in facets}
    words["q"] = f"recherche : {query.text}"
    without = sorted(result.without.items(), key=lambda item: (-item[1], item[0]))
    regions = [code for code in query.facets.get("region", ()) if "\0" not in code]  # PostgreSQL refuses that character
    agencies = Agency.objects.select_related("region").order_by("region__name")
    return {
        "without": [
            (words[name], noun.counted(total), address_with(path, data, **{name: None})) for name, total in without
        ],
        "nearby": [(word, address_near(path, data, query, index, word)) for word in result.nearby],
        "agencies": agencies.filter(region__code__in=regions) if regions else agencies,
        "region_chosen": bool(regions),
        "everything": path,
        "noun": noun,
    }


def labels_of(facet: Facet, query: Query) -> str:
    """Return the words of what is chosen in a facet."""
    return ", ".join(sorted(label_of(facet, value) for value in query.facets.get(facet.name, ())))


def address_near(path: str, data: QueryDict, query: Query, index: Index, word: str) -> str:
    """Return where a near word is found: with the filters that are chosen, else without them."""
    kept = index.search(Query(word, query.facets)).total
    return address_with(path, data if kept else QueryDict(mutable=True), q=word)


def why_nothing(query: Query, empty: str) -> str:
    """Return in a sentence why nothing is found; ``empty`` says it of a list that holds nothing at all."""
    if query.facets:
        return "Rien ne correspond à tous ces choix"
    return "Rien ne correspond à ces mots" if query.text else empty


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, even behind blanks or in wide characters."""
    begins = unicodedata.normalize("NFKC", text.lstrip())[:1]
    return f"'{text}" if begins in FORMULA_STARTS and begins else text
