"""The multi-year contract on aims and means (CPOM): a confidential dialogue, a yearly window for amendments. Pure.

Five years, one amendment a year at most (``000``, lines 180 to 229); for a medico-social body the managing body signs,
and the département too. Nothing of it leaves the two sides: neither register nor figures nor other authorities.
"""

from dataclasses import replace

from projects.procedures import legal
from projects.procedures.asked import Piece, Question, Section
from projects.procedures.cpom_amendment import AMENDMENT_MOVES, CONTRACT_MONTHS, KEPT, SOURCE
from projects.procedures.prepared_base import READY, before
from projects.procedures.project_sections import IDEA, IMPACT, MEANS
from projects.procedures.shared_moves import OWN_REASON, REASON, redirect, untimed, withdraw
from projects.procedures.shared_pieces import DELEGATION
from projects.procedures.shared_sections import BODY
from projects.procedures.shared_stages import CLOSED, DRAFT, ENDS, READING, REFUSED
from projects.procedures.types import Move, Procedure, Stage
from projects.procedures.vocabulary import (
    AGENCY_STAFF,
    DECIDERS,
    DEPOSITORS,
    THE_CLOCK,
    Channel,
    Choice,
    Kind,
    Macro,
    Turn,
    When,
)

CONTRACT = Section(
    "contract",
    "Ce que vous voulez inscrire au contrat",
    "Le contrat se négocie : dites ce que vous proposez, et ce que vous en attendez.",
    (
        Question(
            "request_kind",
            "De quoi s'agit-il ?",
            Kind.CHOICE,
            choices=(
                Choice("new", "Un nouveau contrat"),
                Choice("renewal", "Un contrat qui se termine"),
                Choice("amendment", "Un avenant à un contrat en cours"),
            ),
        ),
        Question(
            "signed_on",
            "Quand le contrat en cours a-t-il été signé ?",
            Kind.DATE,
            "La prochaine période d'avenant se compte depuis cette date.",
            when=When("request_kind", ("renewal", "amendment")),
        ),
        Question(
            "medico_social", "Êtes-vous un organisme médico-social ?", Kind.YES_NO, "Le département signe alors aussi."
        ),
        Question(
            "contract_objective",
            "Le projet entre-t-il dans les transformations que le contrat couvre ?",
            Kind.YES_NO,
            "Activités de soins, qualité et sécurité, systèmes d'information, achats, gestion.",
            fact="contract_objective",
        ),
        Question(
            "commitments",
            "À quoi vous engagez-vous ?",
            Kind.LONG,
            "Un engagement par ligne, avec sa date.",
            may_be_secret=True,
        ),
        Question(
            "innovation_annex",
            "Quels indicateurs d'innovation proposez-vous ?",
            Kind.LONG,
            "Certaines agences ont une annexe sur l'innovation : usages du numérique, télésanté, recherche.",
            "Part des lettres de sortie versées au dossier médical partagé : 60 % aujourd'hui, 100 % fin 2029",
            required=False,
        ),
        Question("means_expected", "Quels moyens attendez-vous ?", Kind.LONG, may_be_secret=True, required=False),
    ),
)

STAGES = (
    DRAFT,
    READY,
    Stage(
        "received",
        "Proposition envoyée",
        "Proposition reçue",
        Macro.DEPOSITED,
        Turn.AGENCY,
        "L'agence ouvre le dialogue, à la période prévue pour cela.",
        due=READING,
    ),
    Stage(
        "dialogue",
        "Dialogue : à vous",
        "Dialogue : chez le porteur",
        Macro.TO_COMPLETE,
        Turn.APPLICANT,
        "Répondez à ce que l'agence propose ; le dialogue peut avoir plusieurs tours.",
        editable=True,
    ),
    Stage(
        "agency-dialogue",
        "Dialogue : à l'agence",
        "Dialogue : à l'agence",
        Macro.REVIEW,
        Turn.AGENCY,
        "L'agence lit votre version, puis vous répond ou propose de signer.",
    ),
    Stage(
        "signing",
        "Contrat à signer",
        "Contrat à signer par les parties",
        Macro.PROPOSED,
        Turn.AGENCY,
        "Vous signez, puis la direction de l'agence, et le département s'il est partie.",
    ),
    REFUSED,
    Stage(
        "running",
        "Contrat en cours",
        "En cours",
        Macro.RUNNING,
        Turn.APPLICANT,
        "Le contrat dure cinq ans ; un avenant peut être proposé une fois par an.",
    ),
    Stage(
        "amendment",
        "Avenant proposé",
        "Avenant à étudier",
        Macro.RUNNING,
        Turn.AGENCY,
        "Le contrat continue tel qu'il est jusqu'à la réponse de l'agence.",
        due=READING,
    ),
    CLOSED,
    *ENDS,
)

