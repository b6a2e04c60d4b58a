"""Every fact, in the order in which they break ties."""

from levers.facts.details import DETAIL_FACTS
from levers.facts.project import PROJECT_FACTS
from levers.facts.types import Fact

FACTS: dict[str, Fact] = {fact.name: fact for fact in (*PROJECT_FACTS, *DETAIL_FACTS)}
"""Every fact by its contract name."""
