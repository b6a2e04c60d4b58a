"""An officer enters what somebody said on the telephone, plans a date, orients; then asks somebody else to complete."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from actors.models import Agency, Body
from projects.models import Dossier
from projects.procedures import catalogue as procedures
from tests.dossier_factories import drive, fill, make_dossier, make_officer
from tests.factories import make_user
from tests.instruction.procedure import TRIED
from tests.people_factories import make_body

WIDTHS = [(1280, True), (375, False)]


@pytest.fixture
def body(catalogue) -> Body:
    """The agency of Guadeloupe, of the real content."""
    agency = Agency.objects.get(region__code="01")
    return make_body(Body.Kind.AGENCY, agency=agency, region=agency.region, code="ars-01", name=agency.name)


def sign_in(page: Page, user) -> None:
    """Put the session of somebody in the browser."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": page.context.base_url}])


@pytest.mark.parametrize(("width", "javascript"), WIDTHS)
def test_a_call_is_entered_planned_and_oriented(width, javascript, open_browser, body, axe, live_server):
    page = open_browser(width, javascript=javascript)
    officer = make_officer(body)
    page.goto("/")
    cookie = cookie_of(officer)
    page.context.add_cookies([cookie | {"url": live_server.url}])
    checked = axe if javascript else lambda page: []

    page.goto("/instruction/")
    expect(page.get_by_role("heading", name="En attente de votre service : 0")).to_be_visible()
    assert checked(page) == []
    page.get_by_role("link", name="Saisir une demande reçue autrement").click()
    assert checked(page) == []
    page.get_by_role("button", name="Enregistrer la demande").click()
    expect(page.locator("main [role=alert]")).to_contain_text("points à corriger")
    assert checked(page) == []

    page.get_by_label("Un appel").check()
    page.get_by_label("Nom de l'organisme").fill("EHPAD Les Fougères")
    page.get_by_label("Quelle sorte d'organisme ?").select_option(index=1)
    page.get_by_label("Organisme privé à but non lucratif").check()
    page.get_by_label("Titre du projet").fill("Plaies à distance")
    page.get_by_label("À quel besoin répondez-vous ?").fill("Des résidents hospitalisés pour une plaie.")
    page.get_by_role("button", name="Enregistrer la demande").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plaies à distance")
    expect(page.locator("main")).to_contain_text("Saisi par l'agence pour EHPAD Les Fougères")
    expect(page.locator("main")).to_contain_text("Des résidents hospitalisés pour une plaie.")
    assert checked(page) == []

    page.get_by_role("link", name="Proposer une date").click()
    page.get_by_label("Date de l'échange").fill("2027-01-15")
    page.get_by_label("Lieu, ou adresse de la visioconférence").fill("Au siège")
    assert checked(page) == []
    page.get_by_role("button", name="Proposer une date").click()
    expect(page.locator("main [role=status]").first).to_contain_text("C'est fait : « Proposer une date »")

    page.get_by_role("link", name="Orienter vers un levier ou une personne").click()
    page.get_by_label("Vers quoi, et pourquoi ?").fill("Le FIR finance ce genre d'action.")
    page.get_by_role("button", name="Orienter vers un levier ou une personne").click()
    expect(page.locator("main")).to_contain_text("Le FIR finance ce genre d'action.")
    assert Dossier.objects.get().stage == "oriented"

    page.get_by_role("link", name="Vérifier le journal").click()
    expect(page.locator("main")).to_contain_text("Le journal est intact")
    assert checked(page) == []
