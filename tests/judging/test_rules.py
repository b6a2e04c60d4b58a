"""Totals, averages, spreads, ranks and the line of an envelope: tables, and what holds whatever the marks."""

from decimal import Decimal as D
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.judging.rules import (
    Place,
    Ranked,
    against_envelope,
    expected,
    is_mark,
    owes_words,
    ranking,
    spread_of,
    total_of,
)
from projects.procedures.catalogue import PROCEDURES
from projects.procedures.grids import Criterion, Grid, as_data, from_data, problems
from tests.judging.builders import GRID

UNWEIGHTED = Grid((Criterion("a", "A", weight=D(9)), Criterion("b", "B")), "Essai")

marks = st.integers(0, 10).map(lambda half: D(half) / 2)
totals = st.decimals(0, 100, places=2)
keys = st.text("ABCDEF23456", min_size=1, max_size=4)
boards = st.dictionaries(keys, st.none() | totals, max_size=12)
amounts = st.decimals(0, 500_000, places=2)


@pytest.mark.parametrize(
    ("grid", "given_marks", "total"),
    [
        (GRID, {"need": "5", "team": "5"}, "100.00"),
        (GRID, {"need": "0", "team": "0"}, "0.00"),
        (GRID, {"need": "5", "team": "0"}, "75.00"),
        (GRID, {"need": "3.5", "team": "3"}, "67.50"),
        (UNWEIGHTED, {"a": "5", "b": "0"}, "50.00"),
    ],
)
def test_a_total_is_weighted_and_a_grid_with_a_weight_that_is_unknown_is_not(grid, given_marks, total):
    assert total_of(grid, {key: D(mark) for key, mark in given_marks.items()}) == D(total)


def test_a_grid_with_a_mark_missing_has_no_total():
    with pytest.raises(KeyError):
        total_of(GRID, {"need": D(3)})


@given(marks, marks)
def test_a_total_is_between_nothing_and_a_hundred_and_a_better_mark_never_lowers_it(need, team):
    total = total_of(GRID, {"need": need, "team": team})
    assert 0 <= total <= 100
    assert total <= total_of(GRID, {"need": D(5), "team": team})


@pytest.mark.parametrize(("mark", "right", "words"), [("0", True, True), ("2.5", True, True), ("3", True, False),
                                                      ("5", True, False), ("5.5", False, False), ("3.2", False, False), ("-1", False, True)])  # fmt: skip
def test_marks_go_by_halves_and_the_low_ones_are_explained(mark, right, words):
    criterion = GRID.criteria[0]
    assert (is_mark(criterion, D(mark)), owes_words(criterion, D(mark))) == (right, words)


@pytest.mark.parametrize(
    ("values", "mean", "deviation"),
    [(["50"], "50.00", "0.00"), (["40", "60"], "50.00", "10.00"), (["10", "20", "30"], "20.00", "8.16"),
     (["33.33", "33.34"], "33.34", "0.01")],
)  # fmt: skip
def test_the_average_and_the_standard_deviation(values, mean, deviation):
    found = spread_of(D(value) for value in values)
    assert (found.mean, found.deviation, found.count) == (D(mean), D(deviation), len(values))


def test_nothing_has_no_average():
    assert spread_of([]) is None


@given(st.lists(totals, min_size=1, max_size=30), st.randoms())
def test_an_average_is_between_the_lowest_and_the_highest_whoever_marked_first(values, draw):
    found = spread_of(values)
    assert found.lowest <= found.mean <= found.highest
    assert 0 <= found.deviation <= (found.highest - found.lowest) / 2 + D("0.01")
    shuffled = list(values)
    draw.shuffle(shuffled)
    assert spread_of(shuffled) == found


def test_ties_share_the_better_rank_and_are_said_and_what_nobody_marked_is_last():
    found = ranking({"C": D(80), "B": D(80), "D": None, "A": D(70), "E": D(90)})
    assert [(one.key, one.rank, one.tied) for one in found] == [
        ("E", 1, False), ("B", 2, True), ("C", 2, True), ("A", 4, False), ("D", None, False)
    ]  # fmt: skip


