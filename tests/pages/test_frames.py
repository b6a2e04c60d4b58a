"""Frames: what is put into them gives the page that the template itself would."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client
from django.utils.safestring import mark_safe

from apist.frames import Frames
from tests import factories
from tests.pages.reading import visit

ADDRESSES = [
    "/leviers/",
    "/leviers/?page=2",
    "/leviers/?q=numérique&audience=industrie&sort=title",
    "/leviers/?q=subvantion inovation ehpad guadloupe",
    "/leviers/?nature=appel&nature=subvention&region=94&actor_type=ehpad",
    "/leviers/?q=télésurveillance&nature=commande-publique&status=ended",
    "/leviers/?nature=inexistante",
    "/leviers/?q=xylophone",
    '/leviers/?q=<script>alert("été")</script> %26amp; %23',
    "/leviers/?q=<0> <1> <2>",
    "/experimentations/?region=76&q=dents",
    "/experimentations/?q=<0> <1>",
    "/leviers/?q={{ text }} {% csrf_token %} %25s \\1 \\g<0>",
    "/leviers/?nature=<0>&region=<1>",
    "/leviers/?q=\ue000 \ue001\ue002 \ue010 \uf8ff",
]
VALUES = [
    "",
    "<0>",
    "<1><2>",
    "\ue000\ue001",
    "&lt;0&gt;",
    "{{ title }}",
    "\\g<0>",
    '"><script>alert(1)</script>',
    "l'été «\u00a0a\u00a0»",
]
NAMES = {
    "levers/list.html": ["title", "text", "facets", "how_many_filters", "found"],
    "calls/list.html": ["title", "text", "facets", "how_many_filters", "found"],
    "calls/list_found.html": [
        "heading",
        "corrections",
        "tags",
        "sorts",
        "cards",
        "pagination",
        "month_address",
        "list_address",
        "ics",
        "rss",
        "alert",
    ],
    "experiments/list.html": ["title", "text", "facets", "how_many_filters", "found"],
    "experiments/list_found.html": ["heading", "corrections", "tags", "sorts", "map", "cards", "pagination"],
    "lists/part.html": ["title", "text", "facets", "how_many_filters", "found", "heading"],
    "levers/list_found.html": ["heading", "corrections", "tags", "sorts", "csv", "cards", "pagination"],
}


def body(client: Client, address: str, **headers) -> str:
    """Return what is answered, but for the token that protects a form, never twice the same."""
    html = client.get(address, headers=headers).content.decode()
    return re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", html)


def plain(address: str, **headers) -> str:
    """Return the same, as somebody gets it for whom the template is rendered: their cookie may hold a message."""
    client = Client()
    client.cookies["messages"] = "rien"
    return body(client, address, **headers)


@pytest.fixture
def anybody(rf):
    """Return a request of somebody who is not signed in."""
    request = rf.get("/leviers/")
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}], ids=["page", "part"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_what_its_template_gives_with_the_same_values(address, htmx, catalogue):
    first, again = (body(Client(), address, **htmx) for _ in range(2))
    assert first == again == plain(address, **htmx)


@pytest.mark.parametrize("template", NAMES)
@pytest.mark.parametrize("safe", [False, True], ids=["text", "html"])
def test_no_value_fills_the_place_of_another(template, safe, anybody, db):
    frames = Frames()
    for turn in range(len(VALUES)):
        texts = {name: VALUES[(turn + place) % len(VALUES)] for place, name in enumerate(NAMES[template])}
        values = {name: mark_safe(text) for name, text in texts.items()} if safe else texts
        assert frames.render(anybody, template, values) == render_to_string(template, values, anybody), turn


def test_a_frame_serves_other_values_than_those_it_was_made_with(anybody, db):
    frames, template = Frames(), "lists/part.html"
    for heading in ("12 leviers", "Aucun levier", "12 leviers"):
        values = dict.fromkeys(NAMES[template], "") | {"heading": heading}
        assert f'<p id="annonce" hx-swap-oob="innerHTML">{heading}</p>' in frames.render(anybody, template, values)


def test_what_a_curator_writes_fills_no_place_of_a_card(db, client):
    for text in ("<0>", "\ue000"):
        factories.make_lever(title=f"Titre {text}", summary=f"Phrase {text}", amount_summary=f"Montant {text}")
    texts = [card.text for card in visit(client, "/leviers/").all("li", "portal-card")]
    for text, card in zip(("<0>", "\ue000"), texts, strict=True):
        assert [card.count(f"{part} {text}") for part in ("Titre", "Phrase", "Montant : Montant")] == [1, 1, 1]


@pytest.mark.parametrize("address", ["/leviers/", "/leviers/?q=télésurveillance", "/leviers/?q=xylophone"])
def test_each_visitor_gets_their_own_header_and_nobody_elses(address, catalogue, applicant, officer):
    visitors = {who: Client() for who in (None, applicant, officer)}
    for who, client in visitors.items():
        if who:
            client.force_login(who)
    for who in (None, applicant, None, officer, applicant, None):
        page = visit(visitors[who], address)
        account = page.one("div", "portal-account").text
        assert account == (f"Mon compte {who} Mes dossiers Se déconnecter" if who else "Se connecter")


def test_who_signs_out_is_nobody_again(catalogue, applicant, client):
    client.force_login(applicant)
    assert "Se déconnecter" in visit(client, "/leviers/").text
    client.logout()
    assert "Se déconnecter" not in visit(client, "/leviers/").text
