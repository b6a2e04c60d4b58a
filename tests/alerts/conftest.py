"""What tests of alerts share: a subscriber, and calls whose dates are known."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.http import QueryDict

from apist.delivery import deliver_due
from levers.alerts.links import token_of
from levers.alerts.matching import watched
from levers.alerts.subscribing import ask, confirm
from levers.models import Alert
from tests import factories

#: A Monday, before half past six in France.
MONDAY = datetime(2026, 3, 2, 5, tzinfo=UTC)
ADA = "ada@exemple.invalid"


@pytest.fixture(autouse=True)
def _queue(settings):
    """Leave tasks in their table: mails leave when a test says which moment it is, whatever today is."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def occitanie(db):
    return factories.make_region(code="76", name="Occitanie")


@pytest.fixture
def ehpad(db):
    return factories.make_actor_type("ehpad", label="EHPAD")


@pytest.fixture
def subscribe(occitanie, ehpad) -> Callable[..., Alert]:
    """Ask for an alert and confirm it; the mail that asks to confirm is put aside."""

    def subscribed(
        query: str = "region=76&actor_type=ehpad", *, email: str = ADA, at=MONDAY, frequency="daily"
    ) -> Alert:
        kept = watched(QueryDict(query), at).query
        ask(email, kept, frequency, at)
        alert = Alert.objects.get(email=email, query=kept)
        confirm(alert, at)
        deliver_due(at)
        mail.outbox.clear()
        alert.refresh_from_db()
        return alert

    return subscribed


def page_of(alert: Alert, name: str = "") -> str:
    """The address of a page of an alert."""
    return f"/alertes/{token_of(alert)}/{name}"


def path_of(url: str) -> str:
    return urlsplit(url).path
