"""The frames of the list and of the board: the page that the templates would give, and each person's own."""

import re

import pytest
from django.template.loader import render_to_string

from apist.frames import Frames
from tests.dossier_factories import make_officer
from tests.instruction.conftest import deposited
from tests.people_factories import make_agency_body

ADDRESSES = [
    "/instruction/dossiers/",
    "/instruction/dossiers/?macro=review&sort=asked",
    "/instruction/dossiers/?q=<0> <1>&label=<2>",
    "/instruction/dossiers/?q=introuvable {{ text }} {% csrf_token %}",
    "/instruction/tableau/",
    "/instruction/tableau/?q=introuvable",
]


def page(client, address: str) -> str:
    """The page, without what is drawn at random for its forms."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"\w{64}"', r"\1", client.get(address).content.decode())


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_frame_gives_the_page_that_its_template_would(address, client, applicant, of_the_region, tried, monkeypatch):
    deposited(applicant, tried)
    client.force_login(of_the_region)
    first, again = page(client, address), page(client, address)
    monkeypatch.setattr(
        Frames,
        "render_for",
        lambda self, request, template, values, fixed: render_to_string(template, {**fixed, **values}, request),
    )
    assert first == again == page(client, address)
    assert "Dominique Instructeur" in first
    assert 'name="csrfmiddlewaretoken" value=' in first


def test_a_frame_tells_nobody_the_name_of_another_nor_their_token(client, applicant, of_the_region, tried):
    deposited(applicant, tried)
    other = make_officer(make_agency_body())
    other.full_name = "<b>Autre</b> personne <1>"
    other.save()
    pages, tokens = {}, {}
    for user in (of_the_region, other):
        client.force_login(user)
        pages[user] = client.get(ADDRESSES[0]).content.decode()
        tokens[user] = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', pages[user]))
    assert all(tokens.values())
    assert tokens[other].isdisjoint(tokens[of_the_region])
    assert "Dominique Instructeur" not in pages[other]
    assert "&lt;b&gt;Autre&lt;/b&gt; personne &lt;1&gt;" in pages[other]


def test_what_just_happened_is_told_once_on_the_list(client, applicant, of_the_region, tried):
    deposited(applicant, tried)
    client.force_login(of_the_region)
    client.get(ADDRESSES[0])
    client.post("/instruction/vues/", {"name": "Ma vue", "query": ""})
    assert "Vue enregistrée" in client.get(ADDRESSES[0]).content.decode()
    html = client.get(ADDRESSES[0]).content.decode()
    assert "Vue enregistrée" not in html
    assert '<nav aria-label="Vues enregistrées">' in html
