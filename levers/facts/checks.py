"""Whether a comparison that a curator typed can be evaluated, and why not."""

from levers.facts.table import FACTS
from levers.facts.types import OPERATOR_LABELS, OPERATORS_OF, Fact, Kind, Operator


def problems_of_test(name: str, operator: str, values: list) -> dict[str, str]:
    """Return what is wrong with a comparison, by field, in words for a curator.

    An empty answer means that the rule can be evaluated for every profile.
    """
    fact = FACTS.get(name)
    if fact is None:
        return {"fact": "Fait inconnu : choisissez une des questions du portail."}
    if operator not in OPERATORS_OF[fact.kind]:
        allowed = ", ".join(OPERATOR_LABELS[item] for item in Operator if item in OPERATORS_OF[fact.kind])
        return {"operator": f"Cette comparaison ne convient pas à ce fait. Possible : {allowed}."}
    if not isinstance(values, list) or not values:
        return {"values": "Donnez au moins une valeur."}
    if fact.kind in (Kind.CHOICE, Kind.CHOICES):
        unknown = [str(value) for value in values if value not in fact.values]
        return {"values": f"Valeur impossible : {', '.join(unknown)}."} if unknown else {}
    if len(values) != 1:
        return {"values": "Ce fait se compare à une seule valeur."}
    return _problem_of_single_value(fact, values[0])


def _problem_of_single_value(fact: Fact, value: object) -> dict[str, str]:
    if fact.kind is Kind.BOOLEAN:
        return {} if isinstance(value, bool) else {"values": "Répondez par true (oui) ou false (non)."}
    if isinstance(value, bool) or not isinstance(value, int):
        return {"values": "Donnez un nombre entier, sans unité."}
    if (fact.minimum is not None and value < fact.minimum) or (fact.maximum is not None and value > fact.maximum):
        return {"values": f"Valeur hors limites : de {fact.minimum} à {fact.maximum}."}
    return {}
