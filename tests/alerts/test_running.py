"""« Occitanie, EHPAD »: exactly one mail when a matching call is published, opened again or changed. From base to mail."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apist import outbox
from apist.delivery import deliver_due
from apist.models import OutgoingMail
from levers.alerts import messages
from levers.alerts.running import run_due
from levers.alerts.subscribing import forget_unconfirmed, stop
from levers.models import Alert, AlertMemory, Call, CallEvent
from tests import factories
from tests.alerts.conftest import ADA, MONDAY

DAY = timedelta(days=1)
OPEN = [("opening", "2026-01-05"), ("closing", "2026-09-30")]


@pytest.fixture
def make(occitanie, ehpad):
    """Make a call that the alert of Ada watches, unless told otherwise."""

    def made(title: str = "Appel grand âge", events=OPEN, **fields) -> Call:
        links = {"regions": [occitanie], "actor_types": [ehpad]}
        return factories.make_call(**links | {"title": title, "events": events} | fields)

    return made


def told(day: int) -> list[str]:
    """The bodies of the mails of the run of a day, counted from the Monday of the subscription."""
    mail.outbox.clear()
    at = MONDAY + day * DAY + timedelta(hours=2)
    run_due(at)
    deliver_due(at)
    return [message.body for message in mail.outbox]


def the_one(bodies: list[str]) -> str:
    (body,) = bodies
    return body


# --- One mail, once ---------------------------------------------------------


def test_a_call_that_is_published_is_told_in_one_mail_and_never_again(subscribe, make):
    make("Un ancien appel")
    subscribe()
    assert told(1) == []
    make("Appel grand âge")
    body = the_one(told(2))
    assert "\nNOUVEAU\n\n* Appel grand âge\n" in body
    assert "Un ancien appel" not in body
    assert "http://localhost:8000/appels/" in body
    assert "30 septembre 2026" in body
    assert [told(day) for day in (3, 4, 5)] == [[], [], []]


def test_a_draft_is_told_the_day_it_is_published(subscribe, make):
    call = make(publication="draft")
    subscribe()
    assert told(1) == []
    Call.objects.filter(pk=call.pk).update(publication="published")
    assert "NOUVEAU" in the_one(told(2))
    assert told(3) == []


def test_a_closed_call_that_opens_again_is_told_once(subscribe, make):
    call = make(events=[("opening", "2025-01-05"), ("closing", "2025-03-01")])
    subscribe()
    assert told(1) == []
    factories.make_event(call, "opening", "2026-03-03")
    factories.make_event(call, "closing", "2026-06-30")
    body = the_one(told(2))
    assert "DE NOUVEAU ANNONCÉ" in body
    assert "Clôture : « 1er mars 2025 » devient « 1er mars 2025, 30 juin 2026 »" in body
    assert told(3) == []


def test_a_change_is_told_once_with_its_before_and_after(subscribe, make):
    call = make()
    subscribe()
    assert told(1) == []
    CallEvent.objects.filter(call=call, kind="closing").update(day=date(2026, 10, 15))
    body = the_one(told(2))
    assert "MODIFIÉ" in body
    assert "Clôture : « 30 septembre 2026 » devient « 15 octobre 2026 »" in body
    assert told(3) == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "Appel corrigé", "Titre : « Appel grand âge » devient « Appel corrigé »"),
        ("envelope", 1_500_000, "Enveloppe totale : « non précisé » devient « 1 500 000 € »"),
        ("organiser_name", "ARS Occitanie", "Organisateur : « Agence régionale de santé » devient « ARS Occitanie »"),
        ("kind", "ami", "Nature : « Appel à projets (AAP) » devient « Appel à manifestation d'intérêt (AMI) »"),
        ("roles", ["site"], "Rôle recherché : « non précisé » devient « Lieu d'expérimentation »"),
        ("expected", True, "Prochaine édition attendue : « non » devient « oui »"),
    ],
)
def test_each_fact_is_told_in_words(field, value, words, subscribe, make):
    call = make()
    subscribe()
    Call.objects.filter(pk=call.pk).update(**{field: value})
    assert words in the_one(told(1)).replace("\u00a0", " ").replace("\u202f", " ")


def test_what_has_nothing_to_do_with_a_visitor_is_no_news(subscribe, make):
    call = make()
    subscribe()
    Call.objects.filter(pk=call.pk).update(verified_on=date(2026, 3, 1), text="Une faute de moins.")
    assert told(1) == []


def test_an_announced_call_that_opens_and_then_nears_its_end_is_told_at_each_step(subscribe, make):
    subscribe()
    make(events=[("opening", "2026-03-05"), ("closing", "2026-03-25")])
    said = {day: told(day) for day in range(1, 26)}
    assert {day: len(bodies) for day, bodies in said.items() if bodies} == {1: 1, 3: 1, 9: 1}
    assert "NOUVEAU" in the_one(said[1])
    assert "ON PEUT MAINTENANT RÉPONDRE" in the_one(said[3])
    assert "SE TERMINE DANS MOINS DE 15 JOURS" in the_one(said[9])


def test_a_call_that_is_withdrawn_is_told_without_a_link_to_what_is_no_more(subscribe, make):
    call = make()
    subscribe()
    call.delete()
    body = the_one(told(1))
    assert "RETIRÉ DU PORTAIL\n\n* Appel grand âge" in body
    assert f"/appels/{call.slug}/" not in body
    assert told(2) == []


def test_a_call_that_leaves_the_search_is_told_with_its_link(subscribe, make):
    call = make()
    subscribe()
    call.regions.set([factories.make_region(code="11", name="Île-de-France")])
    body = the_one(told(1))
    assert "NE CORRESPOND PLUS À VOTRE RECHERCHE" in body
    assert f"/appels/{call.slug}/" in body
    assert told(2) == []


def test_a_call_elsewhere_is_not_told(subscribe, make):
    subscribe()
    make(regions=[factories.make_region(code="11", name="Île-de-France")])
    assert told(1) == []


def test_several_news_make_one_mail_and_its_subject_counts_them(subscribe, make):
    subscribe()
    make("Un")
    make("Deux")
    body = the_one(told(1))
    assert mail.outbox[0].subject == "Appels : 2 nouveautés"
    assert "\nNOUVEAUX\n" in body


# --- Missed runs ------------------------------------------------------------


def test_missed_runs_lose_nothing_and_tell_it_once(subscribe, make):
    call = make()
    subscribe()
    make("Nouvel appel")
    CallEvent.objects.filter(call=call, kind="closing").update(day=date(2026, 10, 15))
    body = the_one(told(9))
    assert "Nouvel appel" in body
    assert "15 octobre 2026" in body
    assert told(10) == []


def test_a_weekly_alert_waits_for_monday(subscribe, make):
    subscribe(frequency="weekly", at=MONDAY + DAY)
    make()
    assert [told(day) for day in range(2, 7)] == [[]] * 5
    assert "NOUVEAU" in the_one(told(7))


def test_a_run_that_fails_on_the_way_leaves_neither_mail_nor_memory(subscribe, make, monkeypatch, caplog):
    alert = subscribe()
    make()

    def fail(*_):
        raise RuntimeError("la base s'arrête là")

    with monkeypatch.context() as broken:
        broken.setattr("levers.alerts.running.store", fail)
        assert told(1) == []
    assert "a échoué" in caplog.text
    assert not OutgoingMail.objects.filter(cause__startswith=f"alert-{alert.pk}-").exists()
    assert not AlertMemory.objects.exists()
    assert "NOUVEAU" in the_one(told(2))


def test_an_alert_that_fails_does_not_hold_the_others_up(subscribe, make, monkeypatch, caplog):
    first, _ = subscribe(), subscribe(email="grace@exemple.invalid")
    make()
    real = messages.post_news

    def fail_once(alert, items, now):
        if alert.pk == first.pk:
            raise RuntimeError
        real(alert, items, now)

    monkeypatch.setattr(messages, "post_news", fail_once)
    assert len(told(1)) == 1
    assert [message.to for message in mail.outbox] == [["grace@exemple.invalid"]]


# --- Who is written to ------------------------------------------------------


def test_an_alert_that_was_stopped_is_told_nothing_even_of_what_was_written(subscribe, make):
    alert = subscribe()
    make()
    run_due(MONDAY + DAY)
    assert OutgoingMail.objects.filter(state="waiting", topic=messages.topic_of(alert)).count() == 1
    stop(alert)
    assert not OutgoingMail.objects.exists()
    assert not AlertMemory.objects.exists()


def test_an_unconfirmed_alert_is_told_nothing_and_forgotten_after_a_week(subscribe, make):
    alert = subscribe()
    Alert.objects.filter(pk=alert.pk).update(state="waiting", confirmed_at=None)
    make()
    assert told(1) == []
    forget_unconfirmed(MONDAY + 7 * DAY - timedelta(minutes=1))
    assert Alert.objects.exists()
    forget_unconfirmed(MONDAY + 7 * DAY)
    assert not Alert.objects.exists()


def test_while_an_address_is_suspended_nothing_is_lost_and_after_a_month_the_alert_is_stopped(subscribe, make):
    subscribe()
    outbox.SuspendedAddress.objects.create(recipient=outbox.digest_of(ADA), reason="550", since=MONDAY)
    make()
    assert told(1) == []
    outbox.lift(outbox.digest_of(ADA))
    assert "NOUVEAU" in the_one(told(2))
    outbox.SuspendedAddress.objects.create(recipient=outbox.digest_of(ADA), reason="550", since=MONDAY)
    told(29)
    assert Alert.objects.exists()
    told(31)
    assert not Alert.objects.exists()


# --- What a mail says -------------------------------------------------------


def test_a_mail_says_why_it_is_received_how_to_stop_and_stops_in_one_click(subscribe, make):
    alert = subscribe()
    make()
    body = the_one(told(1))
    assert "parce que vous avez confirmé cette alerte le 2 mars 2026" in body
    assert "- Région : Occitanie\n- Type d'acteur : EHPAD\n" in body
    stop_url = f"http://localhost:8000/alertes/{messages.address_of('alert-stop', alert).split('/')[4]}/arreter/"
    assert stop_url in body
    message = mail.outbox[0]
    assert message.extra_headers["List-Unsubscribe"] == f"<{stop_url}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_formatted_text_says_the_same_loads_nothing_and_escapes(subscribe, make):
    subscribe()
    make("Appel <b>gras</b> & « cie »")
    told(1)
    ((html, kind),) = mail.outbox[0].alternatives
    assert kind == "text/html"
    assert "Appel &lt;b&gt;gras&lt;/b&gt; &amp; « cie »" in html
    assert "Appel <b>gras</b> & « cie »" in mail.outbox[0].body
    assert not {"<img", "<style", "style=", "<script", "src="} & set(html.split())
    assert {url.partition('"')[0].split("/")[2] for url in html.split('href="')[1:]} == {"localhost:8000"}


# --- What it costs ----------------------------------------------------------


@pytest.mark.parametrize("calls", [1, 60])
def test_a_run_takes_the_same_queries_whatever_the_number_of_calls(calls, subscribe, make):
    for number in range(calls):
        make(f"Appel {number}")
    subscribe()
    told(1)
    with CaptureQueriesContext(connection) as captured:
        run_due(MONDAY + 2 * DAY + timedelta(hours=2))
    asked = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(asked) == 6, asked
