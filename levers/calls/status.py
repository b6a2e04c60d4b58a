"""Whether one can still answer a call, from its dated events; what comes next, and when that changes. Pure.

``at`` is a moment, or a day: on a day, a call open at any time of it is open, its last
day included. An event without an hour lasts its whole day, on the clocks of the call's
place. ``CallQuerySet`` (``levers/models/call.py``) says the same to the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from levers.clocks import local

OPENING, CLOSING = "opening", "closing"

SOON = timedelta(days=14)
"""How long before its end a call is said to close soon."""


class CallStatus(StrEnum):
    """The four values that lists, feeds and JSON use."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSING_SOON = "closing-soon"
    CLOSED = "closed"


STATUS_LABELS = {
    CallStatus.OPEN: "Ouvert",
    CallStatus.CLOSING_SOON: "Se termine bientôt",
    CallStatus.UPCOMING: "À venir",
    CallStatus.CLOSED: "Fermé",
}
"""In the order of the facet. An open call that closes soon is found under both words."""

CAN_ANSWER = frozenset({CallStatus.OPEN, CallStatus.CLOSING_SOON})


@dataclass(frozen=True, slots=True)
class Moment:
    """An event of a call: what happens, which day, at what hour where it is known, how exactly."""

    key: str
    kind: str
    label: str
    day: date
    hour: time | None = None
    precision: str = "day"
    note: str = ""

    @property
    def order(self) -> tuple:
        """Return what events are sorted by: without an hour, an opening begins its day and the rest ends it."""
        implied = time.min if self.kind == OPENING else time.max
        return (self.day, self.hour or implied, self.kind, self.key)

    def is_past(self, day: date, hour: time | None) -> bool:
        """Tell whether it is behind on a day, at an hour of it or at any time of it.

        An opening counts as soon as it comes; a closing once it is over, that very hour included.
        """
        if self.day != day:
            return self.day < day
        if self.kind == CLOSING:
            return hour is not None and self.hour is not None and self.hour < hour
        return hour is None or self.hour is None or self.hour <= hour

    def instants(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return when it begins, and when it is over: the same hour, else the whole day."""
        if self.hour is not None:
            moment = datetime.combine(self.day, self.hour, zone)
            return moment, moment + timedelta(microseconds=1)
        after = self.day + timedelta(days=1) if self.day < date.max else self.day
        return datetime.combine(self.day, time.min, zone), datetime.combine(after, time.min, zone)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a call stands: its status, when it opens and closes (or did), what comes next."""

    status: CallStatus
    opens: Moment | None = None
    closes: Moment | None = None
    next: Moment | None = None
    announced: bool = False
    """Whether ``opens`` is still to come."""

    @property
    def label(self) -> str:
        """Return the status in words."""
        return STATUS_LABELS[self.status]


def standing(events: Iterable[Moment], *, expected: bool, zone: str, at: date | datetime) -> Standing:
    """Return where a call stands at a moment or on a day.

    The last boundary passed decides: after an opening it is open, after a closing it is
    upcoming when an opening is announced or the call is expected back, else closed. Before
    any boundary it is upcoming, but a call of which only a closing is known, and to come,
    is open: somebody announced an end to what has begun.
    """
    day, hour = local(at, zone)
    ordered = sorted(events, key=lambda event: event.order)
    past = [event for event in ordered if event.is_past(day, hour)]
    to_come = [event for event in ordered if not event.is_past(day, hour)]
    last = next((event for event in reversed(past) if event.kind in (OPENING, CLOSING)), None)
    opening = next((event for event in to_come if event.kind == OPENING), None)
    closing = next((event for event in to_come if event.kind == CLOSING), None)
    following = to_come[0] if to_come else None
    if last.kind == OPENING if last else closing and not opening:
        soon = closing is not None and closing.day - day <= SOON
        status = CallStatus.CLOSING_SOON if soon else CallStatus.OPEN
        return Standing(status, last, closing, following)
    if opening:
        closes = next((event for event in to_come if event.kind == CLOSING and event.order > opening.order), None)
        return Standing(CallStatus.UPCOMING, opening, closes, following, announced=True)
    opened = next((event for event in reversed(past) if event.kind == OPENING), None)
    closed = last if last and last.kind == CLOSING else None
    return Standing(CallStatus.UPCOMING if expected else CallStatus.CLOSED, opened, closed, following)


def next_change(events: Iterable[Moment], zone: str, at: datetime) -> datetime | None:
    """Return the first instant after ``at`` at which a date already known changes what is shown; None when none will.

    Events begin and end; a closing also comes near.
    """
    place, instants = ZoneInfo(zone), []
    for event in events:
        begins, ends = event.instants(place)
        instants += [begins, ends]
        if event.kind == CLOSING and event.day - date.min > SOON:
            instants.append(datetime.combine(event.day - SOON, time.min, place))
    return min((instant for instant in instants if instant > at), default=None)
