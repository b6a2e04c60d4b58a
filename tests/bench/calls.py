"""Invented calls, as many as there are levers and ten thousand at most; the real ones stay among them.

Through the models, in batches, after the levers (``builder.py``). The same size always
gives the same rows. No date is near today, so nothing opens or closes while the bench
runs: a call that closes soon cannot be invented, only the real ones may be.
"""

import random
from collections.abc import Iterator
from datetime import date, time, timedelta

from django.db import transaction

from actors.models import ActorType, Region, Source
from levers import models
from levers.clocks import ZONES
from tests.bench.names import CALL_SLUG, calls_wanted, is_draft
from tests.bench.words import Writer

BATCH = 1_000
VERIFIED, REVIEW_DUE = date(2026, 1, 1), date(2027, 1, 1)

FIRST_CLOSED, DAYS_OF_CLOSED = date(2018, 1, 8), 2_500
"""When the oldest invented call opened, and within how many days the others did: the last ones close in 2025."""
OPENED, OPENINGS = date(2025, 1, 6), 12
"""The months of one year in which the open ones opened. They close ten years later: months, not centuries, are listed."""
CLOSES, OPENS = date(2035, 3, 30), date(2034, 1, 8)

SITUATIONS = {"closed": 75, "open": 7, "endless": 5, "upcoming": 6, "expected": 4, "undated": 3}
"""In a hundred calls: over; open until a date; open without an end; announced; to come back; without any date."""

LEVERS = 60
"""How many levers calls are tied to."""


