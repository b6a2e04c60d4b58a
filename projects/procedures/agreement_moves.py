"""The agreement of an aid, sent, signed by both sides; its amendments, of a year or not, prepared, signed. Pure.

Above 23,000 € a year a private body signs an agreement before any payment (law 2000-321, article 10; decree 2001-495).
"""

from dataclasses import replace
from datetime import date

from projects.procedures import legal
from projects.procedures.asked import Question
from projects.procedures.conditions import FRANCE, closed_again, has_come, private_above
from projects.procedures.funding import Money
from projects.procedures.payments import not_below_paid
from projects.procedures.types import Condition, Move
from projects.procedures.vocabulary import AGENCY_STAFF, DECIDERS, DEPOSITORS, Kind, MoneyKind

AGREEMENT, AMENDMENT, CONTINUATION = "agreement", "amendment", "continuation"
"""Documents (``letters/choosing.py``)."""

CARRIER_SIGNED_ON = "carrier_signed_on"

YEARLY = "Guide APIST (000), ligne 143"
"""An aid of several years has an amendment signed every year."""

AGREED = private_above(
    "amount_per_year",
    legal.AGREEMENT_ABOVE,
    "sign-agreement",
    "Au-delà de 23 000 € par an, un organisme privé signe d'abord une convention avec l'agence.",
)

NOT_SIGNED = Condition(
    "agreement-in-force",
    "La convention est déjà signée : ce qui change passe par un avenant.",
    lambda facts: "sign-agreement" not in facts.done,
    moves=("sign-agreement",),
)

NO_AMENDMENT = closed_again(
    "no-open-amendment",
    ("ask-amendment", "open-amendment"),
    ("sign-amendment", "refuse-amendment", "sign-agreement"),
    "Un avenant est ouvert : envoyer la convention perdrait ce qui en est préparé. L'avenant se signe ou se refuse "
    "d'abord.",
)

NOT_SETTLED = closed_again(
    "not-settled", ("settle",), ("next-year",), "Le compte est soldé : il n'y a plus de convention à envoyer."
)

SENDABLE = (NOT_SIGNED, NO_AMENDMENT, NOT_SETTLED)
"""Before one is in force; then its amendments are the way, each prepared and signed in its turn."""

SEND = Move(
    "send-agreement",
    "Envoyer la convention",
    ("granted", "running", "amendment", "settled"),
    "agreement",
    AGENCY_STAFF,
    letter="agreement-sent",
    wording=AGREEMENT,
    sends=True,
    confirm="Le texte et l'échéancier partent tels qu'ils sont, pour être signés : ils ne changent plus ensuite.",
)

TAKE_BACK = Move(
    "take-back-agreement",
    "Reprendre la convention envoyée",
    ("agreement", "countersign"),
    "granted",
    AGENCY_STAFF,
    fields=(Question("agreement_taken_back", "Pourquoi", Kind.LONG),),
    returns=True,
)

SIGN_AS_CARRIER = Move(
    "sign-as-carrier",
    "Signer la convention",
    ("agreement",),
    "countersign",
    DEPOSITORS,
    wording=AGREEMENT,
    confirm="Vous engagez votre organisme.",
)

RECORD_SIGNATURE = Move(
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
)

SIGN_AGREEMENT = Move(
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
)

AGREEMENT_MOVES = (
    replace(SEND, conditions=SENDABLE),
    TAKE_BACK,
    SIGN_AS_CARRIER,
    RECORD_SIGNATURE,
    SIGN_AGREEMENT,
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
    "L'avenant n'est pas préparé : l'instructeur écrit d'abord ce qui change, depuis la page de son texte.",
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

IS_TO_COME = Condition(
    "exercise-to-come",
    "La fin du nouvel exercice est déjà passée : l'instructeur reprend d'abord l'avenant annuel.",
    lambda facts: (
        not isinstance(facts.given.get("exercise_ends_on"), date)
        or facts.given["exercise_ends_on"] > facts.at.astimezone(FRANCE).date()
    ),
    fields=("exercise_ends_on",),
)

CONTINUATION_MOVES = (
    Move(
        "open-next-year",
        "Préparer l'année suivante",
        ("settled",),
        "continuation",
        AGENCY_STAFF,
        internal=True,
        confirm="Vous écrivez ensuite ce que la nouvelle année change ; rien ne part au porteur avant la signature.",
        source=YEARLY,
    ),
    Move(
        "next-year",
        "Signer l'avenant annuel",
        ("continuation",),
        "running",
        DECIDERS,
        fields=AMENDMENT_FIELDS,
        conditions=(AMENDMENT_READY, IS_TO_COME, AGREED, not_below_paid("amended_amount")),
        letter="next-year",
        after_decision=True,
        money=(Money(MoneyKind.GRANTED, "amended_amount", in_place=True),),
        due_from="exercise_ends_on",
        wording=CONTINUATION,
        amends=True,
        renews=(("amount_granted", "amended_amount"),),
        confirm="Votre signature engage l'agence : l'avenant annuel prend son numéro et part aussitôt au porteur.",
        source=YEARLY,
    ),
    Move(
        "drop-next-year",
        "Ne pas ouvrir l'année suivante",
        ("continuation",),
        "settled",
        AGENCY_STAFF | DECIDERS,
        fields=(Question("next_year_dropped", "Pourquoi", Kind.LONG, "Lu par l'agence seulement."),),
        internal=True,
    ),
)
"""Another year of an aid is an amendment like any other: prepared by one, signed by another, numbered."""
