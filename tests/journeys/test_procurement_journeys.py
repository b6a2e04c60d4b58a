"""Which procedure, as a supplier and a buyer find it: by keyboard, on a phone, without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

HOSPITAL = "Hôpital public, EHPAD public, groupement (GCS, GIP, GRADeS), collectivité"


def cells(page, row: str) -> list[str]:
    """Return the first word under each period, in the row of a procedure."""
    found = page.get_by_role("row", name=row).get_by_role("cell").all_inner_texts()
    return [text.split(".")[0] for text in found]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_supplier_finds_what_a_hospital_may_use_on_both_days_and_why_65_000_euros_changes_nothing(
    javascript, open_browser, axe
):
    page = open_browser(375, javascript=javascript)
    page.goto("/")
    page.get_by_role("button", name="Menu").click()
    page.locator("#menu").get_by_role("link", name="Commande publique").click()
    page.get_by_label("Valeur du besoin, hors taxes, en euros").fill("55 000")
    page.get_by_text(HOSPITAL).click()
    page.get_by_label("À quelle date ?").fill("2026-03-31")
    page.get_by_role("button", name="Voir les procédures").click()

    expect(page.locator("#reponse")).to_have_text(re.compile(r"55\s000\s€ : procédure adaptée"))
    assert cells(page, "Achat libre") == ["Non", "Non", "Oui"]
    if javascript:
        assert axe(page) == []
    page.get_by_role("link", name="du 1er avril 2026 au 31 décembre 2027").click()
    expect(page.locator("#reponse")).to_have_text(re.compile(r"55\s000\s€ : achat libre ou procédure adaptée"))

    page.get_by_text("Changer le besoin ou la date").click()
    page.get_by_label("Valeur du besoin, hors taxes, en euros").fill("65 000,00")
    page.get_by_role("button", name="Voir les procédures").click()
    expect(page.locator("#reponse")).to_have_text(re.compile(r"65\s000\s€ : procédure adaptée"))
    assert cells(page, "Achat libre") == ["Non", "Non", "Pas de réponse sûre"]
    expect(page.get_by_text(re.compile(r"rien ne change : 65\s000\s€ n'est en dessous ni de"))).to_be_visible()


def test_a_buyer_answers_the_form_by_keyboard_alone(open_browser, keyboard, axe):
    press, tab_to = keyboard
    page = open_browser(1280)
    page.goto("/commande-publique/?on=2026-06-01")
    assert axe(page) == []
    tab_to(page, "#id_amount")
    page.keyboard.type("95000")
    tab_to(page, "input[name=buyer_type]")
    press(page, " ")
    assert page.locator("input[name=buyer_type]:checked").get_attribute("value") == "other-public"
    tab_to(page, "input[name=innovative]")
    press(page, "ArrowUp")
    assert page.locator("input[name=innovative]:checked").get_attribute("value") == "true"
    tab_to(page, "form.portal-form button")
    press(page, "Enter")
    page.wait_for_url("**amount=95000**")
    expect(page.locator("#reponse")).to_have_text(re.compile("achat innovant ou procédure adaptée"))
    assert axe(page) == []


def test_a_mistake_leads_to_its_field(open_browser, axe):
    page = open_browser(375, scheme="dark")
    page.goto("/commande-publique/")
    page.get_by_label("Valeur du besoin, hors taxes, en euros").fill("beaucoup")
    page.get_by_role("button", name="Voir les procédures").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Il reste 2 points à corriger")
    summary.get_by_role("link").first.click()
    expect(page.locator("#id_amount")).to_be_focused()
    expect(page.locator("#id_amount")).to_have_value("beaucoup")
    assert axe(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_is_named_and_its_texts_stand_out_from_the_ground(scheme, open_browser):
    page = open_browser(1280, scheme=scheme)
    page.goto("/commande-publique/?amount=55000&buyer_type=other-public&on=2026-03-31")
    picture = page.get_by_role("img", name="Seuils des fournitures et services, en euros hors taxes")
    expect(picture).to_be_visible()
    told = page.evaluate(
        """() => {
          const light = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number); return (r + g + b) / 3 };
          const ground = light(getComputedStyle(document.body).backgroundColor);
          const words = [...document.querySelectorAll('.portal-chart text')].map(t => light(getComputedStyle(t).fill));
          const lines = [...document.querySelectorAll('.portal-chart__line path')].map(p => getComputedStyle(p));
          return {
            words: words.every(word => Math.abs(word - ground) > 90),
            lines: lines.every(line => Math.abs(light(line.stroke) - ground) > 60),
            dashes: new Set(lines.map(line => line.strokeDasharray)).size, count: lines.length,
          };
        }"""
    )
    assert told == {"words": True, "lines": True, "dashes": 4, "count": 4}


def test_from_the_diagnostic_to_the_procedure_and_back_to_the_sheet(open_browser):
    page = open_browser(1280)
    profile = "purchase_role=supplier&purchase_amount=55000&buyer_type=other-public"
    page.goto(f"/diagnostic/resultats/?on=2026-04-01&{profile}")
    page.get_by_role("link", name="Quelle procédure d'achat pour ce besoin ?").click()
    expect(page.locator("#reponse")).to_have_text(re.compile("achat libre ou procédure adaptée"))
    page.get_by_role("link", name=re.compile("^La fiche « Commande publique")).click()
    page.get_by_role("link", name="Quelle procédure d'achat ?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Commande publique"))
