"""A letter comes for a first contact that was typed: a typing mistake is corrected, the withdrawal is recorded."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from projects.engine.people import actor_of
from projects.instruction.entering import record
from projects.models import Project
from tests.dossier_factories import drive, fill, make_dossier, make_officer
from tests.people_factories import make_agency_body, make_organisation


@pytest.fixture
def letter(live_server):
    """A first contact that an agent typed nine days ago, whose author has no address; its page waits for a date."""
    at = timezone.now() - timedelta(days=9)
    agent = make_officer(make_agency_body())
    dossier = make_dossier(agent, organisation=make_organisation(), origin="letter", received_on=at.date(), at=at)
    Project.objects.filter(pk=dossier.project_id).update(owner=None)
    fill(dossier, at=at)
    for section in dossier.project.sections.all():
        section.versions.create(number=1, answers=section.answers, written_at=at, written_by=agent)
    dossier.project.sections.update(changed_by=agent)
    record(dossier, uuid4(), actor_of(agent, at), at)
    drive(dossier, "plan", agent, at)
    dossier.agent = agent
    return dossier


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (375, False)])
def test_a_letter_is_recorded_and_a_mistake_corrected(width, javascript, open_browser, letter, live_server, axe):
    page, client = open_browser(width, javascript=javascript), Client()
    client.force_login(letter.agent)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])

    def check() -> None:
        if javascript:
            assert axe(page) == []

    page.goto(f"/instruction/{letter.reference}/")
    page.get_by_role("link", name="Enregistrer ce que le porteur a envoyé autrement").click()
    expect(page.locator("main")).to_contain_text("Imprimez chaque accusé de réception")
    check()

    page.get_by_role("link", name=re.compile("^Corriger : Ce que vous attendez")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ce que vous attendez")
    page.get_by_label("Quand êtes-vous disponible").fill("Le 12 mars")
    page.get_by_role("button", name="Corriger").click()
    expect(page.locator("main")).to_contain_text("une correction n'est jamais muette")
    check()
    page.get_by_label("Pourquoi cette correction").fill("Chiffres inversés à la saisie")
    page.get_by_role("button", name="Corriger").click()
    expect(page.locator("main")).to_contain_text("est corrigée")

    page.get_by_role("link", name="Retirer la demande").click()
    check()
    page.get_by_label("Reçu par l'agence le").fill(timezone.localdate().isoformat())
    page.get_by_text("Par courrier", exact=True).click()
    page.get_by_label("Au nom de qui").fill("Camille Porteur")
    page.get_by_role("button", name="Enregistrer pour le porteur").click()
    expect(page.locator("main")).to_contain_text("envoyez l'accusé de réception sur papier")
    check()
    letter.refresh_from_db()
    assert letter.stage == "withdrawn"
