"""Proposing, checking, signing and notifying are acts of separate people, whatever posts somebody holds."""

from itertools import product

import pytest

from actors.models import Post
from projects.engine.door import Refused
from projects.models import JournalEntry
from projects.procedures.catalogue import PROCEDURES
from projects.procedures.conditions import of_the_person
from projects.procedures.decision_moves import CHECK, NOTIFY_GRANT, NOTIFY_REFUSAL, SIGN
from projects.procedures.types import Facts
from tests.deciding.builders import checked, proposed, signed
from tests.dossier_factories import NOW, drive
from tests.people_factories import make_post

STEPS = {"propose": "officer", "check": "legal", "sign": "director", "notify-grant": "officer"}
FORBIDDEN = {("propose", "check"), ("propose", "sign"), ("check", "sign"), ("sign", "notify-grant")}


@pytest.mark.parametrize(("before", "after"), list(product(STEPS, STEPS)))
def test_who_made_one_step_is_kept_from_exactly_these_others(before, after):
    moves = {move.key: move for move in (CHECK, SIGN, NOTIFY_GRANT)}
    refused = after in moves and of_the_person(moves[after], Facts(NOW, own=(before,))) != ()
    assert refused == ((before, after) in FORBIDDEN)


def test_a_refusal_is_notified_by_another_person_than_the_one_who_signed():
    assert NOTIFY_REFUSAL.other_than == ("sign",)


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda one: f"{one.key}-{one.version}")
def test_every_procedure_that_signs_what_was_proposed_keeps_the_people_apart(procedure):
    keys = {move.key for move in procedure.moves}
    for move in procedure.moves:
        if move.key == "sign" and "propose" in keys:
            assert {"propose", "check"} <= set(move.other_than)


@pytest.mark.parametrize(("before", "after"), sorted(FORBIDDEN))
def test_somebody_with_every_post_is_refused_at_the_door_and_told_why(before, after, fir, people, agency):
    everything = make_post(Post.Role.OFFICER, agency).user
    for role in (Post.Role.LEGAL, Post.Role.DIRECTOR):
        make_post(role, agency, everything)
    for step in STEPS:
        who = everything if step in (before, after) else people[STEPS[step]]
        if step == after:
            with pytest.raises(Refused) as refused:
                drive(fir, step, who)
            break
        drive(fir, step, who, **({"outcome": "grant", "orientation_lever": ""} if step == "propose" else {}))
    assert [one.key for one in refused.value.reasons] == ["other-person"]
    assert "une autre personne" in str(refused.value)
    last = fir.journal.order_by("-seq").first()
    assert (last.kind, last.data["reasons"]) == (JournalEntry.Kind.REFUSED, ["other-person"])


def test_what_counts_is_the_last_proposal(fir, people, agency):
    lawyer_too = people["second"]
    make_post(Post.Role.LEGAL, agency, lawyer_too)
    drive(fir, "propose", lawyer_too, outcome="grant", orientation_lever="")
    drive(fir, "send-back", people["legal"])
    proposed(fir, people)
    drive(fir, "check", lawyer_too)
    assert fir.stage == "checked"


def test_the_page_says_it_before_it_is_tried(client, fir, people, agency):
    make_post(Post.Role.LEGAL, agency, people["officer"])
    proposed(fir, people)
    client.force_login(people["officer"])
    page = client.get(f"/instruction/{fir.reference}/").content.decode()
    assert "Attester la vérification juridique</strong> : pas encore possible" in page
    assert "Ce geste revient à une autre personne" in page
    form = client.get(f"/instruction/{fir.reference}/geste/check/").content.decode()
    assert "Ce geste revient à une autre personne" in form


def test_separate_people_go_through_all_of_it(fir, people):
    decision = signed(fir, people)
    drive(fir, "notify-grant", people["second"])
    assert fir.stage == "granted"
    assert decision.key == "grant"


def test_the_words_may_not_be_older_than_the_proposal(fir, people):
    checked(fir, people)
    assert fir.stage == "checked"
