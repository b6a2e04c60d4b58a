"""The one table of rights: as what one is concerned by a dossier, and what that allows. Pure.

Each row says how somebody comes to hold it (a *link* between what a person holds and what a dossier names), at
which statuses the dossier is then readable, and which acts it allows. ``visible_to`` (``queries.py``) and the
predicates (``predicates.py``) are both made from these rows; the moves of a procedure name the parties that make
them (``Move.by``). Nothing else decides who sees or does anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from projects.procedures.vocabulary import Macro, Party


class Act(StrEnum):
    """What one may do on a dossier besides making its moves."""

    READ = "read"
    EDIT = "edit"
    ATTACH = "attach"
    DOWNLOAD = "download"
    SHARE = "share"
    TRANSFER = "transfer"
    MESSAGE = "message"
    COPY = "copy"
    VERIFY = "verify"
    HOLD = "hold"
    NOTE = "note"
    ASSIGN = "assign"
    ASSOCIATE = "associate"
    CONSULT = "consult"
    OPINE = "opine"
    MARK = "mark"
    COMMENT = "comment"
    WRITE_LETTER = "write-letter"
    SCHEDULE = "schedule"
    INDICATE = "indicate"
    CONSENT = "consent"
    PUBLISH = "publish"
    ARCHIVE = "archive"
    ENTER = "enter"


ACT_LABELS: Mapping[Act, str] = {
    Act.READ: "lire le dossier",
    Act.EDIT: "écrire dans le dossier",
    Act.ATTACH: "joindre ou retirer une pièce",
    Act.DOWNLOAD: "ouvrir une pièce",
    Act.SHARE: "inviter ou retirer quelqu'un",
    Act.TRANSFER: "transmettre le dossier à un autre responsable",
    Act.MESSAGE: "écrire un message",
    Act.COPY: "reprendre le contenu dans un autre dossier",
    Act.VERIFY: "vérifier le journal",
    Act.HOLD: "empêcher l'effacement du dossier",
    Act.NOTE: "écrire une note interne, joindre un document interne, poser une étiquette",
    Act.ASSIGN: "confier le dossier à quelqu'un",
    Act.ASSOCIATE: "associer une autre agence ou désigner l'évaluateur",
    Act.CONSULT: "demander un avis",
    Act.OPINE: "rendre un avis",
    Act.MARK: "noter le dossier en jury",
    Act.COMMENT: "commenter le cahier des charges",
    Act.WRITE_LETTER: "préparer une décision et ses courriers",
    Act.SCHEDULE: "prévoir les versements et ce qui est dû",
    Act.INDICATE: "saisir un indicateur",
    Act.CONSENT: "consentir à une publication, champ par champ",
    Act.PUBLISH: "inscrire au registre public",
    Act.ARCHIVE: "emporter l'archive de preuve",
    Act.ENTER: "saisir ce que le porteur envoie autrement que par le portail, corriger une saisie",
}


@dataclass(frozen=True, slots=True)
class Column:
    """The dossier names the person by a column: its value is among the numbers that the person holds."""

    path: str
    holds: str


@dataclass(frozen=True, slots=True)
class Row:
    """The dossier names the person by a row of participation: this capacity, and a body or a person held.

    A row that was ended (``until``) names nobody any more.
    """

    capacity: Party
    column: str
    holds: str


@dataclass(frozen=True, slots=True)
class Right:
    """A row of the table. ``confidential``: it holds on dossiers that are confidential as well.

    ``received``: it holds once the dossier was deposited on the portal, and not before; one that is deposited
    elsewhere is nobody's but the applicant's. ``within``: a second link that must hold too: who entered a dossier
    for an agency and left it keeps nothing there.
    """

    party: Party
    link: Column | Row
    sees: frozenset[Macro]
    acts: frozenset[Act]
    confidential: bool = True
    received: bool = False
    within: Column | None = None


EVERYTHING = frozenset(Macro)
APPLICANT_SIDE = frozenset({Party.CARRIER, Party.DEPOSITOR, Party.EDITOR, Party.READER})
"""As what one is on the applicant's side; every other party is on the side of those who instruct."""

INSTRUCTING_SIDE = frozenset(Party) - APPLICANT_SIDE
"""As what one sees a dossier in the lists of those who instruct: an officer's own projects are not among them."""


def one_side(held: frozenset[Party]) -> frozenset[Party]:
    """Return as what somebody counts: nobody instructs, judges or is heard on what they carry, or were invited to.

    On both sides, one is on the applicant's alone (impartiality: articles L. 100-2 of the code of relations between
    the public and the administration, L. 121-4 of the general code of the civil service), without having to step back.
    """
    return held & APPLICANT_SIDE or held


