"""The page of a searched list, once for the levers, the calls and the experiments.

A list says what it is a list of (:class:`Kind`); each request then asks it one thing
(:class:`Listing`), and gets the page, or for htmx the part of it that a filter changes.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from apist.frames import FRAMES
from apist.list_parts import options_html, pagination_html, tags_html
from apist.sharing import share, wants_part
from levers.filters import Asked, Listed
from levers.search import Index
from levers.views.facets import Facet, facets_html, prepared
from levers.views.lists import (
    Found,
    Noun,
    corrections_html,
    found_in_words,
    nothing_found,
    page_address,
    said,
    tags_of,
    title_of,
    why_nothing,
)

PAGE_SIZE = 20


class Searched(Listed, Protocol):
    """A list as it is kept for a version of the content: its search, and what is written once for all requests."""

    index: Index
    fragments: dict
    token: int
    until: date | datetime | None


@dataclass(frozen=True, slots=True)
class Kind:
    """What one list has of its own: its address, its parameters, its words, its templates."""

    route: str
    asked: type[Asked]
    sorts: list[tuple[str, str]]
    noun: Noun
    whole: str
    """The template of the page."""
    found: str
    """The template of the part that a filter changes."""
    nothing: str
    """The template of that part when nothing is found."""
    pages: str
    """What the links to other pages lead to, for who hears them."""
    unknown: str
    """How to say that nothing holds a word, before the word."""
    empty: str
    """How to say that the list holds nothing at all."""


class Listing:
    """What an address asks of a list and what search answers; unknown parameters are ignored."""

    def __init__(self, kind: Kind, request: HttpRequest, listed: Searched):
        self.kind, self.request, self.listed = kind, request, listed
        self.path, self.data = reverse(kind.route), said(request.GET)
        self.query = kind.asked(self.data, listed).query()
        self.result = listed.index.search(self.query)
        self.facets = _facets_of(kind, listed)
        self.chosen = {name: self.data.getlist(name) for name in kind.asked.labels if name in self.data}
        self.tags = tags_of(self.path, self.data, self.query.text, self.facets, self.chosen)
        self.heading = found_in_words(kind.noun, self.result.total, self.query.text)

    def page(self) -> Page | None:
        """Return the page that is asked for, the nearest where there is none; nothing when nothing is found."""
        return Paginator(Found(self.result), PAGE_SIZE).get_page(self.data.get("page")) if self.result.total else None

    def found_html(self, page: Page | None, **more) -> SafeString:
        """Return what is found, or what to do when nothing is; ``more`` is what this list shows besides."""
        if page is None:
            return self.rendered(self.kind.nothing, self._nothing() | more)
        shown = self._around() | {
            "sorts": options_html(self.kind.sorts, self.query.sort),
            "pagination": pagination_html(
                page.number, page.paginator.num_pages, lambda number: page_address(self.data, number), self.kind.pages
            ),
        }
        return FRAMES.render(self.request, self.kind.found, shown | more)

    def rendered(self, template: str, more: dict) -> SafeString:
        """Return another form of what is found, with the heading and the choices that stand above every form."""
        return render_to_string(template, self._around() | more, self.request)

    def answer(self, page: Page | None, found: str, *, beside_facets: str = "") -> HttpResponse:
        """Return the page, or for htmx the part that a filter changes; everybody shares it until the content moves."""
        facets = facets_html(self.facets, self.chosen, self.result.counts)
        values = {
            "title": title_of(self.kind.noun, self.result.total, self.query.text, page),
            "text": self.query.text,
            "facets": mark_safe(facets + beside_facets),
            "how_many_filters": f"\u00a0({len(self.tags)})" if self.tags else "",
            "found": mark_safe(found),
        }
        if wants_part(self.request):
            html = FRAMES.render(self.request, "lists/part.html", values | {"heading": self.heading})
        else:
            html = FRAMES.render(self.request, self.kind.whole, values)
        return share(HttpResponse(html), self.listed.token, self.listed.until)

    def _around(self) -> dict:
        corrections = corrections_html(self.result, self.kind.unknown)
        return {"heading": self.heading, "corrections": corrections, "tags": tags_html(self.tags)}

    def _nothing(self) -> dict:
        index = self.listed.index
        ways = nothing_found(self.path, self.kind.noun, self.data, self.query, self.facets, index, self.result)
        return ways | {"nothing_title": why_nothing(self.query, self.kind.empty)}


def _facets_of(kind: Kind, listed: Searched) -> tuple[Facet, ...]:
    """Return the facets, written once a version of the content."""
    facets = listed.fragments.get("facets")
    if facets is None:
        facets = listed.fragments["facets"] = prepared(kind.asked.labels, listed.choices)
    return facets
