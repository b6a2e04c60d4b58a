"""Pieces that most files ask for, drawn from the forms that agencies and the State publish. Pure.

Crossed from an agency's file of 2018, form 12156 of the State and a prefecture's list (``study/domain.md`` §6).
"""

from projects.procedures.asked import Piece
from projects.procedures.shared_sections import ALONE, ASSOCIATION, PRIVATE
from projects.procedures.vocabulary import When

SOURCE = "Formulaire 12156 et dossiers types d'agences (étude du domaine, §6)"
NOT_PUBLIC = When("body_kind", (ASSOCIATION, PRIVATE, ALONE))

STATUTES = Piece(
    "statutes",
    "Statuts et liste des dirigeants",
    "Statuts signés, et composition du bureau ou de la direction.",
    when=When("body_kind", (ASSOCIATION, PRIVATE)),
    several=True,
    source=SOURCE,
)
BANK = Piece(
    "bank-details",
    "Relevé d'identité bancaire",
    "Au nom et à l'adresse exacts de l'organisme qui demande.",
    source=SOURCE,
)
ACCOUNTS = Piece(
    "accounts",
    "Derniers comptes approuvés",
    "Avec le rapport du commissaire aux comptes s'il y en a un.",
    when=When("body_kind", (ASSOCIATION, PRIVATE)),
    several=True,
    source=SOURCE,
)
BUDGET = Piece(
    "budget",
    "Budget de l'action",
    "Équilibré : autant de recettes que de dépenses, avec tous les financeurs.",
    source=SOURCE,
)
BODY_BUDGET = Piece(
    "body-budget",
    "Budget prévisionnel de l'organisme",
    "Celui de l'année en cours.",
    when=When("body_kind", (ASSOCIATION,)),
    source=SOURCE,
)
DELEGATION = Piece(
    "delegation",
    "Délégation de signature",
    "Celle qui permet à la personne d'engager l'organisme.",
    when=When("by_delegation", (True,)),
    source=SOURCE,
)
STATEMENT = Piece(
    "statement",
    "Attestation sur l'honneur",
    "Signée : obligations fiscales et sociales à jour, exactitude de ce qui est dit.",
    when=NOT_PUBLIC,
    source=SOURCE,
)
PARTNERS = Piece(
    "commitments",
    "Lettres d'engagement des partenaires",
    "Une par partenaire qui apporte du temps, de l'argent ou un lieu.",
    required=False,
    several=True,
    source=SOURCE,
)
PREVIOUS = Piece(
    "previous-report",
    "Bilan et compte rendu financier de l'aide précédente",
    "Même provisoires si l'exercice n'est pas clos.",
    when=When("renewal", (True,)),
    several=True,
    source=SOURCE,
)
DEVICE = Piece(
    "device-proof",
    "Preuve du marquage CE",
    "Déclaration de conformité ou certificat.",
    when=When("medical_device", ("marked",)),
)

OF_THE_BODY = (STATUTES, BANK, ACCOUNTS, BODY_BUDGET, DELEGATION, STATEMENT)
OF_THE_ACTION = (BUDGET, PARTNERS, PREVIOUS, DEVICE)
