"""A text is in force, to come, replaced, over, or to be checked: on a day, from its own days."""

from datetime import date

import pytest

from levers.policies.status import STATUS_LABELS, TONES, Status, status_of

DAY = date(2026, 11, 23)
BEFORE, AFTER = date(2026, 11, 22), date(2026, 11, 24)


@pytest.mark.parametrize(
    ("first", "last", "has_successor", "status"),
    [
        (BEFORE, None, False, Status.IN_FORCE),
        (DAY, None, False, Status.IN_FORCE),
        (BEFORE, DAY, True, Status.IN_FORCE),
        (AFTER, None, False, Status.UPCOMING),
        (BEFORE, BEFORE, False, Status.ENDED),
        (BEFORE, BEFORE, True, Status.REPLACED),
        (None, BEFORE, True, Status.REPLACED),
        (None, BEFORE, False, Status.ENDED),
        (None, None, False, Status.TO_CHECK),
        (None, AFTER, False, Status.TO_CHECK),
        (None, None, True, Status.TO_CHECK),
    ],
)
def test_a_text_stands_where_its_days_say(first, last, has_successor, status):
    assert status_of(first, last, has_successor, DAY) is status


def test_every_status_has_its_words_and_its_badge():
    assert set(STATUS_LABELS) == set(TONES) == set(Status)
