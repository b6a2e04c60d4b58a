"""The pages of those who instruct in every state, for the style sheet (see ``private_states.py``)."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from django.test import Client

from actors.models import Agency, Body, Post
from apist.clock import now
from projects.models import FinancingLine, Section
from tests.dossier_factories import drive, fill, make_dossier, make_officer
from tests.factories import make_user
from tests.people_factories import make_organisation

DESK = "/instruction/"


def instruction_pages() -> Iterator[tuple[str, object]]:
    """Yield the name and the answer of each state; what is written stays to be undone by the caller."""
    agency = Agency.objects.get(region__code="76")
    body = Body.objects.filter(agency=agency).first() or Body.objects.create(
        kind=Body.Kind.AGENCY, agency=agency, region=agency.region, code="ars-76", name=agency.name
    )
    officer, reader = make_officer(body), make_officer(body, Post.Role.LEGAL)
    clerk, lawyer = Client(), Client()
    clerk.force_login(officer)
    lawyer.force_login(reader)
    yield "instruction, nothing", clerk.get(DESK)
    yield "instruction list, nothing", clerk.get(f"{DESK}dossiers/")
    owner = make_user()
    dossier = fill(make_dossier(owner, body=body, organisation=make_organisation(), at=now() - timedelta(days=60)))
    Section.objects.filter(dossier=dossier).update(secrets=["financing_calendar"])
    FinancingLine.objects.create(project=dossier.project, expense="staff", amount=1, payer="fir", dossier=dossier)
    drive(dossier, "deposit", owner, now() - timedelta(days=50))
    page = f"{DESK}{dossier.reference}/"
    yield "instruction", clerk.get(DESK)
    for query in ("", "?standing=late&macro=inconnu&lever=fir&q=projet", "?standing=mine&sort=deposited"):
        yield f"instruction list {query}", clerk.get(f"{DESK}dossiers/{query}")
    for name in ("", "geste/plan/", "geste/conclude/", "verifier/", "deport/", "messages/"):
        yield f"instruction {name}", clerk.get(f"{page}{name}")
        yield f"instruction {name}, reading", lawyer.get(f"{page}{name}")
    sent = {"seen": dossier.version, "key": str(uuid4()), "content_seen": ""}
    yield "instruction, move wrong", clerk.post(f"{page}geste/plan/", sent)
    yield "instruction, message wrong", clerk.post(f"{page}messages/", {})
    yield "entering", clerk.get(f"{DESK}saisir/")
    yield "entering, wrong", clerk.post(f"{DESK}saisir/", {"reponse-scale": "x"})
