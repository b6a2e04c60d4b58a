"""What a jury said goes before whoever records it: the fields of the move, filled, and to nobody else."""

from decimal import Decimal

import pytest

from projects.judging.prefilling import OPINION, RANK, RECORDS, prefill
from projects.judging.rules import Place
from projects.procedures.calls.published import CALLS


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
