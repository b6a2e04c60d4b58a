"""What a process keeps of the content, and when it stops being true.

A kept value is made from content, for a day. It holds until the content moves
(``actors/models/content.py``) or until the first day on which something in it
changes by itself: a window that opens, a rule that ends.
"""

from collections.abc import Callable
from datetime import date, datetime
from threading import Lock
from typing import Generic, Protocol, TypeVar

from actors.models import ContentVersion


class Dated(Protocol):
    """What a value says of itself: its content, from and until when it holds (excluded, or None): days, or moments."""

    token: int
    since: date | datetime
    until: date | datetime | None


Value = TypeVar("Value", bound=Dated)


class Kept(Generic[Value]):
    """One value, made when it is first asked for and again when it no longer holds.

    ``make(at, token, last)`` is given the value that no longer holds, to take over what
    did not change. It is called under a lock: the others wait rather than make it twice or
    be given something stale. The new value replaces the old one at once, so nobody
    ever sees half of each.
    """

    def __init__(self, make: Callable[[date | datetime, int, Value | None], Value]):
        self._make = make
        self._lock = Lock()
        self._value: Value | None = None

    def get(self, at: date | datetime, token: int) -> Value:
        """Return the value for a day, as the content was when ``token`` was read, or newer."""
        value = self._value
        if value is None or not holds(value, at, token):
            with self._lock:
                value = self._value
                if value is not None:
                    token = ContentVersion.current()  # another may have made it meanwhile, from newer content
                if value is None or not holds(value, at, token):
                    value = self._value = self._make(at, token, value)
        return value

    def forget(self) -> None:
        """Keep nothing: the next call starts from the database, as a new process does."""
        with self._lock:
            self._value = None


def holds(value: Dated, at: date | datetime, token: int) -> bool:
    """Tell whether a value made from content is still what making it again would give."""
    return value.token == token and value.since <= at and (value.until is None or at < value.until)
