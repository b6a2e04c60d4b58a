"""How a signed document is called, and who signed it, for templates."""

from collections.abc import Mapping

from django import template

from projects.deciding.document import signatures_of
from projects.letters import articles
from projects.letters.naming import Name, name_of
from projects.procedures.citing import cited

register = template.Library()


@register.filter
def document_name(key: str) -> Name:
    """Return how a document is called, by its key."""
    return name_of(key or "")


@register.filter
def document_the(key: str) -> str:
    """Return « la décision », « l'avenant »…"""
    return name_of(key or "").the


@register.filter
def the(name: str) -> str:
    """Return the name of a body with its article: « l'Agence… »."""
    return articles.the(name)


@register.filter
def opening(name: str) -> str:
    """Return the same at the beginning of a sentence: « L'Agence… »."""
    return articles.opening(name)


@register.filter
def of(name: str) -> str:
    """Return « de l'Agence… », « du Groupement… »."""
    return articles.of(name)


@register.filter
def signatures(content: Mapping) -> list[str]:
    """Return who signed what is frozen, a line each."""
    return signatures_of(content)


@register.filter(name="cited")
def cited_plainly(source: str) -> str:
    """Return a source without the numbers and lines of the founding documents (``projects/procedures/citing.py``)."""
    return cited(source or "")
