"""A call in two rounds, and a call with a hearing: what comes before the choice. Pure."""

from dataclasses import replace

from projects.procedures.asked import Question
from projects.procedures.calls.variants import variant
from projects.procedures.conditions import (
    COMPLETE,
    FUNDABLE,
    HERE,
    IN_TIME,
    KNOWN_ORGANISATION,
    NO_EXCLUSION,
    OPEN,
    OVERDUE,
    done,
)
from projects.procedures.prepared_base import second_part_moves, second_part_stages
from projects.procedures.shared_moves import withdraw
from projects.procedures.shared_stages import READING
from projects.procedures.types import Move, Procedure, Stage
from projects.procedures.vocabulary import (
    AGENCY_STAFF,
    DECIDERS,
    DEPOSITORS,
    THE_CLOCK,
    ClockEffect,
    Delay,
    Kind,
    Macro,
    Turn,
    Unit,
)

FULL = ("deposit", "full-ready")
"""The moves before which a full file is complete: deposited here, or carried elsewhere."""

LETTER_STAGES = (
    Stage(
        "letter-received",
        "Lettre d'intention reçue",
        "Lettre d'intention à lire",
        Macro.DEPOSITED,
        Turn.AGENCY,
        "L'agence vous dit si vous pouvez envoyer un dossier complet.",
        due=READING,
    ),
    Stage(
        "full-file",
        "Dossier complet à déposer",
        "Dossier complet attendu",
        Macro.TO_COMPLETE,
        Turn.APPLICANT,
        "Votre lettre est retenue : complétez et déposez le dossier avant la date dite.",
        due=Delay(30, Unit.DAYS, "Après cette date, le dossier complet ne peut plus être déposé."),
        editable=True,
    ),
)
LETTER_ENDS = (
    Stage(
        "lapsed",
        "Dossier complet non déposé à temps",
        "Dossier complet jamais reçu",
        Macro.CLOSED,
        Turn.NOBODY,
        "La demande s'arrête là ; son contenu peut être repris ailleurs.",
    ),
    Stage(
        "not-shortlisted",
        "Lettre d'intention non retenue",
        "Écarté à la lettre d'intention",
        Macro.REFUSED,
        Turn.NOBODY,
        "Le courrier dit pourquoi, et comment contester. Le contenu peut être repris ailleurs.",
    ),
)


def with_letter_of_intent(base: Procedure, key: str, title: str) -> Procedure:
    """Return a call in two rounds: a letter first, then a full file from those that are invited.

    The letter asks for the idea and its effects; the rest, and the pieces, with the full file. The window of the call
    is the letter's; the full file has the date that the invitation gives.
    """
    letter = ("idea", "impact", "body")
    shorter = replace(
        base,
        sections=tuple(one if one.key in letter else replace(one, at=FULL) for one in base.sections),
        pieces=tuple(one if one.at else replace(one, at=FULL) for one in base.pieces),
    )
    undecided = base.move("withdraw").from_stages
    full = replace(
        base.move("deposit"),
        label="Déposer le dossier complet",
        from_stages=("full-file",),
        conditions=(HERE, IN_TIME, KNOWN_ORGANISATION, NO_EXCLUSION, COMPLETE, FUNDABLE),
    )
    return variant(
        shorter,
        key,
        title,
        (*LETTER_ENDS, *second_part_stages("full", "Dossier complet")),
        (
            full,
            withdraw(("letter-received", "full-file", *undecided)),
            *second_part_moves("full", "Dossier complet"),
            *_letter_moves(base.move("deposit").clock_delay),
        ),
        first=LETTER_STAGES,
    )


ANSWERS = (
    Move(
        "invite",
        "Inviter à déposer un dossier complet",
        ("letter-received",),
        "full-file",
        AGENCY_STAFF,
        fields=(
            Question("full_file_by", "Dossier complet à déposer avant le", Kind.DATE),
            Question("advice", "Conseils pour la suite", Kind.LONG, required=False),
        ),
        clock=ClockEffect.STOP,
        letter="invited",
        due_from="full_file_by",
    ),
    Move(
        "lapse",
        "Constater qu'aucun dossier complet n'est venu",
        ("full-file",),
        "lapsed",
        AGENCY_STAFF | THE_CLOCK,
        conditions=(OVERDUE,),
        letter="lapsed",
    ),
    Move(
        "decline-letter",
        "Ne pas retenir la lettre",
        ("letter-received",),
        "not-shortlisted",
        DECIDERS,
        fields=(Question("reason", "Pourquoi ?", Kind.LONG, "Ces mots seront lus par le porteur."),),
        clock=ClockEffect.STOP,
        letter="refused",
        decides=True,
        after_decision=True,
    ),
)


def _letter_moves(silence: Delay) -> tuple[Move, ...]:
    return (
        Move(
            "deposit-letter",
            "Déposer la lettre d'intention",
            ("draft",),
            "letter-received",
            DEPOSITORS,
            conditions=(HERE, OPEN, KNOWN_ORGANISATION, COMPLETE),
            clock=ClockEffect.START,
            clock_delay=silence,
            letter="received",
            freezes=True,
            confirm="Une lettre d'intention n'est pas encore une demande complète : sa suite a sa propre date.",
            source=silence.source,
        ),
        *ANSWERS,
    )


JURY_STAGE = Stage(
    "hearing",
    "Audition",
    "Jury ou audition",
    Macro.OPINION,
    Turn.OPINION,
    "Présentez votre projet au jury ; l'agence prépare ensuite sa décision.",
)


def with_jury(base: Procedure, key: str, title: str) -> Procedure:
    """Return a call whose proposals follow a hearing."""
    return variant(
        base,
        key,
        title,
        (JURY_STAGE,),
        (
            Move(
                "call-to-hearing",
                "Convoquer devant le jury",
                ("review",),
                "hearing",
                AGENCY_STAFF,
                fields=(
                    Question("hearing_on", "Date de l'audition", Kind.DATE),
                    Question("hearing_place", "Lieu, ou adresse de la visioconférence", Kind.TEXT),
                ),
                letter="hearing",
                due_from="hearing_on",
            ),
            Move(
                "jury-opinion",
                "Consigner l'avis du jury",
                ("hearing",),
                "review",
                AGENCY_STAFF,
                fields=(
                    Question("jury_opinion", "Avis", Kind.LONG),
                    Question(
                        "jury_recused",
                        "Membres qui se sont déportés",
                        Kind.LONG,
                        "Nombre et motif, sans nom.",
                        required=False,
                    ),
                ),
                internal=True,
            ),
            withdraw((*base.move("withdraw").from_stages, "hearing")),
        ),
        conditions={
            "propose": (done("jury-opinion", "Cet appel prévoit une audition : consignez d'abord l'avis du jury."),)
        },
    )
