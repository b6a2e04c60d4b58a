"""A call from its deposits to the first proposal: three people mark apart, one steps back from a dossier, the agency
reads the ranking against an envelope, then works on its list and its board."""

import csv
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from actors.models import ActorType, Agency, Body, Post, User
from projects.models import Adoption, Dossier, FinancingLine, Jury
from projects.procedures.vocabulary import Channel
from tests import factories
from tests.dossier_factories import drive, fill, make_dossier, make_officer, make_project
from tests.journeys.test_dossier_stories import answer_what_shows
from tests.people_factories import make_body, make_organisation

ASKED = {"Plaies à distance": "46000", "Chutes évitées": "30000", "Repas partagés": "5000"}
FIRST, SECOND, THIRD = ASKED
MARKS = {
    "chair": {FIRST: ("5", "4"), SECOND: ("4", "3"), THIRD: ("3", "3")},
    "expert": {FIRST: ("4", "4"), SECOND: ("3", "3")},
    "officer": {FIRST: ("4.5", "5"), SECOND: ("3", "4"), THIRD: ("3", "3")},
}
"""Need (for 60), then team (for 40); the expert steps back from the third."""
SIMULATED = "enveloppe=60000&montants=demandes"


@dataclass
class Room:
    """Who takes part, and a browser for each, whose pages axe reads."""

    open_browser: object
    live_server: object
    axe: object
    dossiers: dict[str, Dossier]
    people: dict[str, User]

    def page_of(self, who: str, width: int = 1280) -> Page:
        page, client = self.open_browser(width), Client()
        client.force_login(self.people[who])
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.live_server.url}])
        return page

    def reads(self, page: Page, words: str) -> None:
        """The page says this, and axe finds nothing against it."""
        expect(page.locator("main")).to_contain_text(words)
        assert self.axe(page) == []

    def mark(self, page: Page, jury: Jury, who: str, title: str) -> None:
        """Declare no interest in a dossier, then mark it."""
        page.goto(f"/instruction/jurys/{jury.pk}/dossiers/{self.dossiers[title].reference}/")
        page.get_by_label("Non, aucun lien").check(force=True)
        page.get_by_role("button", name="Déclarer").click()
        self.reads(page, "Une note par critère")
        for key, value in zip(("need", "team"), MARKS[who][title], strict=True):
            page.locator(f"select[name=mark-{key}]").select_option(value)
        page.get_by_role("button", name="Enregistrer ma note").click()
        expect(page.get_by_role("status").first).to_be_visible()


@pytest.fixture
def body(catalogue) -> Body:
    """Return the agency of Guadeloupe, of the real content."""
    agency = Agency.objects.get(region__code="01")
    return make_body(Body.Kind.AGENCY, agency=agency, region=agency.region, code="ars-01", name=agency.name)


@pytest.fixture
def room(body, open_browser, live_server, axe) -> Room:
    """Return three dossiers deposited in answer to a call, under review, with those who will judge them."""
    people = {
        "officer": make_officer(body),
        "head": make_officer(body, Post.Role.HEAD),
        "chair": factories.make_user(full_name="Camille Présidence"),
        "expert": factories.make_user(full_name="Ange Expertise"),
    }
    User.objects.filter(pk=people["officer"].pk).update(full_name="Dominique Instructeur")
    call = factories.make_call(title="Appel Bien vieillir", kind="aap")
    for position, (key, label, weight) in enumerate([("need", "Besoin", 60), ("team", "Équipe", 40)]):
        factories.make_call_criterion(call, key=key, label=label, weight=weight, position=position)
    at = timezone.now() - timedelta(days=1)
    Adoption.objects.create(
        procedure_key="call-aap", body=body, channel=Channel.PORTAL, valid_from=at.date() - timedelta(days=1)
    )
    dossiers = {title: answered(call, body, title, at) for title in ASKED}
    for dossier in dossiers.values():
        for move in ("acknowledge", "admit"):
            drive(dossier, move, people["officer"], at)
    return Room(open_browser, live_server, axe, dossiers, people)


def answered(call, body: Body, title: str, at) -> Dossier:
    """Return the deposit of a project."""
    owner = factories.make_user()
    organisation = make_organisation(
        owner, name=f"Résidence {title}", region=body.region, actor_type=ActorType.objects.get(slug="ehpad")
    )
    project = make_project(owner, organisation=organisation, title=title)
    dossier = make_dossier(
        owner, "call-aap", organisation=organisation, body=body, call=call, project=project, at=at
    )  # fmt: skip
    fill(dossier, at=at)
    FinancingLine.objects.create(
        project=project, dossier=dossier, expense="staff", amount=ASKED[title], payer="fir", year=at.year
    )
    drive(dossier, "deposit", owner, at)
    return dossier


