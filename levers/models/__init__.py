"""The nouns of ``levers``, importable from one place."""

from levers.models.criterion import Condition, Criterion, Path
from levers.models.lever import Category, Dated, Lever, LeverPart, Relation, Role
from levers.models.sheet import Amount, Deposit, Example, Funding, Reference, Step
from levers.models.synonym import SearchWithoutResult, Synonym
from levers.models.window import Window

__all__ = [
    "Amount",
    "Category",
    "Condition",
    "Criterion",
    "Dated",
    "Deposit",
    "Example",
    "Funding",
    "Lever",
    "LeverPart",
    "Path",
    "Reference",
    "Relation",
    "Role",
    "SearchWithoutResult",
    "Step",
    "Synonym",
    "Window",
]
