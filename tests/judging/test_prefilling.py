"""What a jury said goes before whoever records it: the fields of the move, filled, and to nobody else."""

from datetime import timedelta
from decimal import Decimal

import pytest

from projects.judging.prefilling import OPINION, RANK, RECORDS, prefill
from projects.judging.rules import Place
from projects.models import Adoption
from projects.procedures.calls.published import CALLS
from tests.dossier_factories import DOSSIERS_BEGAN, NOW, drive, fill, make_dossier
from tests.factories import make_call, make_call_criterion, make_user
from tests.instruction.conftest import text_of
from tests.judging.builders import give, make_juror, make_jury
from tests.people_factories import make_organisation


@pytest.mark.parametrize(
    ("mark", "rank", "place", "said", "given"),
    [
        ("67.50", 2, Place.ABOVE, "Solide", {"score": "68", "rank": "2", "within_envelope": "true", "rank_reasons": "Solide"}),
        ("67.49", 1, Place.PARTLY, "", {"score": "67", "rank": "1", "within_envelope": "false"}),
        ("100", 3, Place.BELOW, "", {"score": "100", "rank": "3", "within_envelope": "false"}),
        ("0", 4, Place.NO_AMOUNT, "", {"score": "0", "rank": "4"}),
        ("50", 4, None, "", {"score": "50", "rank": "4"}),
        (None, None, Place.UNRANKED, "Dit", {"rank_reasons": "Dit"}),
    ],
)  # fmt: skip
def test_a_ranking_fills_what_it_knows(mark, rank, place, said, given):
    assert prefill(RANK, Decimal(mark) if mark else None, rank, place, said) == given


def test_another_move_is_filled_with_nothing_and_a_hearing_with_words_only():
    assert prefill("propose", Decimal(50), 1, Place.ABOVE, "Dit") == {}
    assert prefill(OPINION, Decimal(50), 1, Place.ABOVE, "Dit") == {"jury_opinion": "Dit"}
    assert prefill(OPINION, Decimal(50), 1, Place.ABOVE, "") == {}


def test_the_fields_are_those_of_the_moves_of_every_call():
    every = {move.key: {one.key for one in move.fields} for call in CALLS for move in call.moves if move.key in RECORDS}
    assert set(every) == RECORDS
    for key, fields in every.items():
        assert set(prefill(key, Decimal(50), 1, Place.ABOVE, "Dit")) <= fields


def test_the_page_of_the_move_is_filled_once_marks_are_read_and_by_a_jury_of_this_dossier_only(client, of_the_region):
    Adoption.objects.create(procedure_key="call-aap", channel="portal", valid_from=NOW.date() - timedelta(days=9))
    call = make_call(kind="aap")
    make_call_criterion(call, key="need", weight=None)
    make_call_criterion(call, key="team", weight=None)
    dossiers = [under_review(call, of_the_region) for _ in range(2)]
    chair, juror = make_juror("Camille Présidence"), make_juror()
    jury = make_jury(of_the_region, dossiers[:1], [chair, juror], judges={"call": call, "procedure_key": "call-aap"})
    client.force_login(of_the_region)
    pages = [f"/instruction/{one.reference}/geste/rank/" for one in dossiers]
    give(jury, dossiers[0], chair)
    assert 'value="65"' not in text_of(client.get(f"{pages[0]}?jury={jury.pk}"))
    give(jury, dossiers[0], juror)
    assert 'value="65"' in text_of(client.get(f"{pages[0]}?jury={jury.pk}"))
    for address in (pages[0], f"{pages[0]}?jury=0{jury.pk}9", f"{pages[0]}?jury=x", f"{pages[1]}?jury={jury.pk}"):
        assert 'value="65"' not in text_of(client.get(address)), address


def under_review(call, officer):
    """Return a dossier deposited in answer to a call, which the agency has taken in."""
    owner = make_user()
    dossier = make_dossier(owner, "call-aap", call=call, organisation=make_organisation(owner))
    drive(fill(dossier), "deposit", owner, DOSSIERS_BEGAN)
    for move in ("acknowledge", "admit"):
        drive(dossier, move, officer)
    return dossier
