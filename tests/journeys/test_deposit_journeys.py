"""Somebody joins a piece, deposits, keeps the receipt and checks it, writes, withdraws; and is told of a race."""

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from projects.models import Snapshot
from tests import factories
from tests.dossier_factories import drive, fill, make_dossier
from tests.files import samples
from tests.files.kept import keep_files_in


@pytest.fixture
def draft(live_server, tmp_path, monkeypatch, settings):
    """Return a first contact ready to be sent; files go to a folder of the test."""
    settings.CLAMAV_ADDRESS = ""
    keep_files_in(tmp_path, monkeypatch)
    owner = factories.make_user("porteur@exemple.invalid", full_name="Camille Porteur")
    return fill(make_dossier(owner, at=timezone.now() - timedelta(days=2)))


def signed_in(page: Page, user, live_server) -> Page:
    """Give the page the session of somebody."""
    client = Client()
    client.force_login(user)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    return page


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (375, False)])
def test_from_the_draft_to_the_receipt_and_to_the_withdrawal(width, javascript, open_browser, draft, live_server, axe):
    page = signed_in(open_browser(width, javascript=javascript), draft.project.owner, live_server)
    heading = page.get_by_role("heading", level=1)
    address = f"/dossiers/{draft.reference}/"

    def check() -> None:
        if javascript:
            assert axe(page) == []

    page.goto(address)
    expect(page.locator("main")).to_contain_text("Ceci est un brouillon, rien n'est déposé.")
    check()

    page.goto(f"{address}pieces/")
    page.locator("input[type=file]").set_input_files(
        {"name": "photo.png", "mimeType": "image/png", "buffer": samples.HTML}
    )
    page.get_by_role("button", name=re.compile("^Joindre")).click()
    expect(page.get_by_role("alert")).to_contain_text("page web")
    check()
    page.locator("input[type=file]").set_input_files(
        {"name": "projet.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
    )
    page.get_by_role("button", name=re.compile("^Joindre")).click()
    expect(page.locator("main")).to_contain_text("« projet.pdf » est joint au dossier.")
    check()

    page.get_by_role("link", name="Revenir au dossier").click()
    page.get_by_role("link", name="Relire et envoyer la demande").click()
    expect(heading).to_have_text("Envoyer la demande")
    expect(page.locator("main")).to_contain_text("projet.pdf")
    check()
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.locator("main")).to_contain_text(f"porte le numéro {draft.reference}-1")
    expect(page.locator("main")).to_contain_text("À l'agence d'agir")
    check()

    with page.expect_download() as download:
        page.get_by_role("link", name="télécharger le PDF").click()
    text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(download.value.path().read_bytes())).pages)
    assert f"{draft.reference}-1" in text
    page.get_by_role("link", name=re.compile("^relire et vérifier")).click()
    expect(page.locator("main")).to_contain_text("Le dépôt est intact")
    check()

    page.goto(f"{address}messages/")
    page.get_by_label("Votre message").fill("Je suis disponible le mardi.")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator(".portal-message__text")).to_have_text("Je suis disponible le mardi.")
    check()

    page.goto(address)
    page.get_by_role("link", name="Retirer la demande").click()
    check()
    page.get_by_role("button", name="Retirer la demande").click()
    expect(page.locator("main")).to_contain_text("Retirer la demande : « Demande retirée »")
    assert Snapshot.objects.count() == 1


def test_a_page_that_somebody_overtook_tells_who_did_what_and_when(open_browser, draft, live_server, watch, axe):
    watch.expected.add(409)
    page = signed_in(open_browser(375, scheme="dark"), draft.project.owner, live_server)
    page.goto(f"/dossiers/{draft.reference}/deposer/")
    drive(draft, "deposit", draft.project.owner, timezone.now())
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.get_by_role("alert")).to_contain_text("Vous-même, peut-être depuis une autre fenêtre, le ")
    expect(page.get_by_role("alert")).to_contain_text("Envoyer la demande : « Demande reçue »")
    assert axe(page) == []
    assert Snapshot.objects.count() == 1


def test_how_often_one_is_written_to_is_chosen_with_the_keyboard(open_browser, draft, live_server, axe):
    page = signed_in(open_browser(375), draft.project.owner, live_server)
    page.goto("/compte/courriels/")
    assert axe(page) == []
    page.get_by_label("Une fois par jour").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Votre choix est enregistré.")
