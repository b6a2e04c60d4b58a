"""When an experiment ends and where it stands on a day, and whether one may join it: tables, and any phases at all."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.register.joining import Answer, CallState, Join, Why, answer_of
from projects.register.near import near
from projects.register.schedule import (
    EXTENSION,
    REWORK,
    TRANSITION,
    Status,
    last_day,
    schedule_of,
    status_of,
)
from projects.register.timeline import chart_of

DAY = timedelta(days=1)


@dataclass
class Phase:
    key: str = "phase"
    kind: str = "experiment"
    start: str = "unknown"
    starts_on: date | None = None
    months: int | None = None
    months_at_most: int | None = None
    ends_on: date | None = None
    is_optional: bool = False


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("begins", "months", "ends"),
    [
        ("2022-06-13", 24, "2024-06-12"),
        ("2022-06-13", 42, "2025-12-12"),
        ("2022-09-27", 40, "2026-01-26"),
        ("2024-01-01", 18, "2025-06-30"),
        ("2023-12-01", 16, "2025-03-31"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-08-30", 6, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-03-01", 12, "2025-02-28"),
        ("2024-12-31", 12, "2025-12-30"),
    ],
)
def test_months_end_the_day_before_the_same_day_or_with_a_month_that_has_no_such_day(begins, months, ends):
    assert last_day(d(begins), months) == d(ends)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 240))
def test_a_stretch_lasts_its_months_and_a_month_more_lasts_longer(begins, months):
    end = last_day(begins, months)
    assert end < last_day(begins, months + 1)
    after = end + timedelta(days=1)
    passed = (after.year - begins.year) * 12 + after.month - begins.month
    assert (passed, after.day) in ((months, begins.day), (months + 1, 1))  # or there is no such day in that month


LYMPHORAC = [
    Phase(start="first-inclusion", months=24),
    Phase(kind=EXTENSION, start="previous", months=18),
]
HOME = [
    Phase(start="day", starts_on=d("2022-09-27"), months=40),
    Phase(start="previous", months=24, is_optional=True),
]
HANDICONSULT = [Phase(kind=TRANSITION, start="day", starts_on=d("2024-01-01"), months=12, months_at_most=18)]
ORALIEN = [Phase(kind=EXTENSION, ends_on=d("2024-09-30"))]


def test_ends_are_computed_from_the_first_inclusion_as_the_source_does():
    schedule = schedule_of(LYMPHORAC, d("2022-06-13"))
    assert [(one.begins, one.ends) for one in schedule.stretches] == [
        (d("2022-06-13"), d("2024-06-12")),
        (d("2024-06-13"), d("2025-12-12")),
    ]
    assert schedule.ends == d("2025-12-12")


def test_without_a_first_inclusion_nothing_that_is_counted_from_it_has_a_day():
    schedule = schedule_of(LYMPHORAC, None)
    assert (schedule.begins, schedule.ends, schedule.limits) == (None, None, ())


def test_an_end_that_the_source_gives_wins_over_the_computed_one():
    given_end = Phase(start="day", starts_on=d("2024-01-01"), months=12, ends_on=d("2025-06-30"))
    (stretch,) = schedule_of([given_end], None).stretches
    assert (stretch.ends, stretch.computed, stretch.given) == (d("2025-06-30"), d("2024-12-31"), True)


@pytest.mark.parametrize(
    ("ends_on", "at_most", "disagrees"),
    [
        ("2024-12-31", None, False),
        ("2024-12-30", None, True),
        ("2025-01-01", None, True),
        ("2025-06-30", 18, False),
        ("2025-07-01", 18, True),
    ],
)
def test_an_end_disagrees_when_the_months_do_not_lead_to_it(ends_on, at_most, disagrees):
    phase = Phase(start="day", starts_on=d("2024-01-01"), months=12, months_at_most=at_most, ends_on=d(ends_on))
    (stretch,) = schedule_of([phase], None).stretches
    assert stretch.disagrees is disagrees


def test_a_transition_that_may_be_lengthened_is_not_over_before_its_last_possible_day():
    schedule = schedule_of(HANDICONSULT, None)
    (stretch,) = schedule.stretches
    assert (stretch.ends, stretch.latest, schedule.ends) == (d("2024-12-31"), d("2025-06-30"), d("2025-06-30"))
    assert status_of(schedule, "transition", d("2025-06-30")) is Status.TRANSITION
    assert status_of(schedule, "transition", d("2025-07-01")) is Status.TO_CHECK


def test_an_optional_phase_is_no_known_end_and_may_exceed_five_years():
    schedule = schedule_of(HOME, None)
    assert schedule.ends == d("2026-01-26")
    (limit,) = schedule.limits
    assert (limit.ends, limit.exceeded, limit.would_be_exceeded) == (d("2027-09-26"), False, True)
    assert limit.possible == d("2028-01-26")


def test_a_transition_of_more_than_eighteen_months_exceeds():
    phase = Phase(kind=TRANSITION, start="day", starts_on=d("2024-01-01"), months=19)
    (limit,) = schedule_of([phase], None).limits
    assert (limit.kind, limit.ends, limit.exceeded) == ("transition", d("2025-06-30"), True)


STANDS = [
    (LYMPHORAC, "experiment", "2022-06-12", "upcoming"),
    (LYMPHORAC, "experiment", "2022-06-13", "running"),
    (LYMPHORAC, "experiment", "2024-06-12", "running"),
    (LYMPHORAC, "experiment", "2024-06-13", "prolonged"),
    (LYMPHORAC, "experiment", "2025-12-12", "prolonged"),
    (LYMPHORAC, "experiment", "2025-12-13", "to-check"),
    (LYMPHORAC, "ended", "2023-01-01", "ended"),
    (LYMPHORAC, "ordinary-law", "2026-01-01", "ordinary-law"),
    (ORALIEN, "experiment", "2024-09-30", "prolonged"),
    (ORALIEN, "experiment", "2024-10-01", "to-check"),
    (HOME, "experiment", "2026-01-27", "to-check"),
    (HANDICONSULT, "transition", "2024-06-01", "transition"),
    ([Phase(kind=REWORK)], "rework", "2026-01-01", "rework"),
    ([], "experiment", "2026-01-01", "undated"),
    ([], "transition", "2026-01-01", "transition"),
    ([Phase(start="day", starts_on=d("2020-01-01"))], "experiment", "2024-12-31", "undated"),
    ([Phase(start="day", starts_on=d("2020-01-01"))], "experiment", "2025-01-01", "to-check"),
    ([Phase(start="day", starts_on=d("2020-01-01"), months=12), Phase(kind=EXTENSION)], "experiment", "2020-06-01",
     "running"),
]  # fmt: skip


@pytest.mark.parametrize(("phases", "outcome", "at", "status"), STANDS)
def test_where_it_stands_is_read_from_its_dates_and_what_became_of_it(phases, outcome, at, status):
    assert status_of(schedule_of(phases, d("2022-06-13")), outcome, d(at)) == status


DATES = st.none() | st.dates(date(2015, 1, 1), date(2035, 1, 1))
PHASES = st.lists(
    st.builds(
        Phase,
        kind=st.sampled_from(["experiment", EXTENSION, REWORK, TRANSITION]),
        start=st.sampled_from(["day", "first-inclusion", "previous", "unknown"]),
        starts_on=DATES,
        months=st.none() | st.integers(1, 90),
        months_at_most=st.none() | st.integers(1, 90),
        ends_on=DATES,
        is_optional=st.booleans(),
    ),
    max_size=4,
)
OUTCOMES = st.sampled_from(["experiment", "rework", "transition", "ordinary-law", "ended"])
CALLS = st.none() | st.builds(CallState, can_answer=st.booleans(), upcoming=st.booleans(), closes=DATES, opens=DATES)


@given(PHASES, DATES, OUTCOMES, st.dates(date(2015, 1, 1), date(2035, 1, 1)))
def test_nothing_is_said_to_go_on_after_its_last_known_day(phases, inclusion, outcome, at):
    schedule = schedule_of(phases, inclusion)
    status = status_of(schedule, outcome, at)
    if schedule.ends and at > schedule.ends:
        assert status in (Status.TO_CHECK, Status.ENDED, Status.ORDINARY_LAW)


@given(
    PHASES, DATES, OUTCOMES, st.sampled_from(["yes", "by-call", "no", "unknown"]), DATES, CALLS, st.dates(date(2015, 1, 1), date(2035, 1, 1))
)  # fmt: skip
def test_nobody_is_told_yes_after_a_date_or_without_a_reason(phases, inclusion, outcome, joining, until, call, at):
    schedule = schedule_of(phases, inclusion)
    status = status_of(schedule, outcome, at)
    answer = answer_of(joining, until, call, status=status, ends=schedule.ends, at=at)
    if answer.join is Join.YES:
        assert joining in ("yes", "by-call")
        assert until is None or at <= until
        assert schedule.ends is None or at <= schedule.ends
        assert joining == "yes" or call.can_answer


@given(PHASES, DATES, st.dates(date(2015, 1, 1), date(2035, 1, 1)))
def test_a_picture_holds_its_bars_and_marks(phases, inclusion, at):
    schedule = schedule_of(phases, inclusion)
    chart = chart_of(schedule, [""] * len(phases), at)
    if chart is None:
        return
    for bar in chart.bars:
        assert chart.left <= bar.x <= bar.x + bar.width <= chart.right + 2
    assert all(chart.left <= mark.x <= chart.right for mark in (*chart.years, *chart.limits))


CALL_OPEN = CallState(can_answer=True, upcoming=False, closes=d("2026-04-30"))
CALL_COMING = CallState(can_answer=False, upcoming=True, opens=d("2026-06-01"))
CALL_CLOSED = CallState(can_answer=False, upcoming=False, closes=d("2022-02-21"))
RUNNING = Status.RUNNING


@pytest.mark.parametrize(
    ("joining", "until", "call", "status", "ends", "answer"),
    [
        ("yes", None, None, RUNNING, "2026-12-31", Answer(Join.YES, Why.OPEN, d("2026-12-31"))),
        ("yes", "2026-06-30", None, RUNNING, "2026-12-31", Answer(Join.YES, Why.OPEN, d("2026-06-30"))),
        ("yes", "2026-04-02", None, RUNNING, None, Answer(Join.YES, Why.OPEN, d("2026-04-02"))),
        ("yes", "2026-04-01", None, RUNNING, None, Answer(Join.NO, Why.DATE_PASSED, d("2026-04-01"))),
        ("yes", None, None, RUNNING, None, Answer(Join.YES, Why.OPEN)),
        ("yes", None, None, Status.TO_CHECK, "2024-09-30", Answer(Join.TO_CHECK, Why.END_PASSED, d("2024-09-30"))),
        ("yes", None, None, Status.ENDED, None, Answer(Join.NO, Why.ENDED)),
        ("yes", None, None, Status.ORDINARY_LAW, None, Answer(Join.NO, Why.ORDINARY_LAW)),
        ("by-call", None, CALL_OPEN, RUNNING, None, Answer(Join.YES, Why.CALL_OPEN, d("2026-04-30"))),
        ("by-call", None, CALL_COMING, RUNNING, None, Answer(Join.SOON, Why.CALL_COMING, d("2026-06-01"))),
        ("by-call", None, CALL_CLOSED, RUNNING, None, Answer(Join.NO, Why.CALL_CLOSED, d("2022-02-21"))),
        ("by-call", None, None, RUNNING, None, Answer(Join.TO_CHECK, Why.CALL_UNKNOWN)),
        ("no", None, None, RUNNING, None, Answer(Join.NO, Why.REFUSED)),
        ("unknown", None, None, RUNNING, None, Answer(Join.TO_CHECK, Why.UNKNOWN)),
        ("unknown", None, None, Status.TO_CHECK, None, Answer(Join.TO_CHECK, Why.END_PASSED)),
    ],
)
def test_one_may_join_or_not(joining, until, call, status, ends, answer):
    until, ends = until and d(until), ends and d(ends)
    assert answer_of(joining, until, call, status=status, ends=ends, at=d("2026-04-02")) == answer


@dataclass
class Card:
    name: str
    join: Join = Join.YES
    status: Status = RUNNING
    actor_types: tuple = ()
    regions: tuple = ("76",)
    departments: tuple = ()

    def status_on(self, day):
        return self.status

    def answer_on(self, day):
        return Answer(self.join, Why.OPEN)


CARDS = [
    Card("ailleurs", regions=("32",)),
    Card("à vérifier", Join.TO_CHECK, departments=("31",)),
    Card("région"),
    Card("pour les autres", actor_types=("grades",)),
    Card("non", Join.NO),
    Card("passée", Join.TO_CHECK, Status.TO_CHECK),
    Card("connue", actor_types=("ehpad",)),
    Card("département", departments=("31",)),
]


@pytest.mark.parametrize(
    ("answers", "names"),
    [
        ({"actor_type": "ehpad", "region": "76", "department": "31"}, "département connue région à vérifier"),
        ({"actor_type": "ehpad", "region": "76"}, "connue région département à vérifier"),
        ({"region": "32"}, "ailleurs"),
        ({"actor_type": "grades", "region": "76"}, "pour les autres région département à vérifier"),
        ({}, "ailleurs région pour les autres connue département à vérifier"),
    ],
)
def test_a_profile_is_told_of_the_nearest_experiments_that_it_may_join(answers, names):
    assert " ".join(one.card.name for one in near(CARDS, answers, d("2026-04-02"))) == names
