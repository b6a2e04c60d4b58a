"""What is due after an aid follows its end: an amendment, a correction or another year move the report and its mails."""

from datetime import UTC, datetime

import pytest

from apist.models import OutgoingMail
from projects.engine.passing import run_due
from projects.following.reminders import send_due
from tests.dossier_factories import drive
from tests.following.builders import amend

SIGNED = datetime(2026, 12, 1, 9, tzinfo=UTC)


def morning(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 8, tzinfo=UTC)


def turn(*days: tuple[int, int, int]) -> None:
    """Let both clocks turn twice on each day."""
    for day in days:
        for _ in range(2):
            run_due(morning(*day))
            send_due(morning(*day))


def reminded(cast) -> list[str]:
    """Return of which financial report the carrier was reminded: the exercise, the day, in days from it."""
    rows = OutgoingMail.objects.filter(cause__contains="-financial-report-", to=cast.owner.email).order_by("pk")
    return [row.cause.split("-financial-report-")[1].rsplit("-", 1)[0] for row in rows]


def amended(cast, dossier, ends: str, at: datetime = SIGNED) -> None:
    drive(dossier, "open-amendment", cast.officer, at)
    amend(cast, dossier, ends=ends, at=at)
    drive(dossier, "sign-amendment", cast.director, at)


def corrected(cast, dossier, ends: str) -> None:
    drive(dossier, "correct-running", cast.director, SIGNED, corrected_amount="", corrected_ends_on=ends)


@pytest.mark.parametrize("move", [amended, corrected])
def test_a_later_end_asks_later_and_reminds_of_the_later_report_alone(move, cast, in_progress):
    move(cast, in_progress, "2027-06-30")
    turn((2027, 1, 1), (2027, 1, 2), (2027, 5, 31), (2027, 6, 30))
    assert reminded(cast) == []
    in_progress.refresh_from_db()
    assert in_progress.stage == "running"
    turn((2027, 7, 1), (2027, 11, 30), (2027, 12, 30), (2028, 1, 29))
    assert reminded(cast) == [f"20270630-20271230-{step}" for step in (-30, 0, 30)]
    in_progress.refresh_from_db()
    assert in_progress.stage == "report"


@pytest.mark.parametrize("move", [amended, corrected])
def test_a_sooner_end_asks_sooner_and_never_again_at_the_old_one(move, cast, in_progress):
    move(cast, in_progress, "2026-12-15")
    turn((2026, 12, 16))
    in_progress.refresh_from_db()
    assert in_progress.stage == "report"
    turn((2027, 1, 1), (2027, 5, 16), (2027, 5, 31), (2027, 6, 15), (2027, 6, 30), (2027, 7, 15), (2027, 7, 30))
    assert reminded(cast) == [f"20261215-20270615-{step}" for step in (-30, 0, 30)]
    asked = OutgoingMail.objects.filter(
        to=cast.owner.email, subject__startswith="Un compte rendu financier est attendu"
    )
    assert asked.count() == 1


def test_an_old_end_that_passes_while_an_amendment_is_open_asks_for_nothing(cast, in_progress):
    drive(in_progress, "open-amendment", cast.officer, morning(2026, 12, 28))
    turn((2027, 1, 1), (2027, 1, 4))
    in_progress.refresh_from_db()
    assert in_progress.stage == "amendment"
    amend(cast, in_progress, ends="2027-06-30", at=morning(2027, 1, 5))
    drive(in_progress, "sign-amendment", cast.director, morning(2027, 1, 5))
    turn((2027, 1, 6))
    in_progress.refresh_from_db()
    assert in_progress.stage == "running"


def test_an_amendment_that_is_refused_leaves_the_end_and_its_reminders_where_they_were(cast, in_progress):
    drive(in_progress, "open-amendment", cast.officer, SIGNED)
    amend(cast, in_progress, ends="2027-06-30", at=SIGNED)
    drive(in_progress, "refuse-amendment", cast.director, SIGNED)
    turn((2027, 1, 1), (2027, 5, 31))
    in_progress.refresh_from_db()
    assert in_progress.stage == "report"
    assert reminded(cast) == ["20261231-20270630--30"]


def test_another_year_reminds_of_its_own_report(cast, in_progress):
    turn((2027, 1, 1), (2027, 5, 31))
    drive(in_progress, "report", cast.owner, morning(2027, 6, 1))
    given = {"settlement": "nothing", "instalment": "", "settled_amount": ""}
    drive(in_progress, "settle", cast.officer, morning(2027, 6, 2), **given)
    drive(in_progress, "open-next-year", cast.officer, morning(2027, 6, 3))
    amend(cast, in_progress, ends="2027-12-31", at=morning(2027, 6, 3))
    drive(in_progress, "next-year", cast.director, morning(2027, 6, 3))
    turn((2027, 6, 30), (2027, 7, 30), (2028, 1, 1), (2028, 5, 31))
    assert reminded(cast) == ["20261231-20270630--30", "20271231-20280630--30"]
