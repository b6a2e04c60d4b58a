"""What the environment says of providers: three settings or none, and an address in https."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from apist.account_settings import is_configured, sso_apps

GOOD = ("https://exemple.invalid/api/v2/", "portail", "secret")


@pytest.fixture
def env(monkeypatch):
    def put(prefix, *values):
        for end, value in zip(("ISSUER", "CLIENT_ID", "CLIENT_SECRET"), values, strict=True):
            monkeypatch.setenv(f"{prefix}_{end}", value)

    return put


def test_nothing_said_offers_nothing():
    assert sso_apps() == []


def test_each_provider_is_offered_once_its_three_settings_are_given(env):
    env("PROCONNECT", *GOOD)
    (proconnect,) = sso_apps()
    assert (proconnect["provider_id"], proconnect["client_id"]) == ("proconnect", "portail")
    assert proconnect["settings"]["server_url"] == "https://exemple.invalid/api/v2"
    assert proconnect["settings"]["signed_userinfo"] is True
    assert proconnect["settings"]["email_presumed_verified"] is False
    env("PSC", *GOOD)
    assert [app["provider_id"] for app in sso_apps()] == ["proconnect", "pro-sante-connect"]


def test_an_operator_says_in_full_that_addresses_are_confirmed(env, monkeypatch):
    env("PROCONNECT", *GOOD)
    monkeypatch.setenv("PROCONNECT_EMAIL_VERIFIED", "true")
    assert sso_apps()[0]["settings"]["email_presumed_verified"] is True


@pytest.mark.parametrize("missing", range(3))
def test_two_of_three_stop_the_start(missing):
    values = ["" if number == missing else value for number, value in enumerate(GOOD)]
    with pytest.raises(ImproperlyConfigured, match="vont ensemble"):
        is_configured("PROCONNECT", *values)


def test_an_issuer_in_clear_stops_the_start():
    with pytest.raises(ImproperlyConfigured, match="https://"):
        is_configured("PSC", "http://exemple.invalid", "portail", "secret")
