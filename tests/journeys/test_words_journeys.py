"""The glossary, the explained acronyms and the texts, as people meet them: by keyboard, on a phone, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("javascript", [True, False])
def test_a_start_up_finds_what_an_acronym_means_and_that_it_has_two_senses(javascript, open_browser, axe):
    page = open_browser(375, javascript=javascript)
    page.goto("/glossaire/")
    if javascript:
        assert axe(page) == []
    page.get_by_role("searchbox", name="Chercher un sigle ou un mot").fill("csis")
    page.get_by_role("button", name="Chercher", exact=True).click()
    page.wait_for_url("**/glossaire/?q=csis")
    expect(page.get_by_text("Conseil stratégique de l'innovation en santé")).to_be_visible()
    expect(page.get_by_text("Conseil stratégique des industries de santé")).to_be_visible()
    page.get_by_role("link", name=re.compile(r"^Voir les \d+$")).click()
    page.get_by_role("link", name="Lettre F").click()
    expect(page.locator("#fir")).to_be_in_viewport()


def test_the_letters_are_reached_by_keyboard(open_browser, keyboard, axe):
    press, tab_to = keyboard
    page = open_browser(1280, scheme="dark")
    page.goto("/glossaire/")
    tab_to(page, ".portal-letters a")
    press(page, "Enter")
    page.wait_for_url("**#lettre-a")
    assert axe(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_acronym_is_explained_in_place_and_read_as_the_rest(scheme, open_browser, axe):
    page = open_browser(375, scheme=scheme, javascript=True)
    page.goto("/leviers/esms-numerique/")
    gloss = page.locator(".portal-gloss").first
    expect(gloss).to_have_text("(réseau des acheteurs hospitaliers)")
    sentence = page.locator(":is(p, li, dd):has(> .portal-gloss)").first
    expect(sentence).to_contain_text("Resah (réseau des acheteurs hospitaliers)")
    assert axe(page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_director_finds_the_regional_project_and_whom_to_ask_for_its_objectives(javascript, open_browser, axe):
    page = open_browser(375, javascript=javascript)
    page.goto("/textes-et-strategies/")
    if javascript:
        assert axe(page) == []
    page.get_by_label("Région", exact=True).select_option("76")
    page.get_by_label("Nature", exact=True).select_option("regional-project")
    page.get_by_role("button", name="Voir les textes").click()
    page.wait_for_url("**region=76**")
    expect(page.get_by_role("heading", name="Projet régional de santé Occitanie 2023-2028")).to_be_visible()
    expect(page.get_by_text("Pas encore relevés. Demandez à l'agence")).to_be_visible()
    if javascript:
        assert axe(page) == []


def test_from_a_text_that_is_over_to_what_replaced_it(open_browser, axe):
    page = open_browser(1280, scheme="dark")
    page.goto("/textes-et-strategies/?status=replaced")
    assert axe(page) == []
    page.get_by_role("link", name="Feuille de route du numérique en santé 2023-2027").click()
    page.wait_for_url("**#feuille-de-route-numerique-2023-2027")
    expect(page.locator("#feuille-de-route-numerique-2023-2027")).to_be_in_viewport()
