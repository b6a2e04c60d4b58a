"""Somebody follows « Occitanie, EHPAD » by mail, from the list to the last click, and reads the mails of the demonstration."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from actors.models import ActorType, Region
from levers.alerts.schedule import FRANCE
from levers.models import Alert
from tests import factories

LIST = "/appels/?region=76&actor_type=ehpad"
MAILBOX = "/demonstration/messages/"


@pytest.fixture
def mailbox(settings, tmp_path, live_server):
    """Put the portal in demonstration, its mails in its own mailbox, its links at its own address."""
    settings.MODE = "demonstration"
    settings.SITE_URL = live_server.url
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mailbox"


def turn_the_clock(days: int) -> None:
    """Let the clock turn as it will some days from now, at eight."""
    at = (timezone.now() + timedelta(days=days)).astimezone(FRANCE).replace(hour=8, minute=0)
    call_command("clock", once=True, at=at.isoformat(), verbosity=0)


def follow_link_of_mail(page: Page, number: int, words: str) -> None:
    """Open, in a mail of the mailbox, the link whose address holds these words."""
    page.goto(MAILBOX)
    page.locator("article.portal-message").nth(number).locator(f"a[href*='{words}']").first.click()


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (375, False)])
def test_from_the_list_to_the_mails_and_to_the_end(width, javascript, open_browser, mailbox, axe):
    page = open_browser(width, javascript=javascript)
    page.goto(LIST)
    page.get_by_role("link", name="Par courriel").click()
    main = page.locator("main")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recevoir une alerte sur ces appels")
    expect(main).to_contain_text("Région : Occitanie")
    if javascript:
        assert axe(page) == []

    page.get_by_role("button", name="Recevoir le message de confirmation").click()
    page.get_by_label("Votre adresse électronique").fill("ada@exemple.invalid")
    page.get_by_label("Chaque jour").check()
    page.get_by_role("button", name="Recevoir le message de confirmation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Consultez votre messagerie")
    main.get_by_role("link", name="le message se lit ici").click()
    expect(page.locator("article.portal-message h2").first).to_have_text("Confirmez votre alerte sur les appels")

    follow_link_of_mail(page, 0, "/confirmer/")
    if javascript:
        assert axe(page) == []
    page.get_by_role("button", name="Confirmer mon alerte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre alerte est en cours")
    if javascript:
        assert axe(page) == []

    turn_the_clock(1)
    page.goto(MAILBOX)
    expect(page.locator("article.portal-message")).to_have_count(1)
    region, kind = Region.objects.get(code="76"), ActorType.objects.get(slug="ehpad")
    today = timezone.localdate()
    events = [("opening", today.isoformat()), ("closing", (today + timedelta(days=90)).isoformat())]
    factories.make_call(title="Appel tout neuf", regions=[region], actor_types=[kind], events=events)
    turn_the_clock(2)
    turn_the_clock(3)
    page.goto(MAILBOX)
    expect(page.locator("article.portal-message")).to_have_count(2)
    expect(page.locator("article.portal-message h2").first).to_have_text("Nouveau : Appel tout neuf")

    follow_link_of_mail(page, 0, "/arreter/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Arrêter votre alerte ?")
    if javascript:
        assert axe(page) == []
    page.get_by_role("button", name="Arrêter l'alerte et effacer mon adresse").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("L'alerte est arrêtée")
    assert not Alert.objects.exists()


def test_an_alert_is_asked_for_with_the_keyboard_alone(open_browser, mailbox, keyboard):
    press, tab_to = keyboard
    page = open_browser()
    page.goto("/alertes/nouvelle/?region=76")
    tab_to(page, "#id_email")
    page.keyboard.type("pas une adresse")
    tab_to(page, "input[name=frequency]")
    press(page, "ArrowDown")
    tab_to(page, "main button[type=submit]")
    page.evaluate("document.querySelector('main form').noValidate = true")  # what the server says, not the browser
    press(page, "Enter")
    expect(page).to_have_title("Erreur : Recevoir une alerte sur ces appels · Portail APIST")
    tab_to(page, "a[href='#id_email']")
    press(page, "Enter")
    expect(page.locator("#id_email")).to_be_focused()
    press(page, "Control+A")
    page.keyboard.type("ada@exemple.invalid")
    press(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Consultez votre messagerie")
    assert Alert.objects.get().frequency == "weekly"
