"""The stages of what follows a grant of money: agreement, action, report, closing. Pure."""

from projects.procedures.legal import REPORT_MONTHS, SUBSIDY_LAW
from projects.procedures.shared_stages import CLOSED, READING
from projects.procedures.types import Stage
from projects.procedures.vocabulary import Delay, Macro, Turn, Unit

GRANTED = Stage(
    "granted",
    "Accordé",
    "Accordée : convention ou premier versement",
    Macro.GRANTED,
    Turn.AGENCY,
    "L'agence vous envoie la convention à signer s'il en faut une, puis verse l'avance.",
    due=READING,
)

AGREEMENT = Stage(
    "agreement",
    "Convention à signer",
    "Convention chez le porteur",
    Macro.GRANTED,
    Turn.APPLICANT,
    "Relisez et signez ; la direction de l'agence signe ensuite, et l'argent peut être versé.",
    due=Delay(30, Unit.DAYS, "Sans votre signature, rien ne peut être versé."),
)

COUNTERSIGN = Stage(
    "countersign",
    "Convention signée par vous",
    "Convention à signer par la direction",
    Macro.GRANTED,
    Turn.AGENCY,
    "Quand la direction de l'agence aura signé, l'action commence et l'avance peut être versée.",
    due=READING,
)

STAGES = (
    GRANTED,
    AGREEMENT,
    COUNTERSIGN,
    Stage(
        "running",
        "Action en cours",
        "En cours de réalisation",
        Macro.RUNNING,
        Turn.APPLICANT,
        "Menez l'action. Dites tout changement : il faut parfois un avenant. Un compte rendu sera dû à la fin.",
    ),
    Stage(
        "amendment",
        "Avenant demandé",
        "Avenant à décider",
        Macro.RUNNING,
        Turn.AGENCY,
        "L'action continue comme prévu jusqu'à la réponse de l'agence.",
        due=READING,
    ),
    Stage(
        "report",
        "Compte rendu financier attendu",
        "Compte rendu attendu du porteur",
        Macro.RUNNING,
        Turn.APPLICANT,
        "Dites ce qui a été fait et dépensé, pièces à l'appui ; le solde en dépend.",
        due=Delay(
            REPORT_MONTHS, Unit.MONTHS, "Sans compte rendu, l'agence peut demander à être remboursée.", SUBSIDY_LAW
        ),
        editable=True,
    ),
    Stage(
        "reported",
        "Compte rendu reçu",
        "Compte rendu à vérifier",
        Macro.RUNNING,
        Turn.AGENCY,
        "L'agence vérifie les dépenses, puis verse le solde ou vous dit ce qui manque.",
        due=Delay(60, Unit.DAYS, "Sans nouvelles, écrivez à l'agence depuis la page du dossier."),
    ),
    Stage(
        "settled",
        "Compte soldé",
        "Soldée : année suivante ou clôture",
        Macro.RUNNING,
        Turn.AGENCY,
        "L'agence ouvre l'année suivante si elle était prévue, ou clôt le dossier.",
        due=READING,
    ),
    Stage(
        "continuation",
        "Compte soldé",
        "Année suivante : avenant à préparer et signer",
        Macro.RUNNING,
        Turn.AGENCY,
        "L'agence ouvre l'année suivante si elle était prévue, ou clôt le dossier.",
        due=READING,
    ),
    CLOSED,
)
