"""One dossier in the browsers of everybody around it: its pages, its moves, what is refused, what is signed."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from django.test import Client
from playwright.sync_api import Locator, Page, expect

from actors.models import User
from projects.models import Dossier
from tests.journeys.test_dossier_stories import Story

TELEPHONE = {"director": 375}


@dataclass
class Walk:
    """One dossier, the people around it, and the browser of each."""

    story: Story
    people: dict[str, User]
    dossier: Dossier
    pages: dict[str, Page] = field(default_factory=dict)
    read: set[tuple[str, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def page(self, who: str) -> Page:
        """Return the browser of somebody, opened once."""
        if who not in self.pages:
            self.pages[who] = self.story.page_of(self.people[who], TELEPHONE.get(who, 1280))
        return self.pages[who]

    def at(self, who: str, path: str = "") -> Page:
        """Open a page of the dossier as somebody; a path that begins with ``/`` is any page."""
        side = "dossiers" if who == "carrier" else "instruction"
        page = self.page(who)
        page.goto(path if path.startswith("/") else f"/{side}/{self.dossier.reference}/{path}")
        return self.look(page, who)

    def look(self, page: Page, who: str) -> Page:
        """Have axe read a page, the first time that somebody comes to it; a telephone is never scrolled sideways."""
        path = re.sub(r"\d+|[?].*", "", page.url.replace(self.dossier.reference, "REF").replace(page.url[:22], ""))
        if (who, path) not in self.read:
            self.read.add((who, path))
            self.faults += [f"{who}, {path}: {one}" for one in self.story.axe(page)]
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > TELEPHONE.get(who, width):
                self.faults.append(f"{who}, {path}: {width} pixels wide")
        return page

    def open_move(self, who: str, move: str, **given: str) -> Locator:
        """Go from the page of the dossier to the form of a move, fill it, and return its button."""
        page = self.at(who)
        link = "/deposer/" if move == "deposit" else f"/geste/{move}/"
        page.locator(f"main a[href$='{link}']").first.click()
        page.wait_for_url(f"**{link}*")
        self.look(page, who)
        write(page.locator("main form").last, given)
        return page.locator("main form button[type=submit]").last

    def act(self, who: str, move: str, stage: str, **given: str) -> Page:
        """Make a move through its page, and find the dossier where it must be."""
        button = self.open_move(who, move, **given)
        page = self.page(who)
        button.click()
        expect(page.get_by_role("status").first).to_contain_text("C'est fait")
        self.is_at(stage)
        return page

    def is_at(self, stage: str) -> None:
        """Check where the dossier is."""
        self.dossier.refresh_from_db()
        assert self.dossier.stage == stage

    def is_refused(self, who: str, move: str) -> None:
        """Check that a move is neither offered to somebody nor made by them, whatever they send."""
        page = self.at(who)
        assert page.locator(f"main a[href$='/geste/{move}/']").count() == 0
        page = self.at(who, f"geste/{move}/")
        expect(page.locator("main")).to_contain_text("Ce geste revient à quelqu'un d'autre")
        assert page.locator("main form").count() == 0
        before, client = self.dossier.version, Client()
        client.force_login(self.people[who])
        sent = {"move": move, "seen": before, "key": "9d3a7c52-6a0f-4e0e-8f0c-0a5d2f4f3b11"}
        assert client.post(f"/instruction/{self.dossier.reference}/geste/{move}/", sent).status_code == 403
        self.dossier.refresh_from_db()
        assert self.dossier.version == before

    def sign_in_the_folder(self, who: str, stage: str) -> None:
        """Tick what waits in the signing folder, read it again, confirm."""
        page = self.at(who, "/instruction/parapheur/")
        page.locator(f"main a[href$='/{self.dossier.reference}/note/']").click()
        page.wait_for_url("**/note/*")
        expect(self.look(page, who).locator("main")).to_contain_text("Le texte qui sera signé")
        page = self.at(who, "/instruction/parapheur/")
        page.locator(f"#d-{self.dossier.reference}").check(force=True)
        page.get_by_role("button", name="Continuer avec les dossiers cochés").click()
        expect(page.get_by_role("button", name="Confirmer")).to_be_visible()
        assert self.story.axe(page) == []
        page.get_by_role("button", name="Confirmer").click()
        expect(page.locator("main")).to_contain_text("C'est fait")
        self.is_at(stage)


def write(form: Locator, given: dict[str, str]) -> None:
    """Fill the fields of a form, by name."""
    for name, value in given.items():
        one = form.locator(f"[name='{name}']:not([type=hidden])")
        kind = one.first.get_attribute("type")
        if kind in ("radio", "checkbox"):
            form.locator(f"[name='{name}'][value='{value}']").check(force=True)
        elif one.evaluate("field => field.tagName") == "SELECT":
            one.select_option(value)
        else:
            one.fill(value)


def downloaded(page: Page, button: Locator) -> bytes:
    """Return what a button or a link downloads."""
    with page.expect_download() as download:
        button.click()
    return Path(download.value.path()).read_bytes()
