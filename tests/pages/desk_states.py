"""What a team keeps for itself about a dossier, in every state, for the style sheet (see ``private_states.py``)."""

from collections.abc import Iterator
from datetime import timedelta

from django.test import Client

from actors.models import Agency, Body, Post
from apist.clock import now, today
from projects.engine.people import actor_of
from projects.instruction.assigning import entrust
from projects.instruction.notes import put_label, write_note
from projects.models import Absence, FinancingLine
from tests.dossier_factories import drive, fill, make_dossier, make_officer
from tests.factories import make_user
from tests.people_factories import make_organisation

DESK = "/instruction/"


def desk_pages() -> Iterator[tuple[str, object]]:
    """Yield the name and the answer of each state; what is written stays to be undone by the caller."""
    agency = Agency.objects.get(region__code="76")
    body = Body.objects.filter(agency=agency).first()
    officer, head = make_officer(body), make_officer(body, Post.Role.HEAD)
    clerk = Client()
    clerk.force_login(officer)
    owner = make_user()
    organisation = make_organisation()
    old = now() - timedelta(days=60)
    dossier, other = (fill(make_dossier(owner, body=body, organisation=organisation, at=old), at=old) for _ in range(2))
    for one in (dossier, other):
        FinancingLine.objects.create(project=one.project, expense="care", amount=1, payer="fir", dossier=one)
        drive(one, "deposit", owner, now() - timedelta(days=50))
    page = f"{DESK}{dossier.reference}/"
    yield "absences, nobody", clerk.get(f"{DESK}absences/")
    yield "notes, none", clerk.get(f"{page}notes/")
    yield "assignment, nobody", clerk.get(f"{page}affectation/")
    entrust(dossier.pk, {"lead": officer, "expert": head}, actor_of(officer, now()), now())
    entrust(dossier.pk, {"expert": None}, actor_of(officer, now()), now())
    note = write_note(dossier.pk, "Une note", actor_of(officer, now()), now())
    put_label(dossier.pk, "À voir", actor_of(officer, now()), now())
    for away, deputy in ((officer, head), (head, officer)):
        Absence.objects.create(
            user=away, deputy=deputy, body=body, since=today(), until=today(), said_by=head, said_at=now()
        )
    yield "my day", clerk.get(DESK)
    for name in ("", "notes/", f"notes/{note.pk}/", "affectation/"):
        yield f"desk {name}", clerk.get(f"{page}{name}")
    yield "absences", clerk.get(f"{DESK}absences/")
    yield "absences, wrong", clerk.post(f"{DESK}absences/", {})
    yield "notes, wrong", clerk.post(f"{page}notes/", {})
    yield "note, wrong", clerk.post(f"{page}notes/{note.pk}/", {})
    yield "label, wrong", clerk.post(f"{page}etiquettes/", {"name": ""})
    yield "assignment, wrong", clerk.post(f"{page}affectation/", {"lead": officer.pk, "expert": officer.pk})
