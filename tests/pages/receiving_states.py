"""What reached the agency by another way, in every state, for the style sheet (see ``private_states.py``)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.test import Client

from actors.models import Body, User
from apist.clock import now
from projects.engine.people import actor_of
from projects.instruction.entering import record
from projects.models import Adoption, Dossier, Project, PublicWording
from tests.deciding.paper_builders import OF_ONE_REGION
from tests.dossier_factories import drive, fill, make_dossier, make_officer
from tests.people_factories import make_organisation


def by_post(officer: User, body: Body, at: datetime, procedure: str, answers: dict | None = None) -> Dossier:
    """Return what came by post, typed and recorded by an agent."""
    Adoption.objects.get_or_create(procedure_key=procedure, channel="portal", valid_from=date(2020, 1, 1))
    dossier = make_dossier(
        officer, procedure, body=body, organisation=make_organisation(), at=at, origin="letter", received_on=at.date()
    )
    Project.objects.filter(pk=dossier.project_id).update(owner=None)
    fill(dossier, answers, at=at)
    dossier.project.sections.update(changed_by=officer)
    dossier.attachments.update(added_by=officer)
    record(dossier, uuid4(), actor_of(officer, at), at)
    dossier.refresh_from_db()
    return dossier


def receiving_pages() -> Iterator[tuple[str, object]]:
    """Yield the name and the answer of each state; what is written stays to be undone by the caller."""
    body = Body.objects.filter(agency__region__code="76").first()
    officer, clerk = make_officer(body), Client()
    clerk.force_login(officer)
    at = now() - timedelta(days=9)
    dossier = by_post(officer, body, at, "first-contact")
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
    consent = f"{page}recu/publication/"
    for field in ("title", "text"):
        PublicWording.objects.create(
            dossier=dossier, field=field, text="Suivre à domicile", sha256="0" * 64, proposed_at=at, proposed_by=officer
        )
    yield "consent on paper", clerk.get(consent)
    yield "consent on paper, wrong", clerk.post(consent, {})
    yield from figures_received(clerk, officer, body, at)


def figures_received(clerk: Client, officer: User, body: Body, at: datetime) -> Iterator[tuple[str, object]]:
    """Yield the plan and the model of a specification that came by post."""
    dossier = by_post(officer, body, at, "article-51", OF_ONE_REGION)
    drive(dossier, "acknowledge", officer, at)
    drive(dossier, "admit", officer, at, objective_met=True, derogation_needed=True)
    page = f"/instruction/{dossier.reference}/recu/"
    for name, sent in (("plan", {"plan-0-amount": "beaucoup"}), ("modele", {"annee-0-year": "2027"})):
        prefix = next(iter(sent)).split("-")[0]
        yield f"received {name}", clerk.get(f"{page}{name}/")
        counted = {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": 0, "seen": ""}
        yield f"received {name}, wrong", clerk.post(f"{page}{name}/", counted | sent)
