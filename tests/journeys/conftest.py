"""A browser that tells on every page it opens.

A journey fails if the console holds a warning or an error (a breach of the security policy
is one), if a file is missing, if a request leaves for another site, or if axe finds a fault
where it is asked.
"""

import os
import re
import shutil
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

from apist.accounts import recovery_codes
from tests import factories

sys.path.append(str(Path(__file__).resolve().parents[2] / "bin"))
from chromium import REMEDY

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000  # milliseconds: the machines that run this are slow

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    """Mark every journey, so that none is run without its browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium(request):
    """Start the browser once; fail, and say how to get one, where there is none."""
    if request.config.option.markexpr != "browser":
        pytest.fail("Les parcours se lancent à part : make test PART=browser, ou pytest -m browser.", pytrace=False)
    path = shutil.which(os.environ.get("APIST_CHROMIUM", "").strip() or "chromium")
    if not path:
        pytest.fail(REMEDY, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


class Watch:
    """What went wrong while pages were open."""

    def __init__(self, host: str):
        self.host = host
        self.problems: list[str] = []
        self.expected: set[int] = set()

    def follow(self, page: Page) -> None:
        """Listen to a page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _console(self, message) -> None:
        status_told = message.text.startswith("Failed to load resource") and self.expected
        if message.type in ("error", "warning") and not status_told:
            self.problems.append(f"console: {message.text}")

    def _request(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about") and address.netloc != self.host:
            self.problems.append(f"elsewhere: {request.url}")

    def _failed(self, request) -> None:
        if request.failure == "net::ERR_ABORTED":  # the visitor went elsewhere first, or it is a download
            return
        self.problems.append(f"failed: {request.url} {request.failure}")

    def _response(self, response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.problems.append(f"status {response.status}: {response.url}")


@pytest.fixture
def watch(live_server) -> Watch:
    """Return what is watched; a test that wants a 404 adds it to ``expected``."""
    return Watch(urlsplit(live_server.url).netloc)


@pytest.fixture
def open_browser(chromium, live_server, watch, catalogue):
    """Return a way to open a page of a width and a scheme; the test fails on what the page says against us."""
    contexts = []

    def open_page(width: int = 1280, *, scheme: str = "light", javascript: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale="fr-FR",
            has_touch=False,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        watch.follow(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert watch.problems == []


_AXE = Axe()


def faults(page: Page) -> list[str]:
    """Return what axe finds against the page once it is whole, every folded part opened first."""
    page.wait_for_load_state()
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    found = _AXE.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]]


@pytest.fixture
def axe():
    """Return the check of a page by axe."""
    return faults


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, selector: str, *, limit: int = 120, key: str = "Tab") -> None:
    """Go to an element as somebody without a mouse does; every stop on the way must show where it is."""
    for _ in range(limit):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached with {key}")


@pytest.fixture
def keyboard():
    """Return the two gestures of the keyboard: pressing keys, and going to an element."""
    return press, tab_to


SIGN_IN = re.compile("^(Connexion|Se connecter)$")  # the admin has its own door


@pytest.fixture
def through_the_door(curator):
    """Return a way to sign the curator in from the page where one is: password, then a recovery code."""

    def signed(page: Page) -> Page:
        page.get_by_label("Adresse électronique").fill(curator.email)
        page.get_by_label("Mot de passe").fill(factories.PASSWORD)
        page.get_by_role("button", name=SIGN_IN).click()
        page.get_by_label("Code de l'application").fill(recovery_codes(curator)[0])
        page.get_by_role("button", name=SIGN_IN).click()
        return page

    return signed
