"""Making a move from the page: who may, what comes back with a refusal, a request made point by point."""

from uuid import uuid4

import pytest
from django.urls import reverse

from projects.forms.moves import MoveForm
from projects.models import CompletionRequest
from projects.procedures.catalogue import LATEST
from tests.dossier_factories import drive
from tests.instruction.conftest import leaks, text_of


def address(dossier, move: str) -> str:
    return reverse("instruction-move", args=[dossier.reference, move])


def sent(dossier, **given) -> dict:
    dossier.refresh_from_db()
    return {"seen": dossier.version, "key": str(uuid4()), "content_seen": ""} | given


def test_a_field_that_another_answer_calls_for_is_not_said_to_be_optional(db):
    form = MoveForm(LATEST["fir"].move("propose"), initial={})
    labels = {
        name: str(form[name].as_field_group()).split("</label>")[0] for name in ("amount_granted", "orientation_lever")
    }
    assert "Montant accordé, en euros (selon vos autres réponses)" in labels["amount_granted"]
    assert "(facultatif)" not in labels["amount_granted"]
    assert "(facultatif)" in labels["orientation_lever"]


ASKED = {"point-asked-1": "on", "point-words-1": "Précisez la cible.", "point-words-3": "Un devis daté."}


def test_a_completion_is_asked_point_by_point(client, dossier, of_the_region, mailoutbox):
    client.force_login(of_the_region)
    page = client.get(address(dossier, "ask"))
    assert [row.label for row in page.context["points"].rows] == [
        "Le dossier en général", "La demande : Pour quoi faire ?", "La demande : Combien ?", "Pièce : Devis",
    ]  # fmt: skip
    answer = client.post(address(dossier, "ask"), sent(dossier, answer_by="2027-01-31", **ASKED))
    assert answer.status_code == 302
    row = CompletionRequest.objects.get()
    assert row.points == [
        {"about": "question:request.purpose", "words": "Précisez la cible."},
        {"about": "piece:quote", "words": "Un devis daté."},
    ]
    html = text_of(client.get(answer["Location"]))
    assert "Un devis daté." in html
    assert "Chez le porteur" in html


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Cochez au moins un point"),
        ({"point-asked-1": "on"}, "Dites ce que vous demandez, ou décochez ce point."),
        ({**ASKED, "answer_by": ""}, "À remplir."),
        ({**ASKED, "answer_by": "32/01/2027"}, "Écrivez une date qui existe"),
    ],
)
def test_a_request_that_cannot_be_understood_comes_back_with_all_that_was_typed(
    given, said, client, dossier, of_the_region
):
    client.force_login(of_the_region)
    data = sent(dossier, **({"answer_by": "2027-01-31"} | given))
    answer = client.post(address(dossier, "ask"), data)
    html = text_of(answer)
    assert answer.status_code == 200
    assert said in html
    assert all(words in html for name, words in given.items() if "words" in name)
    assert not CompletionRequest.objects.exists()


def test_whoever_comes_second_is_told_who_did_what_and_keeps_the_text(client, dossier, of_the_region, head):
    data = sent(dossier, answer_by="2027-01-31", **ASKED)
    drive(dossier, "ask", head, answer_by="2027-02-01")
    client.force_login(of_the_region)
    answer = client.post(address(dossier, "ask"), data)
    assert answer.status_code == 409
    assert CompletionRequest.objects.count() == 1
    html = text_of(answer)
    assert "Sacha Responsable" in html
    assert "Précisez la cible." in html


def test_a_double_click_is_one_move(client, dossier, of_the_region):
    client.force_login(of_the_region)
    data = sent(dossier, answer_by="2027-01-31", **ASKED)
    assert [client.post(address(dossier, "ask"), data).status_code for _ in range(2)] == [302, 302]
    assert CompletionRequest.objects.count() == 1


def test_a_condition_that_does_not_hold_is_said_before_and_after(client, dossier, of_the_region):
    client.force_login(of_the_region)
    words = "Demandez d'abord des compléments."
    assert words in text_of(client.get(address(dossier, "propose")))
    answer = client.post(address(dossier, "propose"), sent(dossier))
    assert answer.status_code == 409
    assert words in text_of(answer)


@pytest.mark.parametrize("who", ["of_the_region", "legal"])
def test_what_is_another_s_is_refused_by_name(who, client, dossier, request):
    client.force_login(request.getfixturevalue(who))
    assert "revient à quelqu'un d'autre" in text_of(client.get(address(dossier, "grant")))
    answer = client.post(address(dossier, "grant"), sent(dossier))
    assert answer.status_code == 403
    assert "Direction de l'agence" in text_of(answer)
    dossier.refresh_from_db()
    assert dossier.stage == "review"


@pytest.mark.parametrize("who", ["of_another_region", "stranger", "applicant", "content_curator"])
@pytest.mark.parametrize("move", ["ask", "grant", "deposit"])
def test_for_the_others_there_is_no_page(who, move, client, dossier, request):
    client.force_login(request.getfixturevalue(who))
    for answer in (
        client.get(address(dossier, move)),
        client.post(address(dossier, move), sent(dossier, answer_by="2027-01-31", **ASKED)),
    ):
        assert answer.status_code == 404
        assert leaks(text_of(answer)) == []
    dossier.refresh_from_db()
    assert dossier.stage == "review"


def test_a_move_that_does_not_exist_is_not_a_page(client, dossier, of_the_region):
    client.force_login(of_the_region)
    assert client.get(address(dossier, "inconnu")).status_code == 404
