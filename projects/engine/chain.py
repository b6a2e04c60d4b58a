"""The chain of a journal: what is hashed, and how a break is found. Pure.

The hash of an entry covers everything it holds and the hash of the one before, so that nothing can be changed,
removed from the middle or put in without the following ones telling. What people wrote is covered by salted
digests, held in ``data``: erasing a text leaves the chain whole.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

GENESIS = ""
"""What stands before the first entry."""

TEXTS = "texts"
"""Under which key of ``data`` the digests of texts are held, by field."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry, as it is hashed."""

    dossier: str
    seq: int
    kind: str
    at: datetime
    actor: UUID | None
    party: str
    move: str
    from_stage: str
    to_stage: str
    stage_version: int | None
    clock: str
    data: dict
    request_key: UUID | None
    previous_hash: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first link that does not hold, and why, for a person."""

    seq: int
    reason: str


def digest_of_text(salt: str, text: str) -> str:
    """Return what stands for a text in the chain: nothing can be guessed from it without the salt."""
    return hashlib.sha256(salted(salt, text).encode()).hexdigest()


def salted(salt: str, text: str) -> str:
    """Return what is hashed of a text."""
    return f"{salt}\n{text}"


def canonical(value: object) -> str:
    """Return JSON that is the same for the same content, whatever the engine that kept it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hashed(link: Link) -> str:
    """Return what is hashed of a link, as it stands in an archive: its own digest is the hash of the link."""
    content = [
        link.dossier, link.seq, link.kind, link.at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(link.actor or ""), link.party, link.move, link.from_stage, link.to_stage, link.stage_version, link.clock,
        link.data, str(link.request_key or ""), link.previous_hash,
    ]  # fmt: skip
    return canonical(content)


def hash_of(link: Link) -> str:
    """Return the hash that a link must have."""
    return hashlib.sha256(hashed(link).encode()).hexdigest()


def first_broken(links: Iterable[Link]) -> Broken | None:
    """Return the first link that does not hold, None where all do. Links come in their order."""
    previous, expected = GENESIS, 1
    for link in links:
        if link.seq != expected:
            return Broken(expected, f"l'acte n° {expected} manque")
        if link.previous_hash != previous:
            return Broken(link.seq, "il ne suit pas l'acte précédent")
        if link.hash != hash_of(link):
            return Broken(link.seq, "son contenu a changé")
        previous, expected = link.hash, expected + 1
    return None


@dataclass(frozen=True, slots=True)
class Replayed:
    """Where a dossier must stand after its journal: its stage, and how many moves led there."""

    stage: str
    version: int


def replay(links: Iterable[Link]) -> Replayed | Broken:
    """Return where the moves of a journal lead, or the first one that starts from elsewhere than where one was."""
    stage, version = "", 0
    for link in links:
        if link.stage_version is None:
            continue
        if link.from_stage != stage or link.stage_version != version + 1:
            return Broken(link.seq, "il part d'une autre étape que celle où était le dossier")
        stage, version = link.to_stage, link.stage_version
    return Replayed(stage, version)