def composed(room: Room, desk: Page) -> Jury:
    """The officer makes a jury of three, puts the three dossiers before it, and opens it."""
    today = timezone.localtime().date()
    desk.goto("/instruction/jurys/")
    room.reads(desk, "Aucun jury")
    desk.get_by_role("link", name="Composer un jury").click()
    desk.get_by_label("Nom du jury").fill("Jury Bien vieillir")
    desk.locator("select[name=subject]").select_option(label="Appel Bien vieillir")
    desk.get_by_label("Notes possibles du").fill(today.isoformat())
    desk.get_by_label("Au", exact=True).fill((today + timedelta(days=7)).isoformat())
    assert room.axe(desk) == []
    desk.get_by_role("button", name="Enregistrer").click()
    for who in ("chair", "expert", "officer"):
        desk.get_by_label("Adresse du compte").fill(room.people[who].email)
        desk.get_by_role("button", name="Ajouter ce membre").click()
        expect(desk.get_by_role("status").first).to_contain_text("La personne est membre du jury")
    desk.get_by_label("Présidence", exact=True).select_option(label="Camille Présidence")
    desk.get_by_role("button", name="Confier la présidence").click()
    for title, dossier in room.dossiers.items():
        desk.get_by_label(f"{title} ({dossier.reference})").check(force=True)
    assert room.axe(desk) == []
    desk.get_by_role("button", name="Mettre ces dossiers devant le jury").click()
    desk.get_by_role("button", name="Ouvrir le jury").click()
    room.reads(desk, "Notes scellées")
    return Jury.objects.get()


