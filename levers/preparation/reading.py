"""What the pages of a preparation read of the content, kept as long as it does not change."""

from dataclasses import dataclass
from datetime import date

from actors.models import Department, Region, Source
from apist.kept import Kept
from levers.models import CallPiece, Lever
from levers.preparation.digital import REGIONAL, SOFTWARE
from levers.preparation.message import Known
from levers.preparation.parts import GUIDE, Item, Said

ANY_DAY = date.min
CITED = (GUIDE, REGIONAL, SOFTWARE)


@dataclass(frozen=True, eq=False)
class Shelf:
    """The documents cited, and the names that a first message may hold."""

    token: int
    sources: dict[str, Source]
    known: Known
    since: date = ANY_DAY
    until: date | None = None

    def cited(self, said: Said) -> dict:
        """Return where something is said, as pages show it; a document that is gone is no longer named."""
        source = self.sources.get(said.source)
        if source is None:
            return {"name": said.title, "url": said.url, "locator": said.locator, "sure": said.sure and not said.source}
        return {
            "name": source.title,
            "url": source.url,
            "locator": said.locator,
            "checked": source.verified_on,
            "sure": said.sure,
        }

    def points(self, items: tuple[Item, ...], done: frozenset[str] = frozenset()) -> list[dict]:
        """Return points with their source, and whether they are ticked."""
        return [{"item": item, "cited": self.cited(item.said), "done": item.key in done} for item in items]


def read_shelf(at: date = ANY_DAY, token: int = 0, last: Shelf | None = None) -> Shelf:
    """Read the content of this subject: four statements."""
    levers = Lever.objects.published().order_by("position", "slug").values_list("short_name", "aliases")
    names = [name for short, aliases in levers for name in (short, *aliases.splitlines())]
    places = [*Region.objects.values_list("name", flat=True), *Department.objects.values_list("name", flat=True)]
    return Shelf(
        token=token,
        sources=Source.objects.in_bulk(CITED, field_name="slug"),
        known=Known(places=tuple(sorted(places)), levers=tuple(names)),
    )


_KEPT: Kept[Shelf] = Kept(read_shelf)


def current_shelf(token: int) -> Shelf:
    """Return the content as it was when ``token`` was read, or newer."""
    return _KEPT.get(ANY_DAY, token)


def forget_shelf() -> None:
    """Start again from the database, as a new process does."""
    _KEPT.forget()


def pieces_of(call_keys: list[int]) -> dict[int, list[CallPiece]]:
    """Return the documents that some calls ask for, by call."""
    found: dict[int, list[CallPiece]] = {}
    for piece in CallPiece.objects.filter(call__in=call_keys).select_related("source"):
        found.setdefault(piece.call_id, []).append(piece)
    return found
