"""Which way an article 51 project goes: through the agency, or straight to the national level. Pure."""

from projects.procedures.article_51.sections import OF_ONE_REGION, OF_SEVERAL, ORGANISATION, PRODUCTS
from projects.procedures.article_51.stages import MOST_MONTHS
from projects.procedures.types import Condition, Facts
from projects.procedures.vocabulary import Party

R_162_50_5 = "Code de la sécurité sociale, R. 162-50-5"
RAPPORTEUR = frozenset({Party.RAPPORTEUR})


def _is_regional(facts: Facts) -> bool:
    return facts.answers.get("scale") in OF_ONE_REGION and facts.answers.get("purpose") == ORGANISATION


REGIONAL = Condition(
    "regional",
    "Ce projet dépasse une région, ou porte sur des produits de santé : il va au rapporteur général.",
    _is_regional,
    questions=("scale", "purpose"),
)

SHORT_ENOUGH = Condition(
    "sixty-months",
    "Une expérimentation dure cinq ans au plus : la durée demandée dépasse soixante mois.",
    lambda facts: not isinstance(facts.answers.get("months"), int) or facts.answers["months"] <= MOST_MONTHS,
    questions=("months",),
)

NATIONAL = Condition(
    "national",
    "Ce projet tient dans une région : il se dépose auprès de l'agence.",
    lambda facts: facts.answers.get("scale") in OF_SEVERAL or facts.answers.get("purpose") == PRODUCTS,
    questions=("scale", "purpose"),
)
