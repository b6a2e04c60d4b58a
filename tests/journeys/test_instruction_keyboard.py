"""An officer without a mouse: every page of a desk and of a dossier walked with Tab, forms sent with Enter, what is
refused read first, filters and folded parts opened and left, nothing lost by the part that the list replaces."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from projects.engine.committing import row_of
from projects.engine.paying import instalments_of
from tests.dossier_factories import drive, fill, make_dossier
from tests.following.builders import amend, make_cast, plan, running

OF_A_DOSSIER = "messages recu affectation notes documents decision convention avenant avenant/contenu suivi preuve note"
OF_A_DESK = "saisir dossiers enveloppes calendrier absences grades"

STOP = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect();
  const drawn = (element, part) => {
    const style = getComputedStyle(element, part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  };
  // The browser draws the ring of a date on the part of it where one is.
  const rings = it.type === "date" || drawn(it) || [...(it.labels ?? [])].some((label) => drawn(label, "::before"));
  const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return { inMain: Boolean(it.closest("main")), isShown: rings && inSight, html: it.outerHTML.slice(0, 120) };
}"""
STOPS = """() => [...document.querySelectorAll(
  "main :is(a[href], button, input:not([type=hidden], [type=radio]), select, textarea, summary, [tabindex='0'])"
)].filter((one) => one.checkVisibility()).length"""
HERE = "() => document.activeElement.id || document.activeElement.getAttribute('role')"


@pytest.fixture
def cast(catalogue, live_server):
    """The people before the agency of Guadeloupe, with an amendment prepared on a dossier, and a first contact."""
    cast = make_cast("01")
    cast.dossier = running(cast)
    plan(cast, cast.dossier)
    drive(cast.dossier, "open-amendment", cast.officer)
    amend(cast, cast.dossier, *map(row_of, instalments_of(cast.dossier)), ends="2028-12-31", seen=(1, 0))
    cast.contact = fill(make_dossier(cast.owner, body=cast.body, organisation=cast.organisation))
    drive(cast.contact, "deposit", cast.owner)
    return cast


@pytest.fixture
def at_work(cast, open_browser, live_server):
    """Return a way to open a page of a width in which the officer has signed in."""

    def opened(width: int = 1280) -> Page:
        page, client = open_browser(width), Client()
        client.force_login(cast.officer)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return opened


def walked(page: Page) -> int:
    """Go through the content with Tab, and return how many stops there were; each is in sight, with its ring."""
    for stops in range(300):
        page.keyboard.press("Tab")
        here = page.evaluate(STOP)
        if not here["inMain"]:
            return stops
        assert here["isShown"], f"{page.url}: {here['html']}"
    raise AssertionError(f"{page.url} does not let go")


def test_every_page_is_walked_from_its_first_link_to_its_foot(cast, at_work):
    page = at_work()
    addresses = [f"/instruction/{cast.dossier.reference}/{name}/" for name in ("", *OF_A_DOSSIER.split())]
    addresses += [f"/instruction/{name}/" for name in OF_A_DESK.split()]
    for address in addresses:
        page.goto(address.replace("//", "/"))
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Contenu", exact=True)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_be_focused()
        assert walked(page) >= page.evaluate(STOPS) > 0, address


def test_a_message_and_a_label_are_sent_with_enter(cast, at_work, keyboard):
    press, tab_to = keyboard
    page = at_work()
    page.goto(f"/instruction/{cast.contact.reference}/messages/")
    tab_to(page, "textarea")
    page.keyboard.type("Quand êtes-vous disponible ?")
    press(page, "Tab", "Enter")
    expect(page.locator("main")).to_contain_text("Quand êtes-vous disponible ?")
    page.goto(f"/instruction/{cast.contact.reference}/notes/")
    tab_to(page, "[name=name]")
    page.keyboard.type("À revoir")
    press(page, "Enter")
    expect(page.get_by_role("button", name="Retirer")).to_be_visible()


def test_what_is_refused_is_read_first_and_each_point_leads_to_its_field(cast, at_work, keyboard, axe):
    press, tab_to = keyboard
    page = at_work()
    page.goto(f"/instruction/{cast.dossier.reference}/avenant/contenu/")
    tab_to(page, "[name=ligne-1-amount]")
    press(page, "Control+a")
    page.keyboard.type("mille")
    press(page, "Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("L'avenant n'est pas enregistré")
    press(page, "Tab", "Enter")
    expect(page.locator("[name=ligne-1-amount]")).to_be_focused()
    expect(page.locator("[name=ligne-1-amount]")).to_have_value("mille")
    assert page.title().startswith("Erreur : ")
    assert axe(page) == []
    page.goto("/instruction/absences/")
    tab_to(page, "main button[type=submit]")
    press(page, "Enter")
    expect(page.get_by_role("alert")).to_be_focused()


def test_on_a_telephone_folded_pages_filters_and_menu_open_and_close(cast, at_work, keyboard):
    press, tab_to = keyboard
    page = at_work(375)
    page.goto(f"/instruction/{cast.dossier.reference}/preuve/")
    tab_to(page, ".portal-tabs summary")
    press(page, "Enter")
    expect(page.locator(".portal-tabs details")).to_have_attribute("open", "")
    page.goto("/instruction/dossiers/")
    for button, panel in ((".portal-menu-button", "#menu"), (".portal-facets-button", "#filtres")):
        tab_to(page, button)
        press(page, "Enter")
        expect(page.locator(panel)).to_be_visible()
        press(page, "Tab", "Escape")
        expect(page.locator(panel)).to_be_hidden()
        expect(page.locator(button)).to_be_focused()


@pytest.mark.parametrize("address", ["dossiers", "tableau"])
def test_a_filter_keeps_its_place_and_what_was_found_is_told(address, cast, at_work, keyboard):
    press, tab_to = keyboard
    page = at_work()
    page.goto(f"/instruction/{address}/")
    page.wait_for_load_state()
    tab_to(page, "#choix summary")
    if page.locator("#choix details").first.get_attribute("open") is None:
        press(page, "Enter")
    tab_to(page, "#choix [type=checkbox], #choix select, #choix [type=radio]")
    kept = page.evaluate(HERE)
    press(page, "Space")
    expect(page.locator("#annonce")).not_to_be_empty()
    assert page.evaluate(HERE) == kept
