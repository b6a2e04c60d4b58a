"""What contradicts itself in a procedure, found before any dossier is opened with it. Pure.

Messages are for developers; ``projects/procedure_checks.py`` refuses to start where there is one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from projects.procedures import grids
from projects.procedures.asked import Piece, Question, Section
from projects.procedures.conditions import HERE, NOT_HERE
from projects.procedures.letters import LETTERS
from projects.procedures.types import Condition, Move, Procedure
from projects.procedures.vocabulary import FINAL, ClockEffect, Kind, Macro, Party, Unit, Value, When
from projects.procedures.walks import HANDED, path_problems

CHOOSING = frozenset({Kind.CHOICE, Kind.CHOICES})
BARRED = HANDED | {Party.ASSOCIATE, Party.EXPERT, Party.EVALUATOR}
"""Parties that the table of rights keeps from confidential dossiers."""

OUTSIDE_FIELDS = frozenset({"place", "deposited_on", "receipt_number"})


def problems(procedure: Procedure) -> list[str]:
    """Return what is wrong in a procedure; nothing where it holds.

    Paths are followed only where names are right.
    """
    parts = (_twice, _stages, _moves, _clock_moves, _content, _branches)
    found = [words for part in parts for words in part(procedure)]
    return found or path_problems(procedure)


def questions(procedure: Procedure) -> dict[str, Question]:
    """Return the questions of every section, by key."""
    return {question.key: question for section in procedure.sections for question in section.questions}


def fields(procedure: Procedure) -> dict[str, Question]:
    """Return the fields of every move, by key; the same field may be given with several moves."""
    return {field.key: field for move in procedure.moves for field in move.fields}


def _twice(procedure: Procedure) -> Iterator[str]:
    groups = {
        "stage": [stage.key for stage in procedure.stages],
        "move": [move.key for move in procedure.moves],
        "section": [section.key for section in procedure.sections],
        "question": [question.key for section in procedure.sections for question in section.questions],
        "piece": [piece.key for piece in procedure.pieces],
        **{f"field of {move.key}": [field.key for field in move.fields] for move in procedure.moves},
    }
    for name, keys in groups.items():
        yield from (f"{name} {key}: twice" for key, count in Counter(keys).items() if count > 1)


def _stages(procedure: Procedure) -> Iterator[str]:
    if procedure.unowned_after and procedure.unowned_after.unit is not Unit.DAYS:
        yield "nobody in charge: counted in days"
    if procedure.initial.macro is not Macro.DRAFT or not procedure.initial.editable:
        yield f"stage {procedure.initial.key}: the initial one, and no draft that can be written"
    acting = {key for move in procedure.moves for key in move.from_stages}
    leaving = {key for move in procedure.moves for key in move.from_stages if key != move.to}
    for stage in procedure.stages:
        if not (stage.label and stage.agency_label and stage.next_for_applicant):
            yield f"stage {stage.key}: words are missing for one side"
        if stage.macro in FINAL and stage.key in leaving:
            yield f"stage {stage.key}: it is an end, and has a way out"
        if stage.macro not in FINAL and stage.key not in acting:
            yield f"stage {stage.key}: no way out"
        if stage.due and (stage.due.count < 1 or not stage.due.on_expiry):
            yield f"stage {stage.key}: a delay without length, or without what follows it"


def _moves(procedure: Procedure) -> Iterator[str]:
    known = {stage.key for stage in procedure.stages}
    moves = {move.key for move in procedure.moves}
    for move in procedure.moves:
        found = [
            *(f"unknown stage {key}" for key in (*move.from_stages, move.to) if key not in known),
            *(["nobody may make it"] if not move.by else []),
            *(["no stage to leave"] if not move.from_stages else []),
            *(["no label"] if not move.label else []),
            *_letter(move),
            *_place(move),
            *_document(move),
            *_due(move, fields(procedure)),
            *_returning(move, procedure),
            *(f"renews with an unknown field {name}" for _, name in move.renews if name not in _own(move)),
            *(f"voids an unknown field {name}" for name in move.voids if name not in fields(procedure)),
            *(f"other than an unknown move {key}" for key in move.other_than if key not in moves),
            *(words for one in move.conditions for words in _condition(one, procedure)),
            *(words for one in move.fields for words in _question(one, {field.key: field for field in move.fields})),
        ]
        if procedure.confidential and (move.by & BARRED or move.hands_to):
            found.append("a confidential dossier is closed to those it names")
        yield from (f"move {move.key}: {words}" for words in found)


def _returning(move: Move, procedure: Procedure) -> Iterator[str]:
    """Say of a move that takes back what was sent where nothing was, or where its usual end sends nothing."""
    sending = [one for one in procedure.moves if one.sends]
    if move.returns and move.to not in {key for one in sending for key in one.from_stages}:
        yield f"leads back to {move.to}, from which nothing is sent"


def _own(move: Move) -> set[str]:
    return {field.key for field in move.fields}


def _letter(move: Move) -> Iterator[str]:
    if move.letter and move.letter not in LETTERS:
        yield f"unknown letter {move.letter}"
    elif move.letter and LETTERS[move.letter].after_decision and not move.after_decision:
        yield f"the letter {move.letter} follows a decision, and the move does not say so"
    if move.internal and move.letter:
        yield "an internal act tells the applicant"
    if move.redirects and "orientation" not in {field.key for field in move.fields}:
        yield "redirects without saying where to"


def _document(move: Move) -> Iterator[str]:
    """Say of a move that takes a document where nobody could join it."""
    if move.document and (move.freezes or move.opens_request or move.external or move.decides):
        yield "its page has no place for a document"
    if move.document and move.document.required and Party.SYSTEM in move.by:
        yield "the portal itself joins no document"


def _place(move: Move) -> Iterator[str]:
    if move.external and not {field.key for field in move.fields} >= OUTSIDE_FIELDS:
        yield "a deposit elsewhere without place, date and receipt"
    if move.external and NOT_HERE not in move.conditions:
        yield "a deposit elsewhere where the portal is the place"
    if move.clock is ClockEffect.START and HERE not in move.conditions:
        yield "the legal delay runs, and the portal is perhaps not the place"
    if (move.clock is ClockEffect.START) != (move.clock_delay is not None):
        yield "a clock that starts has a delay, and no other effect has one"


def _due(move: Move, given: dict[str, Question]) -> Iterator[str]:
    named = ((move.due_from, Kind.DATE), (move.due_months, Kind.INTEGER), (move.counted_from, Kind.DATE))
    for name, kind in named:
        if name and (name not in given or given[name].kind is not kind):
            yield f"due data: {name} is no {kind} that a move gives"
    if (move.due_months or move.due_at_most) and not move.due_from:
        yield "due data: months from no date"
    if move.due_months and not move.due_at_most:
        yield "due data: months without a limit"


def _condition(condition: Condition, procedure: Procedure) -> Iterator[str]:
    moves = {move.key for move in procedure.moves}
    asked, given = questions(procedure), fields(procedure)
    for name in condition.moves:
        if name not in moves:
            yield f"condition {condition.key}: unknown move {name}"
    for name in condition.questions:
        if name not in asked:
            yield f"condition {condition.key}: unknown question {name}"
    for name in condition.fields:
        if name not in given:
            yield f"condition {condition.key}: unknown field {name}"
    if len(condition.questions) + len(condition.fields) == 1:
        read = {**given, **asked} if condition.questions else {**asked, **given}
        name = (*condition.questions, *condition.fields)[0]
        if name in read:
            yield from _values(read[name], condition.values, f"condition {condition.key}")
    if not condition.refusal:
        yield f"condition {condition.key}: refuses without a word"


def _values(question: Question, values: Iterable[Value], where: str) -> Iterator[str]:
    if question.kind in CHOOSING:
        known = {choice.value for choice in question.choices}
    elif question.kind is Kind.YES_NO:
        known = {True, False}
    else:
        return
    yield from (f"{where}: {question.key} is never {value}" for value in values if value not in known)


def _when(when: When | None, known: dict[str, Question], where: str) -> Iterator[str]:
    if when is None:
        return
    if when.question not in known:
        yield f"{where}: asked under an unknown question {when.question}"
    else:
        yield from _values(known[when.question], when.values, where)


def _question(question: Question, known: dict[str, Question]) -> Iterator[str]:
    where = f"question {question.key}"
    yield from _when(question.when, known, where)
    if question.when and question.when.question == question.key:
        yield f"{where}: asked under its own answer"
    if (question.kind in CHOOSING) != bool(question.choices):
        yield f"{where}: choices and kind do not agree"
    for value, count in Counter(choice.value for choice in question.choices).items():
        if count > 1:
            yield f"{where}: the choice {value} is there twice"
    if question.low is not None and question.high is not None and question.low > question.high:
        yield f"{where}: no number is between its bounds"
    if not question.label:
        yield f"{where}: no label"


def _clock_moves(procedure: Procedure) -> Iterator[str]:
    """Find moves that the portal makes at a date, from a stage that may be reached without one."""
    dated = {stage.key for stage in procedure.stages if stage.due}
    alone = [(move, key) for move in procedure.moves if Party.SYSTEM in move.by for key in move.from_stages]
    for key, count in Counter(key for _, key in alone).items():
        if count > 1:
            yield f"stage {key}: the portal would not know which of {count} moves to make at its date"
    reaching = [move for move in procedure.moves if set(move.from_stages) != {move.to}]  # staying restarts no delay
    for move, _ in alone:
        if any(field.required for field in move.fields):
            yield f"move {move.key}: made at a date, and asks for what the portal cannot say"
    for move in procedure.moves:
        for key in move.from_stages if Party.SYSTEM in move.by else ():
            undated = [one.key for one in reaching if one.to == key and not one.due_from]
            if key not in dated and (undated or key == procedure.initial.key):
                yield f"move {move.key}: made at a date, and {key} has none after {', '.join(undated) or 'its opening'}"


def _content(procedure: Procedure) -> Iterator[str]:
    known = questions(procedure)
    for section in procedure.sections:
        yield from _asked(section, known, procedure, f"section {section.key}")
        for question in section.questions:
            yield from _question(question, known)
        if not section.questions:
            yield f"section {section.key}: empty"
    for piece in procedure.pieces:
        yield from _asked(piece, known, procedure, f"piece {piece.key}")
    yield from _together(procedure)
    if procedure.grid:
        yield from (f"grid: {words}" for words in grids.problems(procedure.grid))
    for rule in procedure.funding_rules:
        yield from _when(rule.when, known, f"funding rule of {rule.payer}")


def _together(procedure: Procedure) -> Iterator[str]:
    """Find a text written together that no move sends, and a version kept where there is no such text."""
    sends = {key for section in procedure.later_sections for key in section.at}
    if procedure.written_together and not any(one.freezes for one in procedure.moves if one.key in sends):
        yield "a text is written together, and no move sends a version of it"
    for move in procedure.moves if not procedure.written_together else ():
        if move.keeps_version:
            yield f"move {move.key}: keeps a version of a text that is not written together"


def _asked(one: Section | Piece, known: dict[str, Question], procedure: Procedure, where: str) -> Iterator[str]:
    yield from _when(one.when, known, where)
    moves = {move.key for move in procedure.moves}
    yield from (f"{where}: asked by an unknown move {key}" for key in one.at if key not in moves)
    for key in set(one.at) & moves:
        if not any(procedure.stage(stage).editable for stage in procedure.move(key).from_stages):
            yield f"{where}: asked by {key}, before which nothing can be written"


def _branches(procedure: Procedure) -> Iterator[str]:
    """Find stages that every move leaves by the value of one field, and a value that none of them takes."""
    given = fields(procedure)
    for stage in procedure.stages:
        leaving = [move for move in procedure.moves_from(stage.key) if move.to != stage.key]
        split = [_split(move) for move in leaving]
        names = {name for name, _ in split}
        if len(names) != 1 or not (name := names.pop()) or name not in given:
            continue
        taken = {value for _, values in split for value in values}
        every = {choice.value for choice in given[name].choices}
        yield from (
            f"stage {stage.key}: {name} may be {value}, and no move takes it" for value in sorted(every - taken)
        )


def _split(move: Move) -> tuple[str, tuple[Value, ...]]:
    for condition in move.conditions:
        if len(condition.fields) == 1 and condition.values and not condition.questions:
            return condition.fields[0], condition.values
    return "", ()