READING = frozenset({Act.READ, Act.DOWNLOAD})
WRITING = READING | {Act.EDIT, Act.ATTACH, Act.MESSAGE, Act.COMMENT, Act.INDICATE}
CARRYING = WRITING | {Act.SHARE, Act.TRANSFER, Act.COPY, Act.VERIFY, Act.CONSENT, Act.ARCHIVE}
REVIEWING = READING | {Act.MESSAGE, Act.VERIFY}
HOLDING = REVIEWING | {Act.HOLD, Act.NOTE, Act.ARCHIVE}
STUDYING = HOLDING | {
    Act.ASSIGN,
    Act.CONSULT,
    Act.COMMENT,
    Act.WRITE_LETTER,
    Act.SCHEDULE,
    Act.INDICATE,
    Act.ENTER,
}


def _national(party: Party, more: frozenset[Act] = frozenset()) -> Right:
    link = Row(party, "body_id", f"{party}_bodies")
    return Right(party, link, EVERYTHING, REVIEWING | more, confidential=False, received=True)


def _instructing(party: Party, acts: frozenset[Act]) -> Right:
    return Right(party, Column("body_id", f"{party}_bodies"), EVERYTHING, acts, received=True)


RIGHTS: tuple[Right, ...] = (
    Right(Party.CARRIER, Column("project.owner_id", "self"), EVERYTHING, CARRYING),
    Right(Party.CARRIER, Column("organisation_id", "organisations"), EVERYTHING, CARRYING),
    Right(Party.DEPOSITOR, Column("organisation_id", "depositing_organisations"), EVERYTHING, CARRYING),
    Right(Party.EDITOR, Column("project_id", "edited_projects"), EVERYTHING, WRITING),
    Right(Party.READER, Column("project_id", "read_projects"), EVERYTHING, READING),
    Right(
        Party.ENTERER,
        Column("entered_by_id", "self_as_agent"),
        EVERYTHING,
        WRITING | {Act.VERIFY},
        within=Column("body_id", "served_bodies"),
    ),
    _instructing(Party.OFFICER, STUDYING),
    _instructing(Party.HEAD, STUDYING | {Act.ASSOCIATE, Act.PUBLISH}),
    _instructing(Party.DIRECTOR, REVIEWING | {Act.NOTE, Act.ARCHIVE, Act.ASSOCIATE, Act.PUBLISH}),
    _instructing(Party.DELEGATE, READING | {Act.VERIFY, Act.NOTE}),
    _instructing(Party.LEGAL, READING | {Act.VERIFY, Act.HOLD, Act.NOTE, Act.ARCHIVE, Act.WRITE_LETTER}),
    Right(
        Party.ASSOCIATE,
        Row(Party.ASSOCIATE, "body_id", "agency_bodies"),
        EVERYTHING,
        READING | {Act.MESSAGE, Act.OPINE, Act.COMMENT},
        confidential=False,
        received=True,
    ),
    _national(Party.RAPPORTEUR, frozenset({Act.CONSULT, Act.COMMENT, Act.ASSOCIATE})),
    _national(Party.DGOS, frozenset({Act.CONSULT})),
    _national(Party.CNSA, frozenset({Act.OPINE})),
    _national(Party.DEPARTMENT, frozenset({Act.OPINE})),
    _national(Party.INSURANCE, frozenset({Act.OPINE})),
    _national(Party.GRADES, frozenset({Act.OPINE})),
    Right(
        Party.EXPERT,
        Row(Party.EXPERT, "user_id", "self"),
        EVERYTHING,
        READING | {Act.MESSAGE, Act.OPINE},
        confidential=False,
        received=True,
    ),
    Right(
        Party.EVALUATOR,
        Row(Party.EVALUATOR, "user_id", "self"),
        frozenset({Macro.GRANTED, Macro.RUNNING, Macro.CLOSED}),
        READING | {Act.MESSAGE, Act.INDICATE},
        confidential=False,
        received=True,
    ),
    Right(
        Party.JUROR,
        Row(Party.JUROR, "user_id", "self"),
        EVERYTHING,
        READING | {Act.MARK},
        confidential=False,
        received=True,
    ),
)

OF_A_PROJECT: Mapping[str, str] = {
    "project.owner_id": "owner_id",
    "organisation_id": "organisation_id",
    "project_id": "pk",
}
"""How a column that names a dossier's project, its owner or its organisation is read on the project itself."""


def project_rights() -> tuple[tuple[Right, str], ...]:
    """Return the rows of the table that reach a project, whatever its dossiers, each with the project's column."""
    return tuple(
        (right, OF_A_PROJECT[right.link.path])
        for right in RIGHTS
        if isinstance(right.link, Column) and right.link.path in OF_A_PROJECT
    )


WRITTEN_WHERE = frozenset({Act.EDIT, Act.ATTACH})
"""Acts that ask, besides the party, that the stage be one in which the content may change (``Stage.editable``)."""


ONCE_ERASED = frozenset({Act.READ, Act.VERIFY})
"""What remains of a right once the content of a dossier is erased: seeing that it was there, checking its journal."""


def acts_of(parties: frozenset[Party], macro: Macro, *, editable: bool) -> frozenset[Act]:
    """Return what these parties may do at a status; writing only where the stage is open to it."""
    acts = frozenset(act for right in RIGHTS if right.party in parties and macro in right.sees for act in right.acts)
    return acts if editable else acts - WRITTEN_WHERE
