"""The facets of the list of dossiers, with their words and the values that are known beforehand. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from projects.content.facets import FACETS as OF_ANSWERS
from projects.content.facets import choices_of
from projects.instruction.wording import TURNS
from projects.procedures.catalogue import LATEST
from projects.procedures.vocabulary import MACRO_LABELS, Turn

NEW_DAYS = 7
"""For how many days a deposit is new."""

MINE, OTHERS, LATE, NEW = "mine", "others", "late", "new"
ME, UNOWNED = "me", "unowned"
STANDING: Mapping[str, str] = {
    ME: "En attente de moi",
    MINE: "En attente de votre service",
    OTHERS: "En attente d'autres",
    LATE: "En retard",
    NEW: f"Déposés depuis {NEW_DAYS} jours",
    UNOWNED: "Sans responsable",
}

WEEK, MONTH, NONE = "week", "month", "none"
PAST, SILENT, LEGAL_SOON = "late", "legal-late", "legal-soon"
LEGAL_DAYS = 15
"""How long before its end a legal delay is near."""
DUE: Mapping[str, str] = {
    PAST: "Échéance passée",
    WEEK: "Dans les 7 jours",
    MONTH: "Dans les 30 jours",
    NONE: "Pas d'échéance",
    SILENT: "Délai légal dépassé",
    LEGAL_SOON: f"Délai légal dans les {LEGAL_DAYS} jours",
}
"""« Dans les 30 jours » holds « dans les 7 jours ». What is late passed the date of its stage, or the legal one."""

NOBODY = "nobody"
PEOPLE: Mapping[str, str] = {ME: "Moi", NOBODY: "Personne"}
"""« Moi » is whoever reads: a view that a team shares shows each their own."""


@dataclass(frozen=True, slots=True)
class Band:
    """Amounts from ``low`` on, and under ``high``."""

    value: str
    label: str
    low: Decimal
    high: Decimal | None


BANDS: tuple[Band, ...] = (
    Band("0-10000", "Moins de 10 000 €", Decimal(0), Decimal(10_000)),
    Band("10000-50000", "De 10 000 à 50 000 €", Decimal(10_000), Decimal(50_000)),
    Band("50000-100000", "De 50 000 à 100 000 €", Decimal(50_000), Decimal(100_000)),
    Band("100000-500000", "De 100 000 à 500 000 €", Decimal(100_000), Decimal(500_000)),
    Band("500000-1000000", "De 500 000 à 1 000 000 €", Decimal(500_000), Decimal(1_000_000)),
    Band("1000000", "1 000 000 € et plus", Decimal(1_000_000), None),
)
"""What is asked, as officers speak of it; the high end is not in the band."""

ABSENT: Mapping[str, str] = dict.fromkeys(OF_ANSWERS, "Pas de réponse") | {"prs": "Non cité"}
"""The words of a facet of answers for a dossier that gives it no value."""

FACET_LABELS: Mapping[str, str] = {
    "standing": "Ce qui attend",
    "due": "Échéance",
    "macro": "Statut",
    "turn": "À qui d'agir",
    "person": "Confié à",
    "label": "Étiquette",
    "procedure": "Procédure",
    "stage": "Étape",
    "lever": "Levier",
    "call": "Appel",
    "asked": "Montant demandé",
    "department": "Département",
    "actor_type": "Type d'acteur",
    **OF_ANSWERS,
}
"""In the order in which they are shown."""

KNOWN: Mapping[str, Mapping[str, str]] = {
    "standing": STANDING,
    "due": DUE,
    "macro": {macro.value: label for macro, label in MACRO_LABELS.items()},
    "turn": {turn.value: TURNS[turn] for turn in Turn},
    "asked": {band.value: band.label for band in BANDS} | {NONE: "Montant inconnu"},
    **{name: dict(choices_of(name)) | {NONE: ABSENT[name]} for name in OF_ANSWERS},
}
"""Values that no row of the base gives, in order."""


def procedures() -> Mapping[str, str]:
    """Return the values of the facet of procedures, by title."""
    return _words(_catalogue())[0]


def stage_of(value: str) -> tuple[str, str] | None:
    """Return the procedure and the stage that a value names (two procedures may name theirs alike); None for none."""
    key, _, stage = value.partition(":")
    known = LATEST.get(key)
    return (key, stage) if known and stage in {one.key for one in known.stages} else None


def stages() -> Mapping[str, str]:
    """Return the values of the facet of stages: in the order of procedures, then of their stages."""
    return _words(_catalogue())[1]


def _catalogue() -> tuple[tuple[str, int], ...]:
    return tuple((key, id(one)) for key, one in LATEST.items())


@cache
def _words(catalogue: tuple) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the words of procedures and of their stages, made once for a catalogue."""
    titles = dict(sorted(((key, one.title) for key, one in LATEST.items()), key=lambda pair: pair[1]))
    named = {
        f"{key}:{stage.key}": f"{title} : {stage.agency_label}"
        for key, title in titles.items()
        for stage in LATEST[key].stages
    }
    return MappingProxyType(titles), MappingProxyType(named)
