"""From an opinion of the Assurance maladie to the move that records it: a link, and the fields filled in advance."""

from dataclasses import replace

import pytest
from django.urls import reverse

from projects.models import Dossier
from projects.procedures import catalogue
from projects.procedures.catalogue import LATEST
from tests.instruction.conftest import deposited, text_of
from tests.instruction.procedure import TRIED
from tests.opinions.builders import WORDS, as_user, insurance, opined, put

MOVE = replace(LATEST["article-51"].move("insurance-opinion"), from_stages=("review",), to="review")
CONSULTING = replace(TRIED, key="consulting", moves=(*TRIED.moves, MOVE))


@pytest.fixture
def consulting(monkeypatch, applicant) -> Dossier:
    """A dossier of a procedure that records the opinion of the Assurance maladie at the stage where it is."""
    monkeypatch.setitem(catalogue._BY_VERSION, (CONSULTING.key, CONSULTING.version), CONSULTING)
    monkeypatch.setitem(catalogue.LATEST, CONSULTING.key, CONSULTING)
    return deposited(applicant, CONSULTING)


def move_page(dossier, number) -> str:
    return f"{reverse('instruction-move', args=[dossier.reference, MOVE.key])}?avis={number}"


def test_the_tab_leads_to_the_move_with_the_words_filled_in(client, consulting, of_the_region):
    body, member = insurance()
    asked = opined(put(consulting, of_the_region, body=body), as_user(member))
    client.force_login(of_the_region)
    html = text_of(client.get(reverse("instruction-opinions", args=[consulting.reference])))
    assert move_page(consulting, asked.pk) in html
    form = client.get(move_page(consulting, asked.pk)).context["form"]
    filled = {name: form[name].value() for name in ("insurance_sense", "insurance_words")}
    assert filled == {"insurance_sense": "favourable", "insurance_words": WORDS}
    consulting.refresh_from_db()
    assert form["seen"].value() == consulting.version


def test_another_opinion_or_none_fills_nothing(client, consulting, of_the_region, expert):
    asked = opined(put(consulting, of_the_region, email=expert.email), as_user(expert))
    client.force_login(of_the_region)
    for number in (asked.pk, 0, 99999, "x"):
        form = client.get(move_page(consulting, number)).context["form"]
        assert not form["insurance_words"].value()


def test_the_one_who_answered_is_offered_no_opinion_of_others(client, consulting, of_the_region):
    body, member = insurance()
    asked = opined(put(consulting, of_the_region, body=body), as_user(member))
    client.force_login(member)
    answer = client.get(move_page(consulting, asked.pk))
    assert not answer.context["form"]["insurance_words"].value()
