"""What the applicant owes along an action, and when one is reminded of it. Pure.

The financial report is due six months after the end of the exercise (law 2000-321, article 10): the procedure says
so (``Move.due_from``). Half-yearly values are a usage of the portal, where indicators were agreed on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from projects.engine.reports import reports_of
from projects.engine.schedule import USE_TARGET, Row
from projects.following.indicators import a_month_after, half_years, is_told
from projects.procedures.types import Procedure
from projects.procedures.vocabulary import Value

STEPS = (-30, 0, 30)
"""Days from the date: a month before, the day itself, a month after."""

CAUGHT_UP = 7
"""Days during which a reminder that the clock missed still leaves."""

DONE, LATE, SOON, LATER = "done", "late", "soon", "later"
STATES = {DONE: "Fait", LATE: "En retard", SOON: "Bientôt", LATER: "À venir"}


@dataclass(frozen=True, slots=True)
class Due:
    """Something that the applicant owes. ``key`` tells it from the others of the dossier."""

    key: str
    label: str
    on: date
    is_done: bool
    source: str = ""

    def state(self, today: date) -> str:
        """Return where it stands on a day."""
        if self.is_done:
            return DONE
        if self.on < today:
            return LATE
        return SOON if self.on <= today + timedelta(days=-STEPS[0]) else LATER


@dataclass(frozen=True, slots=True)
class Known:
    """What dues are worked out from. ``done``: the moves made; ``told``: the days of the values by indicator."""

    records: Mapping[str, Value]
    done: Sequence[str]
    began_on: date | None = None
    rows: Sequence[Row] = ()
    reached: frozenset[int] = frozenset()
    told: Mapping[int, Sequence[date]] | None = None
    labels: Mapping[int, str] | None = None


def dues_of(procedure: Procedure, known: Known) -> list[Due]:
    """Return everything that is due, by date."""
    found = [*_reports(procedure, known), *_values(known), *_targets(known)]
    return sorted(found, key=lambda one: (one.on, one.key))


def step_due(due: Due, today: date) -> int | None:
    """Return which reminder leaves on a day, in days from the date; None where none does.

    Of two that are due, the last one; never once the thing is done.
    """
    if due.is_done:
        return None
    passed = [step for step in STEPS if due.on + timedelta(days=step) <= today]
    if not passed:
        return None
    step = passed[-1]
    return step if today - (due.on + timedelta(days=step)) <= timedelta(days=CAUGHT_UP) else None


def _reports(procedure: Procedure, known: Known) -> list[Due]:
    found = []
    for one in reports_of(procedure, known.records):
        givers = {move.key for move in procedure.moves if one.exercise in {field.key for field in move.fields}}
        is_done = _last(known.done, {one.answer}) > _last(known.done, givers)
        exercise = known.records[one.exercise]
        found.append(Due(f"{one.key}-{exercise:%Y%m%d}", one.label, one.on, is_done, one.source))
    return found


def _values(known: Known) -> list[Due]:
    end = known.records.get("exercise_ends_on")
    if not known.told or known.began_on is None or not isinstance(end, date):
        return []
    found = []
    for day in half_years(known.began_on, end):
        until = a_month_after(day)
        is_done = all(is_told(day, until, days) for days in known.told.values())
        found.append(Due(f"values-{day:%Y%m%d}", f"Indicateurs au {day:%d/%m/%Y}", until, is_done))
    return found


def _targets(known: Known) -> list[Due]:
    labels = known.labels or {}
    return [
        Due(
            f"target-{row.rank}",
            f"Cible d'usage de la ligne {row.rank} : {labels.get(row.indicator, 'indicateur')}",
            row.due_on,
            row.rank in known.reached,
        )
        for row in known.rows
        if row.kind == USE_TARGET and row.indicator is not None
    ]


def _last(done: Sequence[str], wanted: Iterable[str]) -> int:
    keys = set(wanted)
    return max((rank for rank, key in enumerate(done) if key in keys), default=-1)
