"""How many queries a page costs, counted inside a fresh process of the portal.

    python -m tests.bench.inside queries PORTAL_HOST JSON

The JSON is a list of addresses, asked in order; the answer is the list of counts.
What is cold is decided by the caller: the first address of the process finds nothing
in memory, an address asked a second time finds all it left.
"""

import json

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def report(words: list[str]) -> None:
    """Print how many queries each address took; refuse an answer that is not a page."""
    host, addresses = words
    client = Client(SERVER_NAME=host, HTTP_X_FORWARDED_PROTO="https")
    print(json.dumps([count(client, address) for address in json.loads(addresses)]))


def count(client: Client, address: str) -> int:
    """Return how many queries an address takes now."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} : réponse {answer.status_code}")
    return len(captured)
