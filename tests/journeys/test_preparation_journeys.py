"""Preparing a project, as people do it: by keyboard, on a phone, without JavaScript, on paper."""

import re

import pytest
from playwright.sync_api import expect

BAD = "Bonjour, nous vous proposons un partenariat et demandons un label de l'ARS."
MIG = "/preparer/levier/mig-cooperation-internationale/"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_hospital_prepares_its_first_application(javascript, open_browser, axe):
    page = open_browser(375, javascript=javascript)
    page.goto("/leviers/mig-cooperation-internationale/")
    page.get_by_role("link", name="Préparer ma demande").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Préparer ma demande : Coopération internationale")
    page.get_by_label("Qui êtes-vous ?").select_option("etablissement-sante-public")
    page.get_by_label("Dans quelle région se déroule le projet ?").select_option("76")
    page.get_by_role("group", name=re.compile("renouveler")).get_by_text("Non", exact=True).click()
    page.get_by_role("button", name="Adapter la liste").click()

    expect(page.locator("#obligatoire")).to_have_text("Ce qui est obligatoire (12)")
    expect(page.get_by_text("le bilan de l'année précédente est transmis")).to_have_count(0)
    expect(page.get_by_text("À envoyer en même temps à 2 destinataires")).to_be_visible()
    expect(page.get_by_role("table", name="Chaque dépense, et qui la paie")).to_contain_text("Voyages et séjours")
    page.get_by_text("La composition de l'équipe est précisée").click()
    page.get_by_role("button", name="Mettre à jour ma liste").click()
    expect(page.get_by_text("Il reste 11 points sur 12.")).to_be_visible()
    expect(page.locator("#fait-team")).to_be_checked()
    if javascript:
        assert axe(page) == []


def test_the_conditions_are_answered_by_keyboard_alone(open_browser, keyboard, axe):
    press, tab_to = keyboard
    page = open_browser(1280)
    page.goto("/preparer/")
    assert axe(page) == []
    tab_to(page, "main a.fr-btn")
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Le bon interlocuteur")
    tab_to(page, "input[name=contact_organisation]")
    press(page, "ArrowUp", "ArrowUp")
    assert page.locator("input[name=contact_organisation]:checked").get_attribute("value") == "false"
    assert axe(page) == []
    tab_to(page, "main button[formaction]", limit=60)
    press(page, "Enter")
    page.wait_for_url("**/preparer/bilan/**contact_organisation=false**")
    expect(page.get_by_text("0 point prêt sur 38")).to_be_visible()
    expect(page.get_by_text("Manque", exact=True)).to_have_count(1)
    assert axe(page) == []


def test_going_through_the_six_pages_on_a_phone_without_javascript(open_browser):
    page = open_browser(375, javascript=False)
    page.goto("/preparer/bon-interlocuteur/")
    for following in ("Le bon projet", "Le bon moment", "La bonne manière", "Les erreurs", "Les éléments"):
        page.get_by_text("Oui", exact=True).first.click()
        page.get_by_role("button", name=re.compile(f"^Continuer : {following}")).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(following)
    page.get_by_role("button", name="Voir mon bilan").click()
    expect(page.get_by_text("5 points prêts sur 38")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Changer mes réponses.* Le bon projet")).click()
    expect(page.locator("input[name=project_national][value=true]")).to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_first_message_is_read_again_and_comes_back(scheme, open_browser, axe):
    page = open_browser(1280, scheme=scheme)
    page.goto("/preparer/message/")
    assert axe(page) == []
    page.get_by_label("Votre message").fill(BAD)
    page.get_by_role("button", name="Relire").click()
    expect(page.locator("#relecture")).to_have_text(re.compile("points à revoir"))
    expect(page.get_by_role("heading", name="Le mot « partenariat » vient trop tôt")).to_be_visible()
    expect(page.get_by_label("Votre message")).to_have_value(BAD)
    assert page.url.endswith("/preparer/message/")
    assert axe(page) == []


def test_an_empty_message_leads_to_its_field(open_browser, axe):
    page = open_browser(375)
    page.goto("/preparer/message/")
    page.get_by_role("button", name="Relire").click()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Votre message")).to_be_focused()
    assert axe(page) == []


@pytest.mark.parametrize("address", ["/preparer/numerique/", "/preparer/former-un-groupe/"])
def test_a_list_is_ticked_adapted_and_kept_in_its_address(address, open_browser, axe):
    page = open_browser(375, scheme="dark")
    page.goto(address)
    assert axe(page) == []
    box = page.locator("input[name=fait]").first
    page.locator(f"label[for={box.get_attribute('id')}]").click()
    page.get_by_role("button", name=re.compile("^Mettre à jour")).click()
    page.wait_for_url("**fait=**")
    expect(page.locator("input[name=fait]").first).to_be_checked()
    page.goto(page.locator("#adresse").input_value())
    expect(page.locator("input[name=fait]").first).to_be_checked()


def test_a_group_learns_whether_it_was_large_enough(open_browser, axe):
    page = open_browser(1280)
    page.goto("/preparer/former-un-groupe/")
    page.get_by_label("Dans quelle région se déroule le projet ?").select_option("76")
    page.get_by_label(re.compile("Combien d'établissements et services")).fill("9")
    page.get_by_label(re.compile("Combien d'organismes gestionnaires")).fill("2")
    page.get_by_role("button", name="Mettre à jour").click()
    row = page.get_by_role("row", name=re.compile("8 février 2022"))
    expect(row).to_have_count(1)
    expect(row).to_contain_text(re.compile("Non rempli", re.IGNORECASE))
    assert axe(page) == []


@pytest.mark.parametrize("address", [MIG, "/preparer/bilan/", "/preparer/numerique/"])
@pytest.mark.parametrize("width", [320, 375, 1280])
def test_nothing_is_wider_than_the_screen(address, width, open_browser):
    page = open_browser(width)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_on_paper_the_boxes_and_the_answers_remain_and_the_buttons_go(open_browser):
    page = open_browser(1280, scheme="dark")
    page.goto(f"{MIG}?renewal=false&fait=team")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Mettre à jour ma liste")).to_be_hidden()
    expect(page.get_by_text("La composition de l'équipe est précisée")).to_be_visible()
    expect(page.locator("#adresse")).to_have_value(re.compile("fait=team"))
    drawn = page.evaluate(
        """() => ['team', 'programme'].map(key => {
          const box = getComputedStyle(document.querySelector(`label[for=fait-${key}]`), '::before');
          return box.getPropertyValue('background-image') + box.getPropertyValue('--data-uri-svg');
        })"""
    )
    assert drawn[0] != drawn[1]
