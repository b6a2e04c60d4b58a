"""Three people go from the diagnostic to a receipt: a hospital (FIR), a start-up (a first exchange), an association
(a letter of intent for article 51); the hospital then answers what an officer asks, and prepares a dossier that is
deposited elsewhere."""

import io
import re
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from actors.models import ActorType, Agency, Body, Organisation, Post, Region, User
from projects.engine.verifying import verify
from projects.models import Adoption, Dossier
from projects.procedures.vocabulary import Channel
from tests import factories
from tests.files import samples
from tests.files.kept import keep_files_in
from tests.people_factories import make_organisation, make_post

SENTENCE = "Une phrase qui répond à la question, sans nom de patient."


@dataclass
class Story:
    """What the three have in common: a browser that is somebody's, and pages that axe reads."""

    open_browser: object
    live_server: object
    axe: object

    def page_of(self, user: User, width: int = 1280) -> Page:
        page, client = self.open_browser(width), Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.live_server.url}])
        return page

    def open_from_the_diagnostic(self, page: Page, answers: str, lever: str, title: str) -> Dossier:
        """Go from the results to a draft, and return it."""
        page.goto(f"/diagnostic/resultats/?{answers}")
        page.locator(f"a[href*='/dossiers/nouveau/'][href*='levier={lever}']").first.click()
        expect(page.locator("main")).to_contain_text("Se dépose ici, sur le portail.")
        assert self.axe(page) == []
        page.get_by_label("Nom du projet").fill(title)
        page.get_by_role("button", name="Ouvrir le dossier").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        return Dossier.objects.get(project__title=title)

    def write(self, page: Page, dossier: Dossier, **chosen: str) -> None:
        """Answer every question of every section that a deposit asks for, as the pages ask them."""
        asked = dossier.procedure.written_in(dossier.stage)
        for section in asked.sections:
            page.goto(f"/dossiers/{dossier.reference}/section/{section.key}/")
            assert self.axe(page) == []
            answer_what_shows(page, chosen)
            page.get_by_role("button", name="Enregistrer", exact=True).click()
            expect(page.locator("#annonce")).to_contain_text("Enregistré. Rien n'est envoyé.")
            answer_what_shows(page, chosen)  # what was answered may call for more
            page.get_by_role("button", name="Enregistrer et revenir au projet").click()
            page.wait_for_url(f"**/dossiers/projets/{dossier.project.public_id}/")

    def join(self, page: Page, dossier: Dossier) -> None:
        """Join a file under each piece of the procedure."""
        address = f"/dossiers/{dossier.reference}/pieces/"
        page.goto(address)
        assert self.axe(page) == []
        for number in range(page.locator("main form:has(input[type=file])").count()):
            page.goto(address)
            form = page.locator("main form:has(input[type=file])").nth(number)
            content = {"name": f"piece-{number}.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
            form.locator("input[type=file]").set_input_files(content)
            form.get_by_role("button").last.click()
            expect(page.get_by_role("status").first).to_contain_text("joint au dossier")

    def deposit(self, page: Page, dossier: Dossier) -> str:
        """Read again, deposit, and return what the receipt says."""
        page.goto(f"/dossiers/{dossier.reference}/deposer/")
        assert self.axe(page) == []
        expect(page.locator("main")).not_to_contain_text("Ce n'est pas encore possible")
        page.locator("main form button[type=submit]").last.click()
        expect(page.locator("main")).to_contain_text(f"porte le numéro {dossier.reference}-1")
        assert self.axe(page) == []
        with page.expect_download() as download:
            page.get_by_role("link", name="télécharger le PDF").first.click()
        read = PdfReader(io.BytesIO(download.value.path().read_bytes()))
        dossier.refresh_from_db()
        assert verify(dossier).is_whole
        return " ".join(one.extract_text() for one in read.pages)


def answer_what_shows(page: Page, chosen: dict[str, str]) -> None:
    """Fill what is empty in the form of the page; ``chosen`` names the choice of some questions."""
    form = page.locator(
        "main form:has(textarea), main form:has(input[type=radio]), main form:has(input[type=text])"
    ).first
    for area in form.locator("textarea:visible").all():
        if not area.input_value():
            area.fill(SENTENCE)
    for select in form.locator("select:visible").all():
        name = select.get_attribute("name")
        select.select_option(chosen[name]) if name in chosen else select.select_option(index=1)
    for box in form.locator("input:visible:not([type=radio]):not([type=checkbox])").all():
        if not box.input_value():
            box.fill(text_for(box.get_attribute("id"), box.get_attribute("inputmode"), box.get_attribute("type")))
    for group in form.locator("fieldset:visible").all():
        options = group.locator("input[type=radio]:not([value='']), input[type=checkbox]")
        if options.count() == 0:
            continue
        name = options.first.get_attribute("name")
        if name in chosen:
            group.locator(f"input[value='{chosen[name]}']").check(force=True)
        elif group.locator("input:checked:not([value=''])").count() == 0:
            options.first.check(force=True)


def text_for(name: str, mode: str | None, kind: str | None) -> str:
    """Return what somebody would type in a short field."""
    if kind == "date" or name.endswith("_on"):
        return "2027-09-01"
    return "24" if mode in ("numeric", "decimal") or kind == "number" else "Un service"


@pytest.fixture
def story(open_browser, live_server, axe, tmp_path, monkeypatch, settings) -> Story:
    """Return the three's common ground; files go to a folder of the test."""
    settings.CLAMAV_ADDRESS = ""
    keep_files_in(tmp_path, monkeypatch)
    return Story(open_browser, live_server, axe)


@pytest.fixture
def officer(catalogue) -> User:
    """Return an officer of Guadeloupe, whose agency receives here what the three deposit."""
    agency = Agency.objects.get(region__code="01")
    body = Body.objects.create(
        code="ars-01", kind=Body.Kind.AGENCY, name=agency.name, agency=agency, region=agency.region
    )
    for key in ("fir", "article-51"):
        Adoption.objects.create(
            procedure_key=key, body=body, channel=Channel.PORTAL, valid_from=timezone.localdate().replace(day=1)
        )
    return make_post(Post.Role.OFFICER, body).user


def of(kind: str, status: str, name: str) -> User:
    """Return somebody who may deposit for an organisation of a kind, in Guadeloupe."""
    user = factories.make_user(full_name=f"Camille de {name}")
    make_organisation(
        user,
        name=name,
        status=status,
        actor_type=ActorType.objects.get(slug=kind),
        region=Region.objects.get(code="01"),
    )
    return user


def test_a_hospital_deposits_completes_and_prepares_what_goes_elsewhere(story, officer):
    owner = of("etablissement-sante-public", Organisation.Status.PUBLIC, "Hôpital des Alizés")
    page = story.page_of(owner)
    answers = "actor_type=etablissement-sante-public&region=01&own_initiative=true&fir_mission=true&scale=regional"
    dossier = story.open_from_the_diagnostic(page, answers, "fir", "Plaies à distance")
    story.write(page, dossier, digital_solution="false", industrial_partner="false")
    story.join(page, dossier)
    receipt = story.deposit(page, dossier)
    assert f"{dossier.reference}-1" in receipt
    assert "Hôpital des Alizés" in receipt

    desk = story.page_of(officer)
    desk.goto(f"/instruction/{dossier.reference}/")
    assert story.axe(desk) == []
    desk.get_by_role("link", name="Accuser réception").click()
    answer_what_shows(desk, {})
    desk.locator("main form button[type=submit]").last.click()
    desk.get_by_role("link", name="Demander des compléments").click()
    assert story.axe(desk) == []
    desk.locator("main form input[type=checkbox]").first.check(force=True)
    answer_what_shows(desk, {})
    desk.locator("main form button[type=submit]").last.click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Plaies à distance")

    page.goto(f"/dossiers/{dossier.reference}/")
    expect(page.locator("main")).to_contain_text("À vous d'agir")
    assert story.axe(page) == []
    page.get_by_role("link", name="Envoyer les compléments").first.click()
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text(f"porte le numéro {dossier.reference}-2")

    page.goto(f"/dossiers/projets/{dossier.project.public_id}/nouveau-dossier/")
    assert story.axe(page) == []
    page.get_by_role("link", name=re.compile("^Préparer ce dossier : CPOM")).click()
    page.get_by_role("button", name="Ouvrir le dossier").click()
    page.wait_for_url(f"**/dossiers/projets/{dossier.project.public_id}/")
    other = Dossier.objects.exclude(pk=dossier.pk).get()
    page.goto(f"/dossiers/{other.reference}/")
    expect(page.locator("main")).to_contain_text("Ce dossier n'est pas déposé")
    assert story.axe(page) == []
    assert [entry.move for entry in dossier.journal.filter(stage_version__isnull=False)][1:] == [
        "deposit",
        "acknowledge",
        "ask-completion",
        "complete",
    ]


def test_a_start_up_asks_for_a_first_exchange(story, officer):
    owner = of("entreprise-start-up", Organisation.Status.COMMERCIAL, "Alizé Santé")
    page = story.page_of(owner, 375)
    page.goto("/dossiers/nouveau/?actor_type=entreprise-start-up&region=01")
    assert story.axe(page) == []
    page.get_by_label("Nom du projet").fill("Capteur de chute")
    page.get_by_role("button", name="Ouvrir le dossier").click()
    dossier = Dossier.objects.get()
    story.write(page, dossier)
    assert f"{dossier.reference}-1" in story.deposit(page, dossier)


def test_an_association_deposits_a_letter_of_intent(story, officer):
    owner = of("association-sante", Organisation.Status.NON_PROFIT, "Réseau des Plaies")
    page = story.page_of(owner)
    answers = "actor_type=association-sante&region=01&needs_derogation=true&article_51_objective=true&scale=regional"
    dossier = story.open_from_the_diagnostic(page, answers, "article-51", "Équipe mobile de plaies")
    story.write(page, dossier, digital_solution="false", industrial_partner="false", scale="regional")
    story.join(page, dossier)
    assert f"{dossier.reference}-1" in story.deposit(page, dossier)
    assert dossier.stage != dossier.procedure.initial.key
