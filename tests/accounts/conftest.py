"""Signing in as people do, and the local provider."""

import re

import pytest
import requests
from django.core import mail

from apist.account_settings import sso_app
from tests import factories
from tests.accounts.provider import CLIENT_ID, CLIENT_SECRET, Provider

SIGN_IN = "/compte/connexion/"


@pytest.fixture
def who(client):
    """Return a way to know whom the portal takes the visitor for (« » for nobody)."""
    return lambda: getattr(client.get("/plan-du-site/").context["user"], "email", "")


@pytest.fixture
def sign_in(client):
    """Return a way to sign in with a password; gives the answer."""
    return lambda user, **more: client.post(SIGN_IN, {"login": user.email, "password": factories.PASSWORD} | more)


@pytest.fixture
def code_by_mail():
    """Return a way to read the code in the last message."""
    return lambda: re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]*)$", mail.outbox[-1].body, flags=re.M)[1]


@pytest.fixture(scope="session")
def running_provider():
    """Run one provider for all the tests of this process."""
    provider = Provider()
    yield provider
    provider.close()


@pytest.fixture
def provider(running_provider, settings):
    """Return the provider, honest, known to the portal under both names."""
    running_provider.reset()
    known = (running_provider.issuer, CLIENT_ID, CLIENT_SECRET)
    proconnect = sso_app("proconnect", "ProConnect", *known, scope=["openid", "email"], signed_userinfo=True)
    psc = sso_app("pro-sante-connect", "Pro Santé Connect", *known, scope=["openid", "scope_all"])
    settings.SOCIALACCOUNT_PROVIDERS = {"sso": {"APPS": [proconnect, psc]}}
    return running_provider


@pytest.fixture
def round_trip(client, provider):
    """Return a way to go to the provider and come back; gives the portal's last answer, redirections followed."""

    def go(name: str = "proconnect", query: str = "process=login", **changed):
        leaves = client.get(f"/compte/fournisseurs/{name}/?{query}")
        assert leaves.status_code == 302, leaves
        back = requests.get(leaves.headers["Location"], allow_redirects=False, timeout=5).headers["Location"]
        assert back.startswith(f"http://testserver/compte/fournisseurs/{name}/retour/?")
        return client.get(back.removeprefix("http://testserver"), follow=True)

    return go