@given(boards, st.randoms())
def test_a_ranking_is_a_total_order_that_does_not_depend_on_who_came_first(board, draw):
    found = ranking(board)
    assert sorted(one.key for one in found) == sorted(board)
    ranked = [one for one in found if one.rank is not None]
    assert all(a.mark > b.mark or (a.mark == b.mark and a.rank == b.rank and a.tied and b.tied)
               for a, b in pairwise(ranked))  # fmt: skip
    assert all(one.rank == 1 + sum(other.mark > one.mark for other in ranked) for one in ranked)
    items = list(board.items())
    draw.shuffle(items)
    assert ranking(dict(items)) == found


def line(*rows: tuple[str, str | None], envelope: str) -> tuple[list, bool]:
    ranked = [Ranked(key, D(100 - rank), rank, False) for rank, (key, _) in enumerate(rows, start=1)]
    return against_envelope(ranked, {key: D(amount) for key, amount in rows if amount is not None}, D(envelope))


def test_the_line_is_drawn_in_the_order_of_rank_and_nobody_jumps_it():
    found, _ = line(("A", "100"), ("B", "80"), ("C", "10"), ("D", None), envelope="150")
    assert [(one.place, one.covered, one.cumulated) for one in found] == [
        (Place.ABOVE, 100, 100), (Place.PARTLY, 50, 180), (Place.BELOW, 0, 190), (Place.NO_AMOUNT, 0, 190)
    ]  # fmt: skip


def test_an_envelope_that_is_just_spent_leaves_nobody_in_part():
    found, _ = line(("A", "100"), ("B", "50"), ("C", "1"), envelope="150")
    assert [one.place for one in found] == [Place.ABOVE, Place.ABOVE, Place.BELOW]


def test_a_line_between_ties_is_said():
    ranked = ranking({"A": D(80), "B": D(80)})
    wanted = {"A": D(60), "B": D(60)}
    assert against_envelope(ranked, wanted, D(60))[1] is True
    assert against_envelope(ranked, wanted, D(120))[1] is False


@given(boards, st.data(), st.decimals(0, 1_000_000, places=2))
def test_the_line_never_gives_more_than_the_envelope_nor_more_than_was_asked(board, data, envelope):
    wanted = {key: data.draw(amounts) for key in board if data.draw(st.booleans())}
    found, _ = against_envelope(ranking(board), wanted, envelope)
    assert sum(one.covered for one in found) <= envelope
    assert all(0 <= one.covered <= (one.amount or 0) for one in found)
    assert sum(one.place is Place.PARTLY for one in found) <= 1
    given_nothing = [one.place for one in found if one.place in (Place.ABOVE, Place.PARTLY, Place.BELOW)]
    assert given_nothing == sorted(given_nothing, key=[Place.ABOVE, Place.PARTLY, Place.BELOW].index)


def test_everybody_marks_everything_but_what_is_closed_to_them():
    assert expected([1, 2], [8, 9], [(1, 9), (7, 8)]) == {(1, 8), (2, 8), (2, 9)}


@pytest.mark.parametrize("procedure", [one for one in PROCEDURES if one.grid], ids=lambda one: one.key)
def test_the_grid_of_a_procedure_holds_is_kept_whole_and_invents_no_weight(procedure):
    assert problems(procedure.grid) == []
    assert from_data(as_data(procedure.grid)) == procedure.grid
    assert [one.weight for one in procedure.grid.criteria if one.weight is not None] == []
    assert "à vérifier" in procedure.grid.source


@pytest.mark.parametrize(
    ("grid", "words"),
    [
        (Grid((), ""), "a grid without criteria"),
        (Grid((GRID.criteria[0],) * 2, ""), "criterion need: twice"),
        (Grid((Criterion("a", "A", low=D(5)),), ""), "criterion a: no mark is between its bounds"),
        (Grid((Criterion("a", "A", words_below=D(9)),), ""), "criterion a: words are due below a mark that is not on its scale"),
        (Grid((Criterion("a", "A", weight=D(-1)),), ""), "criterion a: a weight below nothing"),
    ],
)  # fmt: skip
def test_a_grid_that_contradicts_itself_is_found(grid, words):
    assert words in problems(grid)
