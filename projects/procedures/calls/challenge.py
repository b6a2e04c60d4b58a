"""A challenge: a care team sets a need, a company answers, both build (guide, InDemand, ``000`` 740 to 800). Pure."""

from projects.procedures.asked import Question, Section
from projects.procedures.calls.variants import variant
from projects.procedures.conditions import (
    done,
)
from projects.procedures.types import Condition, Move, Procedure, Stage
from projects.procedures.vocabulary import (
    AGENCY_STAFF,
    DEPOSITORS,
    Delay,
    Kind,
    Macro,
    Turn,
    Unit,
)

CO_CREATION = Delay(7, Unit.MONTHS, "La durée habituelle est passée : dites où vous en êtes.", "Guide APIST (000), 750")

CHALLENGE_STAGES = (
    Stage(
        "solvers",
        "Défi publié : les entreprises répondent",
        "Réponses au défi en cours",
        Macro.RUNNING,
        Turn.AGENCY,
        "L'agence ou son partenaire publie votre défi et recueille les réponses des entreprises.",
    ),
    Stage(
        "choosing",
        "Entreprise à choisir",
        "Choix de l'entreprise chez le porteur",
        Macro.RUNNING,
        Turn.APPLICANT,
        "Lisez les réponses et choisissez celle avec qui vous construirez la solution.",
        due=Delay(45, Unit.DAYS, "Sans choix, dites pourquoi : le défi peut s'arrêter là."),
    ),
    Stage(
        "co-creation",
        "Solution en construction",
        "Co-création en cours",
        Macro.RUNNING,
        Turn.APPLICANT,
        "Équipe de soins et entreprise construisent ensemble ; à la fin, vous dites ce qui marche.",
        due=CO_CREATION,
    ),
)


NEED = Section(
    "challenge",
    "Votre défi",
    "Un besoin réel, vu par ceux qui le vivent ; pas encore une solution.",
    (
        Question("challenge_need", "Quel est le besoin, et qui le vit ?", Kind.LONG),
        Question("challenge_tried", "Qu'avez-vous déjà essayé ?", Kind.LONG, required=False),
        Question(
            "challenge_team",
            "Qui, dans l'équipe de soins, construira la solution avec l'entreprise ?",
            Kind.LONG,
            "Des fonctions et du temps, pas des noms.",
            "Une cadre de santé et deux infirmières, une demi-journée par semaine",
        ),
        Question("supporter", "Qui accompagnera l'entreprise ?", Kind.TEXT, "Pôle, incubateur…", required=False),
    ),
)

SOLUTION = Section(
    "solution",
    "Votre réponse au défi",
    "Ce que vous avez déjà, et ce qui reste à construire avec l'équipe de soins.",
    (
        Question("solution_today", "Qu'avez-vous déjà ?", Kind.LONG, may_be_secret=True),
        Question("solution_to_build", "Que reste-t-il à construire, en sept mois environ ?", Kind.LONG),
        Question("solution_rights", "À qui sera ce qui est construit ensemble ?", Kind.LONG, may_be_secret=True),
    ),
)

DEMONSTRATE = Move(
    "demonstrate",
    "Présenter ce qui a été construit",
    ("co-creation",),
    "running",
    DEPOSITORS,
    fields=(
        Question("result", "Ce qui marche, et ce qui ne marche pas", Kind.LONG),
        Question("next_step", "La suite : essai plus large, achat, arrêt", Kind.LONG),
    ),
    due_from="exercise_ends_on",
)

CHALLENGE_MOVES = (
    Move(
        "publish-challenge",
        "Publier le défi",
        ("running",),
        "solvers",
        AGENCY_STAFF,
        fields=(
            Question("answers_by", "Réponses des entreprises jusqu'au", Kind.DATE),
            Question("challenge_url", "Adresse publique du défi", Kind.URL, required=False),
        ),
        letter="challenge-published",
        due_from="answers_by",
    ),
    Move(
        "hand-answers",
        "Transmettre les réponses",
        ("solvers",),
        "choosing",
        AGENCY_STAFF,
        fields=(Question("answers_count", "Nombre de réponses", Kind.INTEGER, low=0),),
        letter="challenge-answered",
    ),
    Move(
        "choose",
        "Choisir une entreprise",
        ("choosing",),
        "co-creation",
        DEPOSITORS,
        fields=(
            Question("solver", "Entreprise choisie", Kind.TEXT),
            Question("choice_reasons", "Pourquoi elle", Kind.LONG),
        ),
    ),
    Move(
        "choose-none",
        "Ne retenir aucune réponse",
        ("choosing",),
        "running",
        DEPOSITORS,
        fields=(Question("choice_reasons", "Pourquoi", Kind.LONG),),
        due_from="exercise_ends_on",
    ),
    DEMONSTRATE,
)

TRIED = Condition(
    "tried",
    "Le défi n'est pas mené à son terme : présentez ce qui a été construit, ou dites qu'aucune réponse ne convenait.",
    lambda facts: bool({"demonstrate", "choose-none"} & set(facts.done)),
    moves=("demonstrate", "choose-none"),
)


def with_challenge(base: Procedure, key: str, title: str) -> Procedure:
    """Return a call whose laureates publish a challenge, choose a company and build a solution with it."""
    return variant(base, key, title, CHALLENGE_STAGES, CHALLENGE_MOVES, (NEED,), {"report": (TRIED,)})


def with_co_creation(base: Procedure, key: str, title: str) -> Procedure:
    """Return a call by which companies answer a challenge, then build with the team that set it."""
    begin = Move(
        "begin-co-creation",
        "Ouvrir la co-création",
        ("running",),
        "co-creation",
        AGENCY_STAFF,
        fields=(Question("challenger", "Structure qui a posé le défi", Kind.TEXT),),
        letter="started",
        after_decision=True,
    )
    shown = done("demonstrate", "Présentez d'abord ce qui a été construit.")
    return variant(base, key, title, CHALLENGE_STAGES[2:], (begin, DEMONSTRATE), (SOLUTION,), {"report": (shown,)})
