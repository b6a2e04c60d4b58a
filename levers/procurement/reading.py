"""What the page and the JSON of public procurement read of the content, kept as long as it does not change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from actors.models import Source
from apist.kept import Kept
from levers.models import Lever
from levers.models import Threshold as Row
from levers.procurement.rules import Key, Threshold

ANY_DAY = date.min
CITED = (
    "apist-guide-2020",
    "ccp-r2121-1",
    "csp-fonctions-mutualisees-ght",
    "weka-achats-ght-2016",
    "uniha-assemblee-2021",
    "instruction-grades-2017",
    "loi-2000-321-article-10",
    "esms-numerique-aap2-2021",
)
"""The documents that the explanations of the page rest on, by slug; one that is gone is no longer cited."""


@dataclass(frozen=True, eq=False)
class Book:
    """The thresholds, in the curators' order, the sheets on procurement and the documents cited."""

    token: int
    thresholds: tuple[Threshold, ...]
    sheets: tuple[tuple[str, str], ...]
    """The slug and the title of each published lever by which one buys or sells."""
    sources: dict[str, Source]
    since: date = ANY_DAY
    until: date | None = None


def threshold(row: Row) -> Threshold:
    """Return a row as the rules read it."""
    return Threshold(
        key=Key(row.key),
        value=row.value,
        valid_from=row.valid_from or date.min,
        valid_to=row.valid_to,
        buyers=row.buyers,
        category=row.category,
        citation=row.citation,
        source_title=row.source.title,
        verified_on=row.verified_on,
        note=row.note,
    )


def read_book(at: date = ANY_DAY, token: int = 0, last: Book | None = None) -> Book:
    """Read the content of this subject: three statements."""
    levers = Lever.objects.published().filter(nature=Lever.Nature.PROCUREMENT).order_by("position", "slug")
    return Book(
        token=token,
        thresholds=tuple(threshold(row) for row in Row.objects.select_related("source")),
        sheets=tuple(levers.values_list("slug", "title")),
        sources=Source.objects.in_bulk(CITED, field_name="slug"),
    )


_KEPT: Kept[Book] = Kept(read_book)


def current_book(token: int) -> Book:
    """Return the content as it was when ``token`` was read, or newer."""
    return _KEPT.get(ANY_DAY, token)


def forget_book() -> None:
    """Start again from the database, as a new process does."""
    _KEPT.forget()


def in_order(thresholds: Sequence[Threshold]) -> list[Threshold]:
    """Return thresholds by subject, then as time goes."""
    rank = list(Key)
    return sorted(thresholds, key=lambda one: (rank.index(one.key), one.category, one.buyers, one.valid_from))
