"""Warnings follow an end that moves: none for the old end once it moved, each once for the new one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from apist.models import OutgoingMail
from projects.ending.warnings import send_due
from tests.dossier_factories import drive

pytestmark = pytest.mark.django_db

OLD, LATER, EARLIER = "20270114", "20290114", "20260714"
FAVOURABLE = {"ctis_sense": "favourable", "csis_sense": "favourable"}


def morning(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 9, tzinfo=UTC)


def told(dossier, who) -> list[str]:
    """Return of which end, and how long before, somebody was warned, in order."""
    start, end = f"ending-{dossier.reference}-", f"-{who.pk}"
    rows = OutgoingMail.objects.filter(cause__startswith=start, cause__endswith=end).order_by("pk")
    return [row.cause.removeprefix(start).removesuffix(end) for row in rows]


def every_week(first: date, last: date) -> None:
    """Let the clock turn twice a week, from a day to another."""
    day = first
    while day <= last:
        for hour in (9, 10):
            send_due(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))
        day += timedelta(days=7)


def test_an_extension_silences_the_old_end_and_warns_of_the_new_one_once_a_step(experiment, people):
    send_due(morning(2026, 1, 14))
    drive(experiment, "extend", people["director"], morning(2026, 2, 1), months_authorised="60")
    every_week(date(2026, 2, 2), date(2027, 1, 20))
    assert told(experiment, people["carrier"]) == [f"{OLD}-12"]
    every_week(date(2028, 1, 10), date(2029, 1, 13))
    steps = [f"{OLD}-12", f"{LATER}-12", f"{LATER}-6", f"{LATER}-3"]
    assert [told(experiment, people[who]) for who in ("carrier", "officer", "rapporteur")] == [steps] * 3


def test_an_end_that_comes_sooner_is_the_only_one_that_is_warned_of(experiment, people):
    drive(experiment, "extend", people["director"], morning(2025, 6, 1), months_authorised="30")
    every_week(date(2025, 6, 2), date(2026, 7, 20))
    assert told(experiment, people["carrier"]) == [f"{EARLIER}-12", f"{EARLIER}-6", f"{EARLIER}-3"]


def test_an_end_that_moves_twice_and_comes_back_is_not_warned_of_twice(experiment, people):
    send_due(morning(2026, 1, 14))
    for days, months in ((1, "60"), (2, "36")):
        drive(experiment, "extend", people["director"], morning(2026, 1, 14 + days), months_authorised=months)
    every_week(date(2026, 1, 17), date(2026, 6, 30))
    assert told(experiment, people["carrier"]) == [f"{OLD}-12"]
    send_due(morning(2026, 7, 14))
    assert told(experiment, people["carrier"])[1:] == [f"{OLD}-6"]


def test_a_report_that_moves_no_end_does_not_silence_a_warning_that_the_clock_is_late_with(experiment, people):
    drive(experiment, "interim-report", people["carrier"], morning(2026, 1, 16))
    send_due(morning(2026, 1, 20))
    assert told(experiment, people["carrier"]) == [f"{OLD}-12"]


def test_the_end_of_a_transition_is_warned_of_as_it_moves(experiment, people):
    drive(experiment, "end-experiment", people["officer"], morning(2027, 1, 15), experiment_ended_on="2027-01-14")
    every_week(date(2027, 1, 15), date(2027, 1, 29))
    assert told(experiment, people["carrier"]) == [], "what is over is not about to end"
    drive(experiment, "evaluation-report", people["officer"], morning(2027, 1, 20))
    drive(experiment, "exit-opinion", people["rapporteur"], morning(2027, 1, 25), **FAVOURABLE)
    given = {"transition_starts_on": "2027-02-01", "transition_months": "12"}
    drive(experiment, "exit-transition", people["director"], morning(2027, 2, 1), **given)
    every_week(date(2027, 2, 2), date(2027, 8, 3))
    drive(experiment, "extend-transition", people["director"], morning(2027, 8, 10), transition_months="18")
    every_week(date(2027, 8, 11), date(2028, 7, 30))
    assert told(experiment, people["carrier"]) == ["20280131-6", "20280731-6", "20280731-3"]
