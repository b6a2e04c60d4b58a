"""Putting values in a template: ``{{nom}}``, and ``{{si nom}}…{{fin}}`` for words that need a value. Pure.

There is nothing else: no attribute, no filter, no tag, no code. What a value holds is never read again, so that a
title that looks like a variable stays a title.
"""

import re
from collections.abc import Iterator, Mapping

from projects.letters.articles import placed
from projects.letters.variables import BODIES, VARIABLES

TAG = re.compile(r"\{\{([^{}]*)\}\}")
FOREIGN = ("{", "}")
"""What other languages of templates are made of: outside a variable, none is left."""

IF, END = "si ", "fin"
UNKNOWN = "à vérifier"
"""What stands for a value that nobody gave."""


def faults(text: str) -> list[str]:
    """Return what is wrong in a template, in words for a curator; nothing where it can be used."""
    found = list(dict.fromkeys(_names(text)))
    rest = TAG.sub("\0", text)
    if any(mark in rest for mark in FOREIGN):
        found.append("Seules les variables entre deux accolades sont comprises, par exemple {{montant}}.")
    return found + list(_blocks(text))


def _names(text: str) -> Iterator[str]:
    known = ", ".join(VARIABLES)
    for raw in TAG.findall(text):
        said = raw.strip()
        name = said.removeprefix(IF).strip() if said.startswith(IF) else said
        if said != END and name not in VARIABLES:
            yield f"« {said or 'vide'} » n'est pas une variable connue. Variables connues : {known}."


def _blocks(text: str) -> Iterator[str]:
    is_open = False
    for raw in TAG.findall(text):
        said = raw.strip()
        if said.startswith(IF):
            if is_open:
                yield "Un « si » ne peut pas être dans un autre « si »."
            is_open = True
        elif said == END:
            if not is_open:
                yield "Un « fin » n'a pas de « si » avant lui."
            is_open = False
    if is_open:
        yield "Un « si » n'a pas de « fin »."


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a template with its values; one that is missing is said « à vérifier ».

    The name of a body takes the article that its place in the sentence calls for (``articles.placed``).

    ``ValueError`` for a template that :func:`faults` refuses: nothing is guessed.
    """
    if faults(text):
        raise ValueError("; ".join(faults(text)))
    written, silent, last, tags = [], False, 0, list(TAG.finditer(text))
    for rank, tag in enumerate(tags):
        if not silent:
            written.append(text[last : tag.start()])
        last, said = tag.end(), tag.group(1).strip()
        if said.startswith(IF):
            silent = not values.get(said.removeprefix(IF).strip())
        elif said == END:
            silent = False
        elif not silent:
            value = values.get(said) or UNKNOWN
            if said in BODIES and value != UNKNOWN:
                then = text[last : tags[rank + 1].start() if rank + 1 < len(tags) else None]
                written[-1], value = placed(written[-1], value, then)
            written.append(value)
    return "".join(written) + text[last:]
