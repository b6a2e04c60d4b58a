"""Article 51: the opinions before a decision, given here or recorded when they were given elsewhere. Pure."""

from dataclasses import replace

from projects.procedures.article_51.branches import R_162_50_5, RAPPORTEUR
from projects.procedures.asked import Document, Question
from projects.procedures.conditions import done, done_since, only_if
from projects.procedures.shared_moves import REASON
from projects.procedures.types import Condition, Move
from projects.procedures.vocabulary import AGENCY_STAFF, DECIDERS, Choice, Kind, Party, When

SENSE = Question(
    "sense",
    "Sens de l'avis",
    Kind.CHOICE,
    choices=(
        Choice("favourable", "Favorable"),
        Choice("reserved", "Favorable avec réserves"),
        Choice("unfavourable", "Défavorable"),
    ),
)
FAVOURABLE = ("favourable", "reserved")

INSURANCE_HEARD = done("insurance-opinion", "L'Assurance maladie doit d'abord être consultée.")
HAS_HEARD = only_if(
    "cooperation_protocol",
    (True,),
    Condition(
        "has-heard",
        "Une coopération entre professionnels suppose l'avis de la Haute Autorité de santé.",
        lambda facts: bool({"has-opinion", "has-opinion-national"} & set(facts.done)),
        moves=("has-opinion", "has-opinion-national"),
    ),
)

HAS_OPINION = Move(
    "has-opinion",
    "Consigner l'avis de la Haute Autorité de santé",
    ("opinions",),
    "opinions",
    AGENCY_STAFF,
    fields=(
        replace(SENSE, key="has_sense"),
        Question("has_on", "Daté du", Kind.DATE),
        Question("has_reference", "Référence", Kind.TEXT, required=False),
    ),
    internal=True,
    source="Décret n° 2019-600 du 17 juin 2019 : avis rendu sous six mois (résumé de presse, à vérifier)",
)

REGIONAL_OPINIONS = (
    Move(
        "insurance-opinion",
        "Donner ou consigner l'avis de l'Assurance maladie",
        ("opinions",),
        "opinions",
        AGENCY_STAFF | {Party.INSURANCE},
        fields=(
            replace(SENSE, key="insurance_sense"),
            Question("insurance_words", "Motifs", Kind.LONG),
            Question("insurance_on", "Daté du", Kind.DATE),
        ),
        document=Document("L'avis, en fichier"),
        internal=True,
        source="ARS Occitanie (001), ligne 296",
    ),
    HAS_OPINION,
    replace(
        HAS_OPINION,
        key="has-opinion-national",
        from_stages=("national-reading",),
        to="national-reading",
        by=RAPPORTEUR,
    ),
    Move(
        "director-opinion",
        "Donner l'avis motivé de la direction",
        ("opinions",),
        "rapporteur",
        DECIDERS,
        fields=(
            Question("feasible", "Faisabilité", Kind.LONG),
            Question("innovative", "Caractère innovant", Kind.LONG),
            Question("efficient", "Efficience", Kind.LONG),
        ),
        conditions=(INSURANCE_HEARD, HAS_HEARD),
        letter="sent-to-rapporteur",
        hands_to=Party.RAPPORTEUR,
        source=R_162_50_5,
    ),
    Move(
        "director-refuses",
        "Ne pas transmettre le projet",
        ("opinions",),
        "refused",
        DECIDERS,
        fields=(REASON,),
        conditions=(INSURANCE_HEARD,),
        letter="refused",
        decides=True,
        after_decision=True,
        source=R_162_50_5,
    ),
)

SUBMITTED_VERSION = "Version soumise au comité"

COMMITTEE_FIELDS = (
    replace(SENSE, key="committee_sense", label="Sens de l'avis du comité"),
    Question("committee_on", "Rendu le", Kind.DATE),
    Question("committee_reference", "Référence", Kind.TEXT, required=False),
    Question("committee_words", "Ce que dit l'avis", Kind.LONG),
    Question(
        "committee_reservations",
        "Réserves du comité",
        Kind.LONG,
        "Une par ligne : ce qui est à corriger ou à prouver, et avant quand.",
        when=When("committee_sense", ("reserved",)),
    ),
)

COMMITTEE_DOCUMENT = Document("L'avis du comité", "Le texte de l'avis, tel que le comité l'a rendu.", required=True)

IN_REGION = done_since(
    "submit-to-committee", "submit-to-committee-national", "Ce projet est décidé par les ministres, pas par l'agence."
)
NATIONALLY = done_since(
    "submit-to-committee-national", "submit-to-committee", "Ce projet est décidé par l'agence, pas par les ministres."
)
"""Who decides follows from how the committee was reached: an answer of the project may have changed since."""

COMMITTEE = (
    Move(
        "ask-agency-again",
        "Renvoyer le projet à l'agence",
        ("rapporteur",),
        "reading",
        RAPPORTEUR,
        fields=(Question("rapporteur_remarks", "Ce qui est à revoir", Kind.LONG),),
        letter="specification-returned",
    ),
    Move(
        "submit-to-committee",
        "Soumettre au comité technique",
        ("rapporteur",),
        "committee",
        RAPPORTEUR,
        keeps_version=SUBMITTED_VERSION,
    ),
    Move(
        "submit-to-committee-national",
        "Soumettre au comité technique",
        ("national-reading",),
        "committee",
        RAPPORTEUR,
        conditions=(HAS_HEARD, done("agencies-opinion", "Les agences concernées doivent d'abord être consultées.")),
        keeps_version=SUBMITTED_VERSION,
    ),
    Move(
        "committee-opinion",
        "Consigner l'avis du comité",
        ("committee",),
        "review",
        RAPPORTEUR,
        fields=COMMITTEE_FIELDS,
        conditions=(IN_REGION,),
        letter="committee-opinion",
        document=COMMITTEE_DOCUMENT,
    ),
    Move(
        "committee-opinion-national",
        "Consigner l'avis du comité",
        ("committee",),
        "ministers",
        RAPPORTEUR,
        fields=COMMITTEE_FIELDS,
        conditions=(NATIONALLY,),
        letter="committee-opinion",
        document=COMMITTEE_DOCUMENT,
    ),
)