def by_the_mail(room: Room, jury: Jury, who: str) -> Page:
    """Somebody without a post follows the address of their mail, signs in, and is before the jury."""
    user = room.people[who]
    told = next(one for one in mail.outbox if one.to == [user.email] and jury.name in one.body)
    address = next(word for word in told.body.split() if word.startswith(f"{settings.SITE_URL}/instruction/"))
    page = room.open_browser(1280)
    page.goto(urlsplit(address).path)
    page.get_by_label("Adresse électronique").fill(user.email)
    page.get_by_label("Mot de passe").fill(factories.PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jury Bien vieillir")
    room.reads(page, "Intérêts à déclarer")
    return page


def stepped_back(room: Room, page: Page, jury: Jury) -> None:
    """The expert has a link with the third dossier: it closes at once, by every way."""
    reference = room.dossiers[THIRD].reference
    page.get_by_role("link", name=THIRD).click()
    page.get_by_label("Oui : fermez-moi ce dossier").check(force=True)
    assert room.axe(page) == []
    page.get_by_role("button", name="Déclarer").click()
    room.reads(page, "Des dossiers de ce jury vous sont fermés")
    expect(page.locator("main")).not_to_contain_text(THIRD)
    for address in (f"/instruction/jurys/{jury.pk}/dossiers/{reference}/", f"/instruction/{reference}/"):
        assert page.request.get(address).status == 404


def nobody_reads_a_mark(room: Room, jury: Jury, *pages: Page) -> None:
    """Before the last mark there is no ranking for anybody, whoever composes or chairs included."""
    for page in pages:
        page.goto(f"/instruction/jurys/{jury.pk}/classement/")
        room.reads(page, "Les notes sont scellées")
        assert page.request.get(f"/instruction/jurys/{jury.pk}/classement.csv").status == 404


def ranked(room: Room, desk: Page, jury: Jury) -> None:
    """The last mark opened all of them: averages, spreads, the line of an envelope, and the sheet of the same."""
    expect(desk.get_by_role("status").first).to_contain_text("les notes sont révélées")
    desk.get_by_label("Enveloppe à simuler").fill("60 000")
    desk.get_by_role("button", name="Simuler").click()
    rows = desk.get_by_role("region", name="Classement").locator("tbody tr")
    first, second, third = rows.nth(0), rows.nth(1), rows.nth(2)
    expect(first).to_contain_text(FIRST)
    expect(first).to_contain_text("88,67 (3 notes) ; écart type 6,18 ; de 80,00 à 94,00")
    expect(first).to_contain_text("Dans l'enveloppe")
    expect(second).to_contain_text("En partie")
    expect(third).to_contain_text("60,00 (2 notes)")
    expect(third).to_contain_text("Au-delà")
    assert room.axe(desk) == []
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Exporter en CSV").click()
    found = sheet_of(download.value)
    assert [(row["Rang"], row["Projet"], row["Couvert par l'enveloppe"]) for row in found] == [
        ("1", FIRST, "46000,00"), ("2", SECOND, "14000,00"), ("3", THIRD, "0,00"),
    ]  # fmt: skip
    small = room.page_of("head", 375)
    small.goto(f"/instruction/jurys/{jury.pk}/classement/?{SIMULATED}")
    room.reads(small, "En partie")
    assert small.evaluate("document.documentElement.scrollWidth <= innerWidth")


def sheet_of(download) -> list[dict[str, str]]:
    """Return the rows of a sheet that was taken."""
    text = download.path().read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def deliberated(room: Room, jury: Jury) -> None:
    """The head of unit writes what the jury said of the first."""
    page = room.page_of("head")
    page.goto(f"/instruction/jurys/{jury.pk}/classement/")
    page.get_by_role("link", name=FIRST).click()
    page.locator("textarea[name=deliberation]").fill("Un besoin établi, une équipe prête.")
    assert room.axe(page) == []
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    room.reads(page, "Un besoin établi, une équipe prête.")


def proposed(room: Room, desk: Page, jury: Jury) -> None:
    """The officer records the rank that the jury gave, and proposes to retain the first."""
    desk.goto(f"/instruction/jurys/{jury.pk}/classement/?{SIMULATED}")
    first = desk.get_by_role("region", name="Classement").locator("tbody tr").first
    first.get_by_role("link", name="Noter et classer").click()
    expect(desk.get_by_label("Note sur 100")).to_have_value("89")
    expect(desk.get_by_label("Rang", exact=True)).to_have_value("1")
    expect(desk.locator("input[name=within_envelope][value=true]")).to_be_checked()
    expect(desk.get_by_label("Forces et faiblesses")).to_have_value("Un besoin établi, une équipe prête.")
    assert room.axe(desk) == []
    desk.get_by_role("button", name="Noter et classer").click()
    desk.get_by_role("link", name="Proposer une décision").first.click()
    desk.get_by_label("Montant accordé, en euros").fill("40 000")
    answer_what_shows(desk, {"outcome": "grant"})
    assert room.axe(desk) == []
    desk.get_by_role("button", name="Proposer une décision").click()
    expect(desk.get_by_role("status").first).to_contain_text("C'est fait : « Proposer une décision »")
    room.dossiers[FIRST].refresh_from_db()
    assert room.dossiers[FIRST].stage == "proposed"
    desk.goto(f"/instruction/jurys/{jury.pk}/classement/?enveloppe=60000&montants=proposes")
    expect(desk.get_by_role("region", name="Classement").locator("tbody tr").first).to_contain_text("40\u202f000")


def kept_and_taken(room: Room, desk: Page) -> None:
    """The officer filters the list, shares the search with the team, and takes exactly what it finds."""
    desk.goto("/instruction/dossiers/")
    room.reads(desk, "3 dossiers")
    desk.get_by_label("De 10 000 à 50 000 €").check()
    expect(desk.get_by_role("heading", name="2 dossiers", exact=True)).to_be_visible()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Exporter (CSV)").click()
    assert {row["Titre"] for row in sheet_of(download.value)} == {FIRST, SECOND}
    desk.get_by_text("Enregistrer cette recherche comme une vue").click()
    desk.get_by_label("Nom de la vue").fill("Montants moyens")
    desk.get_by_label("Qui la voit").select_option(index=1)
    assert room.axe(desk) == []
    desk.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(desk.get_by_role("status").first).to_contain_text("Vue enregistrée : « Montants moyens »")
    colleague = room.page_of("head")
    colleague.goto("/instruction/dossiers/")
    colleague.get_by_role("link", name="Montants moyens").click()
    expect(colleague.get_by_role("heading", name="2 dossiers", exact=True)).to_be_visible()


def labelled(room: Room, desk: Page) -> None:
    """The officer puts a label on the two that were found, then looks at the board of the same search."""
    for title in (FIRST, SECOND):
        desk.get_by_label(f"Choisir le dossier {room.dossiers[title].reference}").check(force=True)
    desk.get_by_role("button", name="Agir sur les dossiers choisis").click()
    room.reads(desk, "Les dossiers choisis : 2")
    desk.get_by_label("Ou une nouvelle étiquette").fill("Commission de janvier")
    desk.get_by_role("button", name="Poser l'étiquette").click()
    room.reads(desk, "Poser une étiquette : fait pour 2 dossiers.")
    desk.get_by_role("link", name="Revenir à la liste").click()
    expect(desk.get_by_role("heading", name="2 dossiers", exact=True)).to_be_visible()
    expect(desk.locator("main tbody").get_by_text("Commission de janvier")).to_have_count(2)
    desk.get_by_role("link", name="Voir en tableau").click()
    board = desk.get_by_role("region", name="Tableau des dossiers")
    expect(board).to_contain_text(FIRST)
    expect(board).to_contain_text(SECOND)
    expect(board).not_to_contain_text(THIRD)
    assert room.axe(desk) == []


def test_a_call_is_judged_by_three_people_apart_and_its_ranking_followed(room):
    desk = room.page_of("officer")
    jury = composed(room, desk)
    chair, expert = by_the_mail(room, jury, "chair"), by_the_mail(room, jury, "expert")
    stepped_back(room, expert, jury)
    for page, who in ((chair, "chair"), (expert, "expert")):
        for title in MARKS[who]:
            room.mark(page, jury, who, title)
    room.mark(desk, jury, "officer", FIRST)
    room.mark(desk, jury, "officer", SECOND)
    nobody_reads_a_mark(room, jury, desk, chair, room.page_of("head"))
    room.mark(desk, jury, "officer", THIRD)
    ranked(room, desk, jury)
    deliberated(room, jury)
    proposed(room, desk, jury)
    expert.goto("/compte/")
    expert.get_by_role("link", name="Les jurys dont je suis membre").click()
    room.reads(expert, "Jury Bien vieillir")
    kept_and_taken(room, desk)
    labelled(room, desk)
