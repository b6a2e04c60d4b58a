"""From « I know nothing of this » to verdicts with their sources: by keyboard, on a phone, without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

SOURCE = re.compile(r"Source : .{10,}vérifié le \d+(er)? \w+ \d{4}", re.DOTALL)


def reasons(page: Page) -> list[str]:
    """Return the text of every reason, folded ones included."""
    return page.locator("li.portal-criterion").evaluate_all("rows => rows.map(row => row.textContent)")


def check_results(page: Page) -> None:
    """Check what every visitor must find in results."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos résultats")
    assert page.locator("article.portal-result").count() == 12
    texts = reasons(page)
    assert len(texts) > 40
    assert [text for text in texts if not SOURCE.search(text)] == []
    expect(page.get_by_text("La décision appartient à l'agence", exact=False).first).to_be_visible()


def test_a_care_home_in_guadeloupe_reaches_its_results_by_keyboard_alone(open_browser, keyboard, axe):
    press, tab_to = keyboard
    page = open_browser(1280)
    page.goto("/")
    tab_to(page, "main a[href='/diagnostic/']")
    press(page, "Enter")
    page.wait_for_url("**/diagnostic/")

    for selector, value in (("#id_actor_type", "ehpad"), ("#id_region", "01")):
        tab_to(page, selector)
        for _ in range(len(page.locator(f"{selector} option").all())):
            press(page, "ArrowDown")
            if page.locator(selector).input_value() == value:
                break
        assert page.locator(selector).input_value() == value
    tab_to(page, "form.portal-form button:not([formaction])")
    press(page, "Enter")
    page.wait_for_url("**ecran=vous**")
    expect(page.get_by_role("heading", level=2).filter(has_text="Votre projet en bref")).to_be_visible()
    assert axe(page) == []

    # From « Je ne sais pas », the right arrow goes round to « Oui », the left one to « Non ».
    for name, key, value in (
        ("digital_solution", "ArrowLeft", "false"),
        ("needs_derogation", "ArrowLeft", "false"),
        ("audience_60_plus", "ArrowRight", "true"),
    ):
        tab_to(page, f"input[name={name}]")
        press(page, key)
        assert page.locator(f"input[name={name}]:checked").get_attribute("value") == value
    tab_to(page, "form.portal-form button:not([formaction])")
    with page.expect_navigation():
        press(page, "Enter")

    for _ in range(20):
        page.wait_for_load_state()
        if "/resultats/" in page.url:
            break
        share = page.locator("#id_gir_5_6_share")
        if share.count():
            tab_to(page, "#id_gir_5_6_share")
            page.keyboard.type("40")
        tab_to(page, "form.portal-form button:not([formaction])")
        with page.expect_navigation():
            press(page, "Enter")
    assert "actor_type=ehpad" in page.url
    assert "region=01" in page.url
    assert "gir_5_6_share=40" in page.url
    check_results(page)
    expect(page.get_by_text("Votre réponse : part de personnes non dépendantes, 40 %")).to_have_count(1)
    assert axe(page) == []


def test_a_reason_is_unfolded_by_keyboard(open_browser, keyboard):
    press, tab_to = keyboard
    page = open_browser(1280)
    page.goto("/diagnostic/resultats/?actor_type=ehpad&region=01")
    folded = page.locator("#to-confirm ~ article details").first
    criterion = folded.locator("li.portal-criterion").first
    expect(criterion).to_be_hidden()
    tab_to(page, "#to-confirm ~ article summary")
    press(page, "Enter")
    expect(criterion).to_be_visible()
    press(page, " ")
    expect(criterion).to_be_hidden()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_start_up_in_ile_de_france_finds_its_levers_on_a_phone(javascript, open_browser, axe):
    page = open_browser(375, javascript=javascript)
    page.goto("/")
    page.get_by_role("link", name="Répondre aux questions (Je développe une solution)").click()
    page.get_by_label("Qui êtes-vous ?").select_option(label="Start-up (jeune entreprise innovante)")
    page.get_by_label("Dans quelle région se déroule le projet ?").select_option(label="Île-de-France")
    page.get_by_role("button", name="Continuer").click()

    screen = page.locator("main form.portal-form")
    screen.get_by_role("group", name=re.compile("solution numérique")).get_by_text("Oui", exact=True).click()
    purchase = screen.get_by_role("group", name=re.compile("achat public"))
    if purchase.count():
        purchase.get_by_text("Oui, je vends").click()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Suis-je concerné ?")
    if javascript:
        assert axe(page) == []

    page.get_by_role("link", name="Revenir à la question précédente").click()
    expect(page.get_by_role("heading", level=2).filter(has_text="2. Votre projet en bref")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Voir mes résultats maintenant").click()
    page.wait_for_url("**/diagnostic/resultats/**")
    for answer in ("actor_type=entreprise-start-up", "region=11", "digital_solution=true"):
        assert answer in page.url
    assert "ecran" not in page.url
    check_results(page)
    if javascript:
        assert axe(page) == []


def test_a_mistake_is_told_first_and_leads_to_its_field(open_browser, axe):
    page = open_browser(375)
    page.goto("/diagnostic/?actor_type=etablissement-sante-public&trl=12")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Il reste un point à corriger")
    summary.get_by_role("link").click()
    expect(page.locator("#id_trl")).to_be_focused()
    expect(page.locator("#id_trl")).to_have_value("12")
    assert axe(page) == []


def test_results_print_whole_and_without_what_only_works_on_a_screen(open_browser):
    page = open_browser(1280)
    page.goto("/diagnostic/resultats/?on=2020-10-01&actor_type=ehpad&region=01")
    page.emulate_media(media="print")
    for selector in ("header.fr-header", "footer.fr-footer", "nav.fr-breadcrumb", "#modifier"):
        expect(page.locator(selector)).to_be_hidden()
    heights = page.locator("li.portal-criterion").evaluate_all(
        "rows => rows.map(row => row.getBoundingClientRect().height)"
    )
    assert len(heights) > 40
    assert [height for height in heights if height < 10] == []
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_sheet_and_the_catalogue_print_their_content(open_browser):
    page = open_browser(1280)
    page.goto("/leviers/fir/")
    page.emulate_media(media="print")
    expect(page.locator("header.fr-header")).to_be_hidden()
    expect(page.locator("#etapes")).to_be_visible()
    expect(page.locator("#sources")).to_be_visible()
    page.emulate_media(media="screen")
    page.goto("/leviers/")
    page.emulate_media(media="print")
    expect(page.locator("li.portal-card")).to_have_count(12)
    expect(page.locator("li.portal-card").first).to_be_visible()
    expect(page.locator(".portal-facets")).to_be_hidden()


def test_an_address_that_was_shared_says_that_the_rules_have_changed(open_browser, axe):
    page = open_browser(1280)
    page.goto("/diagnostic/resultats/?on=2020-06-15&actor_type=etablissement-sante-public&region=11")
    expect(page.get_by_role("heading", name="Les règles ont changé depuis le 15 juin 2020")).to_be_visible()
    page.get_by_role("link", name="Voir les résultats d'aujourd'hui").click()
    expect(page.get_by_text("ce n'est pas aujourd'hui")).to_have_count(0)
    assert axe(page) == []
