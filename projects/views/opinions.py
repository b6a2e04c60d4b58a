"""Opinions before those who ask for them, and before those of whom they are asked, with an account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apist.clock import now
from projects.access import impartial
from projects.engine.door import NotAllowed, Refused
from projects.engine.people import actor_of
from projects.forms.moves import CARRIED
from projects.forms.opinions import AnswerForm, AskForm, DeclareForm, DelegateForm
from projects.models import OpinionRequest
from projects.opinions.answering import Invitee, answer, declaration_of, declare, delegate
from projects.opinions.asking import ask, remind, withdraw
from projects.opinions.prefilling import prefill, recording_of
from projects.opinions.reading import put_to, rows_of
from projects.opinions.recipients import bodies_offered, colleagues_of
from projects.opinions.standing import is_open, may_be_read
from projects.papers.joining import stored
from projects.papers.reading import papers_for
from projects.procedures.types import Move
from projects.rights.table import Act
from projects.views.entry import Visit, reader_of, visit_by
from projects.views.handing import hand_over
from projects.views.instruction_desk import Seat, visit_as_one_who_instructs
from projects.views.moves import open_moves, zone_for

PAGES = ("GET", "HEAD", "POST")


@require_http_methods(PAGES)
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the opinions asked for on a dossier; ask for one, remind, withdraw."""
    visited = visit_as_one_who_instructs(request, reference)
    dossier = visited.dossier
    if Act.CONSULT not in visited.acts or dossier.procedure.confidential:
        raise Http404
    on = timezone.localtime(visited.at).date()
    act = request.POST.get("act", "") if request.method == "POST" else ""
    bodies = list(bodies_offered(dossier, visited.at))
    form, status = AskForm(bodies, on, request.POST if act == "ask" else None), 200
    if act:
        try:
            if _do(request, act, visited, form):
                return redirect("instruction-opinions", reference)
        except NotAllowed:
            raise Http404 from None
        except Refused as refused:
            status = 409
            _say(request, form if act == "ask" else None, refused)
    moves = {move.key for move in open_moves(visited)}
    context = {
        "visit": visited,
        "dossier": dossier,
        "title": "Avis",
        "zone": zone_for(dossier),
        "rows": rows_of(dossier, on, papers_for(dossier, reader_of(visited))),
        "moves": moves,
        "form": form,
    }
    return render(request, "instruction/opinions/page.html", context, status=status)


def _do(request: HttpRequest, act: str, visited: Visit, form: AskForm) -> bool:
    """Do what the page asks and say so; False where the form has something to correct, or nothing is known by it."""
    number = number_in(request.POST.get("request", ""))
    match act:
        case "ask":
            if not form.is_valid():
                return False
            asked = ask(visited.dossier.pk, form.asked(), visited.actor, visited.at)
            messages.success(request, f"La demande est partie à {asked.recipient}.")
        case "remind":
            messages.success(request, f"Un rappel part à {remind(number, visited.actor, visited.at).recipient}.")
        case "withdraw":
            withdraw(number, visited.actor, visited.at)
            messages.success(request, "La demande est retirée : ce qu'elle ouvrait est fermé.")
        case _:
            return False
    return True


def number_in(text: str) -> int:
    """Return the number of a row that an address or a form names; 0, which no row has, where it names none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _say(request: HttpRequest, form, refused: Refused) -> None:
    words = " ".join(reason.words for reason in refused.reasons)
    if form is None:
        messages.error(request, words)
    elif isinstance(form, AnswerForm):
        form.refuse(words)
    else:
        form.add_error(None, words)


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show what is asked of a person, whoever they are: an expert holds no post."""
    at = now()
    actor = actor_of(request.user, at)
    rows = put_to(actor.holdings, timezone.localtime(at).date())
    context = {"rows": rows, "title": "Les avis qu'on me demande", "seat": Seat(actor, at, [])}
    return render(request, "instruction/opinions/mine.html", context)


