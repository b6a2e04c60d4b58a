"""What an archive of evidence holds of a journal, and under which digest each thing was written in it. Pure.

Every act is a file whose own SHA-256 is the hash of the act, and which ends with the hash of the act before; every
text, deposit and file has the digest that an act, or a deposit, holds. Hence ``sha256sum`` alone checks it all.

What a side does not read on its pages is not in its archive either: of such an act, its hash alone, so that the
chain can still be followed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from projects.depositing.history import OF_THE_APPLICANT, is_told, what_was_done
from projects.engine.chain import TEXTS, Link, canonical, hashed, salted
from projects.procedures.types import Procedure
from projects.procedures.vocabulary import Party

OWN_NAMES = frozenset({"attached", "detached"})
"""Acts whose texts (the name of a file) only the side that joined it reads; the deposit names what was sent."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A file of the archive, and the digest under which it was written at the time."""

    name: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Written:
    """A text of an act, with the salt of its digest."""

    field: str
    salt: str
    text: str


@dataclass(frozen=True, slots=True)
class Act:
    """An act of the journal, and the texts that were not erased."""

    link: Link
    texts: tuple[Written, ...] = ()


def is_read_whole(procedure: Procedure, link: Link, *, for_applicant: bool) -> bool:
    """Tell whether a side reads an act with all that it holds: the agency reads every one."""
    if not for_applicant or Party(link.party) in OF_THE_APPLICANT:
        return True
    if link.kind == "move":
        return not link.move or is_told(procedure, _Entry(link), for_applicant=True)
    return bool(what_was_done(procedure, _Entry(link), for_applicant=True))


def journal_proofs(procedure: Procedure, acts: Iterable[Act], *, for_applicant: bool) -> list[Proof]:
    """Return the files of a journal for one side: its acts, and the texts that it reads."""
    found = []
    for act in acts:
        rank = f"{act.link.seq:05d}"
        if not is_read_whole(procedure, act.link, for_applicant=for_applicant):
            found.append(Proof(f"journal/{rank}.empreinte", act.link.hash.encode(), ""))
            continue
        found.append(Proof(f"journal/{rank}.json", hashed(act.link).encode(), act.link.hash))
        if act.link.kind in OWN_NAMES and not for_applicant:
            continue
        known: Mapping[str, str] = act.link.data.get(TEXTS, {})
        found += [
            Proof(f"textes/{rank}-{one.field}.txt", salted(one.salt, one.text).encode(), known.get(one.field, ""))
            for one in act.texts
        ]
    return found


def deposit_proof(number: str, content: Mapping, sha256: str) -> Proof:
    """Return a frozen deposit as the file whose digest its act holds."""
    return Proof(f"depots/{number}.json", canonical(content).encode(), sha256)


def decision_proof(number: str, content: Mapping, sha256: str, *, for_applicant: bool) -> Proof:
    """Return a signed decision, whose digest the act of its signature holds.

    That act is internal: the applicant, who has its hash alone, gets the decision among the documents.
    """
    folder = "documents" if for_applicant else "decisions"
    return Proof(f"{folder}/{number}.json", canonical(content).encode(), sha256)


def sums(lines: Iterable[tuple[str, str]]) -> bytes:
    """Return what ``sha256sum --check`` reads, from digests and names; a name holds no line break, nor a backslash."""
    return "".join(f"{digest}  {name}\n" for digest, name in lines if digest).encode()


class _Entry:
    """An act as the words of the history look at it."""

    def __init__(self, link: Link):
        self.kind, self.party, self.move, self.to_stage = link.kind, link.party, link.move, link.to_stage
        self.data = link.data
