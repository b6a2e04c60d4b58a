"""Criteria grids: what a dossier is judged on, each criterion with its weight and its scale. Pure.

A grid holds what the sources say. None of them gives a weight: a weight that is not known is None, shown « à
vérifier », and such a grid counts its criteria equally. The scale and the mark below which words are due are a
usage of the portal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

LOW, HIGH, WORDS_BELOW = Decimal(0), Decimal(5), Decimal(3)
"""The scale of a criterion that says no other, and below which mark one says why; usage of the portal."""

STEP = Decimal("0.5")
"""Marks go by halves; usage of the portal."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is judged. ``weight``: as the source gives it, None where it does not.

    ``words_below``: a mark below it is not received without words.
    """

    key: str
    label: str
    help: str = ""
    weight: Decimal | None = None
    low: Decimal = LOW
    high: Decimal = HIGH
    words_below: Decimal = WORDS_BELOW
    source: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The criteria of a procedure, or of a call."""

    criteria: tuple[Criterion, ...]
    source: str

    @property
    def is_weighted(self) -> bool:
        """Tell whether every criterion has its weight; a grid with one missing is counted equally."""
        return all(one.weight is not None for one in self.criteria) and any(one.weight for one in self.criteria)

    def weight_of(self, criterion: Criterion) -> Decimal:
        """Return what a criterion counts for: its weight, or one like the others."""
        return criterion.weight if self.is_weighted and criterion.weight is not None else Decimal(1)


def as_data(grid: Grid) -> dict:
    """Return a grid as JSON keeps it."""
    return {
        "source": grid.source,
        "criteria": [
            {
                "key": one.key,
                "label": one.label,
                "help": one.help,
                "weight": None if one.weight is None else f"{one.weight.normalize():f}",
                "low": str(one.low),
                "high": str(one.high),
                "words_below": str(one.words_below),
                "source": one.source,
            }
            for one in grid.criteria
        ],
    }


def from_data(data: Mapping) -> Grid:
    """Return the grid that JSON kept."""
    return Grid(
        tuple(
            Criterion(
                one["key"],
                one["label"],
                one["help"],
                None if one["weight"] is None else Decimal(one["weight"]),
                Decimal(one["low"]),
                Decimal(one["high"]),
                Decimal(one["words_below"]),
                one["source"],
            )
            for one in data["criteria"]
        ),
        data["source"],
    )


def problems(grid: Grid) -> list[str]:
    """Return what contradicts itself in a grid; for developers."""
    keys = [one.key for one in grid.criteria]
    found = [f"criterion {key}: twice" for key in sorted(set(keys)) if keys.count(key) > 1]
    if not keys:
        found.append("a grid without criteria")
    for one in grid.criteria:
        if one.low >= one.high:
            found.append(f"criterion {one.key}: no mark is between its bounds")
        if not one.low <= one.words_below <= one.high:
            found.append(f"criterion {one.key}: words are due below a mark that is not on its scale")
        if one.weight is not None and one.weight < 0:
            found.append(f"criterion {one.key}: a weight below nothing")
    return found


INNOVATION_FUND = Grid(
    (
        Criterion(
            "regional-project",
            "Réponse à un objectif de santé publique",
            "L'objectif est celui du projet régional de santé ou du programme national, et il est cité.",
            source="Guide APIST (000), ligne 159",
        ),
        Criterion(
            "general-interest",
            "Intérêt général ou local",
            "L'action profite à la population, au-delà du porteur et de ses clients.",
            source="Guide APIST (000), lignes 153 et 159",
        ),
        Criterion(
            "relevance",
            "Pertinence de la réponse",
            "Le besoin est établi, et l'action proposée y répond.",
            source="Guide APIST (000), ligne 153",
        ),
        Criterion(
            "structure",
            "Solidité du montage",
            "Étapes, moyens, équipe et budget se tiennent.",
            source="Guide APIST (000), ligne 153 (« structurées »)",
        ),
        Criterion(
            "reuse",
            "Possibilité de refaire ailleurs",
            "Une autre équipe pourrait reprendre la méthode.",
            source="Guide APIST (000), ligne 153 (« modélisables »)",
        ),
    ),
    "Guide APIST (000), lignes 153 à 159 ; poids : à vérifier",
)

