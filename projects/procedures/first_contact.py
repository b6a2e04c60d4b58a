"""A first exchange: for every actor and every lever, before any application. Pure.

The guide (``000``, lines 832 to 930) asks that one speaks to the agency before writing a dossier: to confirm the
need, to learn the direction, to find the right people. Nothing is decided here; one is received, or sent to the
right lever or person.
"""

from dataclasses import replace

from projects.procedures.asked import Question, Section
from projects.procedures.conditions import COMPLETE, HERE
from projects.procedures.project_sections import IDEA
from projects.procedures.shared_moves import outside, redirect
from projects.procedures.shared_stages import OUTSIDE
from projects.procedures.types import Mentions, Move, Procedure, Stage
from projects.procedures.vocabulary import (
    AGENCY_STAFF,
    APPLICANTS,
    Channel,
    Choice,
    Delay,
    Kind,
    Macro,
    Turn,
    Unit,
)

MEETING = Section(
    "meeting",
    "Ce que vous attendez de l'échange",
    "L'agence vous répondra mieux si elle sait ce que vous cherchez.",
    (
        Question(
            "purposes",
            "Qu'attendez-vous de cet échange ?",
            Kind.CHOICES,
            choices=(
                Choice("need", "Savoir si le besoin est reconnu"),
                Choice("direction", "Savoir vers quel levier aller"),
                Choice("expertise", "Avoir l'avis d'un expert du sujet"),
                Choice("people", "Trouver les bonnes personnes, un partenaire, un terrain"),
            ),
        ),
        Question(
            "economic_partners",
            "Avez-vous déjà vu d'autres soutiens (incubateur, pôle, chambre de commerce…) ?",
            Kind.LONG,
            "Ils aident sur la propriété des idées, la réglementation, la confidentialité.",
            required=False,
        ),
        Question(
            "financing_calendar",
            "De quels moyens avez-vous besoin, et pour quand ?",
            Kind.LONG,
            "Même à grands traits : l'argent public suit des calendriers.",
            required=False,
            may_be_secret=True,
        ),
        Question(
            "credibility",
            "Qu'est-ce qui montre que vous irez au bout ?",
            Kind.LONG,
            "Équipe, méthode, argent déjà réuni, projets menés : ce que l'agence peut vérifier.",
            "Deux postes financés jusqu'en 2029, une première phase menée dans trois maisons de santé",
            required=False,
            may_be_secret=True,
        ),
        Question(
            "ethics_charter",
            "Votre organisme a-t-il une charte éthique ?",
            Kind.LONG,
            "Pour une entreprise surtout : dites ce qu'elle engage, et où la lire. Rien à dire s'il n'y en a pas.",
            required=False,
        ),
        Question("availability", "Quand êtes-vous disponible ?", Kind.TEXT, required=False),
    ),
)

ORIENT = replace(
    redirect(("received", "planned")),
    key="orient",
    label="Orienter vers un levier ou une personne",
    to="oriented",
    clock=None,
)

FIRST_CONTACT = Procedure(
    key="first-contact",
    version=1,
    title="Premier échange avec l'agence",
    summary="Un rendez-vous pour situer le projet et trouver le bon levier ; rien n'y est décidé.",
    stages=(
        Stage(
            "draft",
            "Brouillon : rien n'est déposé",
            "En préparation chez le porteur",
            Macro.DRAFT,
            Turn.APPLICANT,
            "Quand vous l'enverrez, l'agence la recevra et vous proposera un échange.",
            editable=True,
        ),
        Stage(
            "received",
            "Demande reçue",
            "À traiter",
            Macro.DEPOSITED,
            Turn.AGENCY,
            "L'agence lit votre demande, puis vous propose une date ou vous oriente.",
            due=Delay(15, Unit.DAYS, "Sans réponse, écrivez à la porte d'entrée de l'agence (annuaire)."),
        ),
        Stage(
            "planned",
            "Échange prévu",
            "Échange prévu",
            Macro.REVIEW,
            Turn.AGENCY,
            "Après l'échange, l'agence en note la conclusion ici.",
        ),
        Stage(
            "oriented",
            "Orienté",
            "Orienté",
            Macro.REDIRECTED,
            Turn.NOBODY,
            "Suivez le levier ou la personne indiqués ; ce que vous avez écrit peut y être repris.",
        ),
        Stage("closed", "Échange terminé", "Terminé", Macro.CLOSED, Turn.NOBODY, "L'échange a eu lieu."),
        Stage("withdrawn", "Demande retirée", "Retirée par le porteur", Macro.WITHDRAWN, Turn.NOBODY, "Rien de plus."),
        *OUTSIDE,
    ),
    moves=(
        Move(
            "deposit",
            "Envoyer la demande",
            ("draft",),
            "received",
            APPLICANTS,
            conditions=(HERE, COMPLETE),
            letter="received",
            freezes=True,
            confirm="Vous demandez un échange : aucun financement n'est demandé par cet envoi.",
        ),
        Move(
            "plan",
            "Proposer une date",
            ("received", "planned"),
            "planned",
            AGENCY_STAFF,
            fields=(
                Question("meeting_on", "Date de l'échange", Kind.DATE),
                Question("meeting_place", "Lieu, ou adresse de la visioconférence", Kind.TEXT),
            ),
            letter="meeting",
        ),
        ORIENT,
        Move(
            "conclude",
            "Noter la conclusion",
            ("planned",),
            "closed",
            AGENCY_STAFF,
            fields=(Question("conclusion", "Ce qui a été convenu", Kind.LONG),),
            letter="concluded",
        ),
        Move(
            "answer",
            "Répondre sans rendez-vous",
            ("received",),
            "closed",
            AGENCY_STAFF,
            fields=(Question("conclusion", "La réponse", Kind.LONG),),
            letter="concluded",
        ),
        Move("withdraw", "Retirer la demande", ("received", "planned"), "withdrawn", APPLICANTS, letter="withdrawn"),
        *outside(),
    ),
    sections=(IDEA, MEETING),
    pieces=(),
    mentions=Mentions(
        silence="Une demande d'échange n'appelle pas de décision : le silence ne vaut ni accord ni refus.",
        appeal="",
        source="Guide APIST (000), lignes 832 à 930",
    ),
    channel=Channel.PORTAL,
    needs_organisation=False,
    needs_mandate=False,
    kept_months=24,
    sources=("000_d99033c1927da53e.txt, lignes 832 à 930",),
)
