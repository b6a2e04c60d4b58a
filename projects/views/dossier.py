"""The applicant's page of a dossier."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from projects.content.completeness import progress
from projects.deciding.carrying import other_lever
from projects.deciding.publication import publication_said
from projects.depositing.completion import Point, points_of
from projects.depositing.delays import clock_said, due_said, silence_said, ticks_said
from projects.depositing.history import told, until_told
from projects.depositing.moments import in_words, until_in_words
from projects.depositing.path import MOST_DRAWN, Step, path_of
from projects.engine.people import applicants_of
from projects.engine.reading import Known, clock_of, known
from projects.letters.choosing import AGREEMENT, is_handed_over
from projects.models import CompletionRequest, Dossier, JournalEntry
from projects.opinions.reading import for_the_applicant
from projects.papers.reading import of_opinions, papers_for
from projects.procedures.types import Move, Procedure
from projects.procedures.vocabulary import DEPOSITORS, FINAL, Macro, Turn
from projects.publishing.acts import waits_for_consent
from projects.publishing.rules import DECIDED
from projects.rights.table import Act
from projects.specification.versions import writes_together
from projects.views.entry import Visit, reader_of, visit
from projects.views.moves import names_of, open_moves, zone_for

HISTORY_SHOWN = 12
"""Acts shown at once; the others are folded under them."""


@dataclass(frozen=True, slots=True)
class AskedPoints:
    """A request for completion in words."""

    asked: str
    answer_by: str
    points: list[Point]


@require_safe
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show where a dossier stands, whose turn it is, until when, and what happens then.

    Those who instruct have their own page: they are led to it.
    """
    visited = visit(request, reference)
    if not visited.is_applicant:
        return redirect("instruction-dossier", reference)
    return render(request, "dossiers/page.html", page_context(visited))


def page_context(visited: Visit) -> dict:
    """Return what the page says."""
    dossier, procedure = visited.dossier, visited.dossier.procedure
    state = known(dossier, visited.at)
    zone = zone_for(dossier)
    moves = open_moves(visited)
    deposit = procedure.deposit
    written = procedure.written_in(dossier.stage)
    history = history_of(procedure, state.entries, zone)
    clock = clock_of(procedure, until_told(procedure, state.entries))
    return {
        "visit": visited,
        "dossier": dossier,
        "procedure": procedure,
        "state": state,
        "stepper": stepper_of(procedure, state),
        "due": due_said(dossier.stage_now, dossier.turn, dossier.due_at, visited.at, zone),
        "window": window_said(state, zone),
        "clock": clock_said(clock, zone, visited.at),
        "silence": silence_said(clock, procedure.mentions),
        "ticks": ticks_said(clock, zone),
        "progress": progress(written, state.kept, state.pieces),
        "written": written,
        "deposit": deposit if state.place.is_here and set(moves) & set(procedure.deposits) else None,
        "may_not_deposit": state.place.is_here and is_left_to_others(dossier, moves),
        "moves": the_end_last(procedure, [one for one in moves if one not in procedure.deposits], state),
        "recent": history[:HISTORY_SHOWN],
        "older": history[HISTORY_SHOWN:],
        "request_open": request_said(procedure, open_request(dossier), zone),
        "files": list(dossier.attachments.present()),
        "snapshots": list(dossier.snapshots.select_related("entry", "dossier").order_by("taken_at", "pk")),
        "outside": list(dossier.outside_deposits.all()),
        "letters": dossier.messages.count(),
        "people": applicants_of(dossier),
        **outcome_of(visited, state),
        **shown_to(visited, state),
        "may_verify": Act.VERIFY in visited.acts,
        "is_draft": dossier.macro == Macro.DRAFT,
        "is_elsewhere": dossier.macro == Macro.DRAFT and not state.place.is_here,
        "is_editable": dossier.stage_now.editable,
        "zone": zone,
        "writes_together": writes_together(procedure),
    }


def the_end_last(procedure: Procedure, moves: Sequence[Move], state: Known) -> list[Move]:
    """Return the moves that may be here: those that end the dossier (to renounce, to withdraw) come last."""
    here = [move for move in moves if may_be_here(move, state)]
    return sorted(here, key=lambda move: Macro(procedure.stage(move.to).macro) in FINAL)


