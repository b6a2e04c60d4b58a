"""Looking for a lever with filters: without loading the page again where scripts run, with a button where not."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.conftest import PATIENCE

INDUSTRY = re.compile("^Industrie de santé")
CALLS = re.compile("^Appel à projets")


def heading(page: Page):
    return page.locator("#resultats")


def titles(page: Page) -> list[str]:
    return page.locator("li.portal-card h2").all_inner_texts()


def parameters(page: Page) -> set[str]:
    return set(page.url.partition("?")[2].split("&")) - {""}


def unfold(page: Page, facet: str) -> None:
    page.locator("summary", has_text=facet).click()


def stay(page: Page) -> None:
    """Leave a mark that loading a page takes away."""
    page.evaluate("window.stayed = true")


def stayed(page: Page) -> bool:
    return page.evaluate("window.stayed === true")


def asked(page: Page) -> list[str]:
    """Return the list, kept up to date, of what scripts ask the server."""
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url) if request.resource_type == "xhr" else None)
    return addresses


@pytest.fixture
def long_list(catalogue):
    """Add thirty levers to the real ones: three pages."""
    return [factories.make_lever(title=f"Aide locale {number:02d}", position=1000 + number) for number in range(30)]


@pytest.fixture
def phone(chromium, live_server, watch, catalogue):
    """Return a page on a phone that is touched; what it says against us fails the test."""
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 375, "height": 700}, has_touch=True, locale="fr-FR"
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    watch.follow(page)
    yield page
    context.close()
    assert watch.problems == []


# --- Filters, with scripts ------------------------------------------------------


def test_a_box_changes_the_list_and_nothing_else_of_the_page(open_browser, keyboard, axe):
    press, tab_to = keyboard
    page = open_browser()
    page.goto("/leviers/")
    expect(heading(page)).to_have_text("12 leviers")
    expect(page.locator("#annonce")).to_have_text("")
    stay(page)
    unfold(page, "Nature du levier")
    tab_to(page, "#nature-appel")
    press(page, " ")
    expect(heading(page)).to_have_text("3 leviers")
    assert len(titles(page)) == 3
    assert parameters(page) == {"nature=appel"}
    expect(page.get_by_role("status").filter(has_text="3 leviers")).to_have_id("annonce")
    expect(page.locator("#nature-appel")).to_be_focused()
    expect(page.locator("#nature-appel")).to_be_checked()
    expect(page).to_have_title(re.compile(r"^3 leviers d'innovation"))

    unfold(page, "Situation")
    tab_to(page, "#audience-industrie", key="Shift+Tab")
    press(page, " ")
    page.wait_for_url("**audience=industrie**")
    assert parameters(page) == {"nature=appel", "audience=industrie"}
    expect(page.locator("#audience-industrie")).to_be_focused()
    opened = page.locator("#choix details[open] > summary").all_inner_texts()
    assert opened == ["Vous êtes", "Nature du levier", "Situation"]
    assert stayed(page)
    assert axe(page) == []


def test_a_value_is_taken_from_a_drop_down_list(open_browser):
    page = open_browser()
    page.goto("/leviers/")
    stay(page)
    unfold(page, "Région")
    choice = page.locator("#plus-region")
    choice.focus()
    choice.select_option("94")
    expect(page.get_by_label(re.compile("^Corse"))).to_be_checked()
    expect(choice).to_have_value("")
    expect(choice).to_be_focused()
    page.locator("#plus-region").select_option("01")
    expect(page.get_by_label(re.compile("^Guadeloupe"))).to_be_checked()
    assert parameters(page) == {"region=94", "region=01"}
    page.locator("#region-94").press(" ")
    expect(page.locator("#region-94")).to_have_count(0)
    expect(page.locator("summary", has_text="Région")).to_be_focused()
    assert parameters(page) == {"region=01"}
    assert stayed(page)


@pytest.mark.parametrize("end", ["Tab", "Enter"])
def test_what_the_arrows_pass_over_in_a_drop_down_list_is_not_chosen(end, open_browser, keyboard):
    press, tab_to = keyboard
    page = open_browser()
    page.goto("/leviers/")
    requests = asked(page)
    unfold(page, "Région")
    tab_to(page, "#plus-region")
    third = page.locator("#plus-region option").nth(3).get_attribute("value")
    press(page, "ArrowDown", "ArrowDown", "ArrowDown", end)
    expect(page.locator(f"#region-{third}")).to_be_checked()
    assert parameters(page) == {f"region={third}"}
    assert len(requests) == 1


def test_two_boxes_ticked_at_once_both_count(open_browser):
    page = open_browser()
    page.goto("/leviers/?nature=appel")
    page.evaluate("for (const id of ['audience-industrie', 'nature-subvention']) document.getElementById(id).click()")
    page.wait_for_url("**nature=subvention**")
    assert parameters(page) == {"nature=appel", "audience=industrie", "nature=subvention"}
    expect(page.locator("#choix input:checked")).to_have_count(3)


def test_the_order_is_chosen_without_loading_the_page(open_browser):
    page = open_browser()
    page.goto("/leviers/?audience=industrie")
    before = titles(page)
    stay(page)
    expect(page.get_by_role("button", name="Trier")).to_be_hidden()
    page.get_by_label("Trier par").select_option("title")
    page.wait_for_url("**sort=title**")
    expect(page.locator("li.portal-card h2").first).not_to_have_text(before[0])
    assert sorted(titles(page)) == sorted(before)
    assert parameters(page) == {"audience=industrie", "sort=title"}
    expect(page.get_by_label("Trier par")).to_have_value("title")
    assert stayed(page)


def test_a_search_from_the_panel_leads_to_what_it_found(open_browser, keyboard):
    press, _ = keyboard
    page = open_browser()
    page.goto("/leviers/?audience=industrie")
    stay(page)
    page.locator("#q").fill("cooperation hospitaliere")
    press(page, "Enter")
    expect(heading(page)).to_contain_text("pour « cooperation hospitaliere »")
    expect(heading(page)).to_be_focused()
    assert stayed(page)
    assert "audience=industrie" in parameters(page)
    expect(page.locator(".portal-card__found").first).to_be_visible()


def test_the_same_search_again_is_no_step_back(open_browser):
    page = open_browser()
    page.goto("/leviers/")
    requests = asked(page)
    page.locator("#q").fill("TIGA")
    for _ in range(3):
        with page.expect_response("**/leviers/?q=TIGA"):
            page.get_by_role("button", name="Appliquer les filtres").click()
        expect(heading(page)).to_be_focused()
    assert len(requests) == 3
    page.go_back()
    expect(heading(page)).to_have_text("12 leviers")
    assert parameters(page) == set()


def test_a_tag_takes_its_filter_away(open_browser):
    page = open_browser()
    page.goto("/leviers/")
    page.get_by_label(INDUSTRY).check()
    unfold(page, "Nature du levier")
    page.get_by_label(CALLS).check()
    expect(heading(page)).to_have_text("3 leviers")
    page.get_by_role("link", name="Retirer le filtre Appel à projets ou à candidatures").click()
    expect(heading(page)).to_have_text("10 leviers")
    assert parameters(page) == {"audience=industrie"}
    expect(page.get_by_label(INDUSTRY)).to_be_checked()
    expect(page.locator("#nature-appel")).not_to_be_checked()


def test_back_forward_and_reload_give_the_list_the_ticks_and_the_text_of_the_address(open_browser, keyboard):
    press, _ = keyboard
    page = open_browser()
    page.goto("/leviers/")

    def see(total: str, ticks: list[str], text: str) -> None:
        expect(heading(page)).to_have_text(total)
        expect(page.locator("#choix input:checked")).to_have_count(len(ticks))
        for tick in ticks:
            expect(page.locator(f"#{tick}")).to_be_checked()
        expect(page.locator("#q")).to_have_value(text)
        assert page.locator("li.portal-card").count() == int(total.split()[0])

    page.get_by_label(INDUSTRY).check()
    expect(heading(page)).to_have_text("10 leviers")
    unfold(page, "Nature du levier")
    page.get_by_label(CALLS).check()
    expect(heading(page)).to_have_text("3 leviers")
    page.locator("#q").fill("TIGA")
    press(page, "Enter")
    last = ("1 levier pour « TIGA »", ["audience-industrie", "nature-appel"], "TIGA")
    see(*last)
    before = [("3 leviers", last[1], ""), ("10 leviers", ["audience-industrie"], ""), ("12 leviers", [], "")]
    for step in before:
        page.go_back()
        see(*step)
    for step in (*before[1::-1], last):
        page.go_forward()
        see(*step)
    page.reload()
    see(*last)
    page.locator("li.portal-card h2 a").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("TIGA")
    page.go_back()
    see(*last)


def test_a_filter_chosen_on_the_second_page_leads_to_the_first(open_browser, long_list):
    page = open_browser()
    page.goto("/leviers/")
    page.get_by_role("link", name="Page suivante").click()
    page.wait_for_url("**page=2**")
    unfold(page, "Nature du levier")
    page.get_by_label(re.compile("^Subvention")).check()
    expect(heading(page)).to_have_text("34 leviers")
    assert parameters(page) == {"nature=subvention"}
    expect(page.locator(".fr-pagination a[aria-current=page]")).to_have_text("1")
    page.get_by_role("link", name="Page suivante").click()
    page.wait_for_url("**page=2**")
    assert parameters(page) == {"nature=subvention", "page=2"}


def test_where_the_server_fails_the_browser_goes_there_itself(open_browser, watch):
    watch.expected = {500}
    page = open_browser()
    page.goto("/leviers/")
    page.route(
        "**/leviers/?**",
        lambda route: route.fulfill(status=500) if "hx-request" in route.request.headers else route.fallback(),
    )
    stay(page)
    page.get_by_label(INDUSTRY).check()
    page.wait_for_url("**audience=industrie**")
    expect(heading(page)).to_have_text("10 leviers")
    assert not stayed(page)
    assert [problem for problem in watch.problems if "Response Status Error Code 500" not in problem] == []
    watch.problems.clear()


# --- Filters, on a phone ----------------------------------------------------------


def test_the_filters_are_at_hand_in_mid_list_and_open_by_touch(phone):
    page = phone
    page.goto("/leviers/")
    panel, opens = page.locator("#filtres"), page.get_by_role("button", name="Filtrer")
    expect(panel).to_be_hidden()
    page.locator("li.portal-card").nth(6).scroll_into_view_if_needed()
    stay(page)
    expect(opens).to_be_in_viewport(ratio=1)
    opens.tap()
    expect(panel).to_be_visible()
    page.get_by_text(INDUSTRY).tap()
    expect(heading(page)).to_have_text("10 leviers")
    expect(panel).to_be_visible()
    apply = page.get_by_role("button", name="Appliquer les filtres")
    expect(apply).to_be_in_viewport(ratio=1)
    apply.tap()
    expect(panel).to_be_hidden()
    expect(heading(page)).to_be_focused()
    expect(heading(page)).to_be_in_viewport()
    expect(opens).to_have_text(re.compile(r"^Filtrer\s\(1\)$"))
    assert parameters(page) == {"audience=industrie"}
    assert stayed(page)
    opens.tap()
    page.get_by_role("button", name="Fermer").tap()
    expect(panel).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_filters_of_a_phone_open_and_close_by_keyboard(scheme, open_browser, keyboard, axe):
    press, tab_to = keyboard
    page = open_browser(375, scheme=scheme)
    page.goto("/leviers/")
    panel = page.locator("#filtres")
    tab_to(page, ".portal-facets-button", limit=15)
    press(page, "Enter")
    expect(panel).to_be_visible()
    assert axe(page) == []
    press(page, "Escape")
    expect(panel).to_be_hidden()
    expect(page.locator(".portal-facets-button")).to_be_focused()
    press(page, "Enter")
    tab_to(page, "#audience-industrie", limit=6)
    press(page, " ")
    expect(heading(page)).to_have_text("10 leviers")
    expect(page.locator("#audience-industrie")).to_be_focused()
    tab_to(page, "#filtres button[type=submit]", limit=60)
    press(page, "Enter")
    expect(panel).to_be_hidden()
    expect(heading(page)).to_be_focused()
    assert axe(page) == []


def test_the_panel_closes_and_the_way_out_is_shown_when_nothing_is_found(phone):
    page = phone
    page.goto("/leviers/")
    page.get_by_role("button", name="Filtrer").tap()
    page.locator("#q").fill("xylophone")
    page.get_by_role("button", name="Appliquer les filtres").tap()
    expect(page.locator("#filtres")).to_be_hidden()
    expect(heading(page)).to_have_text("Aucun levier pour « xylophone »")
    expect(heading(page)).to_be_focused()
    expect(page.get_by_text("Merci : cette recherche est signalée")).to_be_visible()
    assert parameters(page) == {"q=xylophone"}


# --- Filters, without scripts -------------------------------------------------------


def test_every_facet_opens_and_the_button_applies_without_javascript(open_browser):
    page = open_browser(javascript=False)
    page.goto("/leviers/")
    parts = page.locator("#choix details")
    assert parts.count() == 8
    for part in parts.all():
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        expect(part.locator("input, select").first).to_be_visible()
    page.get_by_text(INDUSTRY).click()
    page.locator("#plus-region").select_option("94")
    page.get_by_text(CALLS).first.click()
    page.get_by_role("button", name="Appliquer les filtres").click()
    page.wait_for_url("**/leviers/?**")
    expect(heading(page)).to_have_text("3 leviers")
    for tick in ("audience-industrie", "region-94", "nature-appel"):
        expect(page.locator(f"#{tick}")).to_be_checked()
    page.get_by_role("link", name="Retirer le filtre Industrie de santé").click()
    expect(page.locator("#audience-industrie")).not_to_be_checked()
    expect(page.locator("#region-94")).to_be_checked()
    assert parameters(page) == {"region=94", "nature=appel"}


def test_order_and_pages_work_without_javascript(open_browser, long_list):
    page = open_browser(javascript=False)
    page.goto("/leviers/?q=aide locale")
    page.get_by_label("Trier par").select_option("title")
    page.get_by_role("button", name="Trier").click()
    page.wait_for_url("**sort=title**")
    expect(page.locator("li.portal-card")).to_have_count(20)
    page.get_by_role("link", name="Page suivante").click()
    page.wait_for_url("**page=2**")
    assert parameters(page) == {"q=aide+locale", "sort=title", "page=2"}
    expect(page.get_by_label("Trier par")).to_have_value("title")


def test_the_filters_of_a_phone_open_and_apply_without_javascript(open_browser):
    page = open_browser(375, javascript=False)
    page.goto("/leviers/")
    expect(page.locator("#filtres")).to_be_hidden()
    page.get_by_role("button", name="Filtrer").click()
    page.get_by_text(INDUSTRY).click()
    page.get_by_role("button", name="Appliquer les filtres").click()
    page.wait_for_url("**audience=industrie**")
    expect(heading(page)).to_have_text("10 leviers")
    expect(page.locator("#filtres")).to_be_hidden()


# --- To a sheet and back, to a spreadsheet --------------------------------------------


@pytest.mark.parametrize("javascript", [True, False])
def test_a_visitor_opens_a_sheet_and_comes_back_to_the_same_list(javascript, open_browser):
    page = open_browser(javascript=javascript)
    page.goto("/leviers/")
    page.get_by_text(INDUSTRY).click()
    page.get_by_role("button", name="Appliquer les filtres").click()
    expect(heading(page)).to_have_text("10 leviers")
    filtered = page.url
    card = page.locator("li.portal-card h2 a").nth(1)
    title = card.inner_text()
    card.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.go_back()
    expect(heading(page)).to_have_text("10 leviers")
    assert page.url == filtered
    expect(page.get_by_label(INDUSTRY)).to_be_checked()


def test_the_list_can_be_taken_away_as_a_table(open_browser):
    page = open_browser()
    page.goto("/leviers/")
    unfold(page, "Nature du levier")
    page.get_by_label(CALLS).check()
    expect(heading(page)).to_have_text("3 leviers")
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
