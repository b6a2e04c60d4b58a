"""Which moves somebody may make on a dossier now, which are refused and why, and which are for others. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from projects.content.answers import Raw
from projects.content.completeness import missing
from projects.procedures.conditions import Refusal, of_the_person, on_receipt
from projects.procedures.types import Facts, Move
from projects.procedures.vocabulary import PARTY_LABELS, Party
from projects.rights.holdings import Holdings
from projects.rights.predicates import entering_party, party_for


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that leaves the stage of a dossier.

    ``party``: as what the person makes it; None where it is for others, whom ``others`` names. ``refusals``: why it
    may not be made now.
    """

    move: Move
    party: Party | None
    refusals: tuple[Refusal, ...] = ()
    others: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether the person may make it now."""
        return self.party is not None and not self.refusals


def offers(
    holdings: Holdings, dossier, facts: Facts, kept: Mapping[str, Mapping[str, Raw]], pieces: Collection[str],
    uncovered: tuple[Refusal, ...] = (),
) -> list[Offer]:  # fmt: skip
    """Return the moves that leave the stage of a dossier, each with what it is for this person.

    What is missing is asked of each move anew, from the answers and the pieces that are there. A condition on a field
    of the move itself is not held against it: the form has not been filled yet. ``uncovered``: why no delegation of the
    person covers the dossier, where it is as a delegate that they would act.
    """
    found, procedure = [], dossier.procedure
    for move in procedure.moves_from(dossier.stage):
        party = party_for(move, holdings, dossier)
        if party is None:
            found.append(Offer(move, None, others=makers_of(move)))
        else:
            lacks = tuple(one.key for one in missing(procedure.asked_by(move.key), kept, pieces))
            reasons = refused_before(move, replace(facts, missing=lacks))
            found.append(Offer(move, party, (*reasons, *uncovered) if party is Party.DELEGATE else reasons))
    opened = {one.move.label for one in found if one.is_open}  # two ways under one name: the one that is open is said
    return [one for one in found if one.is_open or one.move.label not in opened]


def makers_of(move: Move) -> str:
    """Return who may make a move, in words."""
    return " ; ".join(PARTY_LABELS[one] for one in Party if one in move.by)


def entering_offers(holdings: Holdings, dossier, facts: Facts, late: Iterable[Move] = ()) -> list[Offer]:
    """Return the applicant's moves that a person may record at this stage, from what came by another way.

    ``late``: those of the stage before, whose date the portal let pass.
    """
    found = []
    for move in (*dossier.procedure.moves_from(dossier.stage), *late):
        party = entering_party(move, holdings, dossier)
        if party is not None:
            found.append(Offer(move, party, refused_before(on_receipt(move, before=True), facts)))
    return found


def refused_before(move: Move, facts: Facts) -> tuple[Refusal, ...]:
    """Return why a move may not be made, whatever its form would hold."""
    own = {one.key for one in move.fields}
    failed = (
        Refusal(condition.key, condition.refusal)
        for condition in move.conditions
        if own.isdisjoint(condition.fields) and not condition.test(facts)
    )
    return (*failed, *of_the_person(move, facts))
