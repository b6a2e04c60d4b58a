"""The OpenAPI description: complete, and true of every answer, also to requests nobody would write."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import get_resolver
from hypothesis import HealthCheck, given, settings

from apist.wsgi import application

ADDRESSES = [
    "/api/v1/levers/",
    "/api/v1/levers/{slug}/",
    "/api/v1/calls/",
    "/api/v1/experiments/",
    "/api/v1/terms/",
    "/api/v1/agencies/",
    "/api/v1/matches/",
    "/api/v1/procurement/",
]


@pytest.fixture
def open_connection():
    """Keep the test's connection, hence its transaction, from one request to the next, as Django's own client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_request_gets_an_answer_that_is_not_described(catalogue, open_connection, address):
    described = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)

    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=described[address]["GET"].as_strategy())
    def ask(case):
        # A page after the last one, a word that is no category: refused, which no schema can foretell.
        # The client of the tests unpacks nothing.
        checks = [schemathesis.checks.positive_data_acceptance]
        case.call_and_validate(excluded_checks=checks, headers={"Accept-Encoding": "identity"})

    ask()


def test_every_address_of_the_api_is_described_and_tried(catalogue, client):
    paths = client.get("/api/v1/schema/", {"format": "json"}).json()["paths"]
    written = {
        "/api/v1/" + str(pattern.pattern).replace("<slug:slug>", "{slug}")
        for resolver in get_resolver().url_patterns
        if str(resolver.pattern) == "api/v1/"
        for pattern in resolver.url_patterns
    }
    assert written == set(paths) == set(ADDRESSES)
