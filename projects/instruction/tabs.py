"""The pages of one dossier, and the pages of a desk, for those who instruct: which exist for whom. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from projects.procedures.types import Procedure
from projects.rights.holdings import Holdings
from projects.rights.table import Act


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of a dossier: shown to whoever may do one of ``acts`` on it. ``name``: of the address."""

    label: str
    name: str
    acts: frozenset[Act]
    with_confidential: bool = True


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page of a desk: shown to whoever holds a body under one of ``holds``."""

    label: str
    name: str
    holds: tuple[str, ...] = ("served_bodies",)


DOSSIER_TABS: tuple[Tab, ...] = (
    Tab("Dossier", "instruction-dossier", frozenset({Act.READ})),
    Tab("Messages", "instruction-messages", frozenset({Act.MESSAGE})),
    Tab("Décision", "instruction-decision", frozenset({Act.NOTE, Act.WRITE_LETTER})),
    Tab("Publication", "instruction-publication", frozenset({Act.PUBLISH}), with_confidential=False),
    Tab("Preuve", "instruction-evidence", frozenset({Act.ARCHIVE})),
)
"""In the order in which they are shown."""

DESK_PAGES: tuple[DeskPage, ...] = (
    DeskPage("Ma journée", "instruction"),
    DeskPage("Les dossiers", "instruction-list"),
    DeskPage("Parapheur", "instruction-signing", ("director_bodies", "legal_bodies", "delegate_bodies")),
    DeskPage("Calendrier des fins", "instruction-ends"),
)
"""In the order in which they are shown."""


def tabs_for(acts: frozenset[Act], procedure: Procedure, tabs: Iterable[Tab] = DOSSIER_TABS) -> list[Tab]:
    """Return the pages of a dossier that somebody may open, by what they may do on it."""
    return [tab for tab in tabs if tab.acts & acts and (tab.with_confidential or not procedure.confidential)]


def desk_pages_for(holdings: Holdings, pages: Iterable[DeskPage] = DESK_PAGES) -> list[DeskPage]:
    """Return the pages of a desk that somebody may open, by the posts that they hold."""
    return [page for page in pages if any(holdings.of(name) for name in page.holds)]
