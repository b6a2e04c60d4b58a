"""The facts that a profile may hold: the parameters of the public contract, typed.

A fact is a question with a type. Its name and its values are those of
``../shared/contract.md`` and never change; its words are ours and may. Rules
(``levers/matching.py``), the questionnaire, the API and the admin all read this
table, so that none of them knows a fact that another does not.

This package is a leaf: it knows no model and no request.
"""

from levers.facts.checks import problems_of_test
from levers.facts.table import FACTS
from levers.facts.types import OPERATOR_LABELS, OPERATORS_OF, Choice, Fact, Kind, Operator
from levers.facts.vocabulary import ACTOR_TYPES, DEPARTMENTS, REGIONS

__all__ = [
    "ACTOR_TYPES",
    "DEPARTMENTS",
    "FACTS",
    "OPERATORS_OF",
    "OPERATOR_LABELS",
    "REGIONS",
    "Choice",
    "Fact",
    "Kind",
    "Operator",
    "problems_of_test",
]
