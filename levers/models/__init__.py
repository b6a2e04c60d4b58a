"""The nouns of ``levers``, importable from one place."""

from levers.models.alert import Alert, AlertMemory
from levers.models.call import BOUNDARIES, Call, CallEvent, CallPart
from levers.models.call_parts import CallAmount, CallCriterion, CallDocument, CallPiece, CallRelation
from levers.models.criterion import Condition, Criterion, Path
from levers.models.lever import Category, Dated, Lever, LeverPart, Relation, Role
from levers.models.policy import Objective, Policy
from levers.models.sheet import Amount, Deposit, Example, Funding, Reference, Step
from levers.models.synonym import SearchWithoutResult, Synonym
from levers.models.term import Term
from levers.models.threshold import Threshold
from levers.models.window import Window

__all__ = [
    "BOUNDARIES",
    "Alert",
    "AlertMemory",
    "Amount",
    "Call",
    "CallAmount",
    "CallCriterion",
    "CallDocument",
    "CallEvent",
    "CallPart",
    "CallPiece",
    "CallRelation",
    "Category",
    "Condition",
    "Criterion",
    "Dated",
    "Deposit",
    "Example",
    "Funding",
    "Lever",
    "LeverPart",
    "Objective",
    "Path",
    "Policy",
    "Reference",
    "Relation",
    "Role",
    "SearchWithoutResult",
    "Step",
    "Synonym",
    "Term",
    "Threshold",
    "Window",
]
