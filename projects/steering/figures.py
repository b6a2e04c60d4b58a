"""The figures of a scope as tables: what each says, of which rows, and which of its columns are drawn. Pure."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from projects.procedures.catalogue import LATEST, PROCEDURES
from projects.procedures.vocabulary import MACRO_LABELS, MONEY_LABELS, Macro, MoneyKind
from projects.steering.answers import GIVEN, MISSION, MISSIONS, OBJECTIVE
from projects.steering.centiles import delays

Cell = str | int | Decimal | None
NOT_SAID = "Non précisé"
OF_PROCEDURE = "Procédure"
ONLY_ENDED = (
    "Seuls comptent les passages finis, en jours entiers. Le temps pendant lequel un dossier attend des pièces est "
    "dans l'étape « À compléter »."
)


class Chosen(NamedTuple):
    """What an address filters; nothing where empty. ``year``: of the first deposit, or of the budget for money."""

    year: int = 0
    lever: str = ""
    call: str = ""
    department: str = ""


class Standing(NamedTuple):
    """How many dossiers stand somewhere, and what became of them."""

    procedure: str
    stage: str
    macro: str
    lever: str
    department: str
    n: int
    late: int
    granted: int
    decided: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that a page tells, before it is worded."""

    standing: tuple[Standing, ...] = ()
    stage_days: Mapping[tuple[str, str], Mapping[int, int]] = field(default_factory=dict)
    decision_days: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    money: Mapping[tuple[int, str], Decimal] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Names:
    """The words of what cells name by a slug or a code."""

    levers: Mapping[str, str] = field(default_factory=dict)
    calls: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """A table: its first column names the rows. ``drawn``: the columns of its chart. ``unit`` of what is drawn."""

    key: str
    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    drawn: tuple[int, ...] = (1,)


def percent(part: int, whole: int) -> str | None:
    """Return a share in words; None of nothing."""
    return f"{(200 * part + whole) // (2 * whole)} %" if whole else None


def stage_words(key: str, stage: str) -> str:
    """Return a stage in the agency's words, at the last version of the procedure that knows it."""
    known = [one for one in PROCEDURES if one.key == key]
    for procedure in sorted(known, key=lambda one: -one.version):
        for one in procedure.stages:
            if one.key == stage:
                return one.agency_label
    return stage


def procedure_words(key: str) -> str:
    """Return the title of a procedure; its key where nobody knows it any more."""
    return LATEST[key].title if key in LATEST else key


def row_name(block: "Block", row: tuple[Cell, ...]) -> str:
    """Return how a chart names a row: two procedures may have a stage of the same name, told apart by an acronym."""
    if block.heads[1] != OF_PROCEDURE or not row[1]:
        return str(row[0])
    short = re.search(r"\(([^()]+)\)$", str(row[1]))
    return f"{row[0]} · {short[1] if short else row[1]}"


def _sums(rows: Iterable[Standing], by: Callable[[Standing], object]) -> dict:
    """Add up what stands, by something: number, late, granted, decided."""
    found: dict = defaultdict(lambda: (0, 0, 0, 0))
    for row in rows:
        found[by(row)] = tuple(a + b for a, b in zip(found[by(row)], row[5:], strict=True))
    return found


def by_macro(figures: Figures) -> Block:
    """Return the dossiers by the status that all procedures share."""
    sums = _sums(figures.standing, lambda row: row.macro)
    rows = tuple((MACRO_LABELS[macro], sums[macro][0], sums[macro][1]) for macro in Macro if macro in sums)
    note = "En retard : la date de l'étape ou le délai légal est passé, quel que soit celui qui doit agir."
    return Block("statuts", "Dossiers par statut", note, ("Statut", "Dossiers", "En retard"), rows, (1, 2))


def by_stage(figures: Figures) -> Block:
    """Return the dossiers by procedure and stage, the fullest first."""
    sums = _sums(figures.standing, lambda row: (row.procedure, row.stage))
    ordered = sorted(sums.items(), key=lambda item: (-item[1][0], item[0]))
    rows = tuple((stage_words(*at), procedure_words(at[0]), n, late) for at, (n, late, _, _) in ordered)
    heads = ("Étape", OF_PROCEDURE, "Dossiers", "En retard")
    return Block("etapes", "Dossiers par étape", "", heads, rows, (2,))


def by_lever(figures: Figures, names: Names) -> Block:
    """Return the dossiers by lever, and how many of those that were decided were granted."""
    note = (
        "Part accordée : dossiers accordés au moins une fois, parmi ceux qui ont été accordés ou refusés, les "
        "irrecevables compris. Les réorientés et les retirés n'y comptent pas."
    )
    heads = ("Levier", "Dossiers", "Décidés", "Accordés", "Part accordée")
    return Block("leviers", "Dossiers par levier", note, heads, _outcomes(figures, "lever", names.levers))


