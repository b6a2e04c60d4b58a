"""Which procedure: each threshold to the cent and to the day, for each buyer, then what must always hold."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from levers.models import Threshold as Row
from levers.procurement.rules import Buyer, Key, Need, Procedure, Publicity, Purchases, Threshold, periods_of
from levers.procurement.rules import procedures_for as decide
from levers.procurement.timeline import BOTTOM, LEFT, RIGHT, TOP, chart_of

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures/thresholds.yaml"
CENT = Decimal("0.01")
STATE, PUBLIC = Buyer.CENTRAL_STATE, Buyer.OTHER_PUBLIC
AUTHORITY, PRIVATE = Buyer.PRIVATE_CONTRACTING_AUTHORITY, Buyer.PRIVATE
CODE = [STATE, PUBLIC, AUTHORITY]
LIBRE, INNOVATIVE, MAPA, FORMAL = Procedure
NONE, ADAPTED, NATIONAL, EUROPEAN = Publicity


def of_the_content() -> list[Threshold]:
    """Return the thresholds of the fixtures, without a database."""
    rows = [entry["fields"] for entry in yaml.safe_load(FIXTURE.read_text(encoding="utf-8"))]
    return [
        Threshold(
            key=Key(row["key"]),
            value=Decimal(row["value"]),
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
            buyers=row["buyers"],
            category=row["category"],
        )
        for row in rows
    ]


REAL = of_the_content()


def day(text: str) -> date:
    return date.fromisoformat(text)


def ask(amount, buyer=PUBLIC, on="2026-06-01", *, works=False, innovative=False, thresholds=REAL):
    category = Purchases.WORKS if works else Purchases.SUPPLIES_SERVICES
    return decide(Need(Decimal(amount), buyer, category, innovative), day(on), thresholds)


def test_the_words_of_the_rows_are_those_of_the_rules():
    assert [key.value for key in Key] == Row.Key.values
    assert {"all", *Purchases} == set(Row.Purchases.values)
    assert {"all", STATE, PUBLIC} == set(Row.Buyers.values)


# --- Amounts, to the cent -----------------------------------------------------

FREE_LIMITS = [("2020-01-01", "40000"), ("2026-03-31", "40000"), ("2026-04-01", "60000"), ("2027-12-31", "60000")]


@pytest.mark.parametrize("buyer", CODE)
@pytest.mark.parametrize(("on", "limit"), FREE_LIMITS)
def test_buying_freely_stops_where_its_threshold_is_reached(buyer, on, limit):
    below, exact, above = (ask(Decimal(limit) + step, buyer, on) for step in (-CENT, 0, CENT))
    assert below.ways == ((LIBRE, NONE), (MAPA, ADAPTED))
    assert exact.ways == above.ways == ((MAPA, ADAPTED),)


@pytest.mark.parametrize("buyer", CODE)
@pytest.mark.parametrize("on", ["2020-06-15", "2021-12-20", "2023-01-01", "2026-02-01", "2026-06-01"])
def test_an_innovative_purchase_stops_at_100_000_euros_and_must_be_asked(buyer, on):
    below, exact, above = (ask(Decimal(100_000) + step, buyer, on, innovative=True) for step in (-CENT, 0, CENT))
    assert below.ways == ((INNOVATIVE, NONE), (MAPA, NATIONAL))
    assert exact.ways == above.ways == ((MAPA, NATIONAL),)
    assert ask(Decimal(100_000) - CENT, buyer, on).ways == ((MAPA, NATIONAL),)


@pytest.mark.parametrize("buyer", CODE)
@pytest.mark.parametrize("on", ["2020-01-01", "2024-02-29", "2026-06-01"])
def test_the_announcement_is_compulsory_from_90_000_euros(buyer, on):
    below, exact, above = (ask(Decimal(90_000) + step, buyer, on) for step in (-CENT, 0, CENT))
    assert below.ways == ((MAPA, ADAPTED),)
    assert exact.ways == above.ways == ((MAPA, NATIONAL),)


FORMAL_LIMITS = [
    ("2020-01-01", "2021-12-31", 139_000, 214_000, 5_350_000),
    ("2022-01-01", "2023-12-31", 140_000, 215_000, 5_382_000),
    ("2024-01-01", "2025-12-31", 143_000, 221_000, 5_538_000),
    ("2026-01-01", "2027-12-31", 140_000, 216_000, 5_404_000),
]


@pytest.mark.parametrize(("first", "last", "state", "others", "works"), FORMAL_LIMITS)
def test_the_formal_procedure_is_compulsory_and_alone_where_its_threshold_is_reached(first, last, state, others, works):
    for on in (first, last):
        for buyer, limit in ((STATE, state), (PUBLIC, others), (AUTHORITY, others)):
            below, exact, above = (ask(Decimal(limit) + step, buyer, on) for step in (-CENT, 0, CENT))
            assert below.ways == ((MAPA, NATIONAL),)
            assert exact.ways == above.ways == ((FORMAL, EUROPEAN),)
        for buyer in CODE:
            assert ask(works, buyer, on, works=True).ways == ((FORMAL, EUROPEAN),)
            assert ask(Decimal(works) - CENT, buyer, on, works=True).procedures in ((MAPA,), ())


@pytest.mark.parametrize("buyer", CODE)
def test_works_are_free_below_100_000_euros_since_2026(buyer):
    for on in ("2026-01-01", "2026-06-01", "2027-12-31"):
        assert ask("99999.99", buyer, on, works=True).ways == ((LIBRE, NONE), (MAPA, NATIONAL))
        assert ask("89999.99", buyer, on, works=True).ways == ((LIBRE, NONE), (MAPA, ADAPTED))
        assert ask("100000", buyer, on, works=True).ways == ((MAPA, NATIONAL),)
        both = ask("99999.99", buyer, on, works=True, innovative=True)
        assert both.procedures == (LIBRE, INNOVATIVE, MAPA)


# --- Days ---------------------------------------------------------------------

DAYS_OF_CHANGE = [
    ("2026-03-31", "2026-04-01", 55_000, PUBLIC, ((MAPA, ADAPTED),), ((LIBRE, NONE), (MAPA, ADAPTED))),
    ("2026-03-31", "2026-04-01", 65_000, PUBLIC, ((MAPA, ADAPTED),), ((MAPA, ADAPTED),)),
    ("2021-12-31", "2022-01-01", 139_500, STATE, ((FORMAL, EUROPEAN),), ((MAPA, NATIONAL),)),
    ("2023-12-31", "2024-01-01", 141_000, STATE, ((FORMAL, EUROPEAN),), ((MAPA, NATIONAL),)),
    ("2025-12-31", "2026-01-01", 141_000, STATE, ((MAPA, NATIONAL),), ((FORMAL, EUROPEAN),)),
    ("2025-12-31", "2026-01-01", 218_000, PUBLIC, ((MAPA, NATIONAL),), ((FORMAL, EUROPEAN),)),
    ("2023-12-31", "2024-01-01", 218_000, AUTHORITY, ((FORMAL, EUROPEAN),), ((MAPA, NATIONAL),)),
]


@pytest.mark.parametrize(("eve", "morrow", "amount", "buyer", "before", "after"), DAYS_OF_CHANGE)
def test_an_answer_changes_from_one_day_to_the_next(eve, morrow, amount, buyer, before, after):
    assert day(morrow) - day(eve) == timedelta(days=1)
    assert ask(amount, buyer, eve).ways == before
    assert ask(amount, buyer, morrow).ways == after


@pytest.mark.parametrize(
    ("on", "how_many"),
    [("2021-12-15", 1), ("2021-12-16", 2), ("2021-12-25", 2), ("2021-12-26", 1)],
)
def test_the_experiment_and_the_rule_that_made_it_permanent_both_count_while_they_overlap(on, how_many):
    found = ask(65_000, on=on, innovative=True)
    assert found.procedures == (INNOVATIVE, MAPA)
    assert [threshold.key for threshold in found.thresholds].count(Key.INNOVATIVE) == how_many


def test_below_one_of_two_overlapping_thresholds_is_enough():
    wider = [*REAL, Threshold(Key.INNOVATIVE, Decimal(140_000), day("2026-01-01"))]
    assert INNOVATIVE in ask(120_000, innovative=True, thresholds=wider).procedures
    assert INNOVATIVE not in ask(140_000, innovative=True, thresholds=wider).procedures


# --- What is not known ----------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "options", "unknown"),
    [
        ("2019-12-31", {}, (Key.FREE, Key.FORMAL, Key.PUBLICITY)),
        ("2018-12-24", {"innovative": True}, tuple(Key)),
        ("2028-01-01", {}, (Key.FORMAL,)),
        ("2020-06-15", {"works": True}, (Key.FREE,)),
        ("2025-12-31", {"works": True}, (Key.FREE,)),
        ("2028-01-01", {"works": True}, (Key.FORMAL,)),
    ],
)
def test_an_answer_that_depends_on_an_unknown_threshold_is_not_guessed(on, options, unknown):
    for buyer in CODE:
        found = ask(50_000, buyer, on, **options)
        assert (found.procedures, found.thresholds) == ((), ())
        assert found.unknown == unknown


def test_an_answer_that_does_not_depend_on_what_is_unknown_is_given():
    found = ask(6_000_000, on="2023-01-01", works=True)
    assert found.ways == ((FORMAL, EUROPEAN),)
    assert [threshold.key for threshold in found.thresholds] == [Key.FORMAL]
    without_innovation = [one for one in REAL if one.key is not Key.INNOVATIVE]
    assert ask(50_000, thresholds=without_innovation).procedures == (LIBRE, MAPA)
    assert ask(50_000, innovative=True, thresholds=without_innovation).unknown == (Key.INNOVATIVE,)


@pytest.mark.parametrize("on", ["0001-01-01", "2026-06-01", "9999-12-31"])
def test_a_private_body_gets_no_procedure_on_any_day(on):
    found = ask(50_000, PRIVATE, on, innovative=True)
    assert (found.ways, found.thresholds, found.unknown) == ((), (), ())


def test_the_thresholds_of_the_answer_are_those_that_it_rests_on():
    assert [t.value for t in ask(50_000, STATE).thresholds] == [60_000, 140_000, 90_000]
    assert [t.value for t in ask(50_000, innovative=True).thresholds] == [60_000, 100_000, 216_000, 90_000]
    assert [t.value for t in ask(216_000, innovative=True).thresholds] == [216_000]


# --- What always holds ----------------------------------------------------------

AMOUNTS = st.decimals(0, 10_000_000, places=2)
DAYS = st.dates(date(2017, 1, 1), date(2030, 1, 1))
NEEDS = st.builds(Need, AMOUNTS, st.sampled_from(Buyer), st.sampled_from(Purchases), st.booleans())


def rank(outcome) -> int:
    """Return how light the lightest procedure is: the smaller, the lighter."""
    return list(Procedure).index(outcome.procedures[0])


@given(NEEDS, DAYS)
def test_every_answer_is_in_order_and_consistent(need, on):
    found = decide(need, on, REAL)
    order = list(Procedure)
    assert list(found.procedures) == sorted(set(found.procedures), key=order.index)
    assert FORMAL not in found.procedures or found.procedures == (FORMAL,)
    assert LIBRE not in found.procedures or MAPA in found.procedures
    assert need.innovative or INNOVATIVE not in found.procedures
    assert bool(found.procedures) + bool(found.unknown) + (need.buyer is PRIVATE) == 1
    assert all(one.holds(on) and need.concerns(one) for one in found.thresholds)
    for procedure, publicity in found.ways:
        assert (publicity is NONE) is (procedure in (LIBRE, INNOVATIVE))
        assert (publicity is EUROPEAN) is (procedure is FORMAL)


@given(NEEDS, AMOUNTS, DAYS)
def test_a_greater_amount_never_makes_a_lighter_procedure_appear(need, more, on):
    greater = Need(need.amount + more, need.buyer, need.category, need.innovative)
    small, great = decide(need, on, REAL), decide(greater, on, REAL)
    if small.procedures and great.procedures:
        assert set(great.procedures) <= {*small.procedures, FORMAL}
        assert rank(great) >= rank(small)
        order = list(Publicity)
        assert order.index(great.publicity[-1]) >= order.index(small.publicity[-1])


@given(NEEDS, DAYS)
def test_a_private_contracting_authority_follows_other_public_buyers(need, on):
    pair = [decide(Need(need.amount, who, need.category, need.innovative), on, REAL) for who in (PUBLIC, AUTHORITY)]
    assert pair[0] == pair[1]


@given(NEEDS, DAYS, st.randoms())
def test_the_order_of_the_rows_changes_nothing(need, on, random):
    mixed = list(REAL)
    random.shuffle(mixed)
    assert decide(need, on, mixed).ways == decide(need, on, REAL).ways


@settings(max_examples=60)
@given(NEEDS, DAYS)
def test_periods_cover_all_the_time_there_is_and_answer_as_their_days_do(need, on):
    periods = periods_of(need, REAL)
    assert (periods[0].first, periods[-1].last) == (None, None)
    for before, after in pairwise(periods):
        assert before.last + timedelta(days=1) == after.first
    (here,) = [period for period in periods if period.contains(on)]
    found = decide(need, on, REAL)
    assert (here.outcome.ways, here.outcome.unknown) == (found.ways, found.unknown)


def test_the_periods_of_a_need_are_cut_where_an_amount_that_matters_moves():
    need = Need(Decimal(65_000), PUBLIC)
    firsts = [period.first for period in periods_of(need, REAL)]
    assert firsts == [
        None,
        *map(day, ["2020-01-01", "2022-01-01", "2024-01-01", "2026-01-01", "2026-04-01", "2028-01-01"]),
    ]


def test_a_threshold_until_the_end_of_time_cuts_nothing_after_it():
    need = Need(Decimal(10), PUBLIC)
    rows = [Threshold(Key.FREE, Decimal(40), date.min, date.max)]
    assert [(period.first, period.last) for period in periods_of(need, rows)] == [(None, None)]


# --- The picture ------------------------------------------------------------------


def test_the_picture_holds_one_line_a_threshold_with_its_amounts_in_order():
    chart = chart_of(REAL, Decimal(55_000), day("2026-03-31"))
    told = {(line.key, line.buyers): [int(mark.value) for mark in line.values] for line in chart.lines}
    assert told == {
        (Key.FREE, "all"): [40_000, 60_000],
        (Key.INNOVATIVE, "all"): [100_000],
        (Key.FORMAL, "central-state"): [139_000, 140_000, 143_000, 140_000],
        (Key.FORMAL, "other-public"): [214_000, 215_000, 221_000, 216_000],
    }
    assert [mark.text for mark in chart.years] == [str(year) for year in range(2020, 2029)]
    assert len({line.rank for line in chart.lines}) == len(chart.lines)
    assert chart.day.x < chart.years[-2].x
    heights = {int(mark.value): mark.y for mark in chart.amounts}
    assert heights[100_000] < chart.need.y < heights[50_000]
    assert all(line.path.startswith(f"M{LEFT} ") and line.path.endswith(f"H{RIGHT}") for line in chart.lines)


def test_a_gap_between_two_thresholds_is_a_gap_in_the_line():
    rows = [Threshold(Key.FREE, Decimal(1), day("2020-01-01"), day("2021-12-31")),
            Threshold(Key.FREE, Decimal(2), day("2024-01-01"))]  # fmt: skip
    assert chart_of(rows).lines[0].path.count("M") == 2
    rows[1] = Threshold(Key.FREE, Decimal(2), day("2022-01-01"))
    assert chart_of(rows).lines[0].path.count("M") == 1


@given(st.lists(st.builds(
    Threshold, st.sampled_from(Key), st.decimals(1, 10**9, places=2), st.dates(), st.none() | st.dates(),
    st.sampled_from(["all", "central-state", "other-public"]), st.sampled_from(["all", "works", "supplies-services"]),
), max_size=8), st.none() | AMOUNTS, st.none() | st.dates())  # fmt: skip
def test_whatever_curators_write_the_picture_stays_in_its_frame(rows, amount, on):
    chart = chart_of(rows, amount, on)
    if chart is None:
        return
    marks = [*chart.years, *chart.amounts, *(mark for line in chart.lines for mark in line.values)]
    assert all(LEFT <= mark.x <= RIGHT and TOP <= mark.y <= BOTTOM for mark in marks)


def test_without_thresholds_there_is_no_picture():
    assert chart_of([]) is None
    assert chart_of([Threshold(Key.FREE, Decimal(100_000), day("2026-01-01"), category="works")]) is None
