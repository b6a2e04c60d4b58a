"""Choosing between levers: side by side, stage by stage, and documents to take away."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.pages.documents import Pdf

COMPARE = "/leviers/comparer/"
PROFILE = "actor_type=ehpad&region=76&needs_derogation=false"


@pytest.mark.parametrize("javascript", [True, False])
def test_somebody_who_hesitates_compares_two_levers_from_a_sheet(javascript, open_browser, axe):
    page = open_browser(375, javascript=javascript)
    page.goto("/leviers/fir/")
    page.get_by_role("link", name="Comparer avec d'autres leviers").click()
    expect(page.get_by_text("Un seul levier est choisi")).to_be_visible()
    page.get_by_text("Expérimentation « article 51 »").click()
    page.get_by_label("Vous êtes (facultatif)").select_option("ehpad")
    page.get_by_role("button", name="Comparer").click()
    page.wait_for_url("**levier=fir&levier=article-51**")
    expect(page.get_by_role("columnheader")).to_have_count(3)
    expect(page.get_by_role("row", name="Votre rôle").get_by_role("cell")).to_have_text(["Vous pouvez le porter"] * 2)
    if javascript:
        assert axe(page) == []


def test_the_table_is_read_by_keyboard_on_a_small_phone(open_browser, keyboard):
    press, tab_to = keyboard
    page = open_browser(320)
    page.goto(f"{COMPARE}?levier=fir&levier=article-51&levier=cpom&levier=tiga")
    tab_to(page, ".portal-compare")
    before = page.evaluate("document.activeElement.scrollLeft")
    press(page, *["ArrowRight"] * 5)
    page.wait_for_function("before => document.activeElement.scrollLeft > before", arg=before)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_on_paper_the_whole_table_is_there(open_browser):
    page = open_browser(1280)
    page.goto(f"{COMPARE}?levier=fir&levier=article-51&levier=cpom&levier=tiga")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1050, "height": 700})  # a sheet laid on its side
    over = page.evaluate(
        "(() => { const t = document.querySelector('.portal-compare'); return t.scrollWidth - t.clientWidth; })()"
    )
    assert over <= 0
    expect(page.get_by_role("button", name="Comparer")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_links_of_the_picture_are_named_and_reached_by_keyboard(scheme, open_browser, keyboard, axe):
    press, tab_to = keyboard
    page = open_browser(1280, scheme=scheme)
    page.goto(f"/leviers/parcours/?{PROFILE}")
    assert axe(page) == []
    tab_to(page, ".portal-pathway a")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    name = page.evaluate("document.activeElement.textContent")
    expect(page.get_by_role("group", name="Les leviers aux étapes d'un projet")).to_be_visible()
    press(page, "Enter")
    page.wait_for_url("**/leviers/*/")
    expect(page.get_by_role("navigation", name="Vous êtes ici")).to_contain_text(name)


def test_what_is_kept_is_told_apart_without_its_colour(open_browser):
    page = open_browser(1280)
    page.goto(f"/leviers/parcours/?{PROFILE}")
    weights = page.evaluate(
        """() => [...document.querySelectorAll('.portal-pathway__row')].map(row => [
          row.classList.contains('portal-pathway__row--kept'),
          getComputedStyle(row.querySelector('a text')).fontWeight,
          row.querySelector('.portal-pathway__note').textContent.split(' ')[0],
        ])"""
    )
    assert {tuple(one) for one in weights} == {(True, "700", "retenu"), (False, "400", "écarté")}


@pytest.mark.parametrize("javascript", [True, False])
def test_a_director_takes_the_roadmap_away(javascript, open_browser):
    page = open_browser(375, javascript=javascript)
    page.goto(f"/diagnostic/resultats/?{PROFILE}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger la feuille de route").click()
    assert download.value.suggested_filename.startswith("feuille-de-route-")
    pdf = Pdf(Path(download.value.path()).read_bytes())
    assert pdf.title == "Feuille de route de votre projet"
    assert "/diagnostic/resultats/?" in pdf.links()[0][0]


def test_from_the_results_to_the_pathway_and_the_comparison(open_browser, axe):
    page = open_browser(1280)
    page.goto(f"/diagnostic/resultats/?{PROFILE}")
    expect(page.locator("#parcours")).to_have_text("Votre parcours, étape par étape")
    page.get_by_role("link", name="Le même parcours en liste").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre parcours, de l'idée au déploiement")
    page.get_by_role("link", name="Revoir les résultats").click()
    page.locator("#suite ~ p").get_by_role("link", name="Comparer").click()
    expect(page.get_by_role("columnheader")).to_have_count(5)
    assert axe(page) == []
