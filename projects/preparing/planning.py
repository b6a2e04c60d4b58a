"""Saving the financing plan: the only door to its lines. All or nothing, under the lock of the project."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from projects.content.answers import typed_answers
from projects.engine.people import Actor
from projects.models import Dossier, FinancingLine, Project
from projects.preparing.financing import REFUSED, Asking, Line, Table, exclusions, table_of
from projects.preparing.places import Kept
from projects.preparing.saving import locked_project
from projects.procedures import funding as rules
from projects.procedures.citing import cited
from projects.rights.table import Act


@dataclass(frozen=True, slots=True)
class Change:
    """A line as somebody wants it: ``line`` None for a new one. ``unchanged`` tells whether a row is still as shown."""

    line: int | None
    values: Mapping[str, object]
    seen: str
    remove: bool = False


def save_plan(project: Project, changes: Iterable[Change], seen, actor: Actor) -> list[int]:
    """Write the plan and return nothing, or change nothing and return the ranks of the lines that moved meanwhile.

    ``seen(row)`` gives the digest that a page holds of a row. A row that is wanted as it already is did not move; one
    that somebody took away meanwhile is written anew.
    """
    with locked_project(project.pk, Act.EDIT, actor) as locked:
        return write_lines(locked, locked.financing.all(), changes, seen)


def write_lines(project: Project, lines: Iterable[FinancingLine], changes: Iterable[Change], seen) -> list[int]:
    """Write changes of some lines of a project that is locked; see :func:`save_plan`."""
    wanted, rows = list(changes), {row.pk: row for row in lines}
    moved = [
        rank
        for rank, change in enumerate(wanted)
        if (row := rows.get(change.line)) is not None
        and seen(row) != change.seen
        and not (not change.remove and _is_already(row, change.values))
    ]
    if moved:
        return moved
    for change in wanted:
        row = rows.get(change.line)
        if change.remove:
            if row is not None:
                row.delete()
        elif row is None:
            project.financing.create(**change.values)
        elif not _is_already(row, change.values):
            for name, value in change.values.items():
                setattr(row, name, value)
            row.save()
    return []


def _is_already(row: FinancingLine, values: Mapping[str, object]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())


def plan_of(lines: Iterable[FinancingLine], dossiers: Iterable[Dossier]) -> Table:
    """Return the plan of a project, added up."""
    references = {one.pk: one.reference for one in dossiers}
    return table_of(
        Line(row.expense, row.payer, row.amount, row.state, row.year, references.get(row.dossier_id, ""))
        for row in lines
    )


def exclusive_pairs(dossiers: Iterable[Dossier]) -> list[tuple[Asking, Asking]]:
    """Return the live dossiers of a project that ask levers which do not go together."""
    live = [one for one in dossiers if one.ended_at is None]
    return exclusions(
        Asking(one.reference, one.lever.slug if one.lever else "", frozenset(one.procedure.excludes)) for one in live
    )


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who may be asked to pay an expense, why, and where that is written."""

    payer: str
    words: str
    source: str


def proposals_on(dossiers: Iterable[Dossier], kept: Mapping[int, Kept]) -> dict[str, list[Proposal]]:
    """Return who the procedures of live dossiers propose for each expense; nothing is chosen for anybody."""
    live = [one for one in dossiers if one.ended_at is None]
    answers = {one.pk: typed_answers(one.procedure.sections, kept.get(one.pk, {})) for one in live}
    found: dict[str, list[Proposal]] = {}
    for expense in FinancingLine.Expense.values:
        said = [
            Proposal(FinancingLine.Payer(rule.payer).label, rule.words, cited(rule.source))
            for one in live
            for rule in rules.proposals(one.procedure.funding_rules, expense, answers[one.pk])
        ]
        if said:
            found[expense] = list(dict.fromkeys(said))
    return found


def remarks_on(dossiers: Iterable[Dossier], lines: Iterable[FinancingLine], kept: Mapping[int, Kept]) -> list[str]:
    """Return what the procedures of live dossiers refuse or warn of in the plan, each sentence once, in order.

    ``kept`` holds the raw answers of each dossier, on which some rules depend.
    """
    plan = [rules.Line(row.expense, row.payer, row.amount) for row in lines if row.state != REFUSED]
    found = [
        remark.words
        for one in dossiers
        if one.ended_at is None
        for remark in rules.remarks(
            one.procedure.funding_rules, plan, typed_answers(one.procedure.sections, kept.get(one.pk, {}))
        )
    ]
    return list(dict.fromkeys(found))
