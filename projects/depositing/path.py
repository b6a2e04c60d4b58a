"""Which stages the applicant is shown: those that were gone through, the present one, those that follow. Pure.

The main path is read from the definition: from a stage, the nearest later one that a move reaches, a refusal, a
redirection and a withdrawal apart; from a stage aside (a dossier to complete), the one to which a move leads back.
A stage where the applicant is awaited is on the way where it leads further (a full file after a letter of intent).
A stage that only leads back (an amendment asked for) is never announced as the next one. Stages that the applicant
reads under one name are one step: how far a decision is signed is nobody's business before it is notified.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from projects.procedures.types import Procedure, Stage
from projects.procedures.vocabulary import Macro

ASIDE = frozenset({Macro.TO_COMPLETE, Macro.REFUSED, Macro.REDIRECTED, Macro.WITHDRAWN, Macro.ELSEWHERE})
"""Where the main path does not go by itself."""

MOST_DRAWN = 8
"""The DSFR draws eight steps at most; beyond, the number and the list say it."""


@dataclass(frozen=True, slots=True)
class Step:
    """A stage on the way: ``done``, ``current`` or ``next``; ``is_sure`` unless it hangs on a decision to come."""

    stage: Stage
    state: str
    is_sure: bool = True

    @property
    def label(self) -> str:
        """Return its name; a favourable outcome that is not there yet is never announced as if it were."""
        return self.stage.label if self.is_sure else f"{self.stage.label}, si la décision est favorable"


def path_of(procedure: Procedure, reached: Iterable[str], *, elsewhere: bool = False) -> list[Step]:
    """Return the way of a dossier that reached these stages, in order; coming back to one forgets what followed it.

    ``elsewhere``: it is deposited elsewhere, so that the way leads there and not through a deposit on the portal.
    """
    gone: list[str] = []
    for key in reached:
        if key in gone:
            gone = gone[: gone.index(key)]
        gone.append(key)
    current = gone[-1] if gone else procedure.initial.key
    steps = [Step(procedure.stage(key), "done") for key in gone[:-1]]
    steps.append(Step(procedure.stage(current), "current"))
    following = _following(procedure, current, elsewhere)
    outcome = next((stage for stage in following if stage.macro is Macro.GRANTED), None)
    if any(step.stage.macro in (Macro.GRANTED, Macro.RUNNING) for step in steps):
        outcome = None
    return _under_one_name(steps + [Step(stage, "next", stage is not outcome) for stage in following])


def _under_one_name(steps: list[Step]) -> list[Step]:
    found: list[Step] = []
    for step in steps:
        if not found or found[-1].stage.label != step.stage.label:
            found.append(step)
        elif found[-1].state == "done":
            found[-1] = step
    return found


def _following(procedure: Procedure, current: str, elsewhere: bool) -> list[Stage]:
    ranks = {stage.key: rank for rank, stage in enumerate(procedure.stages)}
    found: list[Stage] = []
    seen, here = {current}, current
    while (after := _next(procedure, here, ranks, elsewhere)) is not None and after not in seen:
        seen.add(after)
        found.append(procedure.stage(after))
        here = after
    return found


def _next(procedure: Procedure, here: str, ranks: dict[str, int], elsewhere: bool) -> str | None:
    aside = ASIDE - {Macro.ELSEWHERE} if elsewhere else ASIDE
    moves = [move for move in procedure.moves_from(here) if not elsewhere or move.external or not move.freezes]
    leads = [move.to for move in moves if _is_on_the_way(procedure, move.to, aside)]
    later = [key for key in leads if ranks[key] > ranks[here] and _leads_on(procedure, key, here, ranks)]
    later = [key for key in later if not _waits_for(procedure, key, set(later))]
    if later:
        return min(later, key=ranks.__getitem__)
    if not _is_on_the_way(procedure, here, aside):
        return next((key for key in leads if key != here), None)
    return None


def _is_on_the_way(procedure: Procedure, key: str, aside: frozenset[Macro]) -> bool:
    """Tell whether the main path goes through a stage: one where the applicant completes, if it leads further."""
    macro = procedure.stage(key).macro
    if macro is not Macro.TO_COMPLETE:
        return macro not in aside
    keys = [stage.key for stage in procedure.stages]
    further = keys[keys.index(key) + 1 :]
    after = [procedure.stage(move.to) for move in procedure.moves_from(key) if move.to in further]
    return any(stage.macro not in aside and procedure.moves_from(stage.key) for stage in after)


def _leads_on(procedure: Procedure, key: str, here: str, ranks: dict[str, int]) -> bool:
    """Tell whether something further than here follows a stage, or nothing at all: it is then an end."""
    after = [one for one in _leads(procedure, key) if one != key]
    return not after or any(ranks[one] > ranks[here] for one in after)


def _waits_for(procedure: Procedure, key: str, others: set[str]) -> bool:
    """Tell whether a stage waits for a favourable outcome that is reached without it (a waiting list)."""
    granted = {one for one in others if one != key and procedure.stage(one).macro is Macro.GRANTED}
    return bool(granted & set(_leads(procedure, key)))


def _leads(procedure: Procedure, key: str) -> list[str]:
    return [move.to for move in procedure.moves_from(key) if _is_on_the_way(procedure, move.to, ASIDE)]