def is_left_to_others(dossier: Dossier, moves: Sequence[Move]) -> bool:
    """Tell whether it is the applicant's turn, by acts that bind the organisation and that this person may not make."""
    waits = dossier.turn == Turn.APPLICANT
    binding = [move for move in dossier.procedure.moves_from(dossier.stage) if move.by == DEPOSITORS]
    return waits and bool(binding) and not any(move in binding for move in moves)


def outcome_of(visited: Visit, state: Known) -> dict:
    """Return what the applicant reads of a decision, and what it asks of them: a signature, a consent."""
    dossier, procedure = visited.dossier, visited.dossier.procedure
    signed = is_decided(state)
    decisions = list(dossier.decisions.notified().exclude(content={})) if signed else []
    granted = any(one.key == "grant" for one in decisions)  # a receipt or a refusal awaits no publication
    return {
        "decisions": decisions,
        "sent": is_handed_over(procedure, dossier.stage, AGREEMENT),
        "publication": publication_said(procedure, state.facts.records) if granted else "",
        "consent_waits": Act.CONSENT in visited.acts and is_granted(dossier) and waits_for_consent(dossier),
        "other_lever": other_lever(dossier, state.entries, visited.at),
    }


def is_granted(dossier) -> bool:
    """Tell whether something of it may be proposed for the public register: before that, nothing is looked for."""
    return dossier.macro in DECIDED


def shown_to(visited: Visit, state: Known) -> dict:
    """Return what the applicant reads of the instruction: opinions with their documents, the documents shown apart.

    Where the journal knows of no document, none is looked for.
    """
    dossier = visited.dossier
    has_papers = any(entry.kind == JournalEntry.Kind.FILED for entry in state.entries)
    papers = papers_for(dossier, reader_of(visited)) if has_papers else []
    joined = of_opinions(papers)
    opinions = for_the_applicant(dossier) if dossier.deposited_at else []
    return {
        "opinions": [(one, joined.get(one.pk, [])) for one in opinions],
        "papers": [one for one in papers if one.request_id is None],
    }


def is_decided(state: Known) -> bool:
    """Tell whether something was signed: before that, nothing of a decision is even looked for."""
    return any("decision" in entry.data for entry in state.entries)


def may_be_here(move: Move, state: Known) -> bool:
    """Tell whether a move goes with the channel: a deposit made elsewhere is not noted on a dossier deposited here."""
    return not (move.external and state.place.is_here)


def stepper_of(procedure: Procedure, state: Known) -> dict:
    """Return the steps, which one is the present one, and the one after."""
    reached = [entry.to_stage for entry in state.entries if entry.kind == JournalEntry.Kind.MOVE]
    elsewhere = not state.place.is_here and state.dossier.deposited_at is None
    steps = path_of(procedure, reached, elsewhere=elsewhere)
    rank = next(number for number, step in enumerate(steps, 1) if step.state == "current")
    after: Step | None = steps[rank] if rank < len(steps) else None
    return {
        "steps": steps,
        "rank": rank,
        "total": len(steps),
        "current": steps[rank - 1].stage,
        "after": after,
        "is_drawn": 1 < len(steps) <= MOST_DRAWN,
    }


def window_said(state: Known, zone: str) -> str:
    """Return when the call opens or closes, on the clocks of its place; empty where there is no call."""
    opens, closes, at = state.facts.opens_at, state.facts.closes_at, state.facts.at
    if opens is not None and at < opens:
        return f"Le dépôt ouvre le {in_words(opens, zone)}."
    if closes is not None:
        until = until_in_words(closes, zone)
        return f"Le dépôt est clos depuis le {until}." if at >= closes else f"Le dépôt est possible jusqu'au {until}."
    return ""


def history_of(procedure: Procedure, entries: list[JournalEntry], zone: str) -> list:
    """Return the journal in the applicant's words, each act with its moment on the clocks of the place."""
    lines = told(procedure, entries, names_of(entries), for_applicant=True)
    return [(in_words(line.at, zone, place=False), line) for line in lines]


def open_request(dossier) -> CompletionRequest | None:
    """Return the request that waits for an answer."""
    return dossier.completion_requests.filter(answered_at=None).first()


def request_said(procedure: Procedure, asked: CompletionRequest | None, zone: str) -> AskedPoints | None:
    """Return a request in words."""
    if asked is None:
        return None
    until = f"{asked.answer_by:%d/%m/%Y}" if asked.answer_by else ""
    return AskedPoints(in_words(asked.asked_at, zone), until, points_of(procedure, asked.points))
