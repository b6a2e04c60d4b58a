"""Support by the regional group for e-health (GRADeS): a study first, then a commitment of both. Pure.

Not a grant: the group carries out, buys or hosts. Every project has a study of its value before any commitment
(``003``, line 332); one outside the regional strategy meets three conditions at once (``003``, lines 265 to 269).
"""

from projects.procedures import legal, shared_pieces
from projects.procedures.asked import Document, Question, Section
from projects.procedures.conditions import done, only_where
from projects.procedures.decision_moves import GRANT, decision
from projects.procedures.grades_agreement import GRADES, GROUP_AGREEMENT, SOURCE
from projects.procedures.project_sections import CONTEXT, IDEA, IMPACT, MEANS
from projects.procedures.shared_moves import (
    ACKNOWLEDGE,
    CLARIFICATION,
    COMPLETION,
    REFUSE_ADMISSION,
    deposit,
    outside,
    redirect,
    withdraw,
)
from projects.procedures.shared_sections import BODY, DIGITAL
from projects.procedures.shared_stages import (
    ADMISSIBILITY,
    CLOSED,
    DECISION,
    DRAFT,
    ENDS,
    INADMISSIBLE,
    READING,
    RECEIVED,
    REVIEW,
    TO_CLARIFY,
    TO_COMPLETE,
)
from projects.procedures.types import Condition, Move, Procedure, Stage
from projects.procedures.vocabulary import (
    AGENCY_STAFF,
    DECIDERS,
    DEPOSITORS,
    Channel,
    Choice,
    Delay,
    Kind,
    Macro,
    Party,
    Turn,
    Unit,
    When,
)

SUPPORT = Section(
    "support",
    "L'appui demandé",
    "Le groupement n'est ni un financeur ni un éditeur : il conseille, conduit des projets et achète au marché.",
    (
        Question(
            "support_kinds",
            "Quel appui attendez-vous ?",
            Kind.CHOICES,
            choices=(
                Choice("advice", "Un avis, une expertise"),
                Choice("project", "La conduite d'un projet numérique"),
                Choice("purchase", "Un achat à plusieurs"),
                Choice("ground", "Un terrain pour essayer une solution"),
                Choice("use", "Le déploiement d'un service régional qui existe"),
            ),
        ),
        Question(
            "regional_strategy",
            "Le projet sert-il la stratégie régionale de e-santé ?",
            Kind.YES_NO,
            "Demandez-la à l'agence si vous ne la connaissez pas.",
            fact="regional_strategy",
        ),
        Question(
            "several_actors",
            "Quels autres acteurs ont le même besoin ?",
            Kind.LONG,
            "Hors de la stratégie régionale, il faut un intérêt commun à plusieurs acteurs.",
            when=When("regional_strategy", (False,)),
        ),
        Question(
            "general_interest",
            "En quoi le projet sert-il l'intérêt général ?",
            Kind.LONG,
            when=When("regional_strategy", (False,)),
        ),
        Question(
            "users_pay",
            "Que peuvent verser ceux qui utiliseront le service ?",
            Kind.LONG,
            "Le groupement demande souvent une contribution.",
            required=False,
            may_be_secret=True,
        ),
        Question(
            "other_regions",
            "Le projet existe-t-il, ou est-il envisagé, dans une autre région ?",
            Kind.LONG,
            "Les groupements partagent leurs projets avant de commencer.",
            required=False,
        ),
    ),
)

STAGES = (
    DRAFT,
    RECEIVED,
    ADMISSIBILITY,
    TO_COMPLETE,
    INADMISSIBLE,
    Stage(
        "study",
        "Étude d'opportunité en cours",
        "Au GRADeS : étude d'opportunité",
        Macro.OPINION,
        Turn.OPINION,
        "Le groupement étudie ce que le projet apporterait, ce qu'il coûterait et qui s'en servirait.",
        due=Delay(90, Unit.DAYS, "Sans nouvelles, écrivez à l'agence depuis la page du dossier."),
    ),
    REVIEW,
    TO_CLARIFY,
    *DECISION,
    Stage(
        "granted",
        "Appui accordé",
        "Accordé : convention à préparer",
        Macro.GRANTED,
        Turn.OPINION,
        "Le groupement vous propose une convention : qui fait quoi, à quel prix, jusqu'à quand.",
    ),
    Stage(
        "commitment",
        "Convention à signer",
        "Convention chez le porteur",
        Macro.GRANTED,
        Turn.APPLICANT,
        "Relisez et signez ; le projet commence ensuite.",
    ),
    Stage(
        "countersign",
        "Convention signée par vous",
        "Au GRADeS : convention à signer",
        Macro.GRANTED,
        Turn.OPINION,
        "Quand le groupement aura signé, le projet commence.",
        due=READING,
    ),
    Stage(
        "running",
        "Projet en cours",
        "En cours avec le GRADeS",
        Macro.RUNNING,
        Turn.OPINION,
        "Un comité suit le projet ; l'usage réel est mesuré.",
    ),
    CLOSED,
    *ENDS,
)

