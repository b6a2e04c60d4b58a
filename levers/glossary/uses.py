"""Where a word is written in the content: what a curator looks at before changing what it means.

Every table of the content is read, those of the apps above this one too, by their
texts alone: the registry of models names them, nothing is imported.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from apist.fixtures import covered_models
from levers.models import Term

SHOWN = 200
"""How many rows of a table are shown: beyond, the word is everywhere, and it is said so."""


@dataclass(frozen=True, slots=True)
class Use:
    """A row that holds a word, and in which of its texts."""

    row: models.Model
    fields: tuple[str, ...]


def texts_of(model: type[models.Model]) -> list[models.Field]:
    """Return the fields of a table in which people write sentences."""
    return [
        field
        for field in model._meta.concrete_fields
        if type(field) in (models.CharField, models.TextField) and not field.choices
    ]


def searched_models() -> list[type[models.Model]]:
    """Return the tables that hold sentences, the words themselves apart."""
    return [model for model in covered_models() if model is not Term and texts_of(model)]


def as_a_word(spellings: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of a word on its own: « FIR » is not in « FIRST », nor in « ARS-FIR »."""
    choices = "|".join(sorted(map(re.escape, spellings), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{choices})(?![\w-])")


def uses_of(spellings: list[str]) -> Iterator[tuple[type[models.Model], list[Use]]]:
    """Yield the tables in which a word is written, with their rows: one statement a table."""
    pattern = as_a_word(spellings)
    for model in searched_models():
        names = [field.name for field in texts_of(model)]
        asked = Q()
        for name in names:
            for spelling in spellings:
                asked |= Q(**{f"{name}__contains": spelling})
        parents = [field.name for field in model._meta.concrete_fields if field.is_relation and field.name != "source"]
        found = []
        # What a base calls the same letters is not the same word: the pattern decides.
        for row in model._base_manager.filter(asked).select_related(*parents).order_by("pk").iterator():
            if held := tuple(name for name in names if pattern.search(getattr(row, name) or "")):
                found.append(Use(row, held))
        if found:
            yield model, found
