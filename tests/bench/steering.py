r"""Steering among five hundred dossiers and among fifty thousand: what counting costs, and what a page costs.

    DATABASE_URL=sqlite:////tmp/few.sqlite3 APIST_MODE=test DJANGO_SETTINGS_MODULE=apist.settings \
        python -m tests.bench.steering 500

Fills the base of the environment (made here where it is empty), counts everything, then asks each page as an officer
and as the ministry do, in this process, without a server: the median of some visits, in milliseconds. ``first`` is the
first visit after a count, when nothing is kept.
"""

import json
import sys
import time
from datetime import timedelta
from itertools import groupby
from statistics import median

import django

if __name__ == "__main__":
    django.setup()

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client

from apist.accounts import enrol_totp
from projects.engine.stays import Passed, stays
from projects.models import Dossier, JournalEntry, MoneyLine, StageSpan
from projects.procedures.catalogue import procedure_at
from projects.procedures.vocabulary import Macro, MoneyKind
from projects.steering.public import forget_public
from projects.steering.running import refresh
from tests.bench import dossiers
from tests.dossier_factories import NOW

VISITS = 15
ACTS = 10
PAGES = {
    "agency": ("agent", "/instruction/pilotage/"),
    "agency, filtered": ("agent", "/instruction/pilotage/?year=2026&department="),
    "table": ("agent", "/instruction/pilotage/delais.csv"),
    "everybody": ("all", "/instruction/pilotage/"),
    "public": ("", "/statistiques/"),
}


def fill_stays() -> None:
    """Write the stays of copied dossiers from their journals, their days spread over half a year; grant a third."""
    moves = JournalEntry.objects.filter(dossier__spans=None).exclude(stage_version=None).order_by("dossier_id", "seq")
    columns = moves.values_list(
        "dossier_id", "dossier__procedure_key", "dossier__procedure_version", "stage_version", "to_stage", "at"
    )
    spans = []
    for (pk, key, version), own in groupby(columns.iterator(chunk_size=2000), key=lambda row: row[:3]):
        told = stays(Passed(*row[3:]) for row in own)
        for stay in told:
            days = None if stay.left_at is None else (pk * 7919 + stay.version * 104_729) % 180
            macro = procedure_at(key, version).stage(stay.stage).macro
            spans.append(
                StageSpan(
                    dossier_id=pk, version=stay.version, stage=stay.stage, macro=macro, entered_at=stay.entered_at,
                    left_at=stay.left_at, days=days,
                )
            )  # fmt: skip
        if key == "fir" and pk % 3 == 0 and len(told) > 2:
            at = told[-1].entered_at + timedelta(days=pk * 7919 % 180)
            spans.append(
                StageSpan(
                    dossier_id=pk, version=99, stage="granted", macro=Macro.GRANTED, entered_at=at, left_at=at, days=3
                )
            )
    StageSpan.objects.bulk_create(spans, batch_size=2000)


def fill_money() -> None:
    """Grant something to every dossier that was deposited."""
    entries = JournalEntry.objects.filter(move="deposit", money=None).values_list("pk", "dossier_id")
    MoneyLine.objects.bulk_create(
        (
            MoneyLine(
                dossier_id=pk, entry_id=entry, kind=kind, year=2026 + pk % 3, amount=pk % 9_000, on=NOW.date()
            )
            for entry, pk in entries.iterator(chunk_size=2000)
            for kind in (MoneyKind.GRANTED, MoneyKind.COMMITTED)
        ),
        batch_size=2000,
    )  # fmt: skip


def fill_journal() -> None:
    """Lengthen every journal to :data:`ACTS` acts that move nothing: pages of steering must not read them."""
    rows = Dossier.objects.values_list("pk", "journal_length")
    JournalEntry.objects.bulk_create(
        (
            JournalEntry(dossier_id=pk, seq=seq, kind=JournalEntry.Kind.DOWNLOADED, at=NOW, party="officer", hash="-")
            for pk, length in rows.iterator(chunk_size=2000)
            for seq in range(length + 1, ACTS + 1)
        ),
        batch_size=2000,
    )


def count_all() -> None:
    """Give the dossiers of the bench stays and money, and count everything: what the page of steering reads."""
    fill_stays()
    fill_money()
    refresh(NOW + timedelta(days=1))


def visit(client: Client, address: str) -> float:
    """Return how long an answer takes, in milliseconds."""
    started = time.perf_counter()
    answer = client.get(address, secure=True)
    took = time.perf_counter() - started
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    return took * 1000


def measure() -> dict:
    """Return the times of counting and of each page."""
    users = get_user_model().objects
    agent = users.filter(email__startswith="agent-").order_by("pk").first()
    superuser = users.create_superuser(f"tout-{time.time_ns()}@exemple.invalid", "x")
    for user in (agent, superuser):  # who judges signs in with two factors
        enrol_totp(user)
    started = time.perf_counter()
    run = refresh(NOW + timedelta(days=1))
    found = {
        "dossiers": Dossier.objects.count(), "journal": JournalEntry.objects.count(), "cells": run.cells.count(),
        "counting, s": round(time.perf_counter() - started, 2),
    }  # fmt: skip
    for name, (who, address) in PAGES.items():
        client = Client()
        if who:
            client.force_login(agent if who == "agent" else superuser)
        forget_public()
        visit(client, "/instruction/" if who == "agent" else "/plan-du-site/")
        first = visit(client, address)
        then = median(visit(client, address) for _ in range(VISITS))
        found[name] = {"first, ms": round(first, 1), "then, ms": round(then, 1)}
    return found


if __name__ == "__main__":
    dossiers.DOSSIERS = int(sys.argv[1])
    call_command("migrate", verbosity=0)
    if not Dossier.objects.exists():
        call_command("load_fixtures", verbosity=0)
        dossiers.install()
        fill_stays()
        fill_money()
        fill_journal()
    print(json.dumps(measure(), ensure_ascii=False, indent=1))
