"""Looking for a call: with scripts and without, as a list and as a month, at the keyboard, on a phone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import factories
from tests.journeys.test_catalogue_journeys import heading, parameters, stay, stayed, titles, unfold


@pytest.fixture
def soon(catalogue):
    """Add a call that closes in five days to the real ones; return its closing day."""
    today = timezone.localdate()
    day = today + timedelta(days=5)
    factories.make_call(
        slug="appel-presse",
        title="Appel pressé",
        events=[("opening", (today - timedelta(days=9)).isoformat()), ("closing", day.isoformat(), "12:00")],
    )
    return day


def test_a_box_changes_the_list_in_place_and_the_links_to_follow_it(open_browser, soon, keyboard, axe):
    press, tab_to = keyboard
    page = open_browser()
    page.goto("/appels/")
    stay(page)
    tab_to(page, "#status-closing-soon")
    press(page, " ")
    expect(heading(page)).to_have_text("1 appel")
    assert titles(page) == ["Appel pressé"]
    assert parameters(page) == {"status=closing-soon"}
    expect(page.locator("#annonce")).to_have_text("1 appel")
    expect(page.locator("#status-closing-soon")).to_be_focused()
    assert page.get_by_role("link", name="Dans votre agenda").get_attribute("href") == "/appels.ics?status=closing-soon"
    assert stayed(page)
    assert axe(page) == []


def test_the_month_keeps_the_filters_and_goes_back_and_forth(open_browser, soon, axe):
    page = open_browser()
    page.goto("/appels/?status=closing-soon")
    page.get_by_role("link", name="Voir par mois").click()
    page.goto(f"/appels/?status=closing-soon&view=month&month={soon:%Y-%m}")
    expect(page.locator(".portal-month").get_by_role("link", name="Appel pressé").last).to_be_visible()
    page.get_by_role("link", name="Mois suivant").click()
    expect(page.locator("h3").first).not_to_have_text(re.compile(f"{soon:%Y}.*1 date"))
    assert "status=closing-soon" in parameters(page)
    page.get_by_role("link", name="Voir la liste").click()
    expect(page.locator("li.portal-card h2")).to_have_text(["Appel pressé"])
    page.goto(f"/appels/?view=month&month={soon:%Y-%m}")
    unfold(page, "Nature de l'appel")
    page.get_by_label(re.compile("^Appel à projets")).check()
    page.wait_for_url(re.compile(r"[?&]nature=aap"))
    expect(page.locator(".portal-month")).to_be_visible()
    assert {"view=month", "nature=aap"} <= parameters(page)
    assert axe(page) == []


def test_from_the_list_to_the_call_and_its_dates_without_scripts(open_browser, soon):
    page = open_browser(javascript=False)
    page.goto("/appels/")
    page.get_by_label("Rechercher dans les appels").fill("presse")
    page.get_by_role("button", name="Appliquer les filtres").click()
    page.get_by_role("link", name="Appel pressé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Appel pressé")
    expect(page.locator(".fr-alert").first).to_contain_text("à 12\u00a0h (heure de Paris) compris")
    with page.expect_download() as download:
        page.get_by_role("link", name="Mettre ces dates dans mon agenda").click(modifiers=["Alt"])
    assert download.value.suggested_filename == "appel-presse.ics"


def test_on_a_phone_the_month_shows_only_the_days_that_matter(open_browser, soon, axe):
    page = open_browser(375)
    page.goto(f"/appels/?view=month&month={soon:%Y-%m}")
    shown = page.locator(".portal-month > li:visible")
    assert 0 < shown.count() < 28
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert axe(page) == []


def test_the_results_of_the_diagnostic_lead_to_the_open_calls(open_browser, soon, axe):
    page = open_browser()
    page.goto("/diagnostic/resultats/?actor_type=ehpad&region=76")
    page.get_by_role("link", name=re.compile("^Appels ouverts")).click()
    page.locator("#appels ~ ul").get_by_role("link", name="Appel pressé").click()
    expect(page).to_have_url(re.compile("/appels/appel-presse/$"))


def test_a_curator_publishes_a_call_and_every_way_to_see_it_follows(
    open_browser, catalogue, through_the_door, live_server
):
    call = factories.make_call(
        slug="tout-neuf", title="Appel tout neuf", publication="draft", deposit_title="Plateforme",
        events=[("opening", timezone.localdate().isoformat())],
    )  # fmt: skip
    page = open_browser()
    page.goto("/appels/?q=tout+neuf")
    expect(heading(page)).to_contain_text("Aucun appel")
    page.goto("/admin/")
    through_the_door(page).wait_for_url("**/admin/")
    page.goto(f"/admin/levers/call/?q={call.slug}")
    page.locator("input.action-select").check()
    page.locator("select[name=action]").select_option("publish")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator(".messagelist")).to_contain_text("Appel(s) publié(s) : Appel tout neuf.")
    page.goto("/appels/?q=tout+neuf")
    expect(heading(page)).to_contain_text("1 appel")
    for address in ("/appels.ics", "/appels.rss", "/api/v1/calls/?status=open", "/api/v1/matches/"):
        assert "Appel tout neuf" in page.request.get(address).text().replace("\r\n ", ""), address
