"""The rules of what follows a grant, as tables and properties: schedules, commitments, envelopes, dates, exports."""

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.engine.envelopes import Pot, Scope, balances, is_beyond, left, pot_of
from projects.engine.schedule import by_year, differences, in_figures, numbered, problems
from projects.following.dues import STEPS, Due, Known, dues_of, step_due
from projects.following.essential import COLUMNS, LONGEST, Agreement, as_csv, row_of, text_of
from projects.following.indicators import Said, half_years, is_told, lines_of
from projects.procedures.catalogue import LATEST
from projects.procedures.fir import FIR
from projects.procedures.funding import Scheduled
from projects.procedures.payments import is_reached
from tests.following.builders import HOSTILE, row
from tests.procedures.builders import refused

AMOUNTS = st.decimals(min_value=1, max_value=10**7, places=2)
ROWS = st.lists(st.builds(row, AMOUNTS, year=st.integers(2026, 2030)), min_size=1, max_size=12)
PAID = (
    Scheduled(1, Decimal(100), is_paid=True),
    Scheduled(2, Decimal(200)),
    Scheduled(3, Decimal(300), is_ready=False),
)
WITH_BALANCE = (*PAID, Scheduled(4, Decimal(400), is_balance=True))


# --- Schedules ---


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], ["Écrivez au moins une ligne."]),
        ([row(60)], ["40 € en moins"]),
        ([row(60), row("40.50")], ["0,50 € de trop"]),
        ([row(60), row(40)], []),
        ([row(60, "balance"), row(40, "balance")], ["un solde"]),
        ([row(100, "use-target")], ["quel indicateur"]),
        ([row(100, indicator=4, target=Decimal(2))], ["quel indicateur"]),
        ([row(100, "use-target", indicator=4, target=Decimal(2))], []),
        ([row(100, rank=9)], ["numéro qui n'est pas le sien"]),
    ],
)
def test_a_schedule_totals_what_was_granted_and_says_what_each_row_waits_for(rows, said):
    found = problems(rows, Decimal(100), [], ())
    assert len(found) == len(said)
    assert all(
        words in text.replace("\u202f", " ").replace("\u00a0", " ") for words, text in zip(said, found, strict=True)
    )


def test_a_row_that_was_paid_stays_as_it_was_in_every_version_that_follows():
    before = [row(60, rank=1), row(40, rank=2)]
    assert problems([*before], Decimal(100), before, (1,)) == []
    assert problems([before[0], row(30, rank=2), row(10)], Decimal(100), before, (1,)) == []
    for changed in (
        [row(50, rank=1), row(50, rank=2)],
        [row(100, rank=2)],
        [row(60, rank=1, due="2027-02-01"), before[1]],
    ):
        assert any("déjà versée" in words for words in problems(changed, Decimal(100), before, (1,)))


@given(ROWS, st.sets(st.integers(1, 50)))
def test_numbers_are_never_used_again(rows, used):
    found = numbered(rows, used)
    ranks = [one.rank for one in found]
    assert len(set(ranks)) == len(ranks)
    assert not set(ranks) & used


@given(ROWS, ROWS, ROWS)
def test_what_was_committed_is_the_sum_of_the_differences_whatever_versions_followed(first, second, third):
    committed: dict[int, Decimal] = {}
    before: dict[int, Decimal] = {}
    for rows in (first, second, third):
        for year, amount in differences(before, by_year(rows)).items():
            assert amount
            committed[year] = committed.get(year, Decimal()) + amount
        before = by_year(rows)
    assert {year: amount for year, amount in committed.items() if amount} == by_year(third)


@given(ROWS)
def test_years_share_out_the_whole_amount(rows):
    assert sum(by_year(rows).values()) == sum(one.amount for one in rows)


# --- Payments ---


