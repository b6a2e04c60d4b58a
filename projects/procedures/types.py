"""What a procedure is made of: frozen, typed data. Pure.

A procedure is read, never executed: the engine (``projects/engine``) knows these types and no lever. Where
two levers differ, an attribute differs. ``projects/procedures/checks.py`` refuses at start what contradicts itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from projects.procedures.asked import Document, Piece, Question, Section, Terms
from projects.procedures.funding import FundingRule, Money, Scheduled
from projects.procedures.grids import Grid
from projects.procedures.public import NO_ENTRY, PublicEntry
from projects.procedures.vocabulary import (
    UNOWNED,
    Channel,
    ClockEffect,
    Delay,
    Macro,
    Party,
    Turn,
    Value,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a dossier when somebody wants to move it; gathered once, under the lock.

    ``records`` holds the fields given with earlier moves; ``done`` the keys of those moves, in order; ``missing`` what
    lacks for the move that is wanted (:meth:`Procedure.asked_by`); ``unfundable`` what the financing plan asks of a
    payer that may not pay it (``funding.refusals``). ``granted``: none before a grant; ``paid``: less what came back;
    ``scheduled``: the rows of the payment schedule in force.
    """

    at: datetime
    answers: Mapping[str, Value] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    records: Mapping[str, Value] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    channel: Channel = Channel.PORTAL
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    organisation_is_private: bool = False
    organisation_is_known: bool = True
    excludes: tuple[str, ...] = ()
    open_requests: int = 0
    due_at: datetime | None = None
    unfundable: tuple[str, ...] = ()
    granted: Decimal | None = None
    paid: Decimal = Decimal()
    scheduled: tuple[Scheduled, ...] = ()
    given: Mapping[str, Value] = field(default_factory=dict)
    """The fields given with the move itself."""
    own: tuple[str, ...] = ()
    """The moves that the person who acts made last."""
    draft_is_old: bool = False
    """The words of the decision were written before what is proposed now."""
    amendment: Mapping[str, Value] = field(default_factory=dict)
    """What the amendment that waits to be signed gives; empty where none was prepared."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be true before a move, and what is said where it is not.

    ``moves``, ``questions`` and ``fields`` name what the test reads, so that the checks can tell a name that does not
    exist; ``values``: which values of the field pass.
    """

    key: str
    refusal: str
    test: Callable[[Facts], bool] = field(compare=False)
    moves: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a procedure, in the words of each side.

    ``next_for_applicant`` says what happens then, so that nobody waits without knowing for what. ``editable``:
    the applicant may write in the sections and attach (a draft, or while completing). ``public_outcome``: what the
    public register then says became of it (``Experiment.Outcome``). ``warned_months``: so many months before its end,
    everybody is warned of it.
    """

    key: str
    label: str
    agency_label: str
    macro: Macro
    turn: Turn
    next_for_applicant: str
    due: Delay | None = None
    editable: bool = False
    public_outcome: str = ""
    warned_months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """How one goes from stages to another: who, under which conditions, with what, and what follows.

    ``letter`` names the message that leaves (``letters.py``); ``decides`` marks the move that takes a decision,
    without which no letter of ``after_decision`` leaves. ``freezes`` keeps a snapshot
    (a deposit). ``hands_to`` brings a national or local body in. ``opens_request`` asks the applicant to complete,
    ``closes_request`` ends it. ``redirects``: another lever or person is named. The date until which the
    stage that is reached lasts is, in place of the stage's own delay: the recorded date ``due_from`` itself, or so
    many months after it: those of the record ``due_months``, never more than ``due_at_most``; ``due_at_most`` alone
    where the number is always the same, from a last day and through the day they lead to.
    A field's ``when`` looks at the other fields of the same move.
    ``internal``: the act and its fields are for those who instruct; the applicant's page shows neither.
    ``money``: the amounts that it grants, pays or takes back. ``keeps_version``: how the version of the text that is
    in force at this move is called from then on, whatever is written later. ``counted_from``: the recorded day from
    which the legal delay that it starts, and the stage that it reaches, are counted in place of the moment of the act
    (what came by post runs from the day it came). ``other_than``: moves that somebody else must have made last: who
    proposed does not check, who checked does not sign. ``document``: what whoever makes it joins to it. ``wording``:
    which words besides those of a decision it is about (``letters/choosing.py``): whoever makes it has read these
    words, and who signs or sends freezes them.
    ``sends``: the words are handed over to be signed, and change no more. ``amends``: its fields are those of the
    amendment that was prepared (``engine/amending.py``), and nobody types them again. ``renews``: records that one of
    its fields takes the place of, each with that field: from then on, everything counts with the new one.
    ``returns``: it leads back to the stage from which what is out to be signed was sent; ``to`` is the usual one.
    ``terms``: what its document says besides its words, in place of what an agreement of subsidy says. ``signs_for``:
    whose body signs and numbers it, in place of the agency.
    """

    key: str
    label: str
    from_stages: tuple[str, ...]
    to: str
    by: frozenset[Party]
    fields: tuple[Question, ...] = ()
    conditions: tuple[Condition, ...] = ()
    clock: ClockEffect | None = None
    clock_delay: Delay | None = None
    letter: str = ""
    freezes: bool = False
    decides: bool = False
    after_decision: bool = False
    hands_to: Party | None = None
    opens_request: bool = False
    closes_request: bool = False
    redirects: bool = False
    external: bool = False
    internal: bool = False
    due_from: str = ""
    due_months: str = ""
    due_at_most: int = 0
    counted_from: str = ""
    money: tuple[Money, ...] = ()
    keeps_version: str = ""
    other_than: tuple[str, ...] = ()
    document: Document | None = None
    wording: str = ""
    sends: bool = False
    amends: bool = False
    renews: tuple[tuple[str, str], ...] = ()
    returns: bool = False
    terms: tuple[Terms, ...] = ()
    signs_for: Party | None = None
    confirm: str = ""
    source: str = ""

    @property
    def asked(self) -> tuple[Question, ...]:
        """Return the fields that whoever makes it fills in."""
        return () if self.amends else self.fields

    def renewed(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """Return the records that take another value with what is given."""
        return {record: given[name] for record, name in self.renews if given.get(name) is not None}


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a receipt must say by law: what silence means, and how to appeal. Empty words are shown « à vérifier »."""

    silence: str
    appeal: str
    source: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure at one version; a dossier keeps the version with which it was opened.

    ``confidential``: nothing of it ever reaches a register, a similarity, a public figure (CPOM).
    ``levers``: slugs of the levers it serves; ``call_kinds`` those of calls. ``needs_mandate``: who deposits must
    be allowed to commit the organisation. ``kept_months``: how long a closed dossier is kept. ``needs_call``: it is
    opened for a call only. ``variant_of``: the procedure that it is, with stages more; a call chooses it by name.
    ``funding_rules``: who may pay what. ``written_together``: the applicant and those who instruct write the later
    sections together (a specification), version after version; never where candidates compete for a call.
    ``unowned_after``: for how many days what was received may have nobody in charge before the heads are told; None:
    for ever. ``grid``: what a dossier is judged on, unless its call says otherwise. ``public``: what of its records an
    entry of the public register shows.
    """

    key: str
    version: int
    title: str
    summary: str
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    sections: tuple[Section, ...]
    pieces: tuple[Piece, ...]
    mentions: Mentions
    levers: tuple[str, ...] = ()
    call_kinds: tuple[str, ...] = ()
    channel: Channel = Channel.EXTERNAL
    confidential: bool = False
    needs_organisation: bool = True
    needs_mandate: bool = True
    excludes: tuple[str, ...] = ()
    draft_kept_months: int = 24
    kept_months: int = 120
    sources: tuple[str, ...] = ()
    needs_call: bool = False
    variant_of: str = ""
    funding_rules: tuple[FundingRule, ...] = ()
    written_together: bool = False
    unowned_after: Delay | None = UNOWNED
    grid: Grid | None = None
    public: PublicEntry = NO_ENTRY

    @property
    def initial(self) -> Stage:
        """Return the stage in which a dossier is opened: the first one."""
        return self.stages[0]

    def stage(self, key: str) -> Stage:
        """Return a stage; ``KeyError`` where there is none."""
        for stage in self.stages:
            if stage.key == key:
                return stage
        raise KeyError(key)

    def move(self, key: str) -> Move:
        """Return a move; ``KeyError`` where there is none."""
        for move in self.moves:
            if move.key == key:
                return move
        raise KeyError(key)

    def moves_from(self, stage: str) -> tuple[Move, ...]:
        """Return the moves that leave a stage, in their order."""
        return tuple(move for move in self.moves if stage in move.from_stages)

    def asked_by(self, move: str) -> "Procedure":
        """Return the procedure with only what must be there before a move: what is always asked, and what it asks."""
        return replace(
            self,
            sections=tuple(section for section in self.sections if not section.at or move in section.at),
            pieces=tuple(piece for piece in self.pieces if not piece.at or move in piece.at),
        )

    def written_in(self, stage: str) -> "Procedure":
        """Return the procedure with only what may be written at a stage.

        What a move from there asks for; and, while the request itself is written or completed, what is always asked.
        """
        leaving = {move.key for move in self.moves_from(stage)}
        writing = self.stage(stage).macro in (Macro.DRAFT, Macro.TO_COMPLETE)
        return replace(
            self,
            sections=tuple(one for one in self.sections if leaving & set(one.at) or (writing and not one.at)),
            pieces=tuple(one for one in self.pieces if leaving & set(one.at) or (writing and not one.at)),
        )

    @property
    def later_sections(self) -> tuple[Section, ...]:
        """Return the sections that are not asked from the first deposit on: a text that is written together."""
        return tuple(section for section in self.sections if section.at)

    @property
    def deposits(self) -> tuple[Move, ...]:
        """Return the moves that deposit on the portal, of which the conditions choose one (region or national)."""
        return tuple(
            move
            for move in self.moves_from(self.initial.key)
            if move.freezes and not move.external and Party.ENTERER not in move.by
        )

    @property
    def deposit(self) -> Move | None:
        """Return the first of those, where the portal can be the place of deposit."""
        return next(iter(self.deposits), None)
