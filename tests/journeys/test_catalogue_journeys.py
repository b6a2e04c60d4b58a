"""Looking for a lever: filters, a sheet, and back."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("javascript", [True, False])
def test_a_visitor_filters_takes_a_filter_away_opens_a_sheet_and_comes_back(javascript, open_browser):
    page = open_browser(1280, javascript=javascript)
    page.goto("/leviers/")
    count = page.locator("#resultats")
    expect(count).to_have_text("12 leviers")
    page.locator("label", has_text="Industrie de santé").click()
    page.get_by_role("heading", name="Nature du levier").click()
    page.locator("label", has_text="Appel à projets").click()
    page.get_by_role("button", name="Appliquer les filtres").click()
    expect(count).to_have_text("3 leviers")
    assert {"audience=industrie", "nature=appel"} <= set(page.url.split("?")[1].split("&"))

    page.get_by_role("link", name="Retirer le filtre Appel à projets ou à candidatures").click()
    expect(count).not_to_have_text("3 leviers")
    filtered, words = page.url, count.inner_text()
    assert "nature" not in filtered
    expect(page.get_by_label(re.compile("^Industrie de santé"))).to_be_checked()

    card = page.locator("article.portal-card h2 a").nth(1)
    title = card.inner_text()
    card.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.go_back()
    assert page.url == filtered
    expect(count).to_have_text(words)
    expect(page.get_by_label(re.compile("^Industrie de santé"))).to_be_checked()


def test_a_search_from_the_header_of_any_page_finds_levers(open_browser, axe):
    page = open_browser(375)
    page.goto("/accessibilite/")
    page.get_by_role("searchbox", name="Rechercher un levier").fill("télésurveillance")
    page.keyboard.press("Enter")
    page.wait_for_url("**/leviers/?q=**")
    expect(page.locator("#resultats")).to_contain_text("pour « télésurveillance »")
    expect(page.locator("#q")).to_have_value("télésurveillance")
    assert axe(page) == []


def test_a_search_that_finds_nothing_gives_a_way_out(open_browser):
    page = open_browser(375)
    page.goto("/leviers/?q=zzzz")
    expect(page.get_by_text("Rien ne correspond à tous ces choix")).to_be_visible()
    page.get_by_role("link", name="Voir tous les leviers").click()
    expect(page.locator("#resultats")).to_have_text("12 leviers")


def test_the_list_can_be_taken_away_as_a_table(open_browser):
    page = open_browser(1280)
    page.goto("/leviers/?nature=appel")
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger cette liste (CSV)").click()
    assert download.value.suggested_filename == "leviers.csv"
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Levier;")
    assert sum("/leviers/" in line for line in lines) == 3


def test_the_contents_of_a_sheet_lead_to_its_parts(open_browser):
    page = open_browser(1280)
    page.goto("/leviers/article-51/")
    contents = page.get_by_role("navigation", name="Dans cette fiche")
    for name, identifier in (("Déposer", "deposer"), ("Sources", "sources"), ("Puis-je le porter ?", "qui")):
        contents.get_by_role("link", name=name, exact=True).click()
        expect(page.locator(f"#{identifier}")).to_be_in_viewport()
