"""The agreement with the regional group for e-health: proposed, signed by the carrier, then by the group. Pure.

Our sources say what the group's study holds before any commitment, that a committee follows each project and that
those who use a service contribute to it; what such an agreement holds, and who signs it for the group, is to check.
"""

from dataclasses import replace

from projects.procedures.agreement_moves import AGREEMENT, RECORD_SIGNATURE, SEND, SIGN_AS_CARRIER, TAKE_BACK
from projects.procedures.asked import Terms
from projects.procedures.types import Move
from projects.procedures.vocabulary import AGENCY_STAFF, Party

GRADES = frozenset({Party.GRADES})
SOURCE = "Cadre d'action des GRADeS (003), lignes 265 à 269 et 332"

AGREED_TERMS = (
    Terms(
        "Ce que dit l'étude d'opportunité",
        (
            ("Coût sur cinq ans", "cost"),
            ("Moyens du groupement", "capacity"),
            ("Usage à mesurer", "use_indicators"),
        ),
        SOURCE,
    ),
    Terms(
        "Ce que les deux parties écrivent",
        (
            ("Qui fait quoi", ""),
            ("Ce que verse chacun, et quand", ""),
            ("Début et fin", ""),
            ("Comité de suivi du projet", ""),
            ("Qui signe pour le groupement", ""),
        ),
    ),
)
"""What the agreement with the group says besides its words: its study, and what no source settles."""

GROUP_AGREEMENT = (
    replace(
        SEND,
        key="propose-agreement",
        label="Proposer la convention",
        from_stages=("granted",),
        to="commitment",
        by=GRADES | AGENCY_STAFF,
        terms=AGREED_TERMS,
        confirm="Le texte part tel qu'il est, pour être signé : il ne change plus ensuite.",
        source=SOURCE,
    ),
    replace(TAKE_BACK, from_stages=("commitment", "countersign"), by=GRADES | AGENCY_STAFF),
    replace(
        SIGN_AS_CARRIER,
        from_stages=("commitment",),
        terms=AGREED_TERMS,
        confirm="Vous engagez votre organisme auprès du groupement.",
    ),
    replace(RECORD_SIGNATURE, from_stages=("commitment",), by=GRADES | AGENCY_STAFF, terms=AGREED_TERMS),
    Move(
        "sign-for-group",
        "Signer la convention pour le groupement",
        ("countersign",),
        "running",
        GRADES,
        letter="group-agreement-signed",
        after_decision=True,
        wording=AGREEMENT,
        terms=AGREED_TERMS,
        signs_for=Party.GRADES,
        confirm="Vous engagez le groupement : la convention prend son numéro et part aussitôt au porteur.",
        source=SOURCE,
    ),
)
