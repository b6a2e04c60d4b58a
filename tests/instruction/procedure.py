"""A small procedure with everything that the pages of those who instruct must show: it is no lever's.

A deposit starts the clock, a request for completion stops it for a while, a decision is the director's alone.
"""

from projects.procedures.asked import Piece, Question, Section
from projects.procedures.conditions import COMPLETE, HERE, NO_OPEN_REQUEST, done
from projects.procedures.types import Mentions, Move, Procedure, Stage
from projects.procedures.vocabulary import (
    AGENCY_STAFF,
    APPLICANTS,
    DECIDERS,
    Channel,
    ClockEffect,
    Delay,
    Kind,
    Macro,
    Scope,
    Turn,
    Unit,
)

SILENCE = Delay(2, Unit.MONTHS, "Le silence vaut refus.", "Article d'essai")

TRIED = Procedure(
    key="tried",
    version=1,
    title="Procédure d'essai",
    summary="Pour les tests.",
    stages=(
        Stage("draft", "Brouillon", "En préparation", Macro.DRAFT, Turn.APPLICANT, "Déposez.", editable=True),
        Stage("review", "En instruction", "À instruire", Macro.REVIEW, Turn.AGENCY, "L'agence lit.", due=SILENCE),
        Stage(
            "to-complete",
            "À compléter",
            "Chez le porteur",
            Macro.TO_COMPLETE,
            Turn.APPLICANT,
            "Répondez.",
            editable=True,
        ),
        Stage("granted", "Accordé", "Accordé", Macro.GRANTED, Turn.NOBODY, "Rien."),
    ),
    moves=(
        Move(
            "deposit",
            "Déposer",
            ("draft",),
            "review",
            APPLICANTS,
            conditions=(HERE, COMPLETE),
            clock=ClockEffect.START,
            clock_delay=SILENCE,
            letter="received",
            freezes=True,
            source="Article 1 d'essai",
        ),
        Move(
            "ask",
            "Demander des compléments",
            ("review",),
            "to-complete",
            AGENCY_STAFF,
            fields=(Question("answer_by", "À donner avant le", Kind.DATE),),
            clock=ClockEffect.SUSPEND,
            opens_request=True,
            source="Article 2 d'essai",
        ),
        Move(
            "complete",
            "Envoyer les compléments",
            ("to-complete",),
            "review",
            APPLICANTS,
            conditions=(COMPLETE,),
            clock=ClockEffect.RESUME,
            freezes=True,
            closes_request=True,
            source="Article 3 d'essai",
        ),
        Move(
            "propose",
            "Proposer d'accorder",
            ("review",),
            "review",
            AGENCY_STAFF,
            conditions=(NO_OPEN_REQUEST, done("ask", "Demandez d'abord des compléments.")),
        ),
        Move("grant", "Accorder", ("review",), "granted", DECIDERS, clock=ClockEffect.STOP, decides=True),
    ),
    sections=(
        Section(
            "request",
            "La demande",
            "Ce qui est demandé.",
            (
                Question("purpose", "Pour quoi faire ?", Kind.LONG, may_be_secret=True),
                Question("cost", "Combien ?", Kind.MONEY),
            ),
            Scope.DOSSIER,
        ),
    ),
    pieces=(Piece("quote", "Devis"),),
    mentions=Mentions("Le silence vaut refus.", "", "Essai"),
    channel=Channel.PORTAL,
)