STUDY = (
    Move(
        "admit",
        "Confier l'étude d'opportunité au groupement",
        ("admissibility",),
        "study",
        AGENCY_STAFF,
        letter="study-begun",
        hands_to=Party.GRADES,
        source=SOURCE,
    ),
    Move(
        "deliver-study",
        "Remettre l'étude d'opportunité",
        ("study",),
        "review",
        GRADES,
        fields=(
            Question("value", "Ce que le projet apporte, et à qui", Kind.LONG),
            Question("market", "Ce que le marché propose déjà", Kind.LONG, "Le groupement achète avant de construire."),
            Question("cost", "Coût sur cinq ans, en euros", Kind.MONEY),
            Question("capacity", "Moyens du groupement disponibles", Kind.LONG),
            Question("use_indicators", "Indicateurs d'usage proposés", Kind.LONG),
            Question("recommends", "Le groupement recommande le projet", Kind.YES_NO),
        ),
        letter="study-delivered",
        source=SOURCE,
    ),
    Move(
        "check-strategy",
        "Vérifier la cohérence avec la stratégie régionale",
        ("review",),
        "review",
        AGENCY_STAFF,
        fields=(
            Question("in_strategy", "Le projet relève de la stratégie régionale", Kind.YES_NO),
            Question("harmless", "Il est cohérent avec elle et ne la gêne pas", Kind.YES_NO),
            Question("common_interest", "Plusieurs acteurs y ont intérêt", Kind.YES_NO),
            Question("public_interest", "Il sert l'intérêt général", Kind.YES_NO),
        ),
        internal=True,
        source=SOURCE,
    ),
)


def _fits(facts) -> bool:
    """Tell whether a project is of the strategy, or meets the three conditions of one that is not."""
    return facts.records.get("in_strategy") is True or all(
        facts.records.get(key) is True for key in ("harmless", "common_interest", "public_interest")
    )


FITS = Condition(
    "fits-strategy",
    "Hors de la stratégie régionale, un projet doit être cohérent avec elle, servir plusieurs acteurs et l'intérêt "
    "général : les trois à la fois.",
    _fits,
    fields=("in_strategy", "harmless", "common_interest", "public_interest"),
)

BEFORE_GRANT = (
    only_where("outcome", (GRANT,), done("deliver-study", "Aucun engagement sans étude d'opportunité du groupement.")),
    only_where("outcome", (GRANT,), done("check-strategy", "Vérifiez d'abord la cohérence avec la stratégie.")),
    only_where("outcome", (GRANT,), FITS),
)

COMMITMENT = (
    *GROUP_AGREEMENT,
    Move(
        "renounce",
        "Renoncer à l'appui",
        ("granted", "commitment", "countersign"),
        "withdrawn",
        DEPOSITORS,
        letter="withdrawn",
    ),
    Move(
        "report-use",
        "Rendre compte de l'avancement et de l'usage",
        ("running",),
        "running",
        GRADES | DEPOSITORS,
        fields=(
            Question("progress", "Avancement", Kind.LONG),
            Question("use", "Usage mesuré", Kind.LONG),
        ),
        document=Document("Le compte rendu, en fichier"),
        source="Cadre d'action des GRADeS (003), lignes 291 à 294 et 330",
    ),
    Move(
        "close",
        "Clore l'appui",
        ("running",),
        "closed",
        GRADES | AGENCY_STAFF | DECIDERS,
        conditions=(done("report-use", "Rendez compte au moins une fois de l'usage avant de clore."),),
        letter="closed",
    ),
)

GRADES_SUPPORT = Procedure(
    key="grades-support",
    version=1,
    title="Appui du groupement régional e-santé (GRADeS)",
    summary="Faire conduire, acheter ou essayer un service numérique avec le groupement de la région.",
    stages=STAGES,
    moves=(
        deposit(silence=legal.SILENCE_NO_TEXT),
        *outside(),
        ACKNOWLEDGE,
        REFUSE_ADMISSION,
        *COMPLETION,
        *STUDY,
        *CLARIFICATION,
        *decision(("review",), (), BEFORE_GRANT),
        *COMMITMENT,
        redirect(("received", "admissibility", "review")),
        withdraw(("received", "admissibility", "to-complete", "study", "review", "to-clarify", "proposed", "checked")),
    ),
    sections=(IDEA, IMPACT, CONTEXT, MEANS, BODY, SUPPORT, DIGITAL),
    pieces=(shared_pieces.DELEGATION, shared_pieces.DEVICE, shared_pieces.PARTNERS),
    mentions=legal.NO_TEXT,
    levers=("grades",),
    channel=Channel.EXTERNAL,
    sources=("003_e61daca7517b4206.txt, lignes 97 à 111 et 255 à 350",),
)
