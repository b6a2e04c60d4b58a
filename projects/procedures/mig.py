"""International hospital cooperation (MIG): a yearly campaign that the ministry decides. Pure.

Deposited by mail with the ministry (DGOS) and the agency at once (``000``, lines 341 to 350); the agency says whether
it fits the territory; the ministry checks ten compulsory criteria, an eleventh on renewal, weighs four priorities,
decides.
"""

from dataclasses import replace

from projects.procedures import grids, legal
from projects.procedures.asked import Document, Question
from projects.procedures.conditions import done, only_if, recorded, recorded_all
from projects.procedures.decision_moves import GRANT, OUTCOMES, REFUSE, WHERE_GRANTED
from projects.procedures.funding import Money
from projects.procedures.mig_sections import COOPERATION, CRITERIA, FUNDING, PIECES, PROGRAMME, SOURCE
from projects.procedures.project_sections import IDEA, IMPACT, MEANS
from projects.procedures.shared_moves import REASON, completing, deposit, outside, redirect, withdraw
from projects.procedures.shared_stages import CLOSED, DRAFT, ENDS, INADMISSIBLE, READING, REFUSED, TO_COMPLETE
from projects.procedures.types import Move, Procedure, Stage
from projects.procedures.vocabulary import (
    AGENCY_STAFF,
    DEPOSITORS,
    Channel,
    Choice,
    ClockEffect,
    Kind,
    Macro,
    MoneyKind,
    Party,
    Turn,
)

DGOS = frozenset({Party.DGOS})

STAGES = (
    DRAFT,
    Stage(
        "received",
        "Dossier déposé auprès du ministère et de l'agence",
        "Avis de cohérence territoriale à donner",
        Macro.OPINION,
        Turn.OPINION,
        "L'agence dit si le projet est cohérent avec le territoire ; le ministère vérifie ensuite les critères.",
        due=READING,
    ),
    Stage(
        "criteria",
        "Critères en cours de vérification",
        "À la DGOS : critères obligatoires",
        Macro.ADMISSIBILITY,
        Turn.NATIONAL,
        "Le ministère vérifie chaque critère obligatoire ; il peut demander des compléments.",
    ),
    TO_COMPLETE,
    INADMISSIBLE,
    Stage(
        "priorities",
        "Projet comparé aux autres",
        "À la DGOS : critères de priorité",
        Macro.REVIEW,
        Turn.NATIONAL,
        "Le ministère compare les projets de la campagne, puis décide.",
    ),
    Stage(
        "signed",
        "Décision en préparation",
        "À la DGOS : décidé, à notifier",
        Macro.PROPOSED,
        Turn.NATIONAL,
        "La décision vous sera notifiée.",
    ),
    REFUSED,
    Stage(
        "granted",
        "Projet retenu",
        "Retenu : crédits à déléguer",
        Macro.GRANTED,
        Turn.AGENCY,
        "Les crédits sont versés à l'établissement avec sa dotation.",
    ),
    Stage(
        "running",
        "Coopération en cours",
        "En cours",
        Macro.RUNNING,
        Turn.APPLICANT,
        "Menez les missions prévues ; un bilan sera dû, surtout si vous demandez à continuer.",
    ),
    Stage(
        "reported",
        "Bilan reçu",
        "À la DGOS : bilan à lire",
        Macro.RUNNING,
        Turn.NATIONAL,
        "Le ministère lit le bilan et clôt le dossier ; une suite se demande dans la campagne suivante.",
    ),
    CLOSED,
    *ENDS,
)

TOLD = Question("opinion", "Motifs", Kind.LONG, "Lus par le ministère.")
COMPLETION = completing("criteria", "to-complete", "ask-completion", "complete", DGOS)

