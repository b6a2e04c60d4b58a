"""Making a move from a page, whoever makes it: the form, what is said before, and an answer to every refusal.

The pages of applicants and of those who instruct both pass here. Nothing is decided here: ``advance`` decides.
"""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from actors.models import Body, User
from projects.content.answers import said
from projects.deciding.drafting import draft_content
from projects.depositing.history import what_was_done, who_did
from projects.depositing.moments import in_words, zone_for
from projects.depositing.review import review_of
from projects.engine.door import NotAllowed, Refused, Stale, advance
from projects.engine.mandates import mandate_for
from projects.engine.reading import content_digest, known
from projects.engine.wording import digest_of_draft
from projects.forms.moves import MoveForm, hidden_of
from projects.forms.papers import NOT_KEPT
from projects.forms.receiving import ReceivedForm
from projects.instruction.offers import makers_of, refused_before
from projects.letters.choosing import is_about_words, sort_of
from projects.models import Dossier, JournalEntry, Paper
from projects.papers.joining import stored
from projects.papers.reading import beside, papers_for
from projects.procedures.conditions import on_receipt
from projects.procedures.types import Move
from projects.procedures.vocabulary import PARTY_LABELS, Party
from projects.rights.predicates import entering_party, may_read, party_for
from projects.views.entry import Visit, reader_of, visit

UNNAMED = "Une personne sans nom affiché"
"""What stands for somebody who gave no name: an address is nobody's business but its owner's."""


def move_of(visited: Visit, key: str) -> Move:
    """Return a move of the dossier's procedure; 404 where there is none."""
    try:
        return visited.dossier.procedure.move(key)
    except KeyError:
        raise Http404 from None


def open_moves(visited: Visit) -> list[Move]:
    """Return the moves that the person may make from this stage, conditions apart, in their order."""
    dossier = visited.dossier
    moves = dossier.procedure.moves_from(dossier.stage)
    return [move for move in moves if party_for(move, visited.actor.holdings, dossier)]


def home_of(visited: Visit) -> str:
    """Return the address of the dossier's page on the side of this person."""
    return reverse("dossier" if visited.is_applicant else "instruction-dossier", args=[visited.dossier.reference])


def move_context(visited: Visit, move: Move, form: MoveForm | None = None) -> dict:
    """Return what the page of a move says: its form, why it could not be made now, what it would freeze.

    Conditions on the fields of the move itself can only be judged once they are given: they are not said before.
    """
    dossier = visited.dossier
    state = known(dossier, visited.at, move=move.key, by=visited.actor.pseudonym)
    digest = content_digest(state) if move.freezes else ""
    if is_about_words(move):
        digest = digest_of_draft(dossier, move, state.entries)
    entered = isinstance(form, ReceivedForm)
    party = acts_as(visited, move, form)
    uncovered = mandate_for(dossier, state.facts, party, visited.actor.user)[1]
    return {
        "visit": visited,
        "dossier": dossier,
        "home": home_of(visited),
        "move": move,
        "form": form
        or move_form(visited, move, initial=hidden_of(dossier.version, digest) | _known_before(dossier, move)),
        "state": state,
        "digest": digest,
        "is_allowed": party is not None,
        "makers": makers_of(move),
        "is_now": dossier.stage in move.from_stages,
        "reasons": [*refused_before(on_receipt(move, before=True) if entered else move, state.facts), *uncovered],
        "review": review_of(state) if move.freezes else None,
        "words": draft_content(state, sort_of(move)) if is_about_words(move) and move.wording else None,
    }


def move_form(visited: Visit, move: Move, *sent, **options) -> MoveForm:
    """Return the form of a move; where it takes a document, those of the dossier that the person may open are offered.

    One query where it takes one. The applicant's side sends its own.
    """
    if move.document is None or visited.is_applicant:
        return MoveForm(move, *sent, **options)
    procedure, rows = visited.dossier.procedure, papers_for(visited.dossier, reader_of(visited))
    papers = [(row, beside(row, procedure)) for row in rows if row.scan != Paper.Scan.INFECTED]
    return MoveForm(move, *sent, papers=papers, **options)


def acts_as(visited: Visit, move: Move, form: MoveForm | None) -> Party | None:
    """Return as what the person makes a move, or records it for the applicant; None where they may not."""
    find = entering_party if isinstance(form, ReceivedForm) else party_for
    return find(move, visited.actor.holdings, visited.dossier)


def _known_before(dossier: Dossier, move: Move) -> dict[str, str]:
    """Return the day from which a move counts, where it was written down with the draft."""
    if not move.counted_from or dossier.received_on is None:
        return {}
    return {move.counted_from: dossier.received_on.isoformat()}