class CallBuilder:
    """Invent calls and their parts, a batch at a time."""

    def __init__(self):
        self.draw = random.Random("calls")
        self.write = Writer("calls")
        self.sources = list(Source.objects.order_by("slug"))
        self.regions = list(Region.objects.order_by("code"))
        self.kinds = list(ActorType.objects.order_by("slug"))
        # The real ones and some invented: ten thousand calls are not ten thousand ways to be helped.
        self.levers = list(models.Lever.objects.published().order_by("position", "slug")[:LEVERS])
        kind, wanted = models.Category.Kind, models.Category.objects.order_by("slug")
        self.categories = [
            [category for category in wanted if category.kind == one]
            for one in (kind.THEME, kind.INNOVATION_FIELD, kind.SECTOR)
        ]
        self.organisers = [self.write.title(6, 200) for _ in range(120)]

    def add(self, first: int, last: int) -> None:
        """Write the calls numbered from ``first`` to ``last``, excluded, and all their parts."""
        invented = [(self.situation(), number) for number in range(first, last)]
        calls = models.Call.objects.bulk_create([self.call(number, where) for where, number in invented])
        events = [row for call, (where, _) in zip(calls, invented, strict=True) for row in self.events(call, where)]
        models.CallEvent.objects.bulk_create(events)
        for model, invent in (
            (models.CallAmount, self.amounts),
            (models.CallCriterion, self.criteria),
            (models.CallPiece, self.pieces),
            (models.CallDocument, self.documents),
        ):
            model.objects.bulk_create([row for call in calls for row in invent(call)])
        self.add_links(calls)

    def situation(self) -> str:
        """Return where a call stands."""
        return self.draw.choices(list(SITUATIONS), weights=SITUATIONS.values())[0]

    def sourced(self) -> dict:
        """Return what every row says of its source."""
        checked = VERIFIED + timedelta(days=self.draw.randrange(300))
        source = self.draw.choice(self.sources)
        return {"source": source, "locator": "page 1", "verified_on": checked, "review_due": REVIEW_DUE}

    def part(self, call, number: int) -> dict:
        """Return what every part of a call says."""
        return {"call": call, "key": f"cle-{number}", "position": number, **self.sourced()}

    def call(self, number: int, where: str):
        """Return a call of about a kilobyte and a half of text, as the real ones have."""
        draw, write, model = self.draw, self.write, models.Call
        publication = models.Lever.Publication.DRAFT if is_draft(number) else models.Lever.Publication.PUBLISHED
        return model(
            slug=CALL_SLUG.format(number),
            title=write.title(10, 200),
            aliases="\n".join(write.title(2, 60) for _ in range(2)),
            publication=publication,
            kind=draw.choice(list(model.Kind)),
            purpose=model.Purpose.AUTHORISATION if draw.random() < 0.1 else model.Purpose.FINANCING,
            organiser=draw.choice(list(model.Organiser)),
            organiser_name=draw.choice(self.organisers),
            summary=write.title(24, 259),
            text=write.text(80),
            applicants=write.text(35),
            selection=write.text(25),
            benefit=write.text(25),
            envelope=100_000 * draw.randint(1, 200) if draw.random() < 0.3 else None,
            roles=draw.sample(["carrier", "site", "partner"], draw.randint(0, 2)),
            recurrence=draw.choice(list(model.Recurrence)),
            expected=where == "expected",
            time_zone=draw.choice(list(ZONES)) if draw.random() < 0.1 else "Europe/Paris",
            status_note=write.text(12),
            deposit_title=write.title(4, 200),
            **self.sourced(),
        )

    def events(self, call, where: str) -> Iterator:
        """Yield one to four dates of a situation, half of the closings with an hour; the undated have none."""
        kind, draw = models.CallEvent.Kind, self.draw
        opened = FIRST_CLOSED + timedelta(days=draw.randrange(DAYS_OF_CLOSED))
        closed = opened + timedelta(days=draw.randint(30, 150))
        since = OPENED.replace(month=draw.randint(1, OPENINGS))
        dates = {
            "closed": [(kind.OPENING, opened), (kind.CLOSING, closed), (kind.RESULTS, closed + timedelta(days=60))],
            "open": [(kind.OPENING, since), (kind.CLOSING, CLOSES)],
            "endless": [(kind.OPENING, since)],
            "upcoming": [(kind.OPENING, OPENS), (kind.CLOSING, CLOSES)],
            "expected": [(kind.OPENING, opened), (kind.CLOSING, closed)],
            "undated": [],
        }[where]
        if where == "closed" and draw.random() < 0.3:
            dates.append((kind.QUESTIONS, opened + timedelta(days=20)))
        for number, (what, day) in enumerate(dates):
            hour = time(draw.choice((12, 17)), 0) if what == kind.CLOSING and draw.random() < 0.5 else None
            yield models.CallEvent(kind=what, day=day, hour=hour, **self.part(call, number))

    def amounts(self, call) -> Iterator:
        """Yield an amount for four calls in ten."""
        if self.draw.random() < 0.4:
            low = 1_000 * self.draw.randint(5, 500)
            yield models.CallAmount(
                label=self.write.title(3, 200), minimum=low, maximum=2 * low, unit="par projet", **self.part(call, 0)
            )

    def criteria(self, call) -> Iterator:
        """Yield what answers to one call in three are judged on."""
        if self.draw.random() < 0.33:
            for number in range(3):
                weight = self.draw.choice((20, 30, 50))
                yield models.CallCriterion(label=self.write.title(4, 200), weight=weight, **self.part(call, number))

    def pieces(self, call) -> Iterator:
        """Yield a piece for half of the calls."""
        if self.draw.random() < 0.5:
            yield models.CallPiece(label=self.write.title(3, 200), **self.part(call, 0))

    def documents(self, call) -> Iterator:
        """Yield a text to read for half of the calls."""
        if self.draw.random() < 0.5:
            yield models.CallDocument(title=self.write.title(6, 300), **self.part(call, 0))

    def add_links(self, calls) -> None:
        """Tie calls to themes, fields, sectors; seven in ten to a region or two, half to kinds of actors, to levers."""
        draw = self.draw
        category, region = models.Call.categories.through, models.Call.regions.through
        kind, lever = models.Call.actor_types.through, models.Call.levers.through
        category.objects.bulk_create(
            category(call=call, category=value)
            for call in calls
            for values in self.categories
            for value in draw.sample(values, draw.randint(0, 2))
        )
        region.objects.bulk_create(
            region(call=call, region=place)
            for call in calls
            if draw.random() < 0.7
            for place in draw.sample(self.regions, 1 if draw.random() < 0.8 else 2)
        )
        kind.objects.bulk_create(
            kind(call=call, actortype=one)
            for call in calls
            if draw.random() < 0.5
            for one in draw.sample(self.kinds, draw.randint(1, 6))
        )
        lever.objects.bulk_create(
            lever(call=call, lever=one) for call in calls if draw.random() < 0.5 for one in draw.sample(self.levers, 1)
        )


def fill(size: int) -> None:
    """Add invented calls to the real ones until there are as many as a catalogue of that size is measured with."""
    builder = CallBuilder()
    missing = calls_wanted(size) - models.Call.objects.count()
    for first in range(0, missing, BATCH):
        with transaction.atomic():
            builder.add(first, min(first + BATCH, missing))
