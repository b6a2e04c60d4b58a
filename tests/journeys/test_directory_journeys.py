"""Whom to speak to, as people look for it: by keyboard, on a phone, without JavaScript."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("javascript", [True, False])
def test_the_director_of_an_ehpad_finds_whom_to_write_to_and_what_to_write(javascript, open_browser, axe):
    page = open_browser(375, javascript=javascript)
    page.goto("/annuaire/")
    if javascript:
        assert axe(page) == []
    page.get_by_label("Votre région").select_option("76")
    page.get_by_label("Votre département").select_option("31")
    page.get_by_label("De quoi voulez-vous parler ?").select_option(label="Grand âge")
    page.get_by_text("Acteur de santé", exact=True).click()
    page.get_by_role("button", name="Voir à qui parler").click()

    expect(page.locator("#reponse")).to_have_text("Occitanie, Haute-Garonne : grand âge")
    expect(page.locator("#delegation")).to_contain_text("Délégation départementale de la Haute-Garonne")
    assert "Grand âge" in page.get_by_label("Premier message à l'agence").input_value()
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    if javascript:
        assert axe(page) == []
    page.get_by_role("link", name="Tout ce que nous savons de la région").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Occitanie : à qui parler ?")
    if javascript:
        assert axe(page) == []


def test_a_company_answers_by_keyboard_alone_and_learns_who_buys(open_browser, keyboard, axe):
    press, tab_to = keyboard
    page = open_browser(1280, scheme="dark")
    page.goto("/annuaire/?subject=numerique")
    tab_to(page, ".portal-accordion summary")
    press(page, "Enter")
    tab_to(page, "#id_region")
    page.keyboard.type("Grand Est")
    assert page.locator("#id_region").input_value() == "44"
    tab_to(page, "input[name=audience]")
    press(page, "ArrowUp", "ArrowUp")
    assert page.locator("input[name=audience]:checked").get_attribute("value") == "industrie"
    tab_to(page, "form.portal-form button")
    press(page, "Enter")
    page.wait_for_url("**audience=industrie**")
    expect(page.locator("#e-health")).to_contain_text("Pulsy")
    expect(page.locator("#buyer").get_by_role("link")).to_have_text("Qui achète, et à qui parler d'abord")
    assert axe(page) == []


def test_what_is_not_understood_leads_to_its_field(open_browser, axe):
    page = open_browser(375)
    page.goto("/annuaire/?region=99&subject=numerique")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Cette région n'existe pas")
    summary.get_by_role("link").click()
    expect(page.locator("#id_region")).to_be_focused()
    assert axe(page) == []


@pytest.mark.parametrize(("width", "scheme"), [(375, "dark"), (1280, "light")])
def test_the_page_of_a_region_where_little_is_known_says_so(width, scheme, open_browser, axe):
    page = open_browser(width, scheme=scheme)
    page.goto("/annuaire/03/")
    expect(page.locator("#departements + p + ul")).to_contain_text("délégation à vérifier")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert axe(page) == []
