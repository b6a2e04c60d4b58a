"""Facts and small procedures, for rules that are tables."""

from dataclasses import replace
from datetime import UTC, datetime

from projects.procedures.asked import Question, Section
from projects.procedures.conditions import DEPOSITABLE, NOT_HERE, refusals
from projects.procedures.shared_moves import OUTSIDE_FIELDS
from projects.procedures.types import Facts, Mentions, Move, Procedure, Stage
from projects.procedures.vocabulary import (
    AGENCY_STAFF,
    APPLICANTS,
    DECIDERS,
    DEPOSITORS,
    Channel,
    Choice,
    Kind,
    Macro,
    Turn,
)

NOON = datetime(2028, 3, 15, 12, tzinfo=UTC)


def facts(**known) -> Facts:
    """What is known of a dossier at noon on 15 March 2028; nothing is missing unless it is said."""
    return Facts(**{"at": NOON, **known})


def refused(procedure: Procedure, move: str, **known) -> list[str]:
    """The keys of the conditions that refuse a move under some facts."""
    return [one.key for one in refusals(procedure.move(move), facts(**known))]


def stage(key: str, macro: Macro = Macro.REVIEW, **more) -> Stage:
    """A stage with words for both sides."""
    return Stage(key, f"{key} (porteur)", f"{key} (agence)", macro, Turn.AGENCY, "La suite.", **more)


DRAFT = stage("draft", Macro.DRAFT, editable=True)
ASK = Section(
    "ask",
    "Demande",
    "",
    (
        Question("what", "Quoi ?", Kind.TEXT),
        Question("kind", "De quelle sorte ?", Kind.CHOICE, choices=(Choice("a", "A"), Choice("b", "B"))),
    ),
)
DEPOSIT = Move(
    "deposit", "Déposer", ("draft",), "review", DEPOSITORS, conditions=DEPOSITABLE, letter="received", freezes=True
)
OUTCOME = Question("outcome", "Quoi ?", Kind.CHOICE, choices=(Choice("grant", "Oui"), Choice("refuse", "Non")))
SIGN = Move("sign", "Signer", ("review",), "closed", DECIDERS, letter="granted", decides=True, after_decision=True)
ELSEWHERE = Move(
    "deposited-elsewhere",
    "Noter",
    ("draft",),
    "closed",
    APPLICANTS,
    fields=OUTSIDE_FIELDS,
    conditions=(NOT_HERE,),
    external=True,
)

SOUND = Procedure(
    key="sound",
    version=1,
    title="Une procédure saine",
    summary="Elle sert à en casser d'autres.",
    stages=(DRAFT, stage("review"), stage("closed", Macro.CLOSED)),
    moves=(DEPOSIT, SIGN, ELSEWHERE),
    sections=(ASK,),
    pieces=(),
    mentions=Mentions("", "", "Test"),
    channel=Channel.PORTAL,
)


def broken(*, stages=(), moves=(), sections=(), **more) -> Procedure:
    """The sound procedure, with stages, moves or sections that replace its own of the same key, or add to them."""

    def merged(own, changes):
        changed = {one.key: one for one in changes}
        known = {one.key for one in own}
        return (*(changed.get(one.key, one) for one in own), *(one for one in changes if one.key not in known))

    return replace(
        SOUND,
        stages=merged(SOUND.stages, stages),
        moves=merged(SOUND.moves, moves),
        sections=merged(SOUND.sections, sections),
        **more,
    )


__all__ = ["AGENCY_STAFF", "ASK", "DEPOSIT", "DRAFT", "OUTCOME", "SIGN", "SOUND", "broken", "facts", "refused", "stage"]