@never_cache
@require_http_methods(PAGES)
def answering(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Show what is asked of somebody: who deposits and which question, then, once interests are declared, the rest."""
    at = now()
    invitee = Invitee(actor_of(request.user, at))
    asked = asked_of(invitee, reference, number)
    colleagues = list(impartial(colleagues_of(asked.body, request.user, at), asked.dossier_id))
    forms = forms_of(request, asked, colleagues)
    status = 200
    if request.method == "POST":
        try:
            where = done(request, asked, invitee, forms, at)
            if where:
                return redirect(*where)
        except NotAllowed:
            raise Http404 from None
        except Refused as refused:
            status = 409
            _say(request, forms["bound"], refused)
    said = declaration_of(asked, invitee)
    context = {
        "asked": asked,
        "dossier": asked.dossier,
        "title": "Un avis vous est demandé",
        "declared": said is not None and not said.has_interest,
        "waits": is_open(asked, asked.dossier.macro),
        "may_delegate": asked.delegated_from_id is None,
        "papers": [] if asked.answered_at is None else list(asked.papers.present()),
        **forms,
    }
    return render(request, "instruction/opinions/answer.html", context, status=status)


def asked_of(invitee: Invitee, reference: str, number: int) -> OpinionRequest:
    """Return a request that is put to somebody, as long as it lets them read; 404 else."""
    rows = OpinionRequest.objects.addressed_to(invitee.actor.holdings).filter(dossier__reference=reference, pk=number)
    names = ("dossier__project", "dossier__organisation", "dossier__body", "dossier__call", "body", "user")
    asked = rows.select_related(*names).first()
    if asked is None or not may_be_read(asked, asked.dossier.macro) or asked.dossier.erased_at is not None:
        raise Http404
    return asked


@require_safe
def own_paper(request: HttpRequest, reference: str, number: int, public_id) -> HttpResponse:
    """Hand over a document of an opinion to those of whom it was asked, as long as they read the opinion."""
    at = now()
    invitee = Invitee(actor_of(request.user, at))
    asked = asked_of(invitee, reference, number)
    paper = asked.papers.present().filter(public_id=public_id).first()
    if paper is None:
        raise Http404
    return hand_over(request, visit_by(invitee.actor, asked.dossier, at), paper)


def forms_of(request: HttpRequest, asked: OpinionRequest, colleagues: list) -> dict:
    """Return the three forms of a request; the one that was sent is bound, and named again as ``bound``."""
    act = request.POST.get("act", "") if request.method == "POST" else ""
    sent = {name: request.POST if act == name else None for name in ("declare", "answer", "delegate")}
    made = {
        "declare_form": DeclareForm(sent["declare"], prefix="interets"),
        "answer_form": AnswerForm(asked.expects, sent["answer"], request.FILES or None, prefix="avis"),
        "delegate_form": DelegateForm(colleagues, sent["delegate"], prefix="autre"),
    }
    return made | {"bound": made.get(f"{act}_form")}


def done(request: HttpRequest, asked: OpinionRequest, invitee: Invitee, forms: dict, at) -> tuple:
    """Do what was sent and say so; return where to go next, nothing where the form has something to correct."""
    form = forms["bound"]
    if form is None or not form.is_valid():
        return ()
    here = ("instruction-opinion", asked.dossier.reference, asked.pk)
    match form:
        case DeclareForm():
            if declare(asked.pk, invitee, form.said, at):
                messages.success(request, "C'est noté : aucun intérêt. Vous pouvez lire le dossier.")
                return here
            messages.success(request, "C'est noté : le dossier vous est fermé. Merci de l'avoir dit.")
        case AnswerForm():
            with stored(form.looked) as files:
                answer(asked.pk, invitee, form.given(), at, files)
            messages.success(request, "Votre avis est rendu.")
            return here
        case DelegateForm():
            delegate(asked.pk, invitee, form.chosen, at)
            messages.success(request, "La demande est confiée à cette personne, qui vient de recevoir un courriel.")
    return ("instruction-my-opinions",)


def prefilled(request: HttpRequest, visited: Visit, move: Move) -> dict[str, str]:
    """Return the fields of a move as the opinion that the address names fills them; nothing where it names none."""
    number = number_in(request.GET.get("avis", ""))
    if not number or Act.CONSULT not in visited.acts:
        return {}
    dossier = visited.dossier
    given = dossier.opinion_requests.given().filter(pk=number).first()
    recording = recording_of(dossier.procedure, dossier.stage, given.capacity) if given else None
    if recording is None or recording.move != move.key:
        return {}
    paper = given.papers.present().order_by("added_at", "pk").first() if move.document else None
    document = {CARRIED: str(paper.public_id)} if paper else {}
    on = timezone.localtime(given.answered_at).date()
    return prefill(recording, given.sense, given.text, on) | document
