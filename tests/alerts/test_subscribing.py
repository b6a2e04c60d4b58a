"""Asking for an alert: nobody is enrolled by somebody else, filled with mails, or told about."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from apist import outbox
from apist.delivery import deliver_due
from apist.models import OutgoingMail
from levers.alerts import subscribing
from levers.alerts.links import alert_of, token_of
from levers.alerts.subscribing import Answer, ask, change_frequency, confirm, stop
from levers.models import Alert, AlertMemory
from tests import factories
from tests.alerts.conftest import ADA, MONDAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def sent_to(address: str, at=MONDAY + 60 * DAY) -> int:
    """How many mails an address has received by then."""
    deliver_due(at)
    return sum(message.to == [address] for message in mail.outbox)


def test_asking_sends_one_mail_that_asks_to_confirm_and_nothing_else():
    assert ask(ADA, "", "daily", MONDAY) is Answer.SENT
    assert sent_to(ADA) == 1
    (message,) = mail.outbox
    assert message.subject == "Confirmez votre alerte sur les appels"
    assert "Si vous n'avez rien demandé, ne faites rien" in message.body
    assert "- tous les appels\n" in message.body
    assert Alert.objects.get().state == "waiting"
    assert not AlertMemory.objects.exists()


def test_asking_again_writes_again_for_the_same_alert():
    ask(ADA, "region=76", "daily", MONDAY)
    ask(" Ada@Exemple.invalid ", "region=76", "weekly", MONDAY + DAY)
    alert = Alert.objects.get()
    assert (alert.frequency, alert.created_at) == ("weekly", MONDAY + DAY)
    assert sent_to(ADA) == 2


def test_an_address_receives_three_of_these_a_day_whatever_is_asked_and_nothing_says_so():
    answers = {ask(ADA, f"q={number}", "daily", MONDAY) for number in range(9)}
    assert (answers, sent_to(ADA)) == ({Answer.SENT}, 3)
    ask(ADA, "q=autre", "daily", MONDAY + DAY)
    assert sent_to(ADA) == 4


def test_the_limit_of_one_address_is_not_that_of_another():
    for number in range(4):
        ask(ADA, f"q={number}", "daily", MONDAY)
    ask("grace@exemple.invalid", "", "daily", MONDAY)
    assert sent_to("grace@exemple.invalid") == 1


def test_an_address_cannot_have_more_than_twenty_alerts():
    for number in range(25):
        ask(ADA, f"q={number}", "daily", MONDAY + number * DAY)
    assert Alert.objects.count() == subscribing.ALERTS_PER_ADDRESS == 20
    assert ask(ADA, "q=3", "daily", MONDAY + 30 * DAY) is Answer.SENT
    assert Alert.objects.get(query="q=3").created_at == MONDAY + 30 * DAY, "what is known can be asked again"


def test_the_portal_as_a_whole_writes_to_a_bounded_number_of_addresses_an_hour(monkeypatch):
    monkeypatch.setattr(subscribing, "CONFIRMATIONS_AN_HOUR", 5)
    answers = [ask(f"a{number}@exemple.invalid", "", "daily", MONDAY) for number in range(6)]
    assert answers == [Answer.SENT] * 5 + [Answer.TOO_MANY]
    assert ask("b@exemple.invalid", "", "daily", MONDAY + timedelta(hours=1)) is Answer.SENT


def test_the_holder_of_an_alert_who_asks_again_is_told_that_it_exists_and_nothing_changes(subscribe):
    alert = subscribe()
    assert ask(ADA, alert.query, "weekly", MONDAY + DAY) is Answer.SENT
    assert sent_to(ADA) == 1
    (message,) = mail.outbox
    assert message.subject == "Vous suivez déjà cette recherche"
    alert.refresh_from_db()
    assert (alert.frequency, alert.state) == ("daily", "active")


def test_nothing_is_sent_to_an_address_that_does_not_receive():
    outbox.SuspendedAddress.objects.create(recipient=outbox.digest_of(ADA), reason="550", since=MONDAY)
    assert ask(ADA, "", "daily", MONDAY + DAY) is Answer.SENT
    assert sent_to(ADA, MONDAY + DAY) == 0
    assert OutgoingMail.objects.get().state == "withheld"


# --- Confirming -------------------------------------------------------------


def test_confirming_remembers_what_matches_and_sets_the_first_morning(subscribe, occitanie, ehpad):
    call = factories.make_call(regions=[occitanie], actor_types=[ehpad], events=[("closing", "2026-09-30")])
    alert = subscribe()
    assert (alert.state, alert.confirmed_at) == ("active", MONDAY)
    assert alert.next_run_at.isoformat() == "2026-03-02T05:30:00+00:00"
    assert [memory.call_key for memory in alert.memories.all()] == [call.pk]


def test_confirming_twice_changes_nothing(subscribe, occitanie, ehpad):
    alert = subscribe()
    factories.make_call(regions=[occitanie], actor_types=[ehpad], events=[("closing", "2026-09-30")])
    confirm(alert, MONDAY + DAY)
    alert.refresh_from_db()
    assert alert.confirmed_at == MONDAY
    assert not AlertMemory.objects.exists(), "the new call is still to be told"


def test_confirming_what_was_stopped_meanwhile_brings_nothing_back(subscribe):
    alert = subscribe()
    stop(alert)
    confirm(alert, MONDAY)
    change_frequency(alert, "weekly", MONDAY)
    assert not Alert.objects.exists()


def test_a_change_of_frequency_sets_the_next_morning(subscribe):
    alert = subscribe()
    change_frequency(alert, "weekly", MONDAY + DAY)
    alert.refresh_from_db()
    assert (alert.frequency, alert.next_run_at.isoformat()) == ("weekly", "2026-03-09T05:30:00+00:00")


# --- Links ------------------------------------------------------------------


def test_a_link_opens_its_alert_and_no_other(subscribe):
    one, other = subscribe(), subscribe(email="grace@exemple.invalid")
    assert (alert_of(token_of(one)), alert_of(token_of(other))) == (one, other)
    key, signature = token_of(one).rsplit(".", 1)
    for forged in (key, other.key, f"{other.key}.{signature}", f"{key}.{signature[:-1]}A"[::-1], "", ".", "é.à"):
        assert alert_of(forged) is None


def test_what_the_base_holds_opens_nothing_by_itself(subscribe):
    alert = subscribe()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM levers_alert")
        (row,) = cursor.fetchall()
    assert token_of(alert) not in map(str, row)
    assert [alert_of(str(value)) for value in row] == [None] * len(row)


def test_another_secret_key_ends_the_links(subscribe, settings):
    alert = subscribe()
    token = token_of(alert)
    settings.SECRET_KEY = "une-autre-cle-" * 5
    assert alert_of(token) is None
