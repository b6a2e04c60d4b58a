"""Preparing the request of one lever: what is asked of whom, and which answers change that. Pure.

Nothing here knows a lever: whatever differs between them comes from their rules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from levers.facts import FACTS
from levers.matching import Answer, Outcome, Rule, applies, outcome


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule that counts for these answers, and what they say of it."""

    rule: Rule
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Request:
    """What a lever asks for: of the carrier, of the project, beyond what is compulsory, and in some cases only."""

    carrier: tuple[Asked, ...]
    project: tuple[Asked, ...]
    indicative: tuple[Asked, ...]
    depending: tuple[Rule, ...]
    questions: tuple[str, ...]
    """The facts that decide whether a rule counts, in the order in which they are asked."""

    @property
    def compulsory(self) -> tuple[Asked, ...]:
        """Return everything that is compulsory, of the carrier then of the project."""
        return self.carrier + self.project


def request_for(rules: Iterable[Rule], answers: Mapping[str, Answer]) -> Request:
    """Return what a lever asks for, given what was answered.

    A rule whose condition holds counts; one whose condition does not hold is left out;
    one whose condition waits for an answer is told apart with the question it depends on.
    """
    rules = tuple(rules)
    counting = [Asked(rule, outcome(rule, answers)) for rule in rules if applies(rule, answers) is True]
    compulsory = [asked for asked in counting if asked.rule.blocking]
    conditional = {condition.fact for rule in rules for condition in rule.conditions}
    return Request(
        carrier=tuple(asked for asked in compulsory if asked.rule.about == "actor"),
        project=tuple(asked for asked in compulsory if asked.rule.about != "actor"),
        indicative=tuple(asked for asked in counting if not asked.rule.blocking),
        depending=tuple(rule for rule in rules if applies(rule, answers) is None),
        questions=tuple(name for name in FACTS if name in conditional),
    )


def waits_for(rule: Rule, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return the questions on which it depends whether a rule counts, in words."""
    open_facts = [condition.fact for condition in rule.conditions if condition.truth(answers) is None]
    return tuple(FACTS[name].label for name in dict.fromkeys(open_facts))
