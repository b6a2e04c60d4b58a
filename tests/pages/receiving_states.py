"""What reached the agency by another way, in every state, for the style sheet (see ``private_states.py``)."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from django.test import Client

from actors.models import Body
from apist.clock import now
from projects.engine.people import actor_of
from projects.instruction.entering import record
from projects.models import Project
from tests.dossier_factories import drive, fill, make_dossier, make_officer
from tests.people_factories import make_organisation


def receiving_pages() -> Iterator[tuple[str, object]]:
    """Yield the name and the answer of each state; what is written stays to be undone by the caller."""
    body = Body.objects.filter(agency__region__code="76").first()
    officer, clerk = make_officer(body), Client()
    clerk.force_login(officer)
    at = now() - timedelta(days=9)
    dossier = make_dossier(
        officer, body=body, organisation=make_organisation(), at=at, origin="letter", received_on=at.date()
    )
    Project.objects.filter(pk=dossier.project_id).update(owner=None)
    fill(dossier, at=at)
    dossier.project.sections.update(changed_by=officer)
    record(dossier, uuid4(), actor_of(officer, at), at)
    drive(dossier, "plan", officer, at)
    page = f"/instruction/{dossier.reference}/"
    for name in ("recu/", "recu/geste/withdraw/", "recu/corriger/meeting/"):
        yield f"received {name}", clerk.get(f"{page}{name}")
    yield "received, wrong", clerk.post(f"{page}recu/geste/withdraw/", {"seen": 1, "key": str(uuid4())})
    form = clerk.get(f"{page}recu/corriger/meeting/").context["form"]
    sent = {"availability": "Un autre jour", "base": form.base}
    yield "correction, wrong", clerk.post(f"{page}recu/corriger/meeting/", sent)
    yield "corrected", clerk.post(f"{page}recu/corriger/meeting/", sent | {"reason": "Une faute"}, follow=True)
    yield "received, dossier", clerk.get(page)
    yield "received, pieces", clerk.get(f"/dossiers/{dossier.reference}/pieces/")
