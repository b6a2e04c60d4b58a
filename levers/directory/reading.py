"""The directory as pages read it: one place a region, kept as long as the content does not change."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from actors.models import Agency, Delegation, Department, LocalBody, Referent, Region, Source, Sourced, Subject
from apist.kept import Kept
from levers.directory.rules import Known, Office
from levers.moments import next_change
from levers.words import fold

NETWORKS = (LocalBody.Kind.CHAMBER, LocalBody.Kind.CLUSTER, LocalBody.Kind.INCUBATOR, LocalBody.Kind.PROFESSIONALS)
"""Those who help to prepare a project, or to find where to try it."""

IN_A_REGION = tuple(kind for kind in LocalBody.Kind if kind not in (LocalBody.Kind.E_HEALTH, LocalBody.Kind.AUTHORITY))
"""What each region is expected to have besides its e-health group: what is missing is said."""


@dataclass(frozen=True, eq=False)
class Place:
    """A region: its agency and who is around it."""

    region: Region
    agency: Agency
    departments: tuple[Department, ...]
    seats: tuple[Delegation, ...]
    delegations: tuple[Delegation, ...]
    referents: tuple[Referent, ...]
    bodies: tuple[LocalBody, ...]
    known: Known

    def of_kind(self, kind: str) -> list[LocalBody]:
        """Return the bodies of a kind."""
        return [body for body in self.bodies if body.kind == kind]

    @property
    def rows(self) -> list[Sourced]:
        """Return every row that the page of the region rests on."""
        return [self.agency, *self.seats, *self.delegations, *self.referents, *self.bodies]


@dataclass(frozen=True, eq=False)
class Book:
    """The whole directory, on a day."""

    token: int
    since: date
    until: date | None
    places: dict[str, Place]
    """By code of region, alphabetically."""
    departments: dict[str, Department]
    subjects: dict[str, Subject]
    national: tuple[LocalBody, ...]


def office(row: Delegation | Referent | LocalBody, at: date) -> Office:
    """Return a row as the rules read it."""
    return Office(
        name=getattr(row, "function", "") or row.name,
        url=row.url,
        email=row.email,
        note=getattr(row, "note", "") or getattr(row, "text", ""),
        address=getattr(row, "address", ""),
        doubtful=is_doubtful(row, at),
    )


def is_doubtful(row: Sourced, at: date) -> bool:
    """Tell whether a row must be checked before it is relied on: by its source, or since it was not looked at."""
    return row.source.reliability == Source.Reliability.TO_CHECK or row.review_is_overdue(at)


def own_door(agency: Agency, at: date) -> tuple[Office, ...]:
    """Return the way in that the agency's own row gives, where it gives one."""
    if not (agency.entry_point or agency.entry_is_known):
        return ()
    name = agency.entry_point or "Page dédiée"
    return (Office(name, agency.entry_url, agency.entry_email, agency.note, doubtful=is_doubtful(agency, at)),)


def known_of(agency: Agency, delegations: Iterable, referents: Iterable, bodies: Iterable, at: date) -> Known:
    """Return what the rules may use in a region."""
    doors, experts, near = defaultdict(tuple), defaultdict(tuple), defaultdict(tuple)
    for row in referents:
        kept = doors if row.part == Referent.Part.DOOR else experts
        kept[row.subject.slug if row.subject else ""] += (office(row, at),)
    for row in delegations:
        for department in row.departments.all():
            near[department.code] += (office(row, at),)
    general = doors.pop("", ())
    return Known(
        doors=own_door(agency, at) + general,
        doors_of=dict(doors),
        experts=dict(experts),
        delegations=dict(near),
        e_health=tuple(office(body, at) for body in bodies if body.kind == LocalBody.Kind.E_HEALTH),
        networks=tuple(office(body, at) for body in bodies if body.kind in NETWORKS),
    )


def read_book(at: date, token: int, last: Book | None = None) -> Book:
    """Read the directory: eight statements, whatever its size."""
    departments = list(Department.objects.select_related("region"))
    subjects = list(Subject.objects.select_related("source"))
    delegations = list(Delegation.objects.select_related("source").prefetch_related("departments"))
    referents = list(Referent.objects.select_related("source", "subject"))
    bodies = list(LocalBody.objects.select_related("source").prefetch_related("regions"))
    agencies = list(Agency.objects.select_related("source", "region"))
    rows = [*agencies, *subjects, *delegations, *referents, *bodies]
    places = {}
    for agency in sorted(agencies, key=lambda one: fold(one.region.name)):
        own = tuple(row for row in delegations if row.agency_id == agency.pk and not row.is_seat)
        functions = tuple(row for row in referents if row.agency_id == agency.pk)
        around = tuple(body for body in bodies if agency.region in body.regions.all())
        places[agency.region.code] = Place(
            region=agency.region,
            agency=agency,
            departments=tuple(one for one in departments if one.region_id == agency.region_id),
            seats=tuple(row for row in delegations if row.agency_id == agency.pk and row.is_seat),
            delegations=own,
            referents=functions,
            bodies=around,
            known=known_of(agency, own, functions, around, at),
        )
    return Book(
        token=token,
        since=at,
        until=next_change(rows, at),
        places=places,
        departments={one.code: one for one in departments},
        subjects={one.slug: one for one in subjects},
        national=tuple(body for body in bodies if not body.regions.all()),
    )


_KEPT: Kept[Book] = Kept(read_book)


def current_book(at: date, token: int) -> Book:
    """Return the directory of a day, as it was when ``token`` was read, or newer."""
    return _KEPT.get(at, token)


def forget_book() -> None:
    """Start again from the database, as a new process does."""
    _KEPT.forget()
