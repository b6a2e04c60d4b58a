"""What the page of the policies reads, kept as long as the content does not change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from actors.models import Agency
from apist.kept import Kept
from levers.models import Objective, Policy
from levers.policies.status import STATUS_LABELS, TONES, Status, status_of

ANY_DAY = date.min


@dataclass(frozen=True, eq=False)
class Standing:
    """A text, and where it stands on a day."""

    policy: Policy
    status: Status

    @property
    def label(self) -> str:
        """Return the status in words."""
        return STATUS_LABELS[self.status]

    @property
    def tone(self) -> str:
        """Return the badge that repeats in colour what the label says."""
        return TONES[self.status]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the page: one value each, or none."""

    status: str = ""
    kind: str = ""
    region: str = ""

    def keeps(self, standing: Standing) -> bool:
        """Tell whether a text is asked for. A region keeps the national texts: they hold there too."""
        policy = standing.policy
        here = not self.region or policy.region is None or policy.region.code == self.region
        return here and self.status in ("", standing.status) and self.kind in ("", policy.kind)


@dataclass(frozen=True, eq=False)
class Policies:
    """Every text, the objectives and the agencies to ask."""

    token: int
    policies: tuple[Policy, ...]
    objectives: tuple[Objective, ...]
    agencies: tuple[Agency, ...]
    since: date = ANY_DAY
    until: date | None = None

    def found(self, asked: Asked, at: date) -> list[Standing]:
        """Return the texts that are asked for, as they stand on a day."""
        standings = (standing_of(policy, at) for policy in self.policies)
        return [standing for standing in standings if asked.keeps(standing)]

    def of_regions(self, region: str, at: date) -> list[tuple[Agency, list[Objective]]]:
        """Return the agencies, one alone where a region is chosen, each with the objectives that hold on a day."""
        return [
            (agency, [one for one in self.objectives if one.region_id == agency.region_id and one.holds(at)])
            for agency in self.agencies
            if region in ("", agency.region.code)
        ]


def standing_of(policy: Policy, at: date) -> Standing:
    """Return a text as it stands on a day."""
    return Standing(policy, status_of(policy.valid_from, policy.valid_to, policy.replaced_by_id is not None, at))


def in_order(policies: Iterable[Policy]) -> list[Policy]:
    """Return texts by kind, in the order of the kinds, national ones first, then the latest first."""
    rank = list(Policy.Kind)
    latest = sorted(policies, key=lambda one: (one.valid_from or date.min, one.slug), reverse=True)
    return sorted(latest, key=lambda one: (rank.index(one.kind), one.region.name if one.region else ""))


def read_policies(at: date = ANY_DAY, token: int = 0, last: Policies | None = None) -> Policies:
    """Read the texts, the objectives and the agencies: three statements."""
    return Policies(
        token=token,
        policies=tuple(in_order(Policy.objects.select_related("source", "region", "replaced_by"))),
        objectives=tuple(Objective.objects.select_related("source", "policy").order_by("position", "slug")),
        agencies=tuple(sorted(Agency.objects.select_related("region"), key=lambda one: one.region.name)),
    )


_KEPT: Kept[Policies] = Kept(read_policies)


def current_policies(token: int) -> Policies:
    """Return the texts as they were when ``token`` was read, or newer."""
    return _KEPT.get(ANY_DAY, token)


def forget_policies() -> None:
    """Start again from the database, as a new process does."""
    _KEPT.forget()
