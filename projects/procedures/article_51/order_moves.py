"""Article 51: the order, of the agency or of the ministers, its publication, the money that starts the work. Pure."""

from dataclasses import replace

from projects.procedures.agreement_moves import (
    AGREED,
    RECORD_SIGNATURE,
    SEND,
    SIGN_AGREEMENT,
    SIGN_AS_CARRIER,
    TAKE_BACK,
)
from projects.procedures.article_51.branches import RAPPORTEUR
from projects.procedures.article_51.opinion_moves import FAVOURABLE
from projects.procedures.article_51.stages import MOST_MONTHS
from projects.procedures.asked import Question
from projects.procedures.conditions import only_where, recorded
from projects.procedures.decision_moves import GRANT, WHERE_GRANTED, decision
from projects.procedures.funding import Money
from projects.procedures.legal import SUBSIDY_LAW
from projects.procedures.payments import within_agreement
from projects.procedures.shared_moves import OWN_REASON, REASON, untimed
from projects.procedures.types import Move
from projects.procedures.vocabulary import (
    AGENCY_STAFF,
    DECIDERS,
    DEPOSITORS,
    Kind,
    MoneyKind,
    When,
)

NATIONAL_OR_AGENCY = DECIDERS | RAPPORTEUR


def months(key: str, label: str, most: int, when: When | None = None) -> Question:
    """Return a number of months, between one and a limit."""
    return Question(key, label, Kind.INTEGER, low=1, high=most, when=when)


TOTAL = "Durée totale en mois, comptée depuis la première inclusion"
ORDER = (
    Question("order_reference", "Référence de l'arrêté", Kind.TEXT),
    Question("order_on", "Daté du", Kind.DATE),
)

FIR_PART = Question("amount_per_year", "Part payée par le FIR pour une année, en euros", Kind.MONEY, required=False)

DECISION = (
    *untimed(
        decision(
            ("review",),
            (
                months("months_authorised", TOTAL, MOST_MONTHS, WHERE_GRANTED),
                Question(FIR_PART.key, FIR_PART.label, FIR_PART.kind, when=WHERE_GRANTED, required=False),
            ),
            (
                only_where(
                    "outcome",
                    (GRANT,),
                    recorded("committee_sense", FAVOURABLE, "L'avis du comité technique n'est pas favorable."),
                ),
            ),
            granted="publication",
        )
    ),
    Move(
        "ministers-order",
        "Consigner l'arrêté des ministres",
        ("ministers",),
        "national-publication",
        RAPPORTEUR,
        fields=(*ORDER, months("months_authorised", TOTAL, MOST_MONTHS)),
        letter="granted",
        decides=True,
        after_decision=True,
    ),
    Move(
        "ministers-refusal",
        "Consigner le refus",
        ("ministers",),
        "refused",
        RAPPORTEUR,
        fields=(REASON,),
        letter="refused",
        decides=True,
        after_decision=True,
    ),
)

PUBLICATION_FIELDS = (
    Question(
        "publication_reference",
        "Recueil et numéro",
        Kind.TEXT,
        "Recueil des actes administratifs, ou Journal officiel.",
    ),
    Question("publication_url", "Adresse publique", Kind.URL, required=False),
    Question("published_on", "Publié le", Kind.DATE),
)

PUBLICATION = (
    Move(
        "publish",
        "Noter la publication de l'arrêté",
        ("publication",),
        "authorised",
        AGENCY_STAFF,
        fields=PUBLICATION_FIELDS,
        letter="published",
        after_decision=True,
        source="ARS Occitanie (001), lignes 110 et 137 à 138",
    ),
    Move(
        "publish-national",
        "Noter la publication de l'arrêté",
        ("national-publication",),
        "authorised",
        RAPPORTEUR,
        fields=PUBLICATION_FIELDS,
        letter="published",
        after_decision=True,
    ),
)

START_UP_FIELDS = (
    Question("amount_granted", "Crédits d'ingénierie et d'amorçage, en tout, en euros", Kind.MONEY),
    Question("amount_per_year", "Montant pour une année, en euros", Kind.MONEY, "Le plus élevé s'il y en a plusieurs."),
    Question("exercise_ends_on", "Fin de ce que ces crédits payent", Kind.DATE),
)
"""What the regional fund pays of the work before the first inclusion, for a local or regional project."""

START_UP = (
    replace(
        SEND,
        label="Envoyer la convention d'amorçage",
        from_stages=("authorised",),
        fields=START_UP_FIELDS,
        confirm="Le texte part tel qu'il est, pour être signé : il ne change plus ensuite.",
        source="Guide APIST (000), ligne 279",
    ),
    replace(TAKE_BACK, label="Reprendre la convention d'amorçage envoyée", to="authorised"),
    replace(SIGN_AS_CARRIER, label="Signer la convention d'amorçage"),
    RECORD_SIGNATURE,
    replace(
        SIGN_AGREEMENT,
        label="Signer la convention d'amorçage pour l'agence",
        to="authorised",
        letter="start-up-signed",
        due_from="",
        money=(Money(MoneyKind.GRANTED, "amount_granted", in_place=True),),
    ),
    Move(
        "pay-start-up",
        "Noter un versement d'ingénierie ou d'amorçage",
        ("authorised",),
        "authorised",
        AGENCY_STAFF,
        fields=(Question("paid", "Montant versé, en euros", Kind.MONEY), Question("paid_on", "Versé le", Kind.DATE)),
        conditions=(AGREED, within_agreement("paid")),
        letter="paid",
        after_decision=True,
        money=(Money(MoneyKind.PAID, "paid", "paid_on"),),
        source=SUBSIDY_LAW,
    ),
    Move(
        "abandon",
        "Renoncer avant la première inclusion",
        ("agreement", "countersign", "authorised"),
        "ended",
        DEPOSITORS,
        fields=(OWN_REASON,),
        letter="withdrawn",
    ),
)

MOVES = (*DECISION, *PUBLICATION, *START_UP)