@pytest.mark.parametrize(
    ("move", "given_with", "known", "why"),
    [
        ("pay-advance", {"paid": Decimal(100)}, {"granted": Decimal(100)}, []),
        ("pay-advance", {"paid": Decimal(101)}, {"granted": Decimal(100)}, ["within-grant"]),
        ("pay-advance", {"paid": Decimal(50)}, {"granted": Decimal(100), "paid": Decimal(60)}, ["within-grant"]),
        ("pay-advance", {}, {"granted": Decimal(100), "paid": Decimal(100)}, []),
        ("pay-advance", {"paid": Decimal(200)}, {"scheduled": PAID}, ["instalment-named"]),
        ("pay-advance", {"paid": Decimal(200), "instalment": 9}, {"scheduled": PAID}, ["instalment-named"]),
        ("pay-advance", {"paid": Decimal(100), "instalment": 1}, {"scheduled": PAID}, ["instalment-unpaid"]),
        ("pay-advance", {"paid": Decimal(199), "instalment": 2}, {"scheduled": PAID}, ["instalment-amount"]),
        ("pay-advance", {"paid": Decimal(300), "instalment": 3}, {"scheduled": PAID}, ["instalment-ready"]),
        (
            "pay-advance",
            {"paid": Decimal(400), "instalment": 4},
            {"scheduled": WITH_BALANCE},
            ["instalment-not-balance"],
        ),
        ("pay-advance", {"paid": Decimal(200), "instalment": 2}, {"scheduled": PAID}, []),
        (
            "pay-advance",
            {"paid": Decimal(200), "instalment": 2},
            {"scheduled": PAID, "granted": Decimal(900)},
            ["schedule-in-step"],
        ),
        (
            "settle",
            {"settlement": "paid", "settled_amount": Decimal(400), "instalment": 4},
            {"scheduled": WITH_BALANCE, "granted": Decimal(1000), "paid": Decimal(600), "done": ("report",)},
            [],
        ),
        (
            "settle",
            {"settlement": "paid", "settled_amount": Decimal(380), "instalment": 4},
            {"scheduled": WITH_BALANCE, "granted": Decimal(1000), "paid": Decimal(600), "done": ("report",)},
            [],
        ),
        (
            "settle",
            {"settlement": "paid", "settled_amount": Decimal(401), "instalment": 4},
            {"scheduled": WITH_BALANCE, "granted": Decimal(1000), "paid": Decimal(500), "done": ("report",)},
            ["instalment-amount"],
        ),
        (
            "settle",
            {"settlement": "recovered", "settled_amount": Decimal(601)},
            {"granted": Decimal(1000), "paid": Decimal(600), "done": ("report",)},
            ["recovered-within-paid"],
        ),
        (
            "settle",
            {"settlement": "nothing", "settled_amount": Decimal(5000)},
            {"granted": Decimal(1000), "scheduled": PAID, "done": ("report",)},
            [],
        ),
    ],
)
def test_a_payment_follows_its_row_once_and_stays_within_the_grant(move, given_with, known, why):
    assert refused(FIR, move, given=given_with, **known) == why


@given(st.lists(AMOUNTS, min_size=1, max_size=10), AMOUNTS)
def test_whatever_is_tried_no_more_is_paid_than_granted(tried, amount):
    paid = Decimal()
    for one in tried:
        if not refused(FIR, "pay-advance", given={"paid": one}, granted=amount, paid=paid):
            paid += one
    assert paid <= amount


@pytest.mark.parametrize(
    ("value", "target", "direction", "reached"),
    [(None, 5, "up", False), (5, 5, "up", True), (4, 5, "up", False), (4, 5, "down", True), (6, 5, "down", False)],
)
def test_a_target_is_reached_from_the_side_on_which_it_is_better(value, target, direction, reached):
    number = None if value is None else Decimal(value)
    assert is_reached(number, Decimal(target), direction) is reached


# --- Envelopes ---


def test_the_envelope_of_a_call_comes_before_that_of_its_lever():
    of_lever, of_call = Pot(1, 1, 2027, Decimal(100), lever=5), Pot(2, 1, 2027, Decimal(50), call=7)
    pots = [of_lever, of_call]
    assert pot_of(pots, Scope(1, 2027, 5, 7)) is of_call
    assert pot_of(pots, Scope(1, 2027, 5, None)) is of_lever
    assert pot_of(pots, Scope(1, 2027, 5, 8)) is of_lever
    assert pot_of(pots, Scope(1, 2028, 5, 7)) is None
    assert pot_of(pots, Scope(2, 2027, 5, 7)) is None


def test_what_no_envelope_covers_is_said_apart():
    found = balances([Pot(1, 1, 2027, Decimal(100), lever=5)], {
        Scope(1, 2027, 5, None): (Decimal(30), Decimal(10)),
        Scope(1, 2027, 5, 7): (Decimal(20), Decimal()),
        Scope(1, 2027, 6, None): (Decimal(9), Decimal()),
    })  # fmt: skip
    assert [(one.committed, one.left) for one in found] == [(50, 50), (9, None)]


@given(st.lists(st.decimals(min_value=-(10**6), max_value=10**6, places=2), max_size=30), AMOUNTS)
def test_an_envelope_is_never_committed_past_its_amount(wanted, envelope):
    committed = Decimal()
    for one in wanted:
        if committed + one >= 0 and not is_beyond(envelope, committed, one):
            committed += one
    assert left(envelope, committed) >= 0


# --- What is due ---


def test_the_financial_report_is_due_six_months_after_the_exercise_until_it_is_sent():
    records = {"exercise_ends_on": date(2026, 12, 31)}
    owed = dues_of(FIR, Known(records, ["propose", "sign-agreement"]))
    assert {one.label for one in owed} == {"Compte rendu financier", "Bilan de l'action"}
    assert {(one.on, one.is_done) for one in owed} == {(date(2027, 6, 30), False)}
    assert all("2000-321" in one.source for one in owed)
    assert {one.is_done for one in dues_of(FIR, Known(records, ["propose", "report"]))} == {True}
    assert {one.is_done for one in dues_of(FIR, Known(records, ["propose", "report", "next-year"]))} == {False}
    assert dues_of(FIR, Known({}, [])) == []


@pytest.mark.parametrize("key", sorted(LATEST))
def test_every_procedure_can_be_asked_what_is_due(key):
    records = {"exercise_ends_on": date(2026, 12, 31)}
    assert all(one.label for one in dues_of(LATEST[key], Known(records, [])))


