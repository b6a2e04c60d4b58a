"""What can happen along the paths of a procedure: stages reached, clock, requests, decision. Pure.

A path ignores conditions: what no path allows can never happen, whatever the facts.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from projects.procedures.letters import LETTERS
from projects.procedures.types import Move, Procedure
from projects.procedures.vocabulary import FINAL, ClockEffect, Macro, Party

HANDED = frozenset({Party.RAPPORTEUR, Party.DGOS, Party.CNSA, Party.DEPARTMENT, Party.INSURANCE, Party.GRADES})
"""Parties that take part only once a move hands them the dossier."""

NONE, RUNNING, WAITING, STOPPED = "none", "running", "suspended", "stopped"

AFTER = {
    (NONE, ClockEffect.START): RUNNING,
    (STOPPED, ClockEffect.START): RUNNING,
    (RUNNING, ClockEffect.SUSPEND): WAITING,
    (WAITING, ClockEffect.RESUME): RUNNING,
    (RUNNING, ClockEffect.STOP): STOPPED,
    (WAITING, ClockEffect.STOP): STOPPED,
    (STOPPED, ClockEffect.STOP): STOPPED,
}
"""What each effect makes of the clock; what is not here is not allowed."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a path stands."""

    stage: str
    clock: str = NONE
    decided: bool = False
    asked: bool = False
    deposited: bool = False
    handed: frozenset[Party] = frozenset()


def moved(state: State, move: Move) -> State:
    """Return the state after a move; a clock effect that is not allowed leaves the clock as it is."""
    clock = AFTER.get((state.clock, move.clock), state.clock) if move.clock else state.clock
    return replace(
        state,
        stage=move.to,
        clock=clock,
        decided=state.decided or move.decides,
        deposited=state.deposited or (move.freezes and not move.external),
        asked=(state.asked or move.opens_request) and not move.closes_request,
        handed=state.handed | ({move.hands_to} if move.hands_to else set()),
    )


def steps(procedure: Procedure) -> Iterator[tuple[State, Move]]:
    """Go through every move that can be made, with every state from which it can be."""
    start = State(procedure.initial.key)
    seen, waiting = {start}, deque([start])
    while waiting:
        state = waiting.popleft()
        for move in procedure.moves_from(state.stage):
            yield state, move
            after = moved(state, move)
            if after not in seen:
                seen.add(after)
                waiting.append(after)


def reached(procedure: Procedure) -> set[str]:
    """Return the stages that some path reaches."""
    return {procedure.initial.key, *(move.to for _, move in steps(procedure))}


def closing(procedure: Procedure) -> set[str]:
    """Return the stages from which some path reaches an end."""
    found = {stage.key for stage in procedure.stages if stage.macro in FINAL}
    while True:
        more = {key for move in procedure.moves if move.to in found for key in move.from_stages} - found
        if not more:
            return found
        found |= more


def path_problems(procedure: Procedure) -> list[str]:
    """Return what some path does wrong, each said once."""
    found = [
        *(
            f"stage {stage.key}: no path reaches it"
            for stage in procedure.stages
            if stage.key not in reached(procedure)
        ),
        *(
            f"stage {stage.key}: no path leads to an end"
            for stage in procedure.stages
            if stage.key not in closing(procedure)
        ),
    ]
    for state, move in steps(procedure):
        found += [f"move {move.key}: {words}" for words in _wrong(procedure, state, move)]
    return list(dict.fromkeys(found))


def _wrong(procedure: Procedure, state: State, move: Move) -> Iterator[str]:
    if move.clock and (state.clock, move.clock) not in AFTER:
        yield f"{move.clock} where the clock is {state.clock}"
    if move.closes_request and not state.asked and len(move.from_stages) == 1:
        yield "closes a request where none is open"
    if move.opens_request and state.asked:
        yield "opens a request where one is open"
    letter = LETTERS.get(move.letter)
    is_after = move.after_decision or (letter is not None and letter.after_decision)
    if is_after and not (state.decided or move.decides):
        yield "its letter could leave without a decision"
    if move.by <= HANDED and not move.by & state.handed:
        yield f"nobody handed the dossier to {', '.join(sorted(move.by))}"
    after = moved(state, move)
    if after.deposited and procedure.stage(move.to).macro is Macro.DRAFT:
        yield f"hides a deposited dossier behind a draft ({move.to})"
    if procedure.stage(move.to).macro in FINAL and after.clock in (RUNNING, WAITING):
        yield f"ends in {move.to} with the clock {after.clock}"
