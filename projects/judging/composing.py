"""Composing a jury: who sits, before which dossiers, when; opening and closing it."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from actors.models import User
from apist.mail import post
from projects.access import holdings_of
from projects.engine.door import NotAllowed
from projects.engine.people import Actor
from projects.engine.recording import act_on
from projects.judging.grids import grid_of, version_of
from projects.judging.marking import Seat
from projects.judging.revealing import locked_jury, may_manage, refuse, reveal_if_all_in
from projects.models import Candidate, Dossier, Interest, JournalEntry, Judgement, Juror, Jury, Participation, Recusal
from projects.procedures.catalogue import LATEST
from projects.procedures.vocabulary import Party
from projects.rights.predicates import parties
from projects.rights.table import APPLICANT_SIDE, Act

CHANGING = (Jury.State.COMPOSED, Jury.State.OPEN)
FEWEST = 2
"""Members without whom there is no jury: the marks of one alone would be read as soon as the others left."""

SITTING = (Jury.State.OPEN, Jury.State.REVEALED)


def eligible(jury: Jury, actor: Actor) -> QuerySet[Dossier]:
    """Return the dossiers that may be put before a jury: received, not finished, of its body and of its subject."""
    rows = Dossier.objects.visible_to(actor.holdings, frozenset({Party.OFFICER, Party.HEAD})).open()
    rows = rows.filter(body=jury.body_id, confidential=False).exclude(deposited_at=None)
    rows = rows.filter(call=jury.call_id) if jury.call_id else rows.filter(procedure_key=jury.procedure_key)
    return rows.exclude(candidacies__jury=jury).with_names().order_by("project__title", "reference")


def create(jury: Jury, actor: Actor, at: datetime) -> Jury:
    """Keep a jury that is composed for one's own body; :class:`NotAllowed` for another's."""
    if not may_manage(actor.holdings, jury):
        raise NotAllowed
    jury.created_at = at
    jury.save()
    return jury


def change(jury_id: int, apply: Callable[[Jury], Jury], actor: Actor) -> Jury:
    """Change the name, the dates or the envelope of a jury whose marks are not read yet."""
    with transaction.atomic():
        jury = apply(_changing(jury_id, actor))
        jury.save(update_fields=["name", "opens_at", "closes_at", "envelope"])
    return jury


def choose_chair(jury_id: int, user: User, actor: Actor) -> Jury:
    """Say who chairs, among those who sit."""
    with transaction.atomic():
        jury = _changing(jury_id, actor)
        if not Juror.objects.filter(jury=jury, user=user, left_at=None).exists():
            raise refuse("chair", "Choisissez qui préside, parmi les membres.")
        jury.chair = user
        jury.save(update_fields=["chair"])
    return jury


def add_juror(jury_id: int, user: User, actor: Actor, at: datetime) -> Juror:
    """Give somebody a seat, or their seat back; the dossiers of a jury that is open are open to them at once."""
    with transaction.atomic():
        jury = _changing(jury_id, actor)
        juror, _ = Juror.objects.update_or_create(jury=jury, user=user, defaults={"left_at": None, "since": at})
        Judgement.objects.of_jury(jury).filter(user=user).exclude(dossier__recusals__user=user).update(counts=True)
        if jury.state == Jury.State.OPEN:
            seat_everybody(jury, actor, at)
            tell(jury, [user], at)
    return juror


def remove_juror(jury_id: int, user_id: int, actor: Actor, at: datetime) -> None:
    """Take somebody's seat away: the dossiers close, their marks count no more.

    :class:`Refused` for who chairs, and where fewer than two members would be left.
    """
    with transaction.atomic():
        jury = _changing(jury_id, actor)
        if jury.chair_id == user_id:
            raise refuse("chair", "Cette personne préside : confiez d'abord la présidence à quelqu'un d'autre.")
        rows = Juror.objects.filter(jury=jury, user=user_id, left_at=None)
        if jury.state == Jury.State.COMPOSED:
            rows.delete()
            return
        if Juror.objects.filter(jury=jury, left_at=None).exclude(user=user_id).count() < FEWEST:
            raise refuse("jurors", "Un jury ouvert garde deux membres : ajoutez d'abord quelqu'un.")
        rows.update(left_at=at)
        Judgement.objects.of_jury(jury).filter(user=user_id).update(counts=False)
        release(jury, [user_id])
        reveal_if_all_in(jury, at)


def add_dossiers(jury_id: int, dossiers: Iterable[Dossier], actor: Actor, at: datetime) -> int:
    """Put dossiers before a jury; return how many. Those that may not be are left out."""
    with transaction.atomic():
        jury = _changing(jury_id, actor)
        wanted = [one.pk for one in dossiers]
        rows = list(eligible(jury, actor).filter(pk__in=wanted).order_by("pk"))
        Candidate.objects.bulk_create(Candidate(jury=jury, dossier=one) for one in rows)
        if jury.state == Jury.State.OPEN:
            seat_everybody(jury, actor, at)
    return len(rows)


def remove_dossier(jury_id: int, dossier_id: int, actor: Actor) -> None:
    """Take a dossier away from a jury that is not open yet; afterwards what was said of it stays."""
    with transaction.atomic():
        jury = _changing(jury_id, actor)
        if jury.state != Jury.State.COMPOSED:
            raise refuse("open", "Le jury est ouvert : un dossier n'en sort plus, sauf retrait ou réorientation.")
        Candidate.objects.filter(jury=jury, dossier=dossier_id).delete()


def open_jury(jury_id: int, actor: Actor, at: datetime) -> Jury:
    """Open a jury: its grid is fixed, its dossiers open to its members, who are told.

    :class:`Refused` with everything that lacks.
    """
    with transaction.atomic():
        jury = _changing(jury_id, actor)
        if jury.state != Jury.State.COMPOSED:
            return jury
        seats = set(Juror.objects.filter(jury=jury, left_at=None).values_list("user_id", flat=True))
        grid = grid_of(LATEST[jury.procedure_key], jury.call)
        for holds, key, words in (
            (len(seats) >= FEWEST, "jurors", "Il faut au moins deux membres : une note seule n'est pas un jury."),
            (jury.chair_id in seats, "chair", "Choisissez qui préside, parmi les membres."),
            (Candidate.objects.filter(jury=jury).exists(), "dossiers", "Mettez au moins un dossier devant le jury."),
            (grid is not None, "grid", "Cette procédure n'a pas de grille : donnez des critères à l'appel."),
            (jury.closes_at > at, "dates", "La date de fermeture est déjà passée."),
        ):
            if not holds:
                raise refuse(key, words)
        jury.grid = version_of(grid, jury.procedure_key, jury.call, at)
        jury.state = Jury.State.OPEN
        jury.save(update_fields=["grid", "state"])
        seat_everybody(jury, actor, at)
        tell(jury, list(User.objects.filter(pk__in=seats)), at)
    return jury


def close_jury(jury_id: int, actor: Actor, at: datetime) -> Jury:
    """Close a jury whose marks are read: what it said stays, its dossiers close to its members."""
    with transaction.atomic():
        jury = locked_jury(jury_id)
        if not may_manage(actor.holdings, jury):
            raise NotAllowed
        if jury.state == Jury.State.CLOSED:
            return jury
        if jury.state != Jury.State.REVEALED:
            raise refuse("sealed", "Les notes ne sont pas révélées : le jury n'a pas fini.")
        jury.state, jury.closed_at = Jury.State.CLOSED, at
        jury.save(update_fields=["state", "closed_at"])
        release(jury, list(Juror.objects.filter(jury=jury).values_list("user_id", flat=True)))
    return jury


def seat_everybody(jury: Jury, actor: Actor, at: datetime) -> None:
    """Open each dossier of a jury to each member who has no link with it, and write it in its journal.

    Somebody on the applicant's side of a dossier has a link with it: it is written without asking.
    """
    jurors = list(Juror.objects.filter(jury=jury, left_at=None).select_related("user"))
    held = {one.pk: holdings_of(one.user, at) for one in jurors}
    for candidate in Candidate.objects.filter(jury=jury).order_by("dossier_id"):
        new = [one for one in jurors if one.user_id not in _settled(candidate)]
        if not new:
            continue
        with act_on(candidate.dossier_id, Act.ASSIGN, actor, at) as desk:
            linked = [one for one in new if parties(held[one.pk], desk.dossier) & APPLICANT_SIDE]
            for one in linked:
                _is_linked(Seat(jury, one, candidate), at)
            seated = [one for one in new if one not in linked]
            Participation.objects.bulk_create(
                Participation(dossier=desk.dossier, capacity=Party.JUROR, user=one.user, since=at) for one in seated
            )
            people = sorted(str(one.user.pseudonym) for one in seated)
            desk.write(JournalEntry.Kind.ASSOCIATED, {"jury": jury.pk, "jurors": people})


def release(jury: Jury, users: list[int]) -> None:
    """Close the dossiers of a jury to people, but those that another jury of theirs is judging."""
    rows = Participation.objects.filter(
        capacity=Party.JUROR, user__in=users, dossier__in=Candidate.objects.filter(jury=jury).values("dossier_id")
    )
    elsewhere = Candidate.objects.filter(jury__state__in=SITTING, jury__jurors__left_at=None).exclude(jury=jury)
    kept = set(elsewhere.filter(jury__jurors__user__in=users).values_list("jury__jurors__user_id", "dossier_id"))
    gone = [one.pk for one in rows if (one.user_id, one.dossier_id) not in kept]
    Participation.objects.filter(pk__in=gone).delete()


def tell(jury: Jury, people: list[User], at: datetime) -> None:
    """Write to members that their jury is open: where to mark, and until when."""
    context = {"jury": jury, "url": f"{settings.SITE_URL}{reverse('jury', args=[jury.pk])}", "site": settings.SITE_URL}
    subject = "Vous êtes membre d'un jury"
    text = render_to_string("emails/jury.txt", context)
    html = render_to_string("emails/jury.html", {**context, "subject": subject})
    for person in people:
        key = f"jury-{jury.pk}-{person.pk}-{at:%Y%m%d%H%M%S}"
        post(key, person.email, subject, text, html=html, topic=f"jury-{jury.pk}", now=at)


def _changing(jury_id: int, actor: Actor) -> Jury:
    jury = locked_jury(jury_id)
    if not may_manage(actor.holdings, jury):
        raise NotAllowed
    if jury.state not in CHANGING:
        raise refuse("revealed", "Les notes sont révélées : la composition du jury ne change plus.")
    return jury


def _settled(candidate: Candidate) -> set[int]:
    """Return the people to whom a dossier is open already, or closed for good."""
    seated = Participation.objects.filter(dossier=candidate.dossier_id, capacity=Party.JUROR)
    recused = Recusal.objects.filter(dossier=candidate.dossier_id)
    linked = Interest.objects.filter(candidate=candidate, conflict=True)
    rows = (seated.values_list("user_id"), recused.values_list("user_id"), linked.values_list("juror__user_id"))
    return {user for found in rows for (user,) in found}


def _is_linked(seat: Seat, at: datetime) -> None:
    Interest.objects.update_or_create(
        candidate=seat.candidate, juror=seat.juror, defaults={"conflict": True, "declared_at": at}
    )
