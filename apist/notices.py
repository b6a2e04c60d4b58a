"""Delivery status notifications (RFC 3464) and the older texts that stand for them, read without trusting them. Pure.

Whatever is received gives a notice or nothing, never an error: anybody may write to the
address where notices arrive.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
PLAIN = re.compile(r"\b([45])\d\d\b")
MESSAGE_ID = re.compile(r"<[^<>\s@]{1,100}@[^<>\s@]{1,100}>")
QUOTED_ID = re.compile(r"^[>\s]*Message-ID:\s*(<[^<>\s]{3,200}>)", re.IGNORECASE | re.MULTILINE)
ENVELOPE = re.compile(r"\+([0-9a-f]{32})@")
SERVERS = re.compile(r"mailer-daemon|postmaster|mail delivery", re.IGNORECASE)
DELIVERED_AS = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")

NOT_THE_ADDRESS = re.compile(r"5\.(2\.[23]|3\.\d+|4\.\d+|6\.\d+|7\.\d+)$")
"""Final refusals that do not say that the address is wrong: a full mailbox, a message too long, routes, policies."""

LARGEST = 1_000_000
DEEPEST = 200


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice says: which mails it may be about, whether the failure is permanent, and in which words."""

    message_ids: tuple[str, ...]
    envelopes: tuple[str, ...]
    permanent: bool
    reason: str


def read_notice(raw: bytes) -> Notice | None:
    """Return what a message says came back; None for anything that announces no failure.

    « Delayed », « relayed » and « delivered » are no failures. A report without our
    Message-ID may still be told by the envelope's address.
    """
    message = message_from_bytes(raw[:LARGEST])
    parts = list(_parts(message))
    failures = [block for block in _recipients(parts) if block[0] == "failed"]
    if failures:
        _, status, words = failures[0]
        return _notice(message, parts, status, words)
    if any(part.get_content_type() == "message/delivery-status" for part in parts) or not _is_old_text(message):
        return None
    body = "\n".join(_text(part) for part in parts if part.get_content_maintype() == "text")
    found = ENHANCED.search(body)
    status = found[0] if found else f"{plain[1]}.0.0" if (plain := PLAIN.search(body)) else ""
    return _notice(message, parts, status, _header(message, "Subject")) if status else None


def _notice(message: Message, parts: list[Message], status: str, words: str) -> Notice:
    return Notice(
        message_ids=tuple(dict.fromkeys(_message_ids(message, parts))),
        envelopes=tuple(dict.fromkeys(ENVELOPE.findall(" ".join(_header(message, name) for name in DELIVERED_AS)))),
        permanent=status.startswith("5") and not NOT_THE_ADDRESS.match(status),
        reason=f"{status} {words}".strip(),
    )


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts, as deep as a notice goes and no deeper."""
    for number, part in enumerate(message.walk()):
        if number >= DEEPEST:
            return
        yield part


def _recipients(parts: list[Message]) -> Iterator[tuple[str, str, str]]:
    """Yield for each recipient of the report: the action, the status, the server's words."""
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload() if part.is_multipart() else [message_from_bytes(_text(part).encode())]
        for block in blocks:
            action = _header(block, "Action").partition(" ")[0].lower()
            words = _header(block, "Diagnostic-Code").partition(";")[2].strip()
            found = ENHANCED.search(_header(block, "Status")) or ENHANCED.search(words)
            if action:
                yield action, found[0] if found else "5.0.0", words


def _message_ids(message: Message, parts: list[Message]) -> Iterator[str]:
    """Yield every Message-ID that may be of the mail that came back, the surest first."""
    for part in parts[1:]:
        yield from MESSAGE_ID.findall(_header(part, "Message-ID"))
        if part.get_content_maintype() == "text":
            yield from QUOTED_ID.findall(_text(part))
    for name in ("In-Reply-To", "References"):
        yield from MESSAGE_ID.findall(_header(message, name))
    if not message.is_multipart():
        yield from QUOTED_ID.findall(_text(message))


def _is_old_text(message: Message) -> bool:
    """Tell whether a plain message is a server's. An empty return path is no sign: absences are told with one too."""
    return bool(_header(message, "X-Failed-Recipients") or SERVERS.search(_header(message, "From")))


def _header(message: Message, name: str) -> str:
    """Return a header as text, folded lines made one."""
    return " ".join(str(message.get(name, "")).split())


def _text(part: Message) -> str:
    """Return the text of a part, whatever its encoding claims."""
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
