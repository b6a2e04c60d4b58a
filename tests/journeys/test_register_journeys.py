"""Looking for an experiment: by words, by the map at the keyboard, without scripts, on a phone, from a diagnostic."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_catalogue_journeys import heading, parameters, stay, stayed, titles

ORALIEN = "ORALIEN : Prévenir les problèmes de bouche et de dents des résidents d'EHPAD"


def test_a_director_in_haute_garonne_finds_who_cares_for_residents_mouths(open_browser, axe):
    page = open_browser()
    page.goto("/experimentations/")
    page.get_by_label("Sujet, nom, porteur, lieu").fill("santé orale des résidents")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(re.compile("pour « santé orale des résidents »".replace(" ", r"\s")))
    assert titles(page)[0] == ORALIEN
    page.get_by_role("link", name=ORALIEN).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ORALIEN)
    essentials = page.get_by_role("complementary", name="L'essentiel de l'expérimentation")
    expect(essentials).to_contain_text("UFSBD")
    expect(essentials).to_contain_text("Haute-Garonne (31)")
    expect(essentials).to_contain_text("17 EHPAD")
    expect(essentials).to_contain_text("Terme connu : 30 septembre 2024, passé")
    expect(page.locator(".portal-join__answer")).to_have_text("Sans doute plus, à vérifier")
    assert axe(page) == []


def test_the_same_by_department_and_kind_of_actor(open_browser):
    page = open_browser()
    page.goto("/experimentations/")
    page.locator("summary", has_text="Département").click()
    page.locator("#plus-department").select_option("31")
    page.wait_for_url(re.compile(r"department=31"))
    page.locator("summary", has_text="Qui peut y prendre part").click()
    page.locator("#plus-actor_type").select_option("ehpad")
    page.wait_for_url(re.compile(r"actor_type=ehpad"))
    expect(page.get_by_role("link", name=ORALIEN)).to_be_visible()


def test_the_map_is_walked_at_the_keyboard_and_filters(open_browser, keyboard, axe):
    press, tab_to = keyboard
    page = open_browser()
    page.goto("/experimentations/")
    assert axe(page) == []
    tab_to(page, ".portal-map a[aria-label^='La Réunion']")
    press(page, "Enter")
    page.wait_for_url(re.compile(r"region=04"))
    expect(heading(page)).to_have_text("1 expérimentation")
    expect(page.get_by_role("link", name="Retirer le filtre La Réunion")).to_be_visible()
    page.locator("summary", has_text="Carte des régions").click()
    chosen = page.locator(".portal-map a[aria-current]")
    expect(chosen).to_have_attribute("aria-label", re.compile("région choisie"))
    assert axe(page) == []
    page.get_by_role("link", name="La Réunion", exact=True).last.click()
    page.wait_for_url(lambda address: "region" not in address)


def test_a_box_changes_the_list_and_the_map_in_place(open_browser):
    page = open_browser()
    page.goto("/experimentations/")
    stay(page)
    page.locator("#joining-no").check()
    page.wait_for_url(re.compile(r"joining=no"))
    expect(heading(page)).to_have_text(re.compile(r"^\d expérimentations$"))
    count = int(heading(page).inner_text().split()[0])
    assert len(titles(page)) == count
    assert int(page.locator(".portal-map a[aria-label^='Occitanie'] text").text_content()) <= count
    assert parameters(page) == {"joining=no"}
    assert stayed(page)


def test_without_scripts_words_facets_and_the_map_find_the_same(open_browser):
    page = open_browser(javascript=False)
    page.goto("/experimentations/")
    page.get_by_label("Sujet, nom, porteur, lieu").fill("ufsbd")
    page.get_by_role("button", name="Appliquer les filtres").click()
    assert titles(page) == [ORALIEN]
    page.locator("summary", has_text="Carte des régions").click()
    page.locator(".portal-map a[aria-label^='Occitanie']").locator("text").click(force=True)
    page.wait_for_url(re.compile(r"region=76"))
    assert titles(page) == [ORALIEN]


@pytest.mark.parametrize("slug", ["oralien", "home-toulouse", "lymphorac"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_a_page_fits_and_says_the_answer_first(slug, scheme, open_browser, axe):
    page = open_browser(375, scheme=scheme)
    page.goto(f"/experimentations/{slug}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    expect(page.locator(".portal-join__answer")).to_be_visible()
    assert axe(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_list_and_its_map_fit(scheme, open_browser, axe):
    page = open_browser(375, scheme=scheme)
    page.goto("/experimentations/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert axe(page) == []


def test_from_a_diagnostic_to_an_experiment_near(open_browser, axe):
    page = open_browser()
    page.goto("/diagnostic/resultats/?actor_type=ehpad&region=76&department=31")
    section = page.locator("section[aria-labelledby=experimentations]")
    expect(section.get_by_role("heading")).to_contain_text("Rejoindre une expérimentation près de chez vous")
    expect(section.locator("li").first).to_contain_text("À vérifier")
    section.locator("li").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/experimentations/[a-z0-9-]+/$"))


def test_what_was_learnt_is_chosen_and_leads_back_to_the_experiment(open_browser, axe):
    page = open_browser()
    page.goto("/retours-d-experience/")
    assert axe(page) == []
    page.get_by_label("Nature").select_option("evaluation")
    page.get_by_role("button", name="Afficher", exact=True).click()
    page.wait_for_url(re.compile("kind=evaluation"))
    page.locator("article a[href^='/experimentations/']").first.click()
    expect(page.get_by_role("heading", level=2, name="Peut-on la rejoindre ?")).to_be_visible()