EXPERIMENT = Grid(
    (
        Criterion(
            "strategies",
            "Cohérence avec le projet régional et la stratégie nationale de santé",
            "Le premier critère cité par l'agence d'Occitanie.",
            source="ARS Occitanie (001), ligne 26",
        ),
        Criterion(
            "innovation",
            "Caractère innovant et intérêt",
            "Ce qui change pour les personnes soignées et pour ceux qui soignent ; le service rendu à la population.",
            source="Guide APIST (000), lignes 263 et 277 ; ARS Occitanie (001), ligne 26",
        ),
        Criterion(
            "feasibility",
            "Faisabilité",
            "L'équipe, le terrain et le calendrier permettent de commencer et de tenir.",
            source="Guide APIST (000), lignes 264 et 277",
        ),
        Criterion(
            "organisations",
            "Effet sur les organisations",
            "Ce que l'expérimentation demande aux équipes et aux structures, et ce qu'elle leur apporte.",
            source="Guide APIST (000), ligne 277",
        ),
        Criterion(
            "efficiency",
            "Efficience et équilibre du financement",
            "Le forfait, les dépenses évitées et le moment de l'équilibre sont chiffrés.",
            source="Guide APIST (000), lignes 266 et 277",
        ),
        Criterion(
            "evaluation",
            "Façon d'évaluer",
            "Les indicateurs permettront de conclure, à un coût raisonnable.",
            source="Guide APIST (000), ligne 277",
        ),
        Criterion(
            "diffusion",
            "Reproductibilité",
            "D'autres territoires pourraient faire de même.",
            source="Guide APIST (000), ligne 265",
        ),
    ),
    "Guide APIST (000), lignes 262 à 277 ; ARS Occitanie (001), ligne 26 ; poids : à vérifier",
)

COOPERATION = Grid(
    (
        Criterion(
            "teams",
            "Équipes adaptées au sujet",
            "Les métiers qui partent ou accueillent sont ceux que le projet demande.",
            source="Guide APIST (000), ligne 388",
        ),
        Criterion(
            "shared-aims",
            "Objectifs choisis avec le partenaire étranger",
            "L'établissement du pays partenaire a pris part au choix.",
            source="Guide APIST (000), ligne 389",
        ),
        Criterion(
            "partners",
            "Partenariats, en France et sur place",
            "Collectivités, universités, autres établissements.",
            source="Guide APIST (000), ligne 390",
        ),
        Criterion(
            "geography",
            "Priorité géographique",
            "Le pays est parmi ceux que la campagne de l'année met en avant.",
            source="Guide APIST (000), ligne 391",
        ),
    ),
    "Guide APIST (000), lignes 387 à 391 ; poids : à vérifier",
)

CALL = Grid(
    (
        Criterion("priorities", "Réponse aux priorités", "Celles du cahier des charges et du projet régional."),
        Criterion("needs", "Diagnostic des besoins", "Des chiffres et des personnes rencontrées, pas une impression."),
        Criterion("aims", "Objectifs mesurables", "On saura dire s'ils sont atteints."),
        Criterion("feasibility", "Faisabilité et calendrier", "Les étapes sont datées et les moyens sont là."),
        Criterion("partners", "Partenariats", "Ceux dont le projet dépend sont engagés."),
        Criterion("evaluation", "Façon d'évaluer", "Qui mesure quoi, quand et avec quel argent."),
        Criterion("efficiency", "Efficience", "Ce qui est demandé est en rapport avec ce qui est attendu."),
        Criterion("reuse", "Reproductibilité", "Une autre équipe pourrait faire de même."),
        Criterion("equity", "Égalité d'accès", "Personne n'est laissé de côté par construction."),
    ),
    "Étude du domaine, §6 : critères courants des appels ; ceux de l'appel, quand il en donne, les remplacent ; "
    "poids : à vérifier",
)
"""For a call whose own criteria are not entered: those that calls usually have."""
