"""The pure rules of steering: stays, deciles, what is hidden from the public, bars."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.engine.stays import Passed, stays
from projects.steering import figures
from projects.steering.acts import report_due
from projects.steering.answers import MISSION, OBJECTIVE, answers_in
from projects.steering.centiles import MIDDLE, NINTH, delays, within
from projects.steering.chart import MOST, NUMBERS, WIDTH, chart
from projects.steering.disclosure import FEWEST, published, share, total_of

T = datetime(2026, 1, 1, tzinfo=UTC)
HISTOGRAMS = st.dictionaries(st.integers(0, 400), st.integers(1, 30), min_size=1, max_size=20)
COUNTS = st.dictionaries(st.text(max_size=3), st.integers(0, 30), max_size=12)


@given(HISTOGRAMS, st.sampled_from([MIDDLE, NINTH]))
def test_a_decile_is_the_nearest_rank_of_the_days_themselves(histogram, share):
    days = sorted(day for day, n in histogram.items() for _ in range(n))
    found = within(histogram, share)
    assert found in days
    assert Fraction(sum(day <= found for day in days), len(days)) >= Fraction(*share)
    assert Fraction(sum(day < found for day in days), len(days)) < Fraction(*share)


@given(HISTOGRAMS)
def test_the_ninth_decile_is_never_before_the_middle_and_order_changes_nothing(histogram):
    told = delays(histogram)
    assert told.n == sum(histogram.values())
    assert min(histogram) <= told.median <= told.ninth <= max(histogram)
    assert delays(dict(reversed(histogram.items()))) == told


def test_nothing_has_no_delay():
    assert delays({}) is None


@given(COUNTS)
def test_no_number_under_five_is_published_and_none_is_changed(counts):
    out = published(counts)
    assert out.keys() == counts.keys()
    assert all(value is None or (value == counts[name] and value >= FEWEST) for name, value in out.items())


@given(COUNTS)
def test_what_is_hidden_is_never_the_total_less_the_others(counts):
    hidden = [counts[name] for name, value in published(counts).items() if value is None]
    if hidden and total_of(counts) is not None:
        assert len(hidden) != 1 or len(counts) == 1
        assert sum(hidden) >= FEWEST


@pytest.mark.parametrize("size", [2, 3, 4])
def test_even_who_knows_the_rule_finds_no_hidden_number(size):
    """Every small table: among those that are published alike, each hidden number takes several values."""
    alike: dict[tuple, list] = {}
    for numbers in product(range(12 if size < 4 else 9), repeat=size):
        counts = {str(rank): number for rank, number in enumerate(numbers)}
        alike.setdefault((*published(counts).values(), total_of(counts)), []).append(numbers)
    found_out = [
        (out, rank)
        for out, tables in alike.items()
        for rank in range(size)
        if out[rank] is None and len({table[rank] for table in tables}) == 1
    ]
    assert found_out == []


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 4, "b": 20, "c": 30}, {"a": None, "b": None, "c": 30}),
        ({"a": 4, "b": 4, "c": 30, "d": 40}, {"a": None, "b": None, "c": None, "d": 40}),
        ({"a": 1, "b": 4, "c": 30}, {"a": None, "b": None, "c": 30}),
        ({"a": 5, "b": 6}, {"a": 5, "b": 6}),
        ({"a": 3}, {"a": None}),
        ({}, {}),
    ],
)
def test_some_tables_as_they_are_published(counts, shown):
    assert published(counts) == shown


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(0, 4, None), (4, 4, None), (1, 6, 17), (5, 5, 100), (0, 5, 0), (1, 8, 13)]
)
def test_a_share_is_said_of_five_at_least(part, whole, said):
    assert share(part, whole) == said


MOVES = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 90)), min_size=1, max_size=12)


@given(MOVES)
def test_stays_follow_one_another_without_a_hole_and_the_last_is_open(moves):
    at, passed = T, []
    for version, (stage, hours) in enumerate(moves, 1):
        at += timedelta(hours=hours)
        passed.append(Passed(version, stage, at))
    found = stays(passed)
    assert [one.left_at for one in found] == [*(one.entered_at for one in found[1:]), None]
    assert all(before.stage != after.stage for before, after in pairwise(found))
    assert found[-1].stage == passed[-1].stage
    assert found[-1].days is None
    assert all(one.days == (one.left_at - one.entered_at) // timedelta(days=1) for one in found[:-1])


@pytest.mark.parametrize(
    ("procedure", "written", "counted"),
    [
        ("fir", "mission=prevention prs=given theme=grand-age", [(MISSION, "prevention"), (OBJECTIVE, "given")]),
        ("fir", "mission=access mission==1+1", [(MISSION, "access"), (OBJECTIVE, "absent")]),
        ("fir", "", [(OBJECTIVE, "absent")]),
        ("first-contact", "theme=grand-age", []),
    ],
)
def test_only_known_missions_count_and_no_objective_where_one_was_asked_for(procedure, written, counted):
    assert list(answers_in(procedure, written)) == counted


def test_a_report_is_due_six_months_after_the_last_one_or_the_beginning():
    assert report_due(None, None) is None
    assert report_due(T, None) == datetime(2026, 7, 1, tzinfo=UTC)
    assert report_due(T, datetime(2026, 8, 31, tzinfo=UTC)) == datetime(2027, 2, 28, tzinfo=UTC)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.text(max_size=5), st.integers(0, 10**9), st.integers(0, 10**9)), max_size=20))
def test_bars_stay_in_the_drawing_and_keep_the_order_of_numbers(rows):
    drawn = chart(rows, (1, 2))
    if drawn is None:
        assert not any(a or b for _, a, b in rows[:MOST])
        return
    bars = [bar for group in drawn.groups for bar in group.bars]
    assert all(0 <= bar.width <= WIDTH - NUMBERS and 0 <= bar.y < drawn.height for bar in bars)
    assert max(bar.width for bar in bars) == WIDTH - NUMBERS
    assert all(one.width <= other.width for one in bars for other in bars if one.value <= other.value)


def test_a_chart_tells_apart_the_stages_of_two_procedures():
    heads = ("Étape", figures.OF_PROCEDURE, "Dossiers", "En retard")
    rows = (("À instruire", "Subvention (FIR)", 3, 0), ("À instruire", "Expérimentation", 2, 0), ("Tout", "", 1, 0))
    block = figures.Block("etapes", "Étapes", "", heads, rows, (2,))
    names = [figures.row_name(block, row) for row in rows]
    assert names == ["À instruire · FIR", "À instruire · Expérimentation", "Tout"]
