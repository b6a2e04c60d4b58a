"""Mails that came back: notices are read, the mail they are about is marked, the address suspended where it must be."""

from datetime import datetime
from enum import Enum
from itertools import islice
from pathlib import Path

from django.conf import settings

from apist import outbox
from apist.notices import read_notice

AT_ONCE = 200
"""Notices read in one turn of the clock."""


class Read(Enum):
    """What became of a message received where notices arrive."""

    RECORDED = "enregistré(s)"
    UNKNOWN = "sans courriel connu"
    NO_FAILURE = "sans échec annoncé"


def record(raw: bytes, now: datetime) -> Read:
    """Record what a message says came back."""
    notice = read_notice(raw)
    if notice is None:
        return Read.NO_FAILURE
    kind = outbox.Bounce.PERMANENT if notice.permanent else outbox.Bounce.TRANSIENT
    known = list(notice.message_ids) + outbox.message_ids_of(notice.envelopes)
    return Read.RECORDED if outbox.record_return(known, kind, notice.reason, now) else Read.UNKNOWN


def read_maildir(now: datetime) -> str:
    """Read the mailbox of notices, where one is set: a job of the clock.

    What is recorded is deleted from it; the rest is kept there as seen, for a person.
    """
    if not settings.BOUNCE_MAILDIR:
        return ""
    new, seen = Path(settings.BOUNCE_MAILDIR) / "new", Path(settings.BOUNCE_MAILDIR) / "cur"
    if not (new.is_dir() and seen.is_dir()):
        raise FileNotFoundError(f"BOUNCE_MAILDIR={settings.BOUNCE_MAILDIR!r} n'est pas une boîte au format Maildir.")
    counts = dict.fromkeys(Read, 0)
    for file in islice(sorted(new.iterdir()), AT_ONCE):
        became = record(file.read_bytes(), now)
        counts[became] += 1
        if became is Read.RECORDED:
            file.unlink()
        else:
            file.rename(seen / f"{file.name}:2,S")
    return said(counts) if any(counts.values()) else ""


def said(counts: dict[Read, int]) -> str:
    """Return how many messages became what, in words."""
    return "Retours : " + ", ".join(f"{number} {became.value}" for became, number in counts.items()) + "."
