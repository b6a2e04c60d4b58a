"""The one door to outgoing mail: nothing else assigns a state.

A mail is written in the transaction of its cause, so both exist or neither does. A
worker claims it by a conditional update, sends it and marks it. It may die at any
point: before the claim the mail waits; after it, :func:`free` gives it back. Only if it
dies between the server's acceptance and the mark does the mail leave twice, under the
same Message-ID, drawn when the row was written.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from email.utils import parseaddr
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from apist.models import OutgoingMail, SuspendedAddress

State, Bounce = OutgoingMail.State, OutgoingMail.Bounce

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
"""How long after each failed attempt the next one is made; the ninth failure, two days on, is the last."""

CLAIM_HOLDS = timedelta(minutes=15)
"""How long a claim is believed: one mail is sent in less than EMAIL_TIMEOUT × a few exchanges."""

KEPT = timedelta(days=90)
"""How long a settled row is kept, without text or address: a mail may come back late, and returns are counted."""

SUSPENDED_FOR = timedelta(days=180)
RETURNS_IN_A_ROW = 3
ERROR_LENGTH = 500
ADDRESSES = re.compile(r"[^\s<>@:;,]+@[^\s<>@:;,]+")
CANDIDATES = 20


def digest_of(address: str) -> str:
    """Return what stands for an address once it is erased: the same for the same address, useless without our key."""
    return salted_hmac("apist.outbox", address.strip().lower(), algorithm="sha256").hexdigest()


def write(
    cause: str, to: str, subject: str, text: str, *, now: datetime, html: str = "",
    headers: Mapping[str, str] | None = None, topic: str = "",
) -> bool:  # fmt: skip
    """Write a mail for a cause, in the caller's transaction; tell whether it is new.

    A cause is told once: written again, it changes nothing. ``topic`` names what the
    mail belongs to, so that :func:`forget` can withdraw it.
    """
    mail = OutgoingMail(
        cause=cause, topic=topic, to=to, recipient=digest_of(to), subject=" ".join(subject.split())[:300], text=text,
        html=html, headers=dict(headers or {}), message_id=f"<{uuid4().hex}@{_domain()}>",
        not_before=now, written_at=now,
    )  # fmt: skip
    # A conflict is passed over by the database itself: two writers of one cause need not know of each other.
    OutgoingMail.objects.bulk_create([mail], ignore_conflicts=True)
    return OutgoingMail.objects.filter(message_id=mail.message_id).exists()


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def due(now: datetime):
    """Return the mails that may be sent now, the oldest first."""
    return OutgoingMail.objects.filter(state=State.WAITING, not_before__lte=now).order_by("not_before", "pk")


def claim(now: datetime, *, due_by: datetime | None = None) -> OutgoingMail | None:
    """Take one mail that may be sent (and was due at ``due_by``), for this worker alone; None when none is left.

    A mail to a suspended address is withheld on the way.
    """
    while candidates := list(due(due_by or now).values_list("pk", flat=True)[:CANDIDATES]):
        for pk in candidates:
            token = uuid4()
            taken = OutgoingMail.objects.filter(pk=pk, state=State.WAITING).update(
                state=State.CLAIMED, claim=token, claimed_at=now
            )
            if not taken:
                continue  # another worker was quicker
            mail = OutgoingMail.objects.get(pk=pk, claim=token)
            if not is_suspended(mail.recipient, now):
                return mail
            _settle(mail, State.WITHHELD, now)
    return None


def mark_sent(mail: OutgoingMail, now: datetime) -> bool:
    """Say that the server accepted a mail; its texts and its address are erased.

    False where the claim was lost meanwhile: the sweeper took this worker for dead.
    """
    return _settle(mail, State.SENT, now, attempts=mail.attempts + 1, last_error="")


def put_off(mail: OutgoingMail, error: str, now: datetime) -> None:
    """Say that an attempt failed: try again later, each time later, then give up and keep the error."""
    attempts = mail.attempts + 1
    if attempts > len(DELAYS):
        _settle(mail, State.GIVEN_UP, now, attempts=attempts, last_error=_short(error))
        return
    _held(mail).update(
        state=State.WAITING, claim=None, claimed_at=None, attempts=attempts,
        not_before=now + DELAYS[attempts - 1], last_error=_short(error),
    )  # fmt: skip


def give_up(mail: OutgoingMail, error: str, now: datetime) -> None:
    """Say that the server refuses this mail for good, without blaming the address."""
    _settle(mail, State.GIVEN_UP, now, attempts=mail.attempts + 1, last_error=_short(error))


@transaction.atomic
def refuse(mail: OutgoingMail, error: str, now: datetime) -> None:
    """Say that the server refuses the address for good: the same as a mail that came back."""
    changes = {"attempts": mail.attempts + 1, "last_error": _short(error), "bounce": Bounce.PERMANENT}
    if _settle(mail, State.RETURNED, now, **changes):
        _suspend(mail.recipient, error, now)


def message_ids_of(envelopes: Iterable[str]) -> list[str]:
    """Return the Message-IDs whose start is in the envelope of a notice (BOUNCE_ADDRESS)."""
    starts = [f"<{envelope}@{_domain()}>" for envelope in envelopes]
    return list(OutgoingMail.objects.filter(message_id__in=starts).values_list("message_id", flat=True))


@transaction.atomic
def record_return(message_ids: list[str], kind: Bounce, reason: str, now: datetime) -> OutgoingMail | None:
    """Record that a mail came back, found by its Message-ID; None when none of ours has it.

    A permanent failure suspends the address at once, transient ones when three mails
    sent there one after the other came back. The address is the mail's own, whatever
    the notice claims: nobody suspends somebody else's.
    """
    mail = OutgoingMail.objects.select_for_update().filter(message_id__in=message_ids).first()
    if mail is None:
        return None
    if mail.state in (State.SENT, State.RETURNED) and mail.bounce != Bounce.PERMANENT:
        OutgoingMail.objects.filter(pk=mail.pk).update(
            state=State.RETURNED, bounce=kind, last_error=_short(reason), settled_at=mail.settled_at or now
        )
        if kind == Bounce.PERMANENT or _comes_back_always(mail):
            _suspend(mail.recipient, reason, now)
    return mail


def _comes_back_always(mail: OutgoingMail) -> bool:
    """Tell whether this mail is one of three that came back, sent there one after the other.

    Returns arrive late and in any order, so it is the order of sending that counts.
    """
    sent = OutgoingMail.objects.filter(recipient=mail.recipient, state__in=(State.SENT, State.RETURNED))
    rows = list(sent.order_by("settled_at", "pk").values_list("pk", "state"))
    here = next(number for number, (pk, _) in enumerate(rows) if pk == mail.pk)
    before = here
    while before > 0 and rows[before - 1][1] == State.RETURNED:
        before -= 1
    after = here
    while after + 1 < len(rows) and rows[after + 1][1] == State.RETURNED:
        after += 1
    return after - before + 1 >= RETURNS_IN_A_ROW


def is_suspended(recipient: str, now: datetime, *, at_least: timedelta = timedelta()) -> bool:
    """Tell whether nothing may be sent to an address, given by its digest, and has been for some time."""
    since = {"since__gt": now - SUSPENDED_FOR, "since__lte": now - at_least}
    return SuspendedAddress.objects.filter(recipient=recipient, **since).exists()


def lift(recipient: str) -> int:
    """Send again to an address, given by its digest; return how many suspensions were lifted (none or one)."""
    return SuspendedAddress.objects.filter(recipient=recipient).delete()[0]


def forget(topic: str) -> int:
    """Withdraw all the mails of a topic, those that wait included; return how many."""
    return OutgoingMail.objects.filter(topic=topic).delete()[0]


def count_written(prefix: str, since: datetime, to: str = "") -> int:
    """Return how many mails whose cause starts so were written, to one address or to all."""
    mails = OutgoingMail.objects.filter(cause__startswith=prefix, written_at__gt=since)
    return (mails.filter(recipient=digest_of(to)) if to else mails).count()


def free(now: datetime) -> int:
    """Give back the mails that a dead worker left claimed; return how many. The attempt counts."""
    left = OutgoingMail.objects.filter(state=State.CLAIMED, claimed_at__lte=now - CLAIM_HOLDS)
    for mail in left:
        put_off(mail, "Le traitement qui l'envoyait s'est arrêté.", now)
    return len(left)


def purge(now: datetime) -> int:
    """Delete the rows settled long ago and the suspensions that are over; return how many mails."""
    SuspendedAddress.objects.filter(since__lte=now - SUSPENDED_FOR).delete()
    return OutgoingMail.objects.filter(settled_at__lte=now - KEPT).delete()[0]


def _held(mail: OutgoingMail):
    """Return the row while this worker's claim holds."""
    return OutgoingMail.objects.filter(pk=mail.pk, state=State.CLAIMED, claim=mail.claim)


def _settle(mail: OutgoingMail, state: State, now: datetime, **changes) -> bool:
    """End the life of a mail: only what became of it remains."""
    erased = {"to": "", "subject": "", "text": "", "html": "", "headers": {}, "claim": None, "claimed_at": None}
    return bool(_held(mail).update(state=state, settled_at=now, **erased, **changes))


def _suspend(recipient: str, reason: str, now: datetime) -> None:
    SuspendedAddress.objects.update_or_create(recipient=recipient, defaults={"reason": _short(reason), "since": now})


def _short(error: str) -> str:
    """Return an error without the addresses that servers like to repeat in it."""
    return ADDRESSES.sub("(adresse)", " ".join(error.replace("\x00", " ").split()))[:ERROR_LENGTH]
