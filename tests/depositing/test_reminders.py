"""A draft whose call closes is reminded: seven days and two days before, on the clocks of the place, once."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apist.models import OutgoingMail
from levers.clocks import ZONES
from projects.depositing.reminders import send_due
from projects.depositing.reminding import STEPS, reminds_at, step_due
from projects.models import MailPreference
from tests import factories
from tests.dossier_factories import drive, fill, make_dossier

ISLAND = ZoneInfo("America/Guadeloupe")
OPENED = datetime(2026, 11, 1, tzinfo=UTC)


def here(day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=ISLAND)


@pytest.fixture
def call(db):
    """Return a call of Guadeloupe that lasts until 20 December at noon there."""
    call = factories.make_call(time_zone="America/Guadeloupe")
    factories.make_event(call, "closing", "2026-12-20", "12:00")
    return call


@pytest.fixture
def draft(call, applicant, organisation):
    """Return a draft on this call."""
    return make_dossier(applicant, "workshop", organisation=organisation, call=call, at=OPENED)


def sent() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(cause__startswith="reminder-").order_by("pk"))


def test_each_step_is_one_mail_at_eight_there(draft):
    moments = [here(13, 7, 59), here(13), here(13, 9), here(17, 23), here(18), here(18, 8, 1), here(20, 11)]
    assert [bool(send_due(moment)) for moment in moments] == [False, True, False, False, True, False, False]
    assert len(sent()) == 2
    mail = sent()[0]
    assert "20 décembre 2026 à 12" in mail.subject
    assert "heure de Guadeloupe" in mail.text
    assert "rien n'est déposé" in mail.text
    assert draft.project.title not in mail.text + mail.html


def test_a_clock_that_slept_sends_the_last_step_alone(draft):
    assert send_due(here(19))
    assert not send_due(here(19, 9))
    assert len(sent()) == 1


def test_nothing_is_sent_for_what_is_deposited_or_closed(draft, applicant):
    assert not send_due(here(20, 13))
    drive(fill(draft), "deposit", applicant, OPENED + timedelta(days=3))
    assert not send_due(here(13))


def test_who_opens_a_draft_near_the_end_is_not_told_what_they_know(call, applicant, organisation):
    make_dossier(applicant, "workshop", organisation=organisation, call=call, at=here(16))
    assert not send_due(here(16, 9))
    assert send_due(here(18))


def test_a_call_that_lasts_its_whole_day_says_so(applicant, organisation):
    call = factories.make_call(time_zone="Indian/Reunion")
    factories.make_event(call, "closing", "2026-12-20")
    make_dossier(applicant, "workshop", organisation=organisation, call=call, at=OPENED)
    assert send_due(datetime(2026, 12, 13, 8, tzinfo=ZoneInfo("Indian/Reunion")))
    assert "20 décembre 2026 inclus (heure de La Réunion)" in sent()[0].subject


def test_who_wants_no_mail_gets_none(draft, applicant):
    MailPreference.objects.create(user=applicant, pace="none")
    assert not send_due(here(13))


MOMENTS = st.integers(0, 60 * 24 * 400).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(MOMENTS, st.sampled_from(sorted(ZONES)), MOMENTS, MOMENTS)
def test_a_reminder_is_never_due_after_the_end_nor_before_its_hour(closes, zone, opened, at):
    step = step_due(closes, zone, opened, at)
    if step is not None:
        assert step in STEPS
        assert at < closes
        assert opened < reminds_at(closes, zone, step) <= at
        assert reminds_at(closes, zone, step).hour == 8