@pytest.mark.parametrize(
    ("day", "step"),
    [
        ("2027-05-30", None), ("2027-05-31", -30), ("2027-06-07", -30), ("2027-06-08", None), ("2027-06-30", 0),
        ("2027-07-07", 0), ("2027-07-08", None), ("2027-07-30", 30), ("2027-08-07", None),
    ],
)  # fmt: skip
def test_a_reminder_leaves_a_month_before_on_the_day_and_a_month_after(day, step):
    due = Due("report", "Compte rendu", date(2027, 6, 30), is_done=False)
    assert step_due(due, date.fromisoformat(day)) == step


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.integers(-100, 100))
def test_nothing_is_reminded_of_once_it_is_done_and_each_step_has_its_days(on, shift):
    day = on + timedelta(days=shift)
    assert step_due(Due("x", "X", on, is_done=True), day) is None
    assert step_due(Due("x", "X", on, is_done=False), day) in (None, *STEPS)


def test_values_are_due_a_month_after_each_half_year_of_the_action():
    known = Known(
        {"exercise_ends_on": date(2028, 3, 31)}, [], date(2026, 11, 28), told={1: [date(2026, 12, 31)], 2: []}
    )
    owed = [one for one in dues_of(FIR, known) if one.key.startswith("values")]
    assert [(one.on, one.is_done) for one in owed] == [
        (date(2027, 1, 31), False), (date(2027, 7, 31), False), (date(2028, 1, 31), False),
    ]  # fmt: skip
    both = Known(known.records, [], known.began_on, told={1: [date(2026, 12, 31)], 2: [date(2027, 1, 10)]})
    assert [one.is_done for one in dues_of(FIR, both) if one.key.startswith("values")] == [True, False, False]


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(0, 3000))
def test_half_years_are_within_the_period_and_none_is_left_out(start, days):
    end = start + timedelta(days=days)
    found = half_years(start, end)
    assert found == sorted(found)
    assert all(start <= one <= end for one in found)
    assert all(is_told(one, one, [one]) for one in found)
    assert len(found) >= days // 184 - 1


# --- Indicators ---


def test_a_value_is_corrected_by_the_next_one_of_the_same_day_and_side():
    noon = datetime(2027, 1, 5, 12, tzinfo=UTC)
    day = date(2026, 12, 31)
    values = [
        Said(1, day, "applicant", Decimal(3), noon + timedelta(hours=1)), Said(1, day, "applicant", Decimal(2), noon),
        Said(1, day, "agency", Decimal(3), noon), Said(1, date(2027, 6, 30), "agency", Decimal(9), noon),
    ]  # fmt: skip
    last, first = lines_of(values)[1]
    assert (first.applicant, first.agency, first.corrected, first.differs) == (3, 3, 1, False)
    assert (last.applicant, last.agency, last.corrected) == (None, 9, 0)


# --- Essential data ---


def an_agreement(**more) -> Agreement:
    values = {
        "payer": "Agence", "payer_siret": "1" * 14, "signed_on": date(2026, 11, 28), "reference": "ABCD2345",
        "receiver": "Organisme", "receiver_siret": "2" * 14, "purpose": "Projet", "amount": Decimal("60000.5"),
    }  # fmt: skip
    return Agreement(**values | more)


def test_a_row_has_the_columns_of_the_schema_days_in_iso_and_an_amount_with_a_dot():
    found = row_of(an_agreement(payments=(date(2027, 6, 30), date(2027, 1, 15))))
    assert tuple(found) == COLUMNS
    assert (found["montant"], found["dateConvention"]) == ("60000.50", "2026-11-28")
    assert (found["conditionsVersement"], found["datesPeriodeVersement"]) == ("échelonné", "2027-01-15/2027-06-30")
    once = row_of(an_agreement(payments=(date(2027, 1, 15),)))
    assert (once["conditionsVersement"], once["datesPeriodeVersement"]) == ("unique", "2027-01-15")
    assert row_of(an_agreement(ends_on=date(2026, 1, 1)))["datesPeriodeVersement"] == "2026-11-28/2026-11-28"


@pytest.mark.parametrize("words", HOSTILE)
def test_no_title_is_a_formula_nor_breaks_a_line(words):
    found = text_of(words)
    assert found[0] not in "=+-@\t\r\uff1d"
    assert 0 < len(found) <= LONGEST
    assert not set(found) & set("\r\n\t\0")
    assert next(csv.DictReader(StringIO(as_csv([row_of(an_agreement(purpose=words))]))))["objet"] == found


@given(st.text())
def test_any_title_is_read_back_as_it_was_written(words):
    rows = [row_of(an_agreement(purpose=words, receiver=words))]
    (back,) = csv.DictReader(StringIO(as_csv(rows)))
    assert back == rows[0]


@pytest.mark.parametrize(
    ("number", "said"), [("80.00", "80"), ("62.50", "62,50"), ("1234567.8", "1\u202f234\u202f567,80"), ("-3", "-3")]
)
def test_a_number_is_written_the_french_way(number, said):
    assert in_figures(Decimal(number)) == said