def make_move(
    request: HttpRequest,
    visited: Visit,
    move: Move,
    *,
    points: tuple[Mapping[str, str], ...] = (),
    template: str = "dossiers/moves/form.html",
    more: Mapping[str, object] | None = None,
    form: MoveForm | None = None,
) -> HttpResponse | JournalEntry:
    """Make a move from what was sent, and return its journal entry; else the page that answers the person.

    ``template`` is that of the page with the form, to which the form comes back with what is to be corrected;
    ``more`` is what it needs besides :func:`move_context`. ``points``: those of a request for completion.
    ``form``: the one that was sent, where it is not that of the move.
    """
    more = dict(more or {})
    form = form or move_form(visited, move, request.POST, request.FILES)
    if not form.is_valid():
        return _to_correct(request, visited, form, template, more)
    try:
        with stored(form.looked) as files:
            return advance(visited.dossier.pk, form.request(points, files), visited.actor, visited.at)
    except Stale as stale:
        return _stale(request, visited.dossier.reference, form, stale, template, more)
    except Refused as refused:
        if form.looked:
            form.add_error(form.FILES, NOT_KEPT)
        context = move_context(visited, move, form) | more | {"refused": refused.reasons}
        return render(request, template, context, status=409)
    except NotAllowed:
        if not may_read(visited.actor.holdings, visited.dossier):
            raise Http404 from None
        return not_allowed(request, visited, move)


def not_allowed(request: HttpRequest, visited: Visit, move: Move) -> HttpResponse:
    """Say who may make a move, to somebody who may not."""
    who = [PARTY_LABELS[party] for party in Party if party in move.by and party is not Party.SYSTEM]
    context = {"visit": visited, "dossier": visited.dossier, "home": home_of(visited), "move": move, "who": who}
    return render(request, "dossiers/moves/not_allowed.html", context, status=403)


def _to_correct(request: HttpRequest, visited: Visit, form: MoveForm, template: str, more: dict) -> HttpResponse:
    if form.tampered:  # the page's own fields are gone: nothing to correct, what was typed is shown again
        form = form.afresh(visited.dossier.version, "")
    return render(request, template, move_context(visited, form.move, form) | more)


def _stale(
    request: HttpRequest, reference: str, form: MoveForm, stale: Stale, template: str, more: dict
) -> HttpResponse:
    """Say who did what at what time, with what the person had typed: to confirm where one still may, else to keep."""
    visited = visit(request, reference)
    move, dossier = form.move, visited.dossier
    possible = dossier.stage in move.from_stages and acts_as(visited, move, form)
    context = move_context(visited, move, form)
    if possible and not stale.busy:  # busy: the same request may be made again
        context |= {"form": form.afresh(dossier.version, context["digest"])}
    if form.looked and context["form"].is_bound:
        context["form"].add_error(form.FILES, NOT_KEPT)
    context |= {
        "possible": possible or stale.busy,
        "busy": stale.busy,
        "content_changed": stale.content,
        "last": last_said(visited, stale.last),
        "kept": [(one.label, said(one, form.given[one.key])) for one in move.asked if one.key in form.given],
        "template": template,
    }
    return render(request, "dossiers/moves/stale.html", context | more, status=409)


def last_said(visited: Visit, entry: JournalEntry | None) -> dict | None:
    """Return an act in words for the person who comes after it: who, what, at what time."""
    if entry is None:
        return None
    dossier, side = visited.dossier, visited.is_applicant
    people = names_of([entry])
    return {
        "who": who_did(entry, people, for_applicant=side),
        "what": what_was_done(dossier.procedure, entry, for_applicant=side) or "Le dossier a avancé",
        "when": in_words(entry.at, zone_for(dossier)),
        "is_me": entry.actor == visited.actor.pseudonym,
    }


def names_of(entries: list[JournalEntry]) -> dict:
    """Return the names of those who acted, and of those to whom a dossier is entrusted, by pseudonym (one query)."""
    wanted = {entry.actor for entry in entries if entry.actor}
    wanted |= {UUID(person) for entry in entries if (person := entry.data.get("person"))}
    people = User.objects.filter(pseudonym__in=wanted) if wanted else ()
    return {person.pseudonym: person.full_name or UNNAMED for person in people}


def bodies_of(entries: list[JournalEntry]) -> dict[str, str]:
    """Return the names of the administrations that acts of association name, by code (one query, or none)."""
    acts = [entry.data for entry in entries if entry.kind == JournalEntry.Kind.ASSOCIATED]
    codes = {data[key] for data in acts for key in ("body", "from", "to") if data.get(key)}
    return dict(Body.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}
