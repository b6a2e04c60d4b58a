"""Every public page, at both widths and in both colours: no fault, nothing that overflows, all by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.pages.addresses import FORMS, PAGES, PASSWORD_PAGES, READ

ONE_OF_EACH = [addresses[0] for addresses in (PAGES | FORMS | PASSWORD_PAGES).values()]
STATES = [address for address in READ if address not in ONE_OF_EACH]
"""Other states of the same pages: the other sheets, lists that were filtered, forms that were filled badly."""


def test_the_watch_sees_the_faults_it_is_there_for(open_browser, watch, axe):
    page = open_browser()
    page.goto("/plan-du-site/")
    assert axe(page) == []
    page.evaluate("document.querySelector('main').append(new Image())")
    assert [fault.split(":")[0] for fault in axe(page)] == ["image-alt"]
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {textContent: '1'}))")
    page.evaluate("console.warn('attention')")
    page.goto("/plan-du-site/?q=%C3%A9t%C3%A9")
    assert any("Content Security Policy" in problem for problem in watch.problems)
    assert "console: attention" in watch.problems
    watch.problems.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_nothing_on_any_page(width, scheme, open_browser, axe):
    page = open_browser(width, scheme=scheme)
    found = {}
    for address in ONE_OF_EACH:
        page.goto(address)
        if against := axe(page):
            found[address] = against
    assert found == {}


def test_axe_finds_nothing_on_the_other_states_of_the_pages(open_browser, axe):
    page = open_browser(375, scheme="dark")
    found = {}
    for address in STATES:
        page.goto(address)
        if against := axe(page):
            found[address] = against
    assert found == {}


def test_axe_finds_nothing_on_the_page_of_an_address_that_does_not_exist(open_browser, watch, axe):
    watch.expected = {404}
    page = open_browser(375)
    page.goto("/nulle-part/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cette page n'existe pas")
    assert axe(page) == []


def test_no_page_is_wider_than_a_small_phone(open_browser):
    page = open_browser(320)
    wide = {}
    for address in READ:
        page.goto(address)
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            wide[address] = over
    assert wide == {}


def test_the_menu_opens_and_closes_by_keyboard_on_a_phone(open_browser, keyboard, axe):
    press, tab_to = keyboard
    page = open_browser(375)
    page.goto("/")
    menu = page.locator("#menu")
    expect(menu).to_be_hidden()
    tab_to(page, "button.portal-menu-button")
    press(page, "Enter")
    expect(menu).to_be_visible()
    assert axe(page) == []
    tab_to(page, "#menu a[href='/leviers/']", limit=6)
    press(page, "Escape")
    expect(menu).to_be_hidden()
    expect(page.locator("button.portal-menu-button")).to_be_focused()
    press(page, "Enter")
    tab_to(page, "#menu a[href='/leviers/']", limit=6)
    press(page, "Enter")
    page.wait_for_url("**/leviers/")


def test_the_menu_opens_on_a_phone_without_javascript(open_browser):
    page = open_browser(375, javascript=False)
    page.goto("/")
    page.get_by_role("button", name="Menu").click()
    page.locator("#menu").get_by_role("link", name="Suis-je concerné ?").click()
    page.wait_for_url("**/diagnostic/")


def test_the_menu_opens_and_closes_by_keyboard_without_javascript(open_browser, keyboard):
    press, tab_to = keyboard
    page = open_browser(375, javascript=False)
    page.goto("/leviers/")
    menu, button = page.locator("#menu"), page.locator("button.portal-menu-button")
    tab_to(page, "button.portal-menu-button")
    press(page, "Enter")
    expect(menu).to_be_visible()
    tab_to(page, ".portal-menu__close", limit=3)
    press(page, "Space")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    press(page, "Enter", "Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.parametrize("address", ["/leviers/fir/", "/diagnostic/resultats/", "/sources/"])
def test_what_is_folded_opens_by_keyboard_without_javascript(address, open_browser, keyboard):
    press, tab_to = keyboard
    page = open_browser(375, javascript=False)
    page.goto(address)
    folded = page.locator("main details:not([open])")
    before = folded.count()
    assert before
    tab_to(page, "details:not([open]) > summary")
    press(page, "Enter")
    expect(folded).to_have_count(before - 1)


def test_the_display_is_chosen_by_keyboard_and_stays(open_browser, keyboard, axe):
    press, tab_to = keyboard
    page = open_browser(375)
    page.goto("/plan-du-site/")

    def background() -> str:
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    light = background()
    tab_to(page, "#theme")
    press(page, "ArrowDown", "ArrowDown")
    expect(page.locator("html")).to_have_attribute("data-fr-theme", "dark")
    assert background() != light
    page.goto("/leviers/")
    expect(page.locator("html")).to_have_attribute("data-fr-theme", "dark")
    expect(page.locator("#theme")).to_have_value("dark")
    tab_to(page, "#theme")
    press(page, "ArrowUp")
    expect(page.locator("html")).to_have_attribute("data-fr-theme", "light")
    assert background() == light
    assert axe(page) == []


def test_the_display_follows_the_device_without_javascript(open_browser):
    colours = set()
    for scheme in ("light", "dark"):
        page = open_browser(375, scheme=scheme, javascript=False)
        page.goto("/plan-du-site/")
        expect(page.locator("#theme")).to_be_hidden()
        colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(colours) == 2


def background(page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_who_goes_back_to_the_display_of_the_device_follows_it_again(open_browser):
    page = open_browser(1280)
    page.goto("/plan-du-site/")
    light = background(page)
    page.locator("#theme").select_option("dark")
    dark = background(page)
    page.locator("#theme").select_option("system")
    assert background(page) == light
    page.emulate_media(color_scheme="dark")
    assert background(page) == dark != light


def test_a_chosen_display_is_there_before_anything_is_painted(open_browser):
    page = open_browser(1280)
    page.goto("/plan-du-site/")
    page.locator("#theme").select_option("dark")
    page.add_init_script(
        "new MutationObserver((_, watcher) => { if (document.body) {"
        " window.themeAtFirst = document.documentElement.dataset.frTheme; watcher.disconnect() } })"
        ".observe(document, {childList: true, subtree: true})"
    )
    page.goto("/leviers/")
    assert page.evaluate("window.themeAtFirst") == "dark"


def test_who_refuses_storage_still_chooses_the_display_of_the_page(open_browser):
    page = open_browser(1280)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    )
    page.goto("/plan-du-site/")
    light = background(page)
    page.locator("#theme").select_option("dark")
    assert background(page) != light
    page.goto("/leviers/")
    assert background(page) == light


def test_on_paper_there_is_only_the_content_in_black_on_white(open_browser):
    page = open_browser(1280, scheme="dark")
    page.goto("/leviers/fir/")
    page.emulate_media(media="print")
    for furniture in (".fr-header", ".fr-footer", ".fr-breadcrumb", ".portal-page .fr-btn >> nth=0"):
        expect(page.locator(furniture)).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert background(page) == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('main p')).color") == "rgb(0, 0, 0)"


def test_on_paper_what_is_folded_is_open_and_closes_again(open_browser):
    page = open_browser(1280)
    page.goto("/leviers/fir/")
    folded = page.locator("main details:not([open])")
    before = folded.count()
    assert before
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(folded).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(folded).to_have_count(before)


@pytest.mark.parametrize("width", [375, 1280])
def test_the_first_key_offers_to_skip_to_the_content(width, open_browser, keyboard):
    press, _ = keyboard
    page = open_browser(width)
    page.goto("/leviers/")
    press(page, "Tab")
    skip = page.get_by_role("link", name="Contenu", exact=True)
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    press(page, "Enter")
    expect(page.locator("main")).to_be_focused()
    press(page, "Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_every_stop_of_the_keyboard_can_be_seen(open_browser, keyboard):
    press, _ = keyboard
    for width in (375, 1280):
        page = open_browser(width)
        page.goto("/leviers/")
        unseen = []
        for _ in range(60):
            press(page, "Tab")
            said = page.evaluate(
                """() => {
                  const here = document.activeElement;
                  const outlined = [getComputedStyle(here), getComputedStyle(here, '::before'), getComputedStyle(here, '::after')]
                    .some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0);
                  const label = here.labels?.[0] && getComputedStyle(here.labels[0], '::before').outlineStyle !== 'none';
                  const box = here.getBoundingClientRect();
                  return {seen: (outlined || label), name: here.outerHTML.slice(0, 120), body: here === document.body, size: box.width * box.height};
                }"""
            )
            if not said["body"] and not said["seen"]:
                unseen.append(said["name"])
        assert unseen == []
