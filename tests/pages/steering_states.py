"""The pages of steering in every state, for the style sheet (see ``private_states.py``)."""

from collections.abc import Iterator
from datetime import timedelta

from django.test import Client

from actors.models import Body
from apist.clock import now
from projects.models import Adoption, MoneyLine
from projects.procedures.vocabulary import MoneyKind
from projects.steering.running import refresh
from tests.dossier_factories import drive, fill, make_dossier, make_officer
from tests.factories import make_user
from tests.people_factories import make_body, make_organisation

DESK = "/instruction/"


def steering_pages(body: Body) -> Iterator[tuple[str, object]]:
    """Yield the name and the answer of each state: before any count, with figures, wrong, with a portfolio."""
    agent, ministry = Client(), Client()
    agent.force_login(make_officer(body))
    ministry.force_login(make_officer(make_body(Body.Kind.DGOS)))
    yield "steering, nothing", agent.get(f"{DESK}pilotage/")
    yield "portfolio, nothing", agent.get(f"{DESK}grades/")
    yield "campaign, nothing", agent.get(f"{DESK}campagne-mig/")
    at = now() - timedelta(days=40)
    for key in ("first-contact", "mig", "grades-support"):
        owner = make_user()
        Adoption.objects.get_or_create(procedure_key=key, channel="portal", valid_from=at.date())
        dossier = fill(make_dossier(owner, key, body=body, organisation=make_organisation(owner), at=at), at=at)
        drive(dossier, "deposit", owner, at)
    entry = dossier.journal.last()
    MoneyLine.objects.create(
        dossier=dossier, entry=entry, kind=MoneyKind.GRANTED, year=at.year, amount=1000, on=at.date()
    )
    refresh(now())
    yield "steering", agent.get(f"{DESK}pilotage/")
    yield "steering, wrong", agent.get(f"{DESK}pilotage/?year=x")
    yield "portfolio", agent.get(f"{DESK}grades/")
    yield "campaign", ministry.get(f"{DESK}campagne-mig/")
