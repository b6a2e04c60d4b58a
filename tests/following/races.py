"""Two officers at once on the money of an agency, on a real database: a program of its own, as tests/dossiers/races.py.

One row of a schedule is paid once; one envelope is never committed twice. What must hold is asserted in every round.
"""

import argparse
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from uuid import uuid4

from django.db import connection
from django.db.models import Sum

from projects.engine.door import Refused, Request, Stale, advance
from projects.engine.verifying import verify
from projects.engine.wording import digest_of_draft
from projects.models import JournalEntry, MoneyLine, PaymentSchedule
from tests import factories
from tests.dossier_factories import NOW, drive, make_officer
from tests.following.builders import Cast, amend, granted, make_cast, make_envelope, plan, row, running

PATIENCE = 120


def at_once(calls: list) -> list:
    """Call everything at the same moment, each with its own connection; return results and refusals."""
    barrier = Barrier(len(calls), timeout=PATIENCE)

    def one(call):
        connection.ensure_connection()
        barrier.wait()
        try:
            return call()
        except (Stale, Refused) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def pays(cast: Cast, dossier, rank: int, who, amount: str):
    """Return the call by which somebody pays a row."""
    given = {"instalment": str(rank), "paid": amount, "paid_on": "2026-11-28"}
    request = Request("pay-advance", dossier.version, uuid4(), given)
    return lambda: advance(dossier.pk, request, cast.actor(who), NOW)


def payments(cast: Cast, found: Counter) -> None:
    """Pay the same row, and another one, at the same moment."""
    dossier = running(cast)
    plan(cast, dossier, row(20000), row(20000, "instalment"), row(20000, "balance"))
    colleague = make_officer(cast.body)
    calls = [pays(cast, dossier, 1, cast.officer, "20000"), pays(cast, dossier, 1, colleague, "20000")]
    results = at_once([*calls, pays(cast, dossier, 2, colleague, "20000")])
    won = [one for one in results if isinstance(one, JournalEntry)]
    assert len(won) == 1, results
    assert all(isinstance(one, JournalEntry | Stale) for one in results), results
    paid = dossier.money.filter(kind="paid")
    assert [line.amount for line in paid] == [20000]
    assert verify(dossier).is_whole
    found.update({"paid": len(won)})


def envelopes(cast: Cast, found: Counter) -> None:
    """Commit two dossiers on an envelope that has enough for one."""
    lever = factories.make_lever()
    make_envelope(cast.body, lever, 2027, 60000)
    one, other = granted(cast, lever=lever), granted(cast, lever=lever)
    results = at_once([lambda: plan(cast, one, row(60000)), lambda: plan(cast, other, row(60000))])
    assert sorted(type(result).__name__ for result in results) == ["PaymentSchedule", "Refused"], results
    lines = MoneyLine.objects.filter(kind="committed", dossier__in=[one, other])
    assert lines.aggregate(Sum("amount"))["amount__sum"] == Decimal(60000)
    assert PaymentSchedule.objects.filter(dossier__in=[one, other]).count() == 1
    found.update({"committed": 1})


def amendments(cast: Cast, found: Counter) -> None:
    """Sign two amendments at once on an envelope that has enough for one more, each twice: one is signed, once."""
    lever = factories.make_lever()
    make_envelope(cast.body, lever, 2027, 130000)
    dossiers = [running(cast, lever=lever), running(cast, lever=lever)]
    for one in dossiers:
        plan(cast, one, row(60000))
        drive(one, "open-amendment", cast.officer)
        amend(cast, one, row(70000, rank=1), amount=70000, seen=(1, 0))
        one.refresh_from_db()
    results = at_once([signs(cast, one, cast.director) for one in dossiers for _ in range(2)])
    won = [one for one in results if isinstance(one, JournalEntry)]
    assert len(won) == 1, results
    assert all(isinstance(one, JournalEntry | Stale | Refused) for one in results), results
    lines = MoneyLine.objects.filter(kind="committed", dossier__in=dossiers)
    assert lines.aggregate(Sum("amount"))["amount__sum"] == Decimal(130000)
    assert [one.number for one in PaymentSchedule.objects.filter(dossier__in=dossiers).order_by("number")] == [1, 1, 2]
    assert all(verify(one).is_whole for one in dossiers)
    found.update({"amended": len(won)})


def prepared_at_once(cast: Cast, found: Counter) -> None:
    """Prepare an amendment by two officers while the director signs the first: what is signed is what was read."""
    dossier = running(cast, lever=factories.make_lever())
    plan(cast, dossier, row(60000))
    drive(dossier, "open-amendment", cast.officer)
    first = amend(cast, dossier, row(50000, rank=1), amount=50000, seen=(1, 0))
    dossier.refresh_from_db()
    entries = list(dossier.journal.order_by("seq").prefetch_related("texts"))
    seen = digest_of_draft(dossier, dossier.procedure.move("sign-amendment"), entries)
    other = lambda amount: lambda: amend(cast, dossier, row(amount, rank=1), amount=amount, seen=(1, first))  # noqa: E731
    results = at_once([other(40000), other(30000), signs(cast, dossier, cast.director, seen)])
    signed = [one for one in results if isinstance(one, JournalEntry)]
    dossier.refresh_from_db()
    granted = dossier.money.filter(kind="granted").aggregate(Sum("amount"))["amount__sum"]
    assert granted == (50000 if signed else 60000), results
    assert sum(isinstance(one, int) for one in results) <= 1 - len(signed), results
    assert verify(dossier).is_whole
    found.update({"prepared": 1})


def signs(cast: Cast, dossier, who, seen: str = ""):
    """Return the call by which somebody signs an amendment."""
    request = Request("sign-amendment", dossier.version, uuid4(), content_seen=seen)
    return lambda: advance(dossier.pk, request, cast.actor(who), NOW)


PROGRAM = "import django; django.setup(); from tests.following import races; races.main()"


def main() -> None:
    """Run the rounds and print what was counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()
    cast, found = make_cast(), Counter()
    for _ in range(options.rounds):
        payments(cast, found)
        envelopes(cast, found)
        amendments(cast, found)
        prepared_at_once(cast, found)
    print(json.dumps(found))