def by_department(figures: Figures, names: Names) -> Block:
    """Return the dossiers by department of the organisation that asks."""
    heads = ("Département", "Dossiers", "Décidés", "Accordés", "Part accordée")
    rows = _outcomes(figures, "department", names.departments)
    return Block("departements", "Dossiers par département", "Celui de l'organisme qui demande.", heads, rows)


def _outcomes(figures: Figures, column: str, words: Mapping[str, str]) -> tuple[tuple[Cell, ...], ...]:
    sums = _sums(figures.standing, lambda row: getattr(row, column))
    ordered = sorted(sums.items(), key=lambda item: (-item[1][0], item[0]))
    return tuple(
        (words.get(key, key) if key else NOT_SAID, n, decided, granted, percent(granted, decided))
        for key, (n, _, granted, decided) in ordered
    )


def by_objective(figures: Figures) -> Block:
    """Return the dossiers by whether their deposit names an objective of the regional health project."""
    rows = tuple(
        (label, figures.answers.get((OBJECTIVE, GIVEN[given]), 0))
        for given, label in ((True, "Un objectif est cité"), (False, "Aucun objectif cité"))
    )
    note = "Dans les procédures qui le demandent (fonds d'intervention régional, appels), au dernier dépôt."
    return Block("objectifs", "Objectif du projet régional de santé (PRS)", note, ("Objectif", "Dossiers"), rows)


def by_mission(figures: Figures) -> Block:
    """Return the dossiers by mission of the regional fund; one that names several counts in each."""
    rows = tuple((label, figures.answers.get((MISSION, value), 0)) for value, label in MISSIONS.items())
    note = "Un dossier qui cite plusieurs missions compte dans chacune ; réponses du dernier dépôt."
    title = "Missions du fonds d'intervention régional (FIR)"
    return Block("missions-fir", title, note, ("Mission", "Dossiers"), rows)


def by_delay(figures: Figures) -> Block:
    """Return how long stages lasted, and how long a decision took: the middle and the ninth decile."""
    found = [
        (f"Du dépôt à la décision : {procedure_words(key)}", "", *_three(days))
        for key, days in sorted(figures.decision_days.items())
    ]
    stages = sorted(figures.stage_days.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    found += [(stage_words(*at), procedure_words(at[0]), *_three(days)) for at, days in stages]
    heads = (
        "Étape",
        OF_PROCEDURE,
        "Passages finis",
        "Moitié des dossiers, en jours",
        "Neuf dossiers sur dix, en jours",
    )
    return Block("delais", "Délais par étape", ONLY_ENDED, heads, tuple(found), (3, 4))


def _three(histogram: Mapping[int, int]) -> tuple[int, int | None, int | None]:
    told = delays(histogram)
    return (told.n, told.median, told.ninth) if told else (0, None, None)


def by_money(figures: Figures, envelopes: Mapping[int, Decimal]) -> Block:
    """Return the amounts by budget year against the envelopes; what is left is the envelope less what is committed."""
    kinds = tuple(MoneyKind)
    years = sorted({year for year, _ in figures.money} | set(envelopes), reverse=True)
    rows = []
    for year in years:
        amounts = [figures.money.get((year, kind), Decimal(0)) for kind in kinds]
        envelope = envelopes.get(year)
        left = None if envelope is None else envelope - figures.money.get((year, MoneyKind.COMMITTED), Decimal(0))
        rows.append((str(year), *amounts, envelope, left))
    heads = ("Année budgétaire", *(MONEY_LABELS[kind] for kind in kinds), "Enveloppe", "Reste à engager")
    note = (
        "Montants en euros, de l'année budgétaire de chacun. Engagé : la somme des engagements inscrits. Les "
        "enveloppes sont celles en vigueur aujourd'hui ; elles ne se répartissent pas par département."
    )
    return Block("argent", "Demandé, accordé, engagé, versé", note, heads, tuple(rows), (1, 2, 3, 4))


def by_lateness(figures: Figures) -> Block:
    """Return, by procedure, how many dossiers passed the date of their stage, or the legal one."""
    sums = _sums(figures.standing, lambda row: row.procedure)
    ordered = sorted(sums.items(), key=lambda item: (-item[1][1], item[0]))
    rows = tuple((procedure_words(key), late, n, percent(late, n)) for key, (n, late, _, _) in ordered if late)
    heads = ("Procédure", "En retard", "Dossiers", "Part en retard")
    return Block("retards", "Dossiers en retard", "Parmi tous les dossiers comptés, finis compris.", heads, rows)


def blocks(figures: Figures, names: Names, envelopes: Mapping[int, Decimal]) -> list[Block]:
    """Return every table of a page, in its order."""
    return [
        by_macro(figures),
        by_stage(figures),
        by_lateness(figures),
        by_delay(figures),
        by_lever(figures, names),
        by_money(figures, envelopes),
        by_objective(figures),
        by_mission(figures),
        by_department(figures, names),
    ]
