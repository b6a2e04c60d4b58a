"""A curator changes a rule, and what visitors are told follows."""

import pytest
from playwright.sync_api import expect

from levers.models import Criterion
from tests import factories

PROFILE = "/diagnostic/resultats/?actor_type=ehpad&foreign_partner=true"


@pytest.fixture
def signed_in(open_browser, through_the_door):
    """Return a page in which the curator has signed in from the admin's door."""
    page = open_browser(1280)
    page.goto("/admin/")
    through_the_door(page).wait_for_url("**/admin/")
    return page


def verdict(page, slug: str) -> str:
    """Return the group in which the results put a lever."""
    page.goto(PROFILE)
    return page.locator(f"section:has(article a[href='/leviers/{slug}/']) > h2").get_attribute("id")


def test_a_curator_changes_a_criterion_and_the_verdict_follows(signed_in, open_browser):
    lever = factories.make_lever(slug="aide-de-test", title="Aide de test", position=1)
    criterion = factories.make_criterion(
        lever, label="Sans partenaire étranger", fact="foreign_partner", operator="is", values=[False]
    )
    visitor = open_browser(1280)
    assert verdict(visitor, "aide-de-test") == "not-eligible"

    page = signed_in
    page.goto(f"/admin/levers/criterion/{criterion.pk}/change/")
    expect(page.locator("#id_label")).to_have_value("Sans partenaire étranger")
    page.locator("#id_label").fill("Avec un partenaire étranger")
    page.locator("#id_values").fill("true")
    page.locator("input[name=_save]").click()
    expect(page.locator("ul.messagelist li.success")).to_be_visible()

    assert verdict(visitor, "aide-de-test") == "eligible"
    expect(visitor.get_by_text("Avec un partenaire étranger")).to_be_visible()
    assert Criterion.history.filter(id=criterion.pk).latest().history_user.email == "curation@exemple.invalid"


def test_a_rule_that_cannot_be_evaluated_is_refused_and_nothing_changes(signed_in, open_browser):
    lever = factories.make_lever(slug="aide-de-test", title="Aide de test", position=1)
    criterion = factories.make_criterion(lever, fact="foreign_partner", operator="is", values=[True])
    page = signed_in
    page.goto(f"/admin/levers/criterion/{criterion.pk}/change/")
    page.locator("#id_values").fill("peut-être")
    page.locator("input[name=_save]").click()
    expect(page.locator(".errornote")).to_be_visible()
    expect(page.locator("#id_values")).to_have_value("peut-être")
    assert verdict(open_browser(1280), "aide-de-test") == "eligible"


def test_a_curator_walks_through_the_admin_without_a_fault_of_the_browser(signed_in, catalogue):
    page = signed_in
    lever = catalogue["fir"]
    for address in (
        "/admin/",
        "/admin/levers/lever/",
        f"/admin/levers/lever/{lever.pk}/change/",
        "/admin/levers/criterion/?lever__id__exact=" + str(lever.pk),
        f"/admin/levers/criterion/{lever.criteria.first().pk}/history/",
        "/admin/actors/source/",
        "/admin/actors/agency/",
    ):
        assert page.goto(address).status == 200, address
        expect(page.locator("#content h1, #content-main").first).to_be_visible()


def test_somebody_without_a_part_in_curation_is_told_so(open_browser, applicant):
    page = open_browser(375)
    page.goto("/admin/levers/lever/")
    page.get_by_label("Adresse électronique").fill(applicant.email)
    page.get_by_label("Mot de passe").fill(factories.PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page.locator("main, #content").first).to_contain_text("autre compte")
