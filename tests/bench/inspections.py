"""What is looked at besides speed: that reading writes nothing, and how many queries pages take."""

import json
import random
import sqlite3

from tests.bench import addresses, call_addresses
from tests.bench.load import HOST, Visitor
from tests.bench.rounds import Portal
from tests.bench.servers import run_inside

ATTEMPTS = 3
"""A server's own housekeeping may write once; a page that writes does so every time."""
COUNTING = 120
"""Seconds within which a process must have counted the queries it was asked for."""
UNKNOWN_WORDS = f"{addresses.LIST}?q=wqzxkjv+bvgzqx"


class Marks:
    """A number of the database that every write moves and no reading does."""

    def __init__(self, portal: Portal):
        self.portal = portal
        self.is_file = portal.engine.name == "sqlite"
        if self.is_file:
            path = portal.engine.address(portal.size).removeprefix("sqlite:///")
            self.connection = sqlite3.connect(path)

    def read(self) -> int:
        """Return SQLite's version of the file, or the next transaction number that PostgreSQL would give to a write."""
        if self.is_file:
            return self.connection.execute("PRAGMA data_version").fetchone()[0]
        next_one = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"
        return int(self.portal.engine.execute(next_one, self.portal.engine.database(self.portal.size))[0][0])


def writes(portal: Portal, requests: list[bytes]) -> bool:
    """Tell whether asking for these pages writes in the database."""
    marks = Marks(portal)
    for _ in range(ATTEMPTS):
        before = marks.read()
        with Visitor(portal.server.port) as visitor:
            for message in requests:
                visitor.send(message)
        if marks.read() == before:
            return False
    return True


def reading_writes(portal: Portal) -> dict[str, bool]:
    """Tell what writes: a few pages of every line, and a search that finds nothing."""
    pages = [message for rotation in portal.rotations.values() for message in rotation.requests[:3]]
    host = f"Host: {HOST}\r\nX-Forwarded-Proto: https\r\n\r\n"
    return {
        "pages": writes(portal, pages),
        "empty_search": writes(portal, [f"GET {UNKNOWN_WORDS} HTTP/1.1\r\n{host}".encode()]),
    }


def count_queries(portal: Portal) -> dict[str, dict[str, int]]:
    """Return how many queries pages take, by family: in a fresh process, cold, warm.

    ``first`` is the first address that a process ever gets: it reads the catalogue, the calls.
    ``cold`` pages come later, with nothing of theirs in memory (cards never shown, sheet
    never opened, profile never seen); ``warm`` ones are asked for a second time, and for
    profiles a new one as well, since every visitor has another.
    """
    sheet = f"{addresses.LIST}{addresses.REAL_SLUGS[0]}/"
    some, other = addresses.profiles(addresses.MATCHES, 2, "queries")
    shown, more = addresses.profiles(addresses.RESULTS, 2, "queries")
    by_title = f"{addresses.LIST}?sort=title"
    pages = [by_title] if portal.size == 12 else [by_title, f"{by_title}&page=3"]
    warm = [f"{addresses.LIST}?nature=subvention", f"{addresses.LIST}?q=projet", *pages]
    asked = {
        "other": [addresses.API, call_addresses.API],
        "catalogue cold": pages,
        "to warm": warm,
        "catalogue warm": warm,
        "sheet cold": [sheet],
        "sheet warm": [sheet],
        "matches cold": [some],
        "matches warm": [some, other],
        "results cold": [shown],
        "results warm": [shown, more],
        **of_calls(portal.size),
    }
    counts = iter(queries(portal, [path for paths in asked.values() for path in paths]))
    worst = {name: max(next(counts) for _ in paths) for name, paths in asked.items()}
    found: dict[str, dict[str, int]] = {}
    first = {"catalogue": warm[0], "sheet": sheet, "matches": some, "results": shown}
    first |= {name: asked[f"{name} cold"][0] for name in ("calls", "call", "procurement")}
    for name, path in first.items():
        found[name] = {state: worst[f"{name} {state}"] for state in ("cold", "warm")}
        found[name]["first"] = queries(portal, [path])[0]
    return found


def of_calls(size: int) -> dict[str, list[str]]:
    """Return what is asked of the calls and of public procurement, by family."""
    lists = [f"{call_addresses.LIST}?sort=title", f"{call_addresses.LIST}?sort=title&page=2"]
    again = [*lists, f"{call_addresses.LIST}?q=projet", f"{call_addresses.ICS}?region=11&status=open"]
    page = call_addresses.call_pages(size)[:1]
    needs = addresses.distinct(call_addresses.PROCUREMENT, call_addresses.needs(random.Random("queries")), 2)
    return {
        "calls cold": lists,
        "calls to warm": again,
        "calls warm": again,
        "call cold": page,
        "call warm": page,
        "no need yet": [call_addresses.PROCUREMENT],
        "procurement cold": needs[:1],
        "procurement warm": needs,
    }


def queries(portal: Portal, paths: list[str]) -> list[int]:
    """Return how many queries each address takes, asked in this order in a new process."""
    environment = portal.engine.environment(portal.size)
    return json.loads(run_inside("queries", HOST, json.dumps(paths), environment=environment, patience=COUNTING))
