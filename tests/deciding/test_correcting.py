"""A decision that was notified is righted by another one; the first stays as it was signed."""

from decimal import Decimal

import pytest
from django.urls import reverse

from projects.engine.door import NotAllowed
from projects.engine.verifying import verify
from projects.procedures.catalogue import PROCEDURES
from projects.procedures.vocabulary import AGENCY_STAFF, Party
from tests.deciding.builders import REFUSAL, notified
from tests.dossier_factories import drive

GIVEN = {"correction_reason": "Erreur de calcul.", "correction_words": "10 000 € au lieu de 12 500 €."}


def test_it_is_a_decision_of_its_own_and_the_first_stays(client, fir, people, applicant, mailoutbox):
    first = notified(fir, people)
    before = first.content
    mailoutbox.clear()
    drive(fir, "correct-granted", people["director"], corrected_amount="10000", **GIVEN)
    second = fir.decisions.latest("pk")
    first.refresh_from_db()
    assert (first.content, second.corrects, second.key) == (before, first, "correction")
    assert [one.number[-4:] for one in fir.decisions.decided()] == ["0001", "0002"]
    assert "10 000 € au lieu de 12 500 €." in second.content["text"]
    assert "Erreur de calcul." in second.content["text"]
    assert first.number in second.content["text"]
    assert fir.stage == "granted"
    assert [mail.to for mail in mailoutbox] == [[applicant.email]]
    assert second.number in mailoutbox[0].body
    client.force_login(applicant)
    page = client.get(reverse("dossier", args=[fir.reference])).content.decode()
    assert first.number in page
    assert second.number in page
    assert verify(fir).is_whole


def test_the_money_follows_by_the_difference(fir, people):
    notified(fir, people)
    drive(fir, "correct-granted", people["director"], corrected_amount="10000", **GIVEN)
    drive(fir, "correct-granted", people["director"], corrected_amount="", **GIVEN)
    assert sum(line.amount for line in fir.money.filter(kind="granted")) == Decimal(10_000)
    assert fir.money.filter(kind="granted").count() == 2


def test_a_refusal_is_righted_too_and_stays_ended_since_then(fir, people):
    notified(fir, people, **REFUSAL)
    ended = fir.ended_at
    drive(fir, "correct-refused", people["director"], corrected_amount="", **GIVEN)
    assert (fir.stage, fir.ended_at) == ("refused", ended)
    assert fir.decisions.notified().decided().count() == 2


def test_an_officer_corrects_nothing(fir, people):
    notified(fir, people)
    with pytest.raises(NotAllowed):
        drive(fir, "correct-granted", people["officer"], **GIVEN)


def test_what_the_law_may_forbid_is_said_before(client, fir, people):
    notified(fir, people)
    client.force_login(people["director"])
    page = client.get(reverse("instruction-move", args=[fir.reference, "correct-granted"])).content.decode()
    assert "quatre mois" in page
    assert "L. 242-1" in page
    assert "vérifier" in page


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda one: f"{one.key}-{one.version}")
def test_a_correction_leaves_the_dossier_where_it_is(procedure):
    for move in procedure.moves:
        if move.letter == "corrected":
            assert move.from_stages == (move.to,)
            assert move.by & {Party.DIRECTOR, Party.DEPARTMENT}
            assert not move.by & AGENCY_STAFF
            assert (move.decides, move.after_decision) == (True, True)
