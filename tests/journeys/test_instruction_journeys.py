"""An officer enters what somebody said on the telephone, plans a date, orients; then asks somebody else to complete."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from actors.models import Agency, Body
from projects.models import Dossier
from projects.procedures import catalogue as procedures
from tests.dossier_factories import drive, fill, make_dossier, make_officer
from tests.instruction.procedure import TRIED
from tests.people_factories import make_body

WIDTHS = [(1280, True), (375, False)]


@pytest.fixture
def body(catalogue) -> Body:
    """The agency of Guadeloupe, of the real content."""
    agency = Agency.objects.get(region__code="01")
    return make_body(Body.Kind.AGENCY, agency=agency, region=agency.region, code="ars-01", name=agency.name)


@pytest.fixture
def signed_in(open_browser, live_server):
    """Return a way to open a page of a width in which somebody has signed in."""

    def open_as(user, width: int, *, javascript: bool) -> Page:
        page, client = open_browser(width, javascript=javascript), Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return page

    return open_as


@pytest.mark.parametrize(("width", "javascript"), WIDTHS)
def test_a_call_is_entered_planned_and_oriented(width, javascript, signed_in, body, axe):
    page = signed_in(make_officer(body), width, javascript=javascript)
    checked = axe if javascript else lambda page: []

    page.goto("/instruction/")
    expect(page.get_by_role("heading", name="En attente de votre service : 0")).to_be_visible()
    assert checked(page) == []
    page.get_by_role("link", name="Saisir une demande reçue autrement").click()
    assert checked(page) == []
    page.get_by_role("button", name="Enregistrer la demande").click()
    expect(page.locator("main [role=alert]")).to_contain_text("points à corriger")
    assert checked(page) == []

    page.get_by_label("Un appel", exact=True).check(force=True)
    page.get_by_label("Nom de l'organisme").fill("EHPAD Les Fougères")
    page.get_by_label("Quelle sorte d'organisme ?").select_option(index=1)
    page.get_by_label("Organisme privé à but non lucratif").check(force=True)
    page.get_by_label("Titre du projet").fill("Plaies à distance")
    page.get_by_label("À quel besoin répondez-vous ?").fill("Des résidents hospitalisés pour une plaie.")
    page.get_by_role("button", name="Enregistrer la demande").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plaies à distance")
    expect(page.locator("main")).to_contain_text(
        re.compile("Saisi par l'agence, reçu par téléphone le .*, pour EHPAD Les Fougères")
    )
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


@pytest.mark.parametrize(("width", "javascript"), WIDTHS)
def test_a_dossier_is_found_in_the_list_and_completion_is_asked(
    width, javascript, signed_in, body, axe, monkeypatch, applicant
):
    monkeypatch.setitem(procedures._BY_VERSION, (TRIED.key, TRIED.version), TRIED)
    monkeypatch.setitem(procedures.LATEST, TRIED.key, TRIED)
    dossier = fill(make_dossier(applicant, TRIED, body=body))
    drive(dossier, "deposit", applicant, timezone.now())
    page = signed_in(make_officer(body), width, javascript=javascript)
    checked = axe if javascript else lambda page: []

    page.goto("/instruction/")
    page.get_by_role("link", name="En attente de votre service : 1").click()
    expect(page.get_by_role("heading", name="1 dossier", exact=True)).to_be_visible()
    assert checked(page) == []
    if javascript:
        expect(page.get_by_label("En retard")).to_have_count(0)  # a value that would find nothing is left out
        page.get_by_label("Déposés depuis 7 jours (1)").check()
        expect(page.get_by_role("link", name="Retirer le filtre Déposés depuis 7 jours")).to_be_visible()
        assert checked(page) == []
        page.get_by_role("link", name="Retirer le filtre Déposés depuis 7 jours").click()
    page.get_by_role("link", name=dossier.project.title).click()
    expect(page.locator("main")).to_contain_text("Demandez d'abord des compléments.")
    assert checked(page) == []

    page.get_by_role("link", name="Demander des compléments").click()
    page.get_by_label("À donner avant le").fill("2027-01-31")
    page.get_by_label("Pièce : Devis", exact=True).check(force=True)
    page.get_by_role("button", name="Demander des compléments").click()
    expect(page.locator("main")).to_contain_text("Dites ce que vous demandez, ou décochez ce point.")
    assert checked(page) == []
    page.get_by_label("Ce que vous demandez : Pièce : Devis").fill("Un devis daté de moins de trois mois.")
    page.get_by_role("button", name="Demander des compléments").click()
    expect(page.locator("main")).to_contain_text("Un devis daté de moins de trois mois.")
    expect(page.locator("main")).to_contain_text("Le délai est suspendu")
    dossier.refresh_from_db()
    assert dossier.stage == "to-complete"

    page.get_by_role("link", name="Me déporter de ce dossier").click()
    assert checked(page) == []
    page.get_by_role("button", name="Me déporter").click()
    expect(page.locator("main")).to_contain_text("vous est fermé")
