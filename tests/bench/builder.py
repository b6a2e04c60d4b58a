"""What the databases of the bench hold: the real content, and as many invented levers as asked for.

    python -m tests.bench.inside install        the real content, in an empty database
    python -m tests.bench.inside fill 5000      then invented levers, until there are 5,000

Through the models, in batches, so that 100,000 entries are feasible on both engines. The
same size always gives the same rows. No date is near today: nothing opens or closes
while the bench runs.
"""

import random
from datetime import date, timedelta

from django.core.management import call_command
from django.db import transaction

from actors.models import ActorType, Audience, Region, Source
from levers import models
from tests.bench.names import SLUG, is_draft
from tests.bench.words import Writer

BATCH = 1_000
VERIFIED, REVIEW_DUE = date(2026, 1, 1), date(2027, 1, 1)
CLOSED, ENDED = date(2024, 3, 31), date(2025, 1, 1)
OPENS, CLOSES = date(2020, 1, 1), date(2060, 12, 31)


class Builder:
    """Invent levers and their parts, a batch at a time."""

    def __init__(self):
        self.draw = random.Random("builder")
        self.write = Writer("builder")
        self.sources = list(Source.objects.order_by("slug"))
        self.regions = list(Region.objects.order_by("code"))
        self.kinds = list(ActorType.objects.order_by("slug"))
        self.audiences = list(Audience)
        categories = models.Category.objects.order_by("slug")
        self.categories = {kind: [c for c in categories if c.kind == kind] for kind in models.Category.Kind}

    def add(self, first: int, last: int) -> None:
        """Write the levers numbered from ``first`` to ``last``, excluded, and all their parts."""
        numbers = range(first, last)
        levers = models.Lever.objects.bulk_create([self.lever(number) for number in numbers])
        for model, invent in (
            (models.Role, self.roles),
            (models.Step, self.steps),
            (models.Window, self.windows),
            (models.Amount, self.amounts),
            (models.Reference, self.references),
        ):
            model.objects.bulk_create([row for lever in levers for row in invent(lever)])
        self.add_rules(levers)
        self.add_links(levers)

    def sourced(self) -> dict:
        """Return what every row says of its source."""
        checked = VERIFIED + timedelta(days=self.draw.randrange(300))
        return {
            "source": self.draw.choice(self.sources),
            "locator": "page 1",
            "verified_on": checked,
            "review_due": REVIEW_DUE,
        }

    def part(self, lever, number: int) -> dict:
        """Return what every part of a sheet says."""
        return {"lever": lever, "key": f"cle-{number}", "position": number, **self.sourced()}

    def lever(self, number: int):
        """Return a sheet of about two kilobytes of text."""
        draw, write, model = self.draw, self.write, models.Lever
        publication = model.Publication.DRAFT if is_draft(number) else model.Publication.PUBLISHED
        return model(
            slug=SLUG.format(number),
            title=write.title(9, 160),
            short_name=write.title(3, 60),
            aliases="\n".join(write.title(2, 60) for _ in range(2)),
            publication=publication,
            position=100 + number % 32_000,
            summary=write.title(24, 259),
            objective=write.text(60),
            recipients=write.text(35),
            description=write.text(110),
            calendar=write.text(25),
            contact=write.text(15),
            nature=draw.choice(list(model.Nature)),
            decision_level=draw.choice(list(model.DecisionLevel)),
            amount_summary=write.title(6, 160) if draw.random() < 0.7 else "",
            annual=draw.random() < 0.1,
            ended_on=ENDED if draw.random() < 0.05 else None,
            status_note=write.text(20),
            **self.sourced(),
        )

    def roles(self, lever):
        """Yield the part of one to three audiences."""
        parts = [part for part in models.Role.Part if part != models.Role.Part.NONE]
        for number, audience in enumerate(self.draw.sample(self.audiences, self.draw.randint(1, 3))):
            yield models.Role(
                audience=audience, part=self.draw.choice(parts), text=self.write.text(6), **self.part(lever, number)
            )

    def steps(self, lever):
        """Yield two or three steps."""
        for number in range(self.draw.randint(2, 3)):
            yield models.Step(
                title=self.write.title(3, 120), text=self.write.text(8), actor="Le porteur", **self.part(lever, number)
            )

    def windows(self, lever):
        """Yield the windows of one of four situations: all year round, open, to come, closed; a few have none."""
        kinds = models.Window.Kind
        dates = {
            "permanent": [(kinds.PERMANENT, OPENS, None)],
            "open": [(kinds.CAMPAIGN, OPENS, CLOSED), (kinds.CAMPAIGN, date(2025, 6, 1), CLOSES)],
            "upcoming": [(kinds.CAMPAIGN, date(2050, 1, 1), CLOSES)],
            "closed": [(kinds.CAMPAIGN, OPENS, CLOSED)],
            "none": [],
        }
        chosen = self.draw.choices(list(dates), weights=[50, 20, 10, 15, 5])[0]
        for number, (kind, opens_on, closes_on) in enumerate(dates[chosen]):
            yield models.Window(
                label=f"Période {number + 1}", kind=kind, opens_on=opens_on, closes_on=closes_on,
                **self.part(lever, number),
            )  # fmt: skip

    def amounts(self, lever):
        """Yield an amount for half of the levers."""
        if self.draw.random() < 0.5:
            low = 1_000 * self.draw.randint(1, 100)
            yield models.Amount(label=self.write.title(3, 200), minimum=low, maximum=2 * low, **self.part(lever, 0))

    def references(self, lever):
        """Yield the text on which the lever rests."""
        yield models.Reference(kind=models.Reference.Kind.LAW, title=self.write.title(6, 300), **self.part(lever, 0))

    def add_rules(self, levers) -> None:
        """Write three criteria a lever, a condition for one lever in three, a way around for one in seven."""
        criteria = models.Criterion.objects.bulk_create([row for lever in levers for row in self.criteria(lever)])
        about_actors = [row for row in criteria if row.about == row.About.ACTOR]
        others = [row for row in criteria if row.fact == "trl"]
        models.Condition.objects.bulk_create(
            models.Condition(criterion=row, fact="actor_type", operator="in", values=self.some_kinds(1, 6))
            for row in others
            if self.draw.random() < 0.33
        )
        ways = [row for row in about_actors if self.draw.random() < 0.15]
        paths = models.Path.objects.bulk_create(
            models.Path(criterion=row, text=self.write.text(12), **self.part(row.lever, 0)) for row in ways
        )
        link = models.Path.actor_types.through
        link.objects.bulk_create(
            link(path=path, actortype=kind) for path in paths for kind in self.draw.sample(self.kinds, 3)
        )

    def criteria(self, lever):
        """Yield a criterion on the actor, one on the project with a yes or no, one with a number."""
        about = models.Criterion.About
        facts = ("public_interest", "own_initiative", "needs_derogation", "digital_solution", "audience_60_plus")
        tests = (
            (about.ACTOR, "actor_type", "in", self.some_kinds(2, 25)),
            (about.PROJECT, self.draw.choice(facts), "is", [True]),
            (about.PROJECT, "trl", "at-least", [self.draw.randint(2, 7)]),
        )
        for number, (subject, fact, operator, values) in enumerate(tests):
            yield models.Criterion(
                about=subject, fact=fact, operator=operator, values=values, blocking=number < 2,
                label=self.write.title(8, 300), **self.part(lever, number),
            )  # fmt: skip

    def some_kinds(self, low: int, high: int) -> list[str]:
        """Return the slugs of some kinds of actors."""
        return sorted(kind.slug for kind in self.draw.sample(self.kinds, self.draw.randint(low, high)))

    def add_links(self, levers) -> None:
        """Tie each lever to one to three values of each facet, and a third of them to regions."""
        category, region = models.Lever.categories.through, models.Lever.regions.through
        category.objects.bulk_create(
            category(lever=lever, category=value)
            for lever in levers
            for values in self.categories.values()
            for value in self.draw.sample(values, self.draw.randint(1, 3))
        )
        region.objects.bulk_create(
            region(lever=lever, region=place)
            for lever in levers
            if self.draw.random() < 0.33
            for place in self.draw.sample(self.regions, self.draw.randint(1, 3))
        )


def fill(size: int) -> None:
    """Add invented levers to the real ones until there are ``size``."""
    builder = Builder()
    missing = size - models.Lever.objects.count()
    for first in range(0, missing, BATCH):
        with transaction.atomic():
            builder.add(first, min(first + BATCH, missing))


def install() -> None:
    """Make the tables and load the real content with its first history, as an installation does."""
    call_command("migrate", verbosity=0)
    call_command("load_fixtures", verbosity=0)
    call_command("populate_history", auto=True, verbosity=0)
