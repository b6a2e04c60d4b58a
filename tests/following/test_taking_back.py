"""An agreement that is taken back: the dossier is again where it was sent from, with the date that it had there."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import timezone

from projects.deciding.waiting import awaits_signature
from projects.engine.returning import stage_reached
from projects.engine.verifying import verify
from projects.procedures.catalogue import PROCEDURES
from tests.dossier_factories import NOW, drive
from tests.following.builders import EXERCISE, granted

SMALL = Decimal(23000)
"""What may begin without an agreement."""

TAKING_BACK = [
    pytest.param(procedure, move, origin, id=f"{procedure.key}-{origin}")
    for procedure in PROCEDURES
    for move in procedure.moves
    if move.returns
    for one in procedure.moves
    if one.sends
    for origin in one.from_stages
]


def at_stage(stage: str, cast, lever):
    """Bring a dossier to a stage from which an agreement is sent."""
    dossier = granted(cast, SMALL, lever=lever)
    if stage == "running":
        drive(dossier, "start", cast.officer)
    assert dossier.stage == stage
    return dossier


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("stage", ["granted", "running"])
def test_it_is_again_at_the_stage_from_which_it_was_sent(stage, signed, cast, lever):
    dossier = at_stage(stage, cast, lever)
    before = dossier.due_at
    later = NOW + timedelta(days=3)
    drive(dossier, "send-agreement", cast.officer, later)
    if signed:
        drive(dossier, "sign-as-carrier", cast.owner, later)
    entry = drive(dossier, "take-back-agreement", cast.officer, later)
    assert (dossier.stage, entry.to_stage) == (stage, stage)
    assert (dossier.macro, dossier.turn) == (dossier.stage_now.macro, dossier.stage_now.turn)
    assert verify(dossier).is_whole
    if stage == "running":
        assert dossier.due_at == before
        assert timezone.localtime(before - timedelta(seconds=1)).date() == date.fromisoformat(EXERCISE)
    else:
        assert dossier.due_at == before + timedelta(days=3), "the delay of the stage begins again"


def test_it_follows_the_last_sending_and_not_one_before(cast, lever):
    dossier = granted(cast, SMALL, lever=lever)
    drive(dossier, "send-agreement", cast.officer)
    drive(dossier, "take-back-agreement", cast.officer)
    assert dossier.stage == "granted"
    drive(dossier, "start", cast.officer)
    drive(dossier, "send-agreement", cast.officer)
    drive(dossier, "take-back-agreement", cast.officer)
    assert dossier.stage == "running"


@pytest.mark.parametrize(("procedure", "move", "origin"), TAKING_BACK)
def test_every_procedure_leads_back_to_where_it_was_sent_from(procedure, move, origin):
    sending = next(one for one in procedure.moves if one.sends and origin in one.from_stages)
    sent = SimpleNamespace(kind="move", move=sending.key, from_stage=origin, to_stage=sending.to)
    other = SimpleNamespace(kind="noted", move="", from_stage=sending.to, to_stage=sending.to)
    assert stage_reached(procedure, move, [sent, other]).key == origin
    assert origin not in move.from_stages


def test_every_procedure_that_sends_words_to_be_signed_may_take_them_back():
    assert {one.values[0].key for one in TAKING_BACK} == {
        procedure.key for procedure in PROCEDURES if any(move.sends for move in procedure.moves)
    }


@pytest.mark.parametrize(("procedure", "move", "origin"), TAKING_BACK)
def test_one_that_waits_for_the_signature_of_the_agency_stays_in_its_folder(procedure, move, origin):
    ours = [key for key in move.from_stages if procedure.stage(key).turn == "agency"]
    assert all(awaits_signature(procedure, key) for key in ours)
