"""The amendment of a multi-year contract (CPOM): proposed by the carrier, prepared, signed by every party. Pure.

One a year at most (``000``, line 186). It changes what the contract says, never its end.
"""

from dataclasses import replace

from projects.procedures.agreement_moves import AMENDMENT
from projects.procedures.asked import Question, Terms
from projects.procedures.conditions import done_since, has_come
from projects.procedures.shared_moves import REASON
from projects.procedures.types import Move
from projects.procedures.vocabulary import AGENCY_STAFF, DECIDERS, DEPOSITORS, Kind

CONTRACT_MONTHS = 60
SOURCE = "Guide APIST (000), lignes 180 à 229"
SIGNED_BY_CARRIER, SIGNED_BY_DEPARTMENT = "amendment_carrier_signed_on", "amendment_department_signed_on"

AMENDED_TERMS = (
    Terms(
        "Ce qui ne change pas",
        (
            ("Le contrat a pris effet le", "contract_starts_on"),
            ("Sa durée en mois, comptée de ce jour", "contract_months"),
            ("Moyens que l'agence apporte en plus", ""),
        ),
        SOURCE,
    ),
    Terms(
        "Signature des autres parties",
        (
            ("Signé par le porteur le", SIGNED_BY_CARRIER),
            ("Signé par le département, s'il est partie, le", SIGNED_BY_DEPARTMENT),
        ),
    ),
)
"""What an amendment of the contract says besides its words; it never moves the end of the contract."""

KEPT = Move(
    "keep",
    "Poursuivre",
    ("running",),
    "running",
    AGENCY_STAFF,
    due_from="contract_starts_on",
    due_months="contract_months",
    due_at_most=CONTRACT_MONTHS,
)
"""What leaves the end of the contract where it was."""

AMENDMENT_MOVES = (
    Move(
        "propose-amendment",
        "Proposer un avenant",
        ("running",),
        "amendment",
        DEPOSITORS,
        fields=(Question("carrier_words", "Ce que vous proposez", Kind.LONG),),
        source=SOURCE,
    ),
    Move(
        "prepare-amendment",
        "Dire ce que change l'avenant",
        ("amendment",),
        "amendment",
        AGENCY_STAFF,
        fields=(Question("amendment_words", "Ce qui change", Kind.LONG, "Ces mots seront dans l'avenant."),),
        internal=True,
        source=SOURCE,
    ),
    replace(
        KEPT,
        key="sign-amendment",
        label="Signer l'avenant",
        from_stages=("amendment",),
        by=DECIDERS,
        fields=(
            Question(SIGNED_BY_CARRIER, "Signé par le porteur le", Kind.DATE),
            Question(
                SIGNED_BY_DEPARTMENT, "Signé par le département le", Kind.DATE, "S'il est partie.", required=False
            ),
        ),
        conditions=(
            done_since(
                "prepare-amendment",
                "propose-amendment",
                "L'avenant n'est pas préparé : l'instructeur dit d'abord ce qu'il change.",
            ),
            has_come(SIGNED_BY_CARRIER, "carrier-signed"),
            has_come(SIGNED_BY_DEPARTMENT, "department-signed"),
        ),
        letter="amendment-signed",
        after_decision=True,
        wording=AMENDMENT,
        terms=AMENDED_TERMS,
        other_than=("prepare-amendment",),
        confirm="Votre signature engage l'agence : l'avenant prend son numéro et part aussitôt au porteur.",
        source=SOURCE,
    ),
    replace(
        KEPT,
        key="refuse-amendment",
        label="Ne pas retenir l'avenant",
        from_stages=("amendment",),
        by=DECIDERS,
        fields=(REASON,),
        letter="amendment-refused",
        after_decision=True,
    ),
)
