"""A curator looks at what a group of synonyms would change before it is saved, with scripts and without."""

import pytest
from playwright.sync_api import expect

from levers.models import Synonym


@pytest.mark.parametrize("javascript", [True, False])
def test_a_curator_previews_a_group_corrects_it_and_saves_it_from_there(javascript, open_browser, through_the_door):
    page = open_browser(1280, javascript=javascript)
    page.goto("/admin/levers/synonym/add/")
    through_the_door(page).wait_for_url("**/admin/levers/synonym/add/")
    page.get_by_label("Expressions").fill("robotique\nandroïdes")
    page.get_by_label("Pourquoi").fill("On tape l'un, on écrit l'autre.")
    page.get_by_role("button", name="Voir ce que cela changerait").click()

    expect(page.get_by_role("heading", name="Ce que ce groupe changerait")).to_be_visible()
    expect(page.locator("#apercu caption").nth(1)).to_contain_text("« androïdes »")
    expect(page.get_by_label("Pourquoi")).to_have_value("On tape l'un, on écrit l'autre.")
    count = Synonym.objects.count()

    page.get_by_role("link", name="Modifier", exact=True).click()
    expect(page.get_by_label("Expressions")).to_be_focused()
    page.get_by_label("Expressions").fill("robotique\nautomates")
    page.get_by_role("button", name="Voir ce que cela changerait").click()
    expect(page.locator("#apercu caption").nth(1)).to_contain_text("« automates »")
    assert Synonym.objects.count() == count

    page.get_by_role("button", name="Enregistrer", exact=True).first.click()
    expect(page.locator("ul.messagelist li.success")).to_be_visible()
    assert Synonym.objects.get(slug="robotique").expression_list == ["robotique", "automates"]
