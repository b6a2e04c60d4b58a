"""How those who instruct find their desk, and the pages of the desk once there."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from projects.instruction.tabs import DESK_PAGES, DOSSIER_TABS
from projects.instruction_urls import urlpatterns
from tests.dossier_factories import make_officer
from tests.pages.reading import visit

SAMPLES = {"reference": "ABCD2345", "number": 1, "user": 2, "dossier": 3, "key": "partie", "move": "geste", "seq": 4,
           "block": "etapes", "kind": "csv", "public_id": "5b0a3d2e-0c3f-4a6e-9a5c-0d7c4a3b2f10"}  # fmt: skip
OF_THE_DOSSIER_AS_A_WHOLE = {
    "instruction-move", "instruction-piece", "instruction-verify", "instruction-step-back", "instruction-keeping",
}  # fmt: skip
"""Pages reached from that of the dossier, under no other."""

HERE = r'<a class="portal-tabs__link" href="([^"]+)" aria-current="page">'


@pytest.mark.parametrize("address", ["/leviers/", "/instruction/"])
def test_the_header_leads_somebody_who_instructs_to_the_desk(address, client, catalogue):
    client.force_login(make_officer())
    assert visit(client, address).one("div", "portal-account").one("a", href="/instruction/").text == "Instruction"


def test_the_account_leads_somebody_who_instructs_to_the_desk(client, db):
    client.force_login(make_officer())
    assert 'href="/instruction/"' in client.get("/compte/").content.decode()


@pytest.mark.parametrize("address", ["/", "/compte/"])
def test_nobody_else_is_shown_the_way(address, client, applicant):
    client.force_login(applicant)
    assert not visit(client, address).one("div", "portal-account").all("a", href="/instruction/")


@pytest.mark.parametrize("page", ["dossiers", "pilotage", "absences"])
def test_the_page_that_is_open_is_told_even_where_it_is_folded(page, client, db):
    client.force_login(make_officer())
    html = client.get(f"/instruction/{page}/").content.decode()
    assert re.findall(HERE, html) == [f"/instruction/{page}/"]
    folded = re.search(r"<summary[^>]*>Autres pages(.*?)</summary>", html, re.DOTALL).group(1)
    assert ("<strong>" in folded) == (page != "dossiers")


def is_of_a_dossier(one) -> bool:
    return str(one.pattern).startswith("<slug:reference>")


PAGES = [one for one in urlpatterns if not str(one.pattern).rpartition("/")[2]]
"""Files apart: their address does not end like that of a page."""


@pytest.mark.parametrize("one", PAGES, ids=lambda one: one.name)
def test_every_address_of_the_instruction_belongs_to_one_page_of_its_row(one):
    address = reverse(one.name, kwargs={name: SAMPLES[name] for name in one.pattern.converters})
    of_a_dossier = is_of_a_dossier(one)
    context = {
        "pages": DOSSIER_TABS if of_a_dossier else DESK_PAGES,
        "label": "Pages",
        "here": one.name,
        "path": address,
    }
    html = render_to_string(
        "instruction/page_row.html", context | ({"reference": SAMPLES["reference"]} if of_a_dossier else {})
    )
    current = re.findall(r'href="([^"]+)" aria-current="(page|true)"', html)
    if one.name in OF_THE_DOSSIER_AS_A_WHOLE:
        assert current == []
        return
    ((parent, how),) = current
    assert how == ("page" if parent == address else "true")
    folded = [
        page.label
        for page in context["pages"][4:]
        if reverse(page.name, args=[SAMPLES["reference"]] if of_a_dossier else []) == parent
    ]
    assert re.findall(r"<strong>(.*?)</strong>", html.replace("\n", "")) == folded


@pytest.mark.parametrize(("page", "parent"), [("jurys/nouveau/", "jurys/"), ("vues/", "dossiers/"), ("saisir/", "")])
def test_a_page_below_another_says_to_which_it_belongs(page, parent, client, db):
    client.force_login(make_officer())
    html = client.get(f"/instruction/{page}").content.decode()
    assert re.findall(r'portal-tabs__link" href="([^"]+)" aria-current="true"', html) == [f"/instruction/{parent}"]
