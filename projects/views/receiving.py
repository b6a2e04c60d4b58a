"""What reaches the agency by another way than the portal: the page that says it, and recording a move."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from levers.documents.rendering import pdf_of
from projects.depositing.acknowledging import acknowledgement_of
from projects.engine.clock import FRANCE
from projects.engine.lapses import Lapse, moves_righting, righted_by
from projects.engine.people import applicants_of
from projects.engine.reading import Known, content_digest, known
from projects.engine.received import SENDER, day_of
from projects.engine.unsent import UNSENT, has_unsent
from projects.forms.moves import hidden_of
from projects.forms.receiving import LateForm, ReceivedForm
from projects.instruction.offers import entering_offers
from projects.models import Attachment, Dossier, JournalEntry
from projects.preparing.entering import not_correctable, sections_to_enter
from projects.procedures.types import Move
from projects.procedures.vocabulary import Party
from projects.publishing.acts import current_wordings
from projects.rights.table import Act
from projects.specification.figures import figures_section
from projects.views.desk import visit_as_one_who
from projects.views.entry import Visit
from projects.views.moves import make_move, move_context, move_of, zone_for

PAGES = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Entered:
    """A move that an agent recorded: what, on which day it came, in whose name; ``number``: of the deposit it froze."""

    entry: JournalEntry
    label: str
    day: date
    sender: str
    rank: int | None


@require_safe
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what of the applicant's may be recorded at this stage, and what was."""
    visited = visit_as_one_who(Act.ENTER, request, reference)
    dossier = visited.dossier
    state = known(dossier, visited.at)
    entered, late = entered_moves(state), moves_righting(dossier, state.entries)
    sections = sections_to_enter(dossier, state.entries)
    context = base_context(visited, "Reçu autrement") | {
        "offers": entering_offers(visited.actor.holdings, dossier, state.facts, late),
        "late": late,
        "unsent": UNSENT.words if has_unsent(state) else "",
        "sections": sections,
        "has_model": figures_section(dossier.procedure) in sections,
        "correctable": () if not_correctable(dossier) else dossier.procedure.sections,
        "entered": entered,
        "files": entered_files(state),
        "on_paper": not told_to(dossier),
        "proposed": bool(current_wordings(dossier)),
    }
    return render(request, "instruction/received/page.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(PAGES)
def move(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Show the form of a move of the applicant's, and record it for them; what is refused keeps what was typed."""
    visited = visit_as_one_who(Act.ENTER, request, reference)
    wanted = move_of(visited, key)
    dossier, template = visited.dossier, "instruction/received/move.html"
    state = known(dossier, visited.at, move=wanted.key)
    unsent = wanted.freezes and has_unsent(state)
    lapse = righted_by(dossier, wanted, state.entries)
    late = {"is_now": True, "lapse": lapse, "lapsed": lapsed_said(lapse)} if lapse else {}
    more = (
        base_context(visited, wanted.label)
        | late
        | {
            "sections": sections_to_enter(dossier, state.entries),
            "unsent": UNSENT.words if unsent else "",
        }
    )
    kind = LateForm if lapse else ReceivedForm
    hide = {"review": None, "state": None} if unsent else {}  # what the applicant did not send is not read
    if request.method != "POST":
        initial = hidden_of(dossier.version, content_digest(state) if wanted.freezes else "")
        context = move_context(visited, wanted, kind(wanted, initial=initial))
        return render(request, template, context | more | hide)
    form = kind(wanted, request.POST, request.FILES)
    outcome = make_move(request, visited, wanted, template=template, more=more | hide, form=form)
    if isinstance(outcome, HttpResponse):
        return outcome
    messages.success(request, said_of(dossier, wanted))
    return redirect("instruction-received", reference)


def lapsed_said(lapse: Lapse) -> str:
    """Return what is said before somebody records what came in time, once the portal let its date pass."""
    return (
        f"Le portail est passé de lui-même à l'étape suivante le {lapse.entry.at.astimezone(FRANCE):%d/%m/%Y}. Si "
        "l'envoi était arrivé avant l'échéance, enregistrez-le : le passage automatique reste au journal, corrigé par "
        "ce que vous enregistrez, et le délai légal repart du jour d'arrivée."
    )


def said_of(dossier: Dossier, wanted: Move) -> str:
    """Return what is said once something is recorded: who was told, or that nobody could be."""
    people = told_to(dossier)
    if people:
        return f"C'est enregistré : « {wanted.label} ». Le porteur est prévenu par courriel."
    return (
        f"C'est enregistré : « {wanted.label} ». Personne n'a pu être prévenu par courriel : envoyez l'accusé de "
        "réception sur papier. Il est plus bas, à imprimer."
    )


def told_to(dossier: Dossier) -> int:
    """Return to how many addresses the applicant's mails go; none: everything has to be sent on paper."""
    return len(applicants_of(dossier)) or int(bool(dossier.contact_email))


@require_safe
def acknowledgement(request: HttpRequest, reference: str, seq: int) -> HttpResponse:
    """Give the acknowledgement of what an agent recorded, to print and to send."""
    visited = visit_as_one_who(Act.ENTER, request, reference)
    rows = visited.dossier.journal.filter(kind=JournalEntry.Kind.MOVE, party=Party.ENTERER).exclude(move="")
    entry = get_object_or_404(rows.prefetch_related("texts"), seq=seq)
    if visited.dossier.erased_at is not None:
        raise Http404
    response = HttpResponse(pdf_of(acknowledgement_of(visited.dossier, entry)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="accuse-{reference}-{seq}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def base_context(visited: Visit, title: str) -> dict:
    """Return what every page of the kind needs."""
    return {"visit": visited, "dossier": visited.dossier, "zone": zone_for(visited.dossier), "title": title}


def entered_moves(state: Known) -> list[Entered]:
    """Return the moves that agents recorded for the applicant, the last one first (one query)."""
    procedure = state.dossier.procedure
    ranks = {one.entry_id: int(one.number.rpartition("-")[2]) for one in state.dossier.snapshots.all()}
    rows = [one for one in state.entries if one.kind == JournalEntry.Kind.MOVE and one.party == Party.ENTERER]
    return [
        Entered(one, procedure.move(one.move).label, day_of(one), sender_of(one), ranks.get(one.pk))
        for one in reversed(rows)
        if one.move
    ]


def sender_of(entry: JournalEntry) -> str:
    """Return the name that what was sent bears; empty where none was noted, or it was erased."""
    return next((one.text for one in entry.texts.all() if one.field == SENDER), "")


def entered_files(state: Known) -> list[Attachment]:
    """Return the files that agents joined for the applicant (one query)."""
    acts = [one for one in state.entries if one.kind == JournalEntry.Kind.ATTACHED and one.party == Party.ENTERER]
    return list(state.dossier.attachments.present().filter(public_id__in=[one.data["file"] for one in acts]))
