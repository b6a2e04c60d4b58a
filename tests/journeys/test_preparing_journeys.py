"""Writing a project, as people do it: two tabs, a session that ends, no network, the keyboard, no script at all."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import expect

from projects.models import Section, SectionVersion
from tests.dossier_factories import make_dossier

NEED = "À quel besoin répondez-vous ?"
OFFER = "Que proposez-vous ?"
SAVED = re.compile("^Enregistré à")


@pytest.fixture
def sign_in(applicant, live_server):
    """Return a way to give a browser the applicant's session."""

    def signed(page, user=applicant):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": session.session_key, "url": live_server.url}])
        return page

    return signed


@pytest.fixture
def idea(applicant, catalogue):
    """Return the address of a section of a project of the applicant."""
    return f"/dossiers/projets/{make_dossier(applicant).project.public_id}/section/idea/"


def stored(key: str):
    section = Section.objects.filter(key="idea").first()
    return section.answers.get(key) if section else None


def test_what_is_typed_is_saved_by_itself_and_two_tabs_lose_nothing(idea, open_browser, sign_in, axe):
    first = sign_in(open_browser(1280))
    first.goto(idea)
    second = first.context.new_page()
    second.goto(idea)
    first.get_by_label(NEED).fill("Des plaies mal soignées")
    expect(first.locator("#heure")).to_have_text(SAVED)
    second.get_by_label(OFFER).fill("Une infirmière par vidéo")
    expect(second.locator("#heure")).to_have_text(SAVED)
    expect(second.get_by_label(NEED)).to_have_value("Des plaies mal soignées")

    first.get_by_label(OFFER).fill("Un car qui passe")
    expect(first.get_by_role("heading", name="Deux textes pour la même réponse")).to_be_visible()
    assert stored("synopsis") == "Une infirmière par vidéo"
    assert axe(first) == []
    first.get_by_text("Mettre mon texte à la place").click()
    first.get_by_role("button", name="Garder ce choix").click()
    expect(first.get_by_label(OFFER)).to_have_value("Un car qui passe")
    assert stored("need") == "Des plaies mal soignées"
    assert stored("synopsis") == "Un car qui passe"
    kept = [answers for version in SectionVersion.objects.all() for answers in version.answers.values()]
    assert "Une infirmière par vidéo" in kept


def test_a_session_that_ends_keeps_the_text_until_one_signs_in_again(idea, open_browser, sign_in, watch, axe):
    watch.expected |= {401, 403}
    page = sign_in(open_browser(1280))
    page.goto(idea)
    page.context.clear_cookies()
    page.get_by_label(NEED).fill("Écrit sans session")
    expect(page.get_by_role("alert")).to_contain_text("Votre session est terminée")
    expect(page.locator("#souci")).to_be_focused()
    expect(page.get_by_role("link", name="Se connecter (nouvel onglet)")).to_be_visible()
    assert axe(page) == []
    assert stored("need") is None
    sign_in(page)
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.get_by_role("alert")).to_have_text("")
    expect(page.locator("#annonce")).to_contain_text("tout est enregistré")
    assert stored("need") == "Écrit sans session"


def test_without_network_the_text_waits_and_is_saved_when_it_comes_back(idea, open_browser, sign_in, watch):
    page = sign_in(open_browser(375))
    page.goto(idea)
    page.context.set_offline(True)
    page.get_by_label(NEED).fill("Écrit dans un train")
    expect(page.get_by_role("alert")).to_contain_text("La connexion est coupée")
    assert stored("need") is None
    page.context.set_offline(False)
    expect(page.locator("#heure")).to_have_text(SAVED)
    expect(page.get_by_role("alert")).to_have_text("")
    assert stored("need") == "Écrit dans un train"
    assert page.evaluate("sessionStorage.length") == 0
    watch.problems = [one for one in watch.problems if "ERR_INTERNET_DISCONNECTED" not in one]


def test_while_the_server_is_down_the_text_survives_a_reload_of_its_tab(idea, open_browser, sign_in, watch):
    watch.expected.add(503)
    page = sign_in(open_browser(1280))
    page.route("**/section/idea/", _down)
    page.goto(idea)
    page.get_by_label(NEED).fill("Écrit pendant la panne")
    expect(page.get_by_role("alert")).to_contain_text("Le serveur ne répond pas")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == ["beforeunload"]
    expect(page.get_by_label(NEED)).to_have_value("Écrit pendant la panne")
    page.unroute("**/section/idea/")
    expect(page.locator("#heure")).to_have_text(SAVED)
    assert stored("need") == "Écrit pendant la panne"
    assert page.evaluate("sessionStorage.length") == 0


def _down(route) -> None:
    if route.request.method == "POST":
        route.fulfill(status=503, body="down")
    else:
        route.continue_()


def test_a_question_appears_under_its_answer_and_the_keyboard_is_enough(idea, open_browser, sign_in, keyboard, axe):
    press, tab_to = keyboard
    page = sign_in(open_browser(1280, scheme="dark"))
    page.goto(idea)
    level = page.get_by_label(re.compile("Où en est la solution"))
    expect(level).to_be_hidden()
    tab_to(page, "input[name=digital_solution]")
    press(page, "ArrowDown")
    expect(page.locator("input[name=digital_solution]:checked")).to_have_value("true")
    expect(page.get_by_role("combobox", name=re.compile("Où en est la solution"))).to_be_visible()
    tab_to(page, "#section button[data-then]")
    press(page, "Enter")
    page.wait_for_url(re.compile("/dossiers/projets/[^/]+/$"))
    assert stored("digital_solution") == "true"
    assert axe(page) == []


def test_without_script_nothing_typed_is_lost_when_the_session_is_over(idea, open_browser, sign_in, watch):
    watch.expected |= {403}
    page = sign_in(open_browser(375, javascript=False))
    page.goto(idea)
    expect(page.get_by_text("Seulement si vous répondez")).to_have_count(1)
    page.get_by_label(NEED).fill("Première ligne\nSeconde ligne")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_label(NEED)).to_have_value("Première ligne\nSeconde ligne")
    page.get_by_label(OFFER).fill("Une idée neuve")
    page.context.clear_cookies()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rien n'est perdu, mais rien n'est enregistré")
    expect(page.get_by_role("paragraph").filter(has_text="Une idée neuve")).to_be_visible()
    sign_in(page)
    page.get_by_role("button", name="Envoyer à nouveau").click()
    if page.get_by_role("button", name="Envoyer à nouveau").count():
        page.get_by_role("button", name="Envoyer à nouveau").click()
    expect(page.get_by_label(OFFER)).to_have_value("Une idée neuve")
    assert stored("need") == "Première ligne\nSeconde ligne"


@pytest.mark.parametrize(("width", "scheme"), [(375, "dark"), (1280, "light")])
def test_every_page_of_a_project_fits_its_screen_and_axe_finds_nothing(width, scheme, idea, open_browser, sign_in, axe):
    page = sign_in(open_browser(width, scheme=scheme))
    project = idea.removesuffix("section/idea/")
    pages = ["/dossiers/", "/dossiers/nouveau/", project, f"{project}nouveau-dossier/", f"{project}financement/"]
    for address in [*pages, f"{project}partage/", f"{idea}versions/"]:
        page.goto(address)
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
