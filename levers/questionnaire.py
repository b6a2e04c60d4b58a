"""The order of the questions: small groups, and which one comes next.

Pure: it knows answers and the facts that can still change a verdict, nothing else.
A group is one screen. A detail is asked only once its gate is open: whoever does
not cooperate abroad is never asked whether the embassy was contacted.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from levers.facts import Choice


@dataclass(frozen=True, slots=True)
class Group:
    """One screen of the questionnaire."""

    slug: str
    title: str
    facts: tuple[str, ...]
    intro: str = ""


GROUPS = (
    Group("vous", "Vous", ("actor_type", "region"), "Deux réponses suffisent pour écarter une partie des leviers."),
    Group(
        "en-bref",
        "Votre projet en bref",
        ("digital_solution", "needs_derogation", "audience_60_plus", "foreign_partner", "purchase_role"),
        "Quelques questions qui orientent vers les bonnes fiches. Passez celles que vous ne savez pas trancher.",
    ),
    Group("objectifs", "Ce que vise le projet", ("public_interest", "fir_mission", "own_initiative")),
    Group("experimentation", "L'expérimentation", ("article_51_objective", "experiment_months", "transition_months")),
    Group(
        "contrat",
        "Votre contrat avec l'agence",
        ("amp_dpn_licence", "heavy_equipment_licence", "contract_objective", "esms_field"),
    ),
    Group(
        "numerique",
        "La solution numérique",
        ("real_conditions_experiment", "industrial_partner", "care_partner", "common_need", "regional_strategy"),
    ),
    Group(
        "prevention",
        "La prévention de la perte d'autonomie",
        ("prevention_action", "conference_member", "gir_5_6_share", "means_tested", "capital_expenditure"),
    ),
    Group("but", "Le but de l'action", ("commercial_action",)),
    Group(
        "international",
        "La coopération internationale",
        ("joint_agreement", "embassy_contact", "multilateral_contact", "renewal"),
    ),
    Group("dossier-usager", "Le dossier de l'usager informatisé", ("dui_project", "esms_l312_1")),
    Group("groupement", "Le groupement", ("esms_count", "og_count")),
    Group("logiciel", "L'achat du logiciel", ("central_purchasing", "dui_vendor_listed", "dui_field_wide")),
    Group("achat", "L'achat", ("buyer_type", "purchase_amount")),
    Group("territoire", "Le territoire et la maturité", ("territory_laureate", "trl")),
)

GROUP_OF = {name: group for group in GROUPS for name in group.facts}

GATES: dict[str, tuple[str, object]] = {
    "article_51_objective": ("needs_derogation", True),
    "experiment_months": ("needs_derogation", True),
    "transition_months": ("needs_derogation", True),
    "real_conditions_experiment": ("digital_solution", True),
    "industrial_partner": ("digital_solution", True),
    "care_partner": ("digital_solution", True),
    "common_need": ("digital_solution", True),
    "regional_strategy": ("digital_solution", True),
    "prevention_action": ("audience_60_plus", True),
    "conference_member": ("audience_60_plus", True),
    "gir_5_6_share": ("audience_60_plus", True),
    "means_tested": ("audience_60_plus", True),
    "capital_expenditure": ("audience_60_plus", True),
    "commercial_action": ("audience_60_plus", True),
    "joint_agreement": ("foreign_partner", True),
    "embassy_contact": ("foreign_partner", True),
    "multilateral_contact": ("foreign_partner", True),
    "renewal": ("foreign_partner", True),
    "dui_project": ("digital_solution", True),
    "esms_l312_1": ("digital_solution", True),
    "esms_count": ("dui_project", None),
    "og_count": ("dui_project", None),
    "central_purchasing": ("dui_project", None),
    "dui_vendor_listed": ("dui_project", None),
    "dui_field_wide": ("dui_project", None),
}
"""What must be answered, and how (None: anything), before a detail is worth asking."""

FIR_MISSIONS = (
    Choice("prevention", "Prévenir et promouvoir la santé", "Y compris la perte d'autonomie."),
    Choice("parcours", "Mieux coordonner les parcours, la qualité et la sécurité des soins"),
    Choice("permanence", "Assurer la permanence des soins et mieux répartir les professionnels"),
    Choice("efficience", "Gagner en efficience et améliorer les conditions de travail"),
    Choice("democratie", "Faire vivre la démocratie en santé", "La place des usagers dans les décisions."),
)

PUBLIC_OBJECTIVES = (
    Choice("prevention", "Santé publique et prévention"),
    Choice("parcours", "Parcours de soins et maladies chroniques", "Cancer, diabète, santé mentale…"),
    Choice("acces", "Accès aux soins pour tous et lien entre la ville et l'hôpital"),
    Choice("autonomie", "Grand âge et handicap"),
    Choice("numerique", "Numérique en santé et nouvelles technologies"),
    Choice("usagers", "Bon usage des produits de santé et implication des usagers"),
    Choice("autre", "Un autre objectif écrit dans le projet régional de santé ou un programme national"),
)

NONE_OF_THEM = "aucun"
NONE_IN_WORDS = {"fir_mission": "Aucune de ces missions", "public_interest": "Aucun de ces objectifs"}

CHOSEN_AS = {"fir_mission": FIR_MISSIONS, "public_interest": PUBLIC_OBJECTIVES}
"""Yes-or-no facts that a visitor answers by choosing among things he recognises."""


def choice_field(name: str) -> str:
    """Return the parameter under which a chosen answer travels, beside the fact itself."""
    return f"{name}_choice"


def gate_is_open(name: str, answers: Mapping) -> bool:
    """Tell whether the question is worth asking, given what was answered before."""
    if name not in GATES:
        return True
    gate, wanted = GATES[name]
    return gate in answers and (wanted is None or answers[gate] == wanted)


def questions_of(group: Group, answers: Mapping, undecided: Collection[str]) -> tuple[str, ...]:
    """Return the facts of a group that are worth asking: they can change a verdict and their gate is open."""
    return tuple(name for name in group.facts if name in undecided and gate_is_open(name, answers))


def next_group(answers: Mapping, undecided: tuple[str, ...], shown: Collection[str]) -> Group | None:
    """Return the next screen: the one whose best question settles the most, or None when all is asked.

    ``undecided`` is the rules' own order (``matching.next_questions``); ``shown``
    are the screens already seen, which are never put twice. Who asks and the
    outline come first, because every other question depends on them.
    """
    for group in GROUPS[:2]:
        if group.slug not in shown and questions_of(group, answers, undecided):
            return group
    for name in undecided:
        group = GROUP_OF.get(name)
        if group and group.slug not in shown and name in questions_of(group, answers, undecided):
            return group
    return None
