"""Until when somebody is expected to act: the stage's delay, a recorded day, or months from one."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from projects.engine.clock import FRANCE
from projects.engine.deadlines import due_at
from projects.procedures.catalogue import LATEST
from projects.procedures.vocabulary import Delay, Unit

NOW = datetime(2026, 11, 28, 10, tzinfo=UTC)
STAGE = replace(LATEST["first-contact"].stage("received"), due=Delay(15, Unit.DAYS, "Relance."))
MOVE = replace(LATEST["first-contact"].move("plan"), due_from="", due_months="", due_at_most=0)
FIVE_YEARS = replace(MOVE, due_from="first_inclusion", due_months="months", due_at_most=60)
INCLUSION = date(2027, 1, 31)

CASES = {
    "the stage's own delay": (STAGE, MOVE, {}, datetime(2026, 12, 13, 11, tzinfo=FRANCE)),
    "no delay": (replace(STAGE, due=None), MOVE, {}, None),
    "until a day is over": (STAGE, replace(MOVE, due_from="by"), {"by": date(2026, 12, 1)}, datetime(2026, 12, 2, tzinfo=FRANCE)),
    "a day that was not given": (STAGE, replace(MOVE, due_from="by"), {}, datetime(2026, 12, 13, 11, tzinfo=FRANCE)),
    "months from a day": (STAGE, FIVE_YEARS, {"first_inclusion": INCLUSION, "months": 13}, datetime(2028, 2, 29, tzinfo=FRANCE)),
    "never more months than the most": (STAGE, FIVE_YEARS, {"first_inclusion": INCLUSION, "months": 99}, datetime(2032, 1, 31, tzinfo=FRANCE)),
    "the most, where no number was given": (STAGE, FIVE_YEARS, {"first_inclusion": INCLUSION}, datetime(2032, 1, 31, tzinfo=FRANCE)),
    "always the same months after a last day, that day in time": (STAGE, replace(MOVE, due_from="ends", due_at_most=6), {"ends": date(2028, 8, 31)}, datetime(2029, 3, 1, tzinfo=FRANCE)),
    "past the end of the calendar": (STAGE, replace(FIVE_YEARS, due_at_most=0), {"first_inclusion": INCLUSION, "months": 10**11}, None),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_stage_lasts_until(name):
    stage, move, records, expected = CASES[name]
    assert due_at(stage, move, records, NOW) == expected
