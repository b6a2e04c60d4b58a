"""What of the counts may be read by everybody: never under five, never a confidential dossier, at most hourly.

Made from the counts of everybody (:attr:`SteeringCell.EVERYBODY`), in which no confidential dossier is; kept by each
process for an hour, so that a page that many read asks nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Sum

from actors.models import Region
from apist.kept import Kept
from levers.models import Lever
from projects.models import SteeringCell
from projects.procedures.catalogue import PROCEDURES
from projects.steering.centiles import Delays, delays
from projects.steering.disclosure import FEWEST, published, share, total_of
from projects.steering.reading import cells
from projects.steering.running import latest

Block = SteeringCell.Block
HOLDS = timedelta(hours=1)
SECRET_LEVERS = frozenset(slug for one in PROCEDURES if one.confidential for slug in one.levers)
"""Levers whose dossiers are confidential: not in any table, not even as a number that is hidden."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the dossiers of a lever. None: too few to be said."""

    lever: str
    name: str
    dossiers: int | None
    delays: Delays | None
    granted: int | None


@dataclass(frozen=True, slots=True)
class Public:
    """What may be public at a moment; ``at``: of when the counts are, None before the first."""

    token: int
    since: datetime
    until: datetime
    at: datetime | None = None
    total: int | None = None
    levers: tuple[Outcome, ...] = ()
    regions: tuple[tuple[str, int | None], ...] = ()

    def of_lever(self, slug: str) -> Outcome | None:
        """Return what may be said of a lever; None where it is not counted."""
        return next((one for one in self.levers if one.lever == slug), None)


def make_public(at: datetime, token: int, last: Public | None = None) -> Public:
    """Return what may be public, of the last counts (five queries)."""
    run = latest()
    if run is None:
        return Public(token, at, at + HOLDS)
    rows = cells(run.stamp, SteeringCell.EVERYBODY)
    standing = rows.filter(block=Block.DOSSIERS).values_list("lever", "region")
    by_lever, by_region, decided, granted = Counter(), Counter(), Counter(), Counter()
    for lever, region, *sums in standing.annotate(Sum("n"), Sum("decided"), Sum("granted")):
        for counter, key, value in zip(
            (by_lever, by_region, decided, granted), (lever, region, lever, lever), (sums[0], *sums), strict=True
        ):
            counter[key] += value
    histograms = _histograms(rows)
    names = dict(Lever.objects.published().order_by("position", "slug").values_list("slug", "short_name"))
    regions = dict(Region.objects.order_by("name").values_list("code", "name"))
    levers = tuple(
        Outcome(slug, names.get(slug, ""), n, _enough(histograms.get(slug, {})), share(granted[slug], decided[slug]))
        for slug, n in published(_every(by_lever, [slug for slug in names if slug not in SECRET_LEVERS])).items()
    )
    return Public(
        token,
        at,
        at + HOLDS,
        run.at,
        total_of(by_lever),
        levers,
        tuple((regions.get(code, ""), n) for code, n in published(_every(by_region, regions)).items()),
    )


def _every(counts: Mapping[str, int], names: Iterable[str]) -> dict[str, int]:
    """Return a number for each name, zero where there is none: what is hidden must not tell from what is not there.

    What is of none of these names is together, last, under none.
    """
    found = {name: counts.get(name, 0) for name in names}
    rest = sum(counts.values()) - sum(found.values())
    return found | ({"": rest} if rest else {})


def _histograms(rows) -> Mapping[str, Mapping[int, int]]:
    found: dict[str, Counter] = defaultdict(Counter)
    for lever, days, n in rows.filter(block=Block.DECISION_DAYS).values_list("lever", "days").annotate(Sum("n")):
        found[lever][days] += n
    return found


def _enough(histogram: Mapping[int, int]) -> Delays | None:
    told = delays(histogram)
    return told if told and told.n >= FEWEST else None


_KEPT: Kept[Public] = Kept(make_public)


def current_public(at: datetime, token: int) -> Public:
    """Return what may be public at a moment (no query while it holds)."""
    return _KEPT.get(at, token)


def forget_public() -> None:
    """Start again from the database, as a new process does."""
    _KEPT.forget()
