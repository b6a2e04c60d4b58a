"""The pages of one dossier, and the pages of a desk, for those who instruct: which exist for whom. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from projects.procedures.types import Procedure
from projects.rights.holdings import Holdings
from projects.rights.table import Act
from projects.specification.versions import writes_together


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of a dossier: shown to whoever may do one of ``acts`` on it. ``name``: of the address.

    ``only``: for the procedures that pass it; all of them unless told otherwise. ``under``: the names of the addresses
    that belong to it without beginning like its own; ``is_root``: the addresses that begin like its own are not its.
    """

    label: str
    name: str
    acts: frozenset[Act]
    with_confidential: bool = True
    only: Callable[[Procedure], bool] = lambda procedure: True
    under: tuple[str, ...] = ()
    is_root: bool = False


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page of a desk: shown to whoever holds a body under one of ``holds``. The rest is as in :class:`Tab`."""

    label: str
    name: str
    holds: tuple[str, ...] = ("served_bodies",)
    under: tuple[str, ...] = ()
    is_root: bool = False


ALL_AGENCIES = frozenset({Act.NOTE, Act.ASSOCIATE, Act.COMMENT})

DOSSIER_TABS: tuple[Tab, ...] = (
    Tab("Dossier", "instruction-dossier", frozenset({Act.READ}), is_root=True),
    Tab("Messages", "instruction-messages", frozenset({Act.MESSAGE})),
    Tab("Reçu autrement", "instruction-received", frozenset({Act.ENTER})),
    Tab("Affectation", "instruction-assignment", frozenset({Act.ASSIGN})),
    Tab("Notes internes", "instruction-notes", frozenset({Act.NOTE}), under=("instruction-labels",)),
    Tab("Cahier des charges", "instruction-specification", frozenset({Act.READ}), only=writes_together),
    Tab(
        "Agences, évaluateur",
        "instruction-agencies",
        frozenset({Act.NOTE, Act.ASSOCIATE, Act.COMMENT}),
        with_confidential=False,
    ),
    Tab("Avis", "instruction-opinions", frozenset({Act.CONSULT}), with_confidential=False),
    Tab("Documents", "instruction-papers", frozenset({Act.DOWNLOAD})),
    Tab("Grille", "grid", frozenset({Act.NOTE}), only=lambda procedure: procedure.grid is not None),
    Tab(
        "Décision",
        "instruction-decision",
        frozenset({Act.NOTE, Act.WRITE_LETTER}),
        under=(
            "instruction-one-page",
            "instruction-agreement",
            "instruction-amendment",
            "instruction-amending",
            "instruction-continuation",
        ),
    ),
    Tab("Suivi", "instruction-following", frozenset({Act.SCHEDULE, Act.INDICATE, Act.ARCHIVE})),
    Tab("Publication", "instruction-publication", frozenset({Act.PUBLISH}), with_confidential=False),
    Tab("Preuve", "instruction-evidence", frozenset({Act.ARCHIVE})),
)
"""In the order in which they are shown: that of the work."""

DESK_PAGES: tuple[DeskPage, ...] = (
    DeskPage("Ma journée", "instruction", under=("instruction-enter",), is_root=True),
    DeskPage(
        "Les dossiers",
        "instruction-list",
        under=("instruction-views", "instruction-view", "instruction-view-remove"),
    ),
    DeskPage("Le tableau", "instruction-board"),
    DeskPage("Parapheur", "instruction-signing", ("director_bodies", "legal_bodies", "delegate_bodies")),
    DeskPage("Avis demandés", "instruction-my-opinions"),
    DeskPage("Jurys", "jury-list"),
    DeskPage("Calendrier des fins", "instruction-ends"),
    DeskPage("Enveloppes", "instruction-envelopes"),
    DeskPage("Données essentielles", "instruction-essential", ("agency_bodies",)),
    DeskPage("Projets du GRADeS", "grades-portfolio", ("agency_bodies", "grades_bodies")),
    DeskPage("Campagne MIG", "mig-campaign", ("agency_bodies", "dgos_bodies")),
    DeskPage("Projets envisagés", "envisaged", ("agency_bodies",)),
    DeskPage("Pilotage", "steering"),
    DeskPage("Absences", "instruction-absences", ("officer_bodies", "head_bodies")),
)
"""In the order in which they are shown."""


def tabs_for(acts: frozenset[Act], procedure: Procedure, tabs: Iterable[Tab] = DOSSIER_TABS) -> list[Tab]:
    """Return the pages of a dossier that somebody may open, by what they may do on it."""
    kept = [tab for tab in tabs if tab.with_confidential or not procedure.confidential]
    return [tab for tab in kept if tab.acts & acts and tab.only(procedure)]


def desk_pages_for(holdings: Holdings, pages: Iterable[DeskPage] = DESK_PAGES) -> list[DeskPage]:
    """Return the pages of a desk that somebody may open, by the posts that they hold."""
    return [page for page in pages if any(holdings.of(name) for name in page.holds)]
