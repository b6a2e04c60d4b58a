"""Attempts are counted where every process sees them, and too many get a page in French."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.utils import timezone

from apist.models import CacheEntry
from apist.sweeping import sweep
from tests import factories
from tests.pages.reading import read

pytestmark = pytest.mark.django_db

SIGN_IN = "/compte/connexion/"


def test_counts_are_in_the_base_that_all_processes_share(client, applicant):
    assert isinstance(cache._connections["default"], DatabaseCache)
    client.post(SIGN_IN, {"login": applicant.email, "password": "faux"})
    assert CacheEntry.objects.filter(cache_key__contains="login_failed").exists()


def test_an_account_closes_for_a_time_after_five_wrong_passwords_even_from_elsewhere(client, applicant, who):
    for number in range(5):
        wrong = {"login": applicant.email, "password": "faux"}
        client.post(SIGN_IN, wrong, REMOTE_ADDR=f"192.0.2.{number}")
    right = {"login": applicant.email, "password": factories.PASSWORD}
    page = read(client.post(SIGN_IN, right, REMOTE_ADDR="192.0.2.99"))
    assert "Trop d'essais de suite" in page.one("div", "fr-alert--error").text
    assert who() == ""


def test_too_many_requests_of_one_network_get_a_page_in_french(client):
    for number in range(20):
        client.post("/compte/mot-de-passe/oublie/", {"email": f"inconnu-{number}@exemple.invalid"})
    answer = client.post("/compte/mot-de-passe/oublie/", {"email": "encore@exemple.invalid"})
    assert answer.status_code == 429
    assert read(answer).one("h1").text == "Trop d'essais de suite"
    assert mail.outbox == []


def test_behind_a_proxy_each_visitor_is_counted_apart(client, applicant, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(31):
        sent = {"login": f"inconnu-{number}@exemple.invalid", "password": "faux"}
        answer = client.post(SIGN_IN, sent, headers={"X-Forwarded-For": f"menteur, 192.0.2.{number}"})
        assert answer.status_code == 200


def test_the_clock_forgets_what_is_over(client, applicant):
    client.post(SIGN_IN, {"login": applicant.email, "password": "faux"})
    sweep(timezone.now())
    assert CacheEntry.objects.exists()
    sweep(timezone.now() + timedelta(minutes=10))
    assert not CacheEntry.objects.exists()
