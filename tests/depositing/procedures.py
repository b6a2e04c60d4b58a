"""A procedure of tests that has what first contact has not: pieces, a clock, completion, a mandate, two channels."""

from dataclasses import replace

from projects.procedures import catalogue
from projects.procedures.asked import Piece, Question, Section
from projects.procedures.conditions import COMPLETE, DEPOSITABLE, NOT_HERE
from projects.procedures.types import Mentions, Move, Procedure, Stage
from projects.procedures.vocabulary import (
    AGENCY_STAFF,
    APPLICANTS,
    DECIDERS,
    DEPOSITORS,
    Channel,
    Choice,
    ClockEffect,
    Delay,
    Kind,
    Macro,
    Turn,
    Unit,
)  # fmt: skip

STAGES = (
    Stage("draft", "Brouillon", "Brouillon", Macro.DRAFT, Turn.APPLICANT, "Vous déposez.", editable=True),
    Stage("received", "Dossier déposé", "À vérifier", Macro.DEPOSITED, Turn.AGENCY, "L'agence vérifie.",
          due=Delay(2, Unit.MONTHS, "Le silence vaut refus.", "Article d'essai")),
    Stage("to-complete", "À compléter", "À compléter", Macro.TO_COMPLETE, Turn.APPLICANT, "Vous complétez.", editable=True),
    Stage("decided", "Décision en préparation", "Décision", Macro.PROPOSED, Turn.AGENCY, "L'agence décide."),
    Stage("granted", "Accordé", "Accordé", Macro.GRANTED, Turn.APPLICANT, "Vous commencez."),
    Stage("refused", "Refusé", "Refusé", Macro.REFUSED, Turn.NOBODY, "C'est fini."),
    Stage("elsewhere", "Déposé ailleurs", "Ailleurs", Macro.ELSEWHERE, Turn.NOBODY, "Suivez le dépôt là-bas."),
    Stage("withdrawn", "Retiré", "Retiré", Macro.WITHDRAWN, Turn.NOBODY, "C'est fini."),
)  # fmt: skip

MOVES = (
    Move("deposit", "Déposer le dossier", ("draft",), "received", DEPOSITORS, conditions=DEPOSITABLE,
         clock=ClockEffect.START, clock_delay=Delay(2, Unit.MONTHS, ""), letter="received", freezes=True),
    Move("note", "Noter un dépôt fait ailleurs", ("draft",), "elsewhere", APPLICANTS, conditions=(NOT_HERE,), external=True, freezes=True,
         fields=(Question("place", "Où", Kind.TEXT), Question("deposited_on", "Quand", Kind.DATE),
                 Question("receipt_number", "Numéro", Kind.TEXT, required=False))),
    Move("ask", "Demander des compléments", ("received",), "to-complete", AGENCY_STAFF, clock=ClockEffect.SUSPEND,
         opens_request=True, letter="meeting", fields=(Question("answer_by", "Avant le", Kind.DATE),)),
    Move("answer", "Envoyer les compléments", ("to-complete",), "received", DEPOSITORS, conditions=(COMPLETE,),
         clock=ClockEffect.RESUME, closes_request=True, freezes=True, letter="received",
         fields=(Question("said", "Ce que vous avez complété", Kind.LONG),)),
    Move("propose", "Proposer un refus sec", ("received",), "decided", AGENCY_STAFF, internal=True,
         fields=(Question("opinion", "Avis réservé", Kind.LONG),)),
    Move("grant", "Accorder", ("decided",), "granted", DECIDERS, decides=True),
    Move("withdraw", "Retirer le dossier", ("draft", "received", "to-complete"), "withdrawn", DEPOSITORS,
         confirm="Un dossier retiré ne revient pas.",
         fields=(Question("why", "Pourquoi ?", Kind.LONG, required=False),)),
)  # fmt: skip

WORKSHOP = Procedure(
    key="workshop", version=1, title="Démarche d'essai", summary="Pour les tests.", stages=STAGES, moves=MOVES,
    sections=(
        Section("need", "Le besoin", "", (
            Question("amount", "Combien ?", Kind.MONEY, may_be_secret=True),
            Question("why", "Pourquoi ?", Kind.LONG),
            Question("kind", "De quelle sorte ?", Kind.CHOICE, choices=(Choice("a", "Sorte A"), Choice("b", "Sorte B"))),
        )),
    ),
    pieces=(
        Piece("budget", "Budget prévisionnel"),
        Piece("letters", "Lettres d'engagement", required=False, several=True),
    ),
    mentions=Mentions("Deux mois de silence valent refus.", "", "Texte d'essai"), channel=Channel.PORTAL,
)  # fmt: skip

AWAY = replace(WORKSHOP, key="away", channel=Channel.EXTERNAL)


def register(monkeypatch) -> None:
    """Let the catalogue know these procedures for the length of a test."""
    for one in (WORKSHOP, AWAY):
        monkeypatch.setitem(catalogue._BY_VERSION, (one.key, one.version), one)
        monkeypatch.setitem(catalogue.LATEST, one.key, one)
