"""Searching in one's own words, slips included, and what happens when nothing is found."""

import pytest
from playwright.sync_api import expect

from levers.models import SearchWithoutResult

STATES = [
    "/leviers/?q=subvantion inovation ehpad guadloupe",
    "/leviers/?q=projet de télésurveillance&audience=industrie&nature=appel&nature=subvention&region=94&region=01"
    "&status=permanent&actor_type=ehpad&sort=title",
    "/leviers/?q=télésurveillance&nature=commande-publique&status=ended&region=01",
    "/leviers/?q=xylophone",
]


def kept() -> dict[str, int]:
    return dict(SearchWithoutResult.objects.values_list("text", "times"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_nothing_on_any_state_of_a_search(width, scheme, open_browser, axe):
    page = open_browser(width, scheme=scheme)
    found = {}
    for address in STATES:
        page.goto(address)
        if against := axe(page):
            found[address] = against
    assert found == {}


def test_a_search_from_the_header_of_any_page_finds_levers(open_browser, axe):
    page = open_browser(375)
    page.goto("/accessibilite/")
    page.get_by_role("searchbox", name="Rechercher un levier").fill("télésurveillance")
    page.keyboard.press("Enter")
    page.wait_for_url("**/leviers/?q=**")
    expect(page.locator("#resultats")).to_contain_text("pour « télésurveillance »")
    expect(page.locator("#q")).to_have_value("télésurveillance")
    assert axe(page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_slips_are_forgiven_told_and_shown(javascript, open_browser):
    page = open_browser(375, javascript=javascript)
    page.goto("/")
    page.get_by_role("searchbox", name="Rechercher un levier").fill("SUBVANTION inovation ehpad guadloupe")
    page.keyboard.press("Enter")
    page.wait_for_url("**/leviers/?q=**")
    expect(page.get_by_text("Résultats pour « subvention », « innovation », « guadeloupe ».")).to_be_visible()
    first = page.locator("li.portal-card").first
    expect(first.locator("h2")).to_contain_text("(FIR)")
    expect(first.locator("h2 mark")).to_have_text("Subvention")
    expect(first.get_by_text("Dans la fiche : innovation, ehpad, guadeloupe")).to_be_visible()


def test_a_search_that_finds_nothing_is_reported_by_itself_once(open_browser):
    page = open_browser()
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto("/leviers/?q=xylophone")
    expect(page.get_by_text("Merci : cette recherche est signalée")).to_be_visible()
    expect(page.get_by_role("button", name="Signaler cette recherche")).to_have_count(0)
    assert page.url.endswith("/leviers/?q=xylophone")
    expect(page.locator("#resultats")).to_have_text("Aucun levier pour « xylophone »")
    page.locator("summary", has_text="Demander à l'agence").click()
    expect(page.get_by_text("Bretagne")).to_be_visible()
    assert len(sent) == 1
    assert kept() == {"xylophone": 1}


def test_it_is_reported_as_well_when_it_was_typed_in_the_panel(open_browser):
    page = open_browser()
    page.goto("/leviers/")
    page.locator("#q").fill("xylophone")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Merci : cette recherche est signalée")).to_be_visible()
    expect(page.locator("#resultats")).to_be_focused()
    assert kept() == {"xylophone": 1}
    page.go_back()
    expect(page.locator("#resultats")).to_have_text("12 leviers")


def test_it_is_reported_by_its_button_without_javascript(open_browser):
    page = open_browser(375, javascript=False)
    page.goto("/leviers/?q=xylophone")
    assert kept() == {}
    page.get_by_role("button", name="Signaler cette recherche").click()
    page.wait_for_url("**/recherche-sans-resultat/")
    expect(page.get_by_text("Merci : cette recherche est signalée")).to_be_visible()
    assert kept() == {"xylophone": 1}


def test_a_search_that_filters_alone_empty_is_not_reported(open_browser):
    page = open_browser()
    page.goto("/leviers/?q=télésurveillance&nature=commande-publique&status=ended")
    page.get_by_role("link", name="Retirer « Situation : Terminé »").click()
    expect(page.locator("#resultats")).to_have_text("1 levier pour « télésurveillance »")
    assert kept() == {}


@pytest.mark.parametrize("javascript", [True, False])
def test_a_search_that_finds_nothing_gives_ways_out(javascript, open_browser):
    page = open_browser(375, javascript=javascript)
    page.goto("/leviers/?q=xylophone")
    expect(page.get_by_text("Rien ne correspond à ces mots")).to_be_visible()
    page.get_by_role("link", name="téléphone", exact=True).click()
    expect(page.locator("#resultats")).to_contain_text("pour « téléphone »")
    expect(page.locator("li.portal-card").first).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Voir tous les leviers").click()
    expect(page.locator("#resultats")).to_have_text("12 leviers")
