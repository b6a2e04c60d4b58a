"""The agreement of an aid, sent, signed by both sides; its amendments, asked or opened, prepared, signed. Pure.

Above 23,000 € a year a private body signs an agreement before any payment (law 2000-321, article 10; decree 2001-495).
"""

from projects.procedures import legal
from projects.procedures.asked import Question
from projects.procedures.conditions import has_come, private_above
from projects.procedures.funding import Money
from projects.procedures.payments import not_below_paid
from projects.procedures.types import Condition, Move
from projects.procedures.vocabulary import AGENCY_STAFF, DECIDERS, DEPOSITORS, Kind, MoneyKind

AGREEMENT, AMENDMENT = "agreement", "amendment"
"""Documents (``letters/choosing.py``)."""

CARRIER_SIGNED_ON = "carrier_signed_on"

AGREED = private_above(
    "amount_per_year",
    legal.AGREEMENT_ABOVE,
    "sign-agreement",
    "Au-delà de 23 000 € par an, un organisme privé signe d'abord une convention avec l'agence.",
)

AGREEMENT_MOVES = (
    Move(
        "send-agreement",
        "Envoyer la convention",
        ("granted", "running", "amendment", "settled"),
        "agreement",
        AGENCY_STAFF,
        letter="agreement-sent",
        wording=AGREEMENT,
        sends=True,
        confirm="Le texte et l'échéancier partent tels qu'ils sont, pour être signés : ils ne changent plus ensuite.",
    ),
    Move(
        "take-back-agreement",
        "Reprendre la convention envoyée",
        ("agreement", "countersign"),
        "granted",
        AGENCY_STAFF,
        fields=(Question("agreement_taken_back", "Pourquoi", Kind.LONG),),
        returns=True,
    ),
    Move(
        "sign-as-carrier",
        "Signer la convention",
        ("agreement",),
        "countersign",
        DEPOSITORS,
        wording=AGREEMENT,
        confirm="Vous engagez votre organisme.",
    ),
    Move(
        "record-carrier-signature",
        "Noter la signature du porteur",
        ("agreement",),
        "countersign",
        AGENCY_STAFF,
        fields=(
            Question(
                CARRIER_SIGNED_ON,
                "Signée par le porteur le",
                Kind.DATE,
                "Le jour écrit sur l'exemplaire que le porteur a rendu signé.",
            ),
        ),
        conditions=(has_come(CARRIER_SIGNED_ON, "carrier-signed"),),
        wording=AGREEMENT,
    ),
    Move(
        "sign-agreement",
        "Signer la convention pour l'agence",
        ("countersign",),
        "running",
        DECIDERS,
        letter="agreement-signed",
        after_decision=True,
        due_from="exercise_ends_on",
        wording=AGREEMENT,
        confirm="Votre signature engage l'agence : la convention prend son numéro et part aussitôt au porteur.",
        source=legal.SUBSIDY_LAW,
    ),
    Move(
        "start",
        "Commencer sans convention",
        ("granted",),
        "running",
        AGENCY_STAFF,
        conditions=(AGREED,),
        letter="started",
        after_decision=True,
        due_from="exercise_ends_on",
        source=legal.SUBSIDY_LAW,
    ),
    Move(
        "renounce",
        "Renoncer à l'aide accordée",
        ("granted", "agreement", "countersign"),
        "withdrawn",
        DEPOSITORS,
        letter="withdrawn",
    ),
)

AMENDMENT_FIELDS = (
    Question("exercise_ends_on", "Fin de l'exercice financé", Kind.DATE),
    Question("amount_per_year", "Montant pour une année, en euros", Kind.MONEY),
    Question("amended_amount", "Nouveau montant accordé en tout, en euros", Kind.MONEY),
    Question("amendment_reason", "Pourquoi cet avenant", Kind.LONG),
)
"""What an amendment changes, as it was prepared: more, less, earlier, later, each with the reason."""

AMENDMENT_READY = Condition(
    "amendment-ready",
    "L'avenant n'est pas préparé : l'instructeur écrit d'abord ce qui change, page « Avenant ».",
    lambda facts: "amendment_reason" in facts.amendment,
)

AMENDMENT_MOVES = (
    Move(
        "ask-amendment",
        "Demander un avenant",
        ("running",),
        "amendment",
        DEPOSITORS,
        fields=(Question("amendment", "Ce qui change, et pourquoi", Kind.LONG, may_be_secret=True),),
    ),
    Move(
        "open-amendment",
        "Ouvrir un avenant",
        ("running",),
        "amendment",
        AGENCY_STAFF,
        fields=(Question("amendment_opened", "Pourquoi l'agence l'ouvre", Kind.LONG),),
    ),
    Move(
        "sign-amendment",
        "Signer l'avenant",
        ("amendment",),
        "running",
        DECIDERS,
        fields=AMENDMENT_FIELDS,
        conditions=(AMENDMENT_READY, AGREED, not_below_paid("amended_amount")),
        letter="amendment-signed",
        after_decision=True,
        money=(Money(MoneyKind.GRANTED, "amended_amount", in_place=True),),
        due_from="exercise_ends_on",
        wording=AMENDMENT,
        amends=True,
        renews=(("amount_granted", "amended_amount"),),
        confirm="Votre signature engage l'agence : l'avenant prend son numéro et part aussitôt au porteur.",
    ),
    Move(
        "refuse-amendment",
        "Refuser l'avenant",
        ("amendment",),
        "running",
        DECIDERS,
        fields=(Question("amendment_refused", "Pourquoi ?", Kind.LONG),),
        letter="amendment-refused",
        after_decision=True,
        due_from="exercise_ends_on",
    ),
)
