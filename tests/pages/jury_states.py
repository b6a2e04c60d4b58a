"""The pages of juries and of a dossier's grid in every state, for the style sheet (see ``private_states.py``)."""

from collections.abc import Iterator
from datetime import timedelta

from django.test import Client

from actors.models import Agency, Body
from apist.clock import now
from projects.engine.people import actor_of
from projects.judging import composing
from projects.judging.marking import Filled, declare, mark
from projects.judging.rules import STEP
from projects.models import Adoption, FinancingLine, Jury
from tests.dossier_factories import drive, fill, make_dossier, make_officer
from tests.factories import make_user
from tests.people_factories import make_organisation

JURIES = "/instruction/jurys/"


def jury_pages() -> Iterator[tuple[str, object]]:
    """Yield the name and the answer of each state; what is written stays to be undone by the caller."""
    agency = Agency.objects.get(region__code="76")
    body = Body.objects.filter(agency=agency).first()
    officer, chair, juror = make_officer(body), make_user(full_name="Camille États"), make_user(full_name="Ange États")
    clerk, sitting = Client(), Client()
    clerk.force_login(officer)
    sitting.force_login(chair)
    yield "juries, nothing", clerk.get(JURIES)
    yield "jury, to correct", clerk.post(f"{JURIES}nouveau/", {})
    at, begun = now(), now() - timedelta(days=40)
    Adoption.objects.create(procedure_key="fir", body=body, channel="portal", valid_from=begun.date())
    dossiers = []
    for _ in range(3):
        owner = make_user()
        dossier = fill(make_dossier(owner, "fir", body=body, organisation=make_organisation(owner), at=begun))
        FinancingLine.objects.create(
            project=dossier.project, expense="staff", amount=1000, payer="fir", dossier=dossier
        )
        drive(dossier, "deposit", owner, begun)
        dossiers.append(dossier)
    actor = actor_of(officer, at)
    jury = composing.create(
        Jury(name="Jury des états", body=body, procedure_key="fir", opens_at=begun, closes_at=at + timedelta(days=1)),
        actor, at,
    )  # fmt: skip
    page = f"{JURIES}{jury.pk}/"
    for user in (chair, juror):
        composing.add_juror(jury.pk, user, actor, at)
    composing.choose_chair(jury.pk, chair, actor)
    yield "jury, composed", clerk.get(page)
    composing.add_dossiers(jury.pk, dossiers[:2], actor, at)
    yield "jury, a member to correct", clerk.post(f"{page}membres/", {"email": "inconnu@exemple.invalid"})
    composing.open_jury(jury.pk, actor, at)
    for name in ("", "modifier/", "classement/"):
        yield f"jury, open, {name}", clerk.get(f"{page}{name}")
    own = f"{page}dossiers/{dossiers[0].reference}/"
    yield "marking, interests", sitting.get(own)
    yield "marking, interests to correct", sitting.post(f"{own}interets/", {})
    _mark(jury, dossiers, (chair, juror), at, last=False)
    for name, answer in (("", sitting.get(own)), (", to correct", sitting.post(own, {}))):
        yield f"marking{name}", answer
    yield "jury, for its chair", sitting.get(page)
    _mark(jury, dossiers[1:2], (juror,), at, last=True)
    for name in ("", "classement/", "classement/?enveloppe=1500", "classement/?enveloppe=rien"):
        yield f"jury, revealed, {name}", clerk.get(f"{page}{name}")
    yield "deliberation, to correct", sitting.post(f"{own}deliberation/", {"final_mark": "mille"})
    yield "grid", clerk.get(f"/instruction/{dossiers[2].reference}/grille/")
    yield "grid, to correct", clerk.post(f"/instruction/{dossiers[2].reference}/grille/", {})
    yield "juries", clerk.get(JURIES)


def _mark(jury: Jury, dossiers, people, at, *, last: bool) -> None:
    """Mark the dossiers, all but the last mark unless it is wanted."""
    criteria = Jury.objects.get(pk=jury.pk).grid.grid.criteria
    for user in people:
        for rank, dossier in enumerate(dossiers[: 2 if last or user != people[-1] else 1]):
            declare(jury.pk, dossier.pk, "", actor_of(user, at), at, conflict=False)
            marks = {one.key: one.high - STEP * rank for one in criteria}
            mark(jury.pk, dossier.pk, Filled(marks, {}, "Avis"), actor_of(user, at), at)
