"""What a diagnostic or a checklist already answered, as answers of sections. Pure.

A question names the fact that answers it beforehand (``Question.fact``); the parameters are those of an address of
``/diagnostic/resultats/`` or ``/preparer/bilan/``. What is not a valid answer is left out: the person is asked.
"""

from collections.abc import Iterable, Mapping, Sequence

from projects.content.answers import Raw, typed
from projects.procedures.asked import Question, Section
from projects.procedures.vocabulary import Kind

Params = Mapping[str, Sequence[str]]
"""The parameters of an address: each name with all its values."""


def prefilled(sections: Iterable[Section], params: Params) -> dict[str, dict[str, Raw]]:
    """Return the raw answers that parameters give, by section, then by question; only valid ones."""
    found: dict[str, dict[str, Raw]] = {}
    for section in sections:
        for question in section.questions:
            raw = _answer(question, params)
            if raw is not None:
                found.setdefault(section.key, {})[question.key] = raw
    return found


def _answer(question: Question, params: Params) -> Raw:
    values = [value for value in params.get(question.fact, ()) if value] if question.fact else []
    if not values:
        return None
    raw: Raw = values if question.kind is Kind.CHOICES else values[-1]
    return raw if typed(question, raw) is not None else None
