"""The financing model: the arithmetic of a table, and what must hold of any table."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.specification.chart import HEIGHT, chart_of
from projects.specification.model import Year, conclusion, shifts, table_of, threshold_of, years_of

AMOUNTS = st.integers(0, 10**8).map(lambda cents: Decimal(cents) / 100)
YEARS = st.builds(Year, st.integers(2020, 2060), st.integers(0, 10_000_000), AMOUNTS, AMOUNTS, AMOUNTS)
TABLES = st.lists(YEARS, max_size=12, unique_by=lambda one: one.year)


def year(number: int, patients: int, package: str, substituted: str, other: str = "0") -> Year:
    """A year, in euros as text."""
    return Year(number, patients, Decimal(package), Decimal(substituted), Decimal(other))


def test_a_model_is_counted_year_after_year():
    table = table_of([year(2028, 300, "200", "300", "15000"), year(2027, 100, "200", "300", "15000")])
    first, second = table.rows
    assert (first.given.year, first.packages, first.cost, first.avoided) == (2027, 20000, 35000, 30000)
    assert (first.net, first.cumulated, first.threshold) == (5000, 5000, 150)
    assert (second.net, second.cumulated) == (-15000, -10000)
    assert (table.patients, table.packages, table.other, table.avoided) == (400, 80000, 30000, 120000)
    assert (table.cost, table.net, table.break_even) == (110000, -10000, 2028)
    assert "à partir de 2028" in conclusion(table)


@pytest.mark.parametrize(
    ("package", "substituted", "other", "expected"),
    [
        ("100", "200", "1000", 10),
        ("100", "200", "1001", 11),
        ("100", "200", "0", 0),
        ("200", "200", "0", 0),
        ("200", "200", "0.01", None),
        ("300", "200", "0", None),
    ],
)
def test_from_how_many_people_a_year_pays_for_itself(package, substituted, other, expected):
    assert threshold_of(year(2027, 5, package, substituted, other)) == expected


def test_a_balance_that_is_lost_again_is_no_balance():
    lost = [year(2027, 10, "1", "5"), year(2028, 10, "9", "1")]
    assert table_of(lost).break_even is None
    assert "ne s'équilibre pas" in conclusion(table_of(lost))
    assert table_of([*lost, year(2029, 10, "1", "99")]).break_even == 2029


def test_without_a_year_nothing_is_claimed():
    assert table_of([]).break_even is None
    assert conclusion(table_of([])) == "Aucun chiffre n'est encore saisi."
    assert chart_of(table_of([])) is None


@given(TABLES)
def test_the_sums_are_those_of_the_rows_and_the_net_follows_from_them(years):
    table = table_of(years)
    assert table.net == table.cost - table.avoided == sum((row.net for row in table.rows), Decimal(0))
    assert table.cost == table.packages + table.other
    assert [row.given.year for row in table.rows] == sorted(one.year for one in years)
    if table.rows:
        assert table.rows[-1].cumulated == table.net
    if table.break_even is not None:
        assert all(row.cumulated <= 0 for row in table.rows if row.given.year >= table.break_even)
        assert table.net <= 0
    else:
        assert not table.rows or table.net > 0


@given(YEARS)
def test_the_threshold_is_the_smallest_number_that_pays_for_the_year(one):
    found = threshold_of(one)
    gain = one.substituted - one.package
    if found is None:
        assert gain <= 0
    else:
        assert found * gain >= one.other
        assert found == 0 or (found - 1) * gain < one.other


@given(TABLES)
def test_a_drawing_stays_in_its_frame_whatever_the_amounts(years):
    chart = chart_of(table_of(years))
    if chart is None:
        return
    assert len(chart.bars) == 2 * len(years)
    assert all(bar.x >= 0 and bar.x + bar.width <= chart.width for bar in chart.bars)
    assert all(bar.y >= 0 and bar.y + bar.height == chart.floor <= HEIGHT for bar in chart.bars)


@given(TABLES, TABLES)
def test_each_year_of_two_versions_is_compared_once(before, after):
    found = shifts(table_of(before), table_of(after))
    assert [one.year for one in found] == sorted({one.year for one in before} | {one.year for one in after})
    assert all((one.words == "Inchangée") == (not one.changed) for one in found)


def test_what_was_frozen_is_counted_as_it_was_typed():
    frozen = [{"year": 2027, "patients": 3, "package": "10.50", "substituted": "0.10", "other": "0.00"}]
    assert table_of(years_of(frozen)).cost == Decimal("31.50")
