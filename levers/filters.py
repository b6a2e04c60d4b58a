"""The parameters of the catalogue, declared once for the page, the table and the API."""

from collections.abc import Mapping
from typing import Protocol

import django_filters
from django import forms

from levers.catalogue import FACET_LABELS
from levers.models import Lever
from levers.search import MAX_TEXT, Query

SORTS = [("", "Pertinence, puis ordre du guide"), ("title", "Titre"), ("updated", "Vérifiées récemment")]


class Listed(Protocol):
    """A list that is filtered: the values of its facets, with their words."""

    choices: Mapping[str, list[tuple[str, str]]]


class ValuesField(forms.Field):
    """Values of a facet, known or not: whether a stranger is an error depends on who asks (see :class:`Asked`)."""

    widget = forms.SelectMultiple

    def to_python(self, value) -> list[str]:
        """Return the values that say something: an empty one does not."""
        return [one for one in value or () if one]


class Facet(django_filters.Filter):
    """A facet; the search decides what its values find."""

    field_class = ValuesField


def facet(label: str) -> Facet:
    """Return a facet of a list."""
    return Facet(label=label, method="left_to_search")


def order(sorts: list[tuple[str, str]]) -> django_filters.ChoiceFilter:
    """Return the orders of a list, the first one being its own."""
    return django_filters.ChoiceFilter(
        label="Trier par",
        choices=sorts[1:],
        empty_label=sorts[0][1],
        method="left_to_search",
        error_messages={"invalid_choice": "« %(value)s » n'est pas un ordre possible."},
    )


class SearchFilter(django_filters.FilterSet):
    """The query string of a list that search answers: a text, and what each list adds."""

    q = django_filters.CharFilter(label="Rechercher", method="left_to_search", max_length=MAX_TEXT)

    def left_to_search(self, queryset, name, value):
        """Leave the queryset alone: one search answers for all the parameters together."""
        return queryset


class LeverFilter(SearchFilter):
    """The catalogue's query string: a text, facets that may be repeated, an order."""

    audience = facet(FACET_LABELS["audience"])
    actor_type = facet(FACET_LABELS["actor_type"])
    nature = facet(FACET_LABELS["nature"])
    innovation_field = facet(FACET_LABELS["innovation_field"])
    sector = facet(FACET_LABELS["sector"])
    maturity = facet(FACET_LABELS["maturity"])
    region = facet(FACET_LABELS["region"])
    status = facet(FACET_LABELS["status"])
    sort = order(SORTS)

    class Meta:
        """Every parameter is declared above; none comes from the columns."""

        model = Lever
        fields: list[str] = []


LeverForm = LeverFilter({}, queryset=Lever.objects.none()).get_form_class()
"""The form that reads the parameters. Made once: a filter set makes its own at each request, for milliseconds."""


class Asked:
    """What an address asks of a list.

    A page takes a value that does not exist as one that finds nothing, and an order
    that does not exist as none; the API asks for :meth:`errors` first, and guesses nothing.
    """

    form_class = LeverForm
    labels: Mapping[str, str] = FACET_LABELS

    def __init__(self, data: Mapping, listed: Listed):
        self._listed = listed
        self._form = self.form_class(data)
        self._form.is_valid()
        self._given = self._form.cleaned_data

    def query(self) -> Query:
        """Return what is asked; parameters that are refused count as not given."""
        facets = {name: frozenset(values) for name in self.labels if (values := self._given.get(name))}
        return Query(self._given.get("q") or "", facets, self._given.get("sort") or "")

    def errors(self) -> dict[str, list[str]]:
        """Return what is wrong, by parameter: values that a facet does not have, and what the form refuses."""
        errors = {name: [str(message) for message in found] for name, found in self._form.errors.items()}
        for name in self.labels:
            strangers = [value for value in self._given.get(name) or () if not self.knows(name, value)]
            if strangers:
                errors[name] = [f"« {strangers[0]} » n'est pas une valeur possible."]
        return errors

    def knows(self, name: str, value: str) -> bool:
        """Tell whether a facet has a value."""
        return any(value == known for known, _ in self._listed.choices[name])