REVIEW = (
    Move(
        "territorial-opinion",
        "Donner l'avis de cohérence territoriale",
        ("received",),
        "criteria",
        AGENCY_STAFF,
        fields=(
            Question(
                "coherent",
                "Cohérence avec le territoire",
                Kind.CHOICE,
                choices=(
                    Choice("coherent", "Cohérent"),
                    Choice("partly", "Cohérent en partie"),
                    Choice("not", "Pas cohérent"),
                ),
            ),
            TOLD,
        ),
        internal=True,
        source=SOURCE,
    ),
    Move(
        "go-without-opinion",
        "Poursuivre sans l'avis de l'agence",
        ("received",),
        "criteria",
        DGOS,
        fields=(Question("opinion_missing", "Pourquoi", Kind.LONG),),
        internal=True,
    ),
    *COMPLETION,
    Move(
        "admit",
        "Attester les critères obligatoires",
        ("criteria",),
        "priorities",
        DGOS,
        fields=(
            Question("criteria_met", "Critères remplis", Kind.CHOICES, choices=CRITERIA),
            Question(
                "report_received", "Renouvellement : le bilan de l'an dernier est transmis", Kind.YES_NO, required=False
            ),
        ),
        conditions=(
            recorded_all(
                "criteria_met",
                tuple(one.value for one in CRITERIA),
                "Les dix critères obligatoires doivent être remplis ; sinon, demandez des compléments ou refusez.",
            ),
            only_if(
                "renewal",
                (True,),
                recorded("report_received", (True,), "Un renouvellement suppose le bilan de l'année précédente."),
            ),
        ),
        letter="admitted",
        source=SOURCE,
    ),
    Move(
        "refuse-admission",
        "Déclarer non recevable",
        ("criteria",),
        "inadmissible",
        DGOS,
        fields=(REASON,),
        clock=ClockEffect.STOP,
        letter="inadmissible",
        decides=True,
        after_decision=True,
    ),
    Move(
        "weigh",
        "Noter les critères de priorité",
        ("priorities",),
        "priorities",
        DGOS,
        fields=tuple(
            Question(key, label, Kind.INTEGER, "De 0 à 5.", low=0, high=5)
            for key, label in (
                ("team_fits", "Équipe adaptée au thème"),
                ("shared_aims", "Objectifs définis avec le partenaire étranger"),
                ("partnership", "Autres partenaires, ici et là-bas"),
                ("geography", "Priorité géographique de l'année"),
            )
        ),
        internal=True,
        source=SOURCE,
    ),
    Move(
        "decide",
        "Décider",
        ("priorities",),
        "signed",
        DGOS,
        fields=(
            Question("outcome", "Décision", Kind.CHOICE, choices=OUTCOMES),
            Question("amount_granted", "Montant, en euros", Kind.MONEY, when=WHERE_GRANTED),
            Question("project_ends_on", "Fin de l'année financée", Kind.DATE, when=WHERE_GRANTED),
            Question("motives", "Motifs", Kind.LONG, "Ils figureront dans le courrier."),
        ),
        conditions=(done("weigh", "Notez d'abord les critères de priorité."),),
        clock=ClockEffect.STOP,
        decides=True,
        internal=True,
    ),
)

AFTER = (
    Move(
        "notify-grant",
        "Notifier l'accord",
        ("signed",),
        "granted",
        DGOS,
        conditions=(recorded("outcome", (GRANT,), "La décision n'est pas un accord."),),
        letter="granted",
        after_decision=True,
        money=(Money(MoneyKind.GRANTED, "amount_granted"),),
    ),
    Move(
        "notify-refusal",
        "Notifier le refus",
        ("signed",),
        "refused",
        DGOS,
        conditions=(recorded("outcome", (REFUSE,), "La décision n'est pas un refus."),),
        letter="refused",
        after_decision=True,
    ),
    Move(
        "delegate-credits",
        "Noter le versement des crédits",
        ("granted",),
        "running",
        AGENCY_STAFF | DGOS,
        fields=(Question("paid", "Montant, en euros", Kind.MONEY), Question("paid_on", "Versé le", Kind.DATE)),
        letter="paid",
        after_decision=True,
        money=(Money(MoneyKind.PAID, "paid", "paid_on"),),
        due_from="project_ends_on",
    ),
    Move(
        "report",
        "Envoyer le bilan",
        ("running",),
        "reported",
        DEPOSITORS,
        fields=(
            Question("missions_done", "Missions et accueils réalisés", Kind.LONG),
            Question("people_trained", "Personnes formées", Kind.INTEGER, low=0),
            Question("spent", "Dépenses, en euros", Kind.MONEY),
            Question("results", "Résultats obtenus, action par action", Kind.LONG),
        ),
        document=Document("Le bilan, en fichier"),
        source=SOURCE,
    ),
    Move("close", "Clore le dossier", ("reported",), "closed", DGOS, letter="closed"),
)

MIG = Procedure(
    key="mig",
    version=1,
    title="Coopération hospitalière internationale (MIG)",
    summary="Une aide du ministère aux missions et à l'accueil, entre un établissement et un partenaire étranger.",
    stages=STAGES,
    moves=(
        replace(
            deposit(),
            label="Déposer auprès du ministère et de l'agence",
            hands_to=Party.DGOS,
            confirm="Le dossier part aux deux destinataires en même temps : le ministère et l'agence.",
        ),
        *outside(),
        *REVIEW,
        *AFTER,
        redirect(("received", "criteria"), AGENCY_STAFF | DGOS),
        withdraw(("received", "criteria", "to-complete", "priorities")),
    ),
    sections=(IDEA, IMPACT, MEANS, COOPERATION, PROGRAMME),
    pieces=PIECES,
    mentions=legal.FINANCIAL,
    levers=("mig-cooperation-internationale",),
    channel=Channel.EXTERNAL,
    sources=("000_d99033c1927da53e.txt, lignes 333 à 411",),
    funding_rules=FUNDING,
    grid=grids.COOPERATION,
)