MOVES = (
    *before(),
    Move(
        "open-dialogue",
        "Ouvrir le dialogue",
        ("received",),
        "dialogue",
        AGENCY_STAFF,
        fields=(Question("agency_words", "Ce que l'agence propose", Kind.LONG),),
        letter="dialogue",
        source=SOURCE,
    ),
    Move(
        "answer",
        "Envoyer ma version",
        ("dialogue",),
        "agency-dialogue",
        DEPOSITORS,
        fields=(Question("carrier_words", "Ce que vous proposez", Kind.LONG),),
        freezes=True,
    ),
    Move(
        "reply",
        "Répondre",
        ("agency-dialogue",),
        "dialogue",
        AGENCY_STAFF,
        fields=(Question("agency_words", "Ce que l'agence propose", Kind.LONG),),
        letter="dialogue",
    ),
    Move(
        "agree",
        "Constater l'accord et préparer la signature",
        ("agency-dialogue",),
        "signing",
        AGENCY_STAFF,
        letter="dialogue",
    ),
    Move(
        "reopen",
        "Revenir au dialogue",
        ("signing",),
        "agency-dialogue",
        AGENCY_STAFF | DEPOSITORS,
        fields=(OWN_REASON,),
    ),
    Move(
        "sign",
        "Signer pour l'agence",
        ("signing",),
        "running",
        DECIDERS,
        fields=(
            Question("carrier_signed_on", "Signé par le porteur le", Kind.DATE),
            Question(
                "department_signed_on", "Signé par le département le", Kind.DATE, "S'il est partie.", required=False
            ),
            Question("contract_starts_on", "Prend effet le", Kind.DATE),
            Question("contract_months", "Durée en mois", Kind.INTEGER, low=1, high=CONTRACT_MONTHS),
        ),
        letter="signed",
        decides=True,
        after_decision=True,
        due_from="contract_starts_on",
        due_months="contract_months",
        due_at_most=CONTRACT_MONTHS,
        source=SOURCE,
    ),
    Move(
        "refuse",
        "Mettre fin au dialogue sans contrat",
        ("agency-dialogue",),
        "refused",
        DECIDERS,
        fields=(REASON,),
        letter="refused",
        decides=True,
        after_decision=True,
    ),
    replace(
        KEPT,
        key="open-window",
        label="Ouvrir la période annuelle des avenants",
        fields=(Question("window_ends_on", "Propositions jusqu'au", Kind.DATE),),
        letter="window",
    ),
    *AMENDMENT_MOVES,
    Move("end", "Constater la fin du contrat", ("running",), "closed", AGENCY_STAFF | THE_CLOCK, letter="closed"),
    *untimed((redirect(("received",)), withdraw(("received", "dialogue", "agency-dialogue", "signing")))),
)

CPOM = Procedure(
    key="cpom",
    version=1,
    title="Contrat pluriannuel d'objectifs et de moyens (CPOM)",
    summary="Inscrire une innovation dans le contrat de cinq ans avec l'agence ; tout y est confidentiel.",
    stages=STAGES,
    moves=MOVES,
    sections=(IDEA, IMPACT, MEANS, BODY, CONTRACT),
    pieces=(
        Piece(
            "current-contract",
            "Contrat en cours et ses avenants",
            "Pour une fin de contrat ou un avenant.",
            when=When("request_kind", ("renewal", "amendment")),
            several=True,
        ),
        Piece("project-of-body", "Projet d'établissement ou de service", "La version en vigueur.", required=False),
        DELEGATION,
    ),
    mentions=replace(legal.TO_CHECK, appeal=""),
    levers=("cpom",),
    channel=Channel.EXTERNAL,
    confidential=True,
    sources=("000_d99033c1927da53e.txt, lignes 178 à 229",),
)
