"""Outgoing mail and alerts in the admin: what is needed to help somebody, and nobody's address."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from apist import outbox
from levers.alerts.subscribing import ask
from levers.models import Alert

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
ADA = "ada@exemple.invalid"
MAILS, SUSPENDED = "admin:apist_outgoingmail_changelist", "admin:apist_suspendedaddress_changelist"
ALERTS = "admin:levers_alert_changelist"


@pytest.fixture
def written(db) -> None:
    ask(ADA, "region=76", "daily", NOW)
    ask("grace@exemple.invalid", "region=76", "weekly", NOW)


def test_a_curator_sees_what_is_followed_and_how_many_follow_it_but_not_who(written, catalogue, client, curator):
    client.force_login(curator)
    for address in (reverse(ALERTS), reverse("admin:levers_alert_change", args=[Alert.objects.first().pk])):
        text = client.get(address, follow=True).content.decode()
        assert "Région : Occitanie" in text
        assert "exemple.invalid" not in text.replace(curator.email, "")
        assert Alert.objects.first().key not in text


def test_the_number_of_alerts_on_the_same_search_is_counted(written, client, curator):
    client.force_login(curator)
    rows = client.get(reverse(ALERTS)).context["cl"].result_list
    assert [row.same_search for row in rows] == [2, 2]


def test_a_curator_cannot_look_for_an_address_nor_change_anything(written, client, curator):
    client.force_login(curator)
    assert list(client.get(reverse(ALERTS), {"q": ADA}).context["cl"].result_list) == []
    assert client.get(reverse("admin:levers_alert_add")).status_code == 403
    assert client.get(reverse("admin:levers_alert_delete", args=[Alert.objects.first().pk])).status_code == 403
    assert {p for p in curator.get_all_permissions() if "alert" in p} == {"levers.view_alert"}


@pytest.mark.parametrize("name", [MAILS, SUSPENDED])
def test_outgoing_mail_is_not_for_curators(name, written, client, curator):
    client.force_login(curator)
    assert client.get(reverse(name)).status_code == 403


def test_an_administrator_sees_what_became_of_a_mail_never_what_it_says(db, admin_client):
    outbox.write("essai", ADA, "Objet confidentiel", "Lien confidentiel", now=NOW)
    mail = outbox.OutgoingMail.objects.get()
    for address in (reverse(MAILS), reverse("admin:apist_outgoingmail_change", args=[mail.pk])):
        text = admin_client.get(address).content.decode()
        assert "En attente" in text
        assert "confidentiel" not in text
        assert ADA not in text
    assert admin_client.get(reverse("admin:apist_outgoingmail_delete", args=[mail.pk])).status_code == 403


def test_an_administrator_finds_the_mails_of_somebody_who_gives_their_address(written, admin_client):
    found = admin_client.get(reverse(MAILS), {"q": "Ada@exemple.invalid"}).context["cl"].result_list
    assert [mail.recipient for mail in found] == [outbox.digest_of(ADA)]
    assert len(admin_client.get(reverse(MAILS), {"q": "alert-asked"}).context["cl"].result_list) == 2


def test_an_administrator_finds_a_suspended_address_and_lifts_the_suspension(db, admin_client):
    row = outbox.SuspendedAddress.objects.create(recipient=outbox.digest_of(ADA), reason="550", since=NOW)
    assert list(admin_client.get(reverse(SUSPENDED), {"q": ADA}).context["cl"].result_list) == [row]
    admin_client.post(reverse("admin:apist_suspendedaddress_delete", args=[row.pk]), {"post": "yes"})
    assert not outbox.SuspendedAddress.objects.exists()


@pytest.mark.parametrize("alerts", [1, 12])
def test_the_list_of_alerts_takes_the_same_queries_at_any_size(alerts, client, curator, django_assert_num_queries):
    for number in range(alerts):
        ask(f"a{number}@exemple.invalid", f"q={number}", "daily", NOW)
    client.force_login(curator)
    client.get(reverse(ALERTS))
    with django_assert_num_queries(10):
        client.get(reverse(ALERTS))
