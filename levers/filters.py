"""The parameters of the catalogue, declared once for the page, the table and the API."""

from collections.abc import Mapping

import django_filters
from django import forms

from levers.catalogue import FACET_LABELS, Catalogue
from levers.models import Lever
from levers.search import MAX_TEXT, Query

SORTS = [("", "Pertinence, puis ordre du guide"), ("title", "Titre"), ("updated", "Vérifiées récemment")]


class ValuesField(forms.Field):
    """Values of a facet, known or not: whether a stranger is an error depends on who asks (see :class:`Asked`)."""

    widget = forms.SelectMultiple

    def to_python(self, value) -> list[str]:
        """Return the values that say something: an empty one does not."""
        return [one for one in value or () if one]


class Facet(django_filters.Filter):
    """A facet; the search decides what its values find."""

    field_class = ValuesField


def _facet(name: str) -> Facet:
    return Facet(label=FACET_LABELS[name], method="left_to_search")


class LeverFilter(django_filters.FilterSet):
    """The catalogue's query string: a text, facets that may be repeated, an order."""

    q = django_filters.CharFilter(label="Rechercher", method="left_to_search", max_length=MAX_TEXT)
    audience = _facet("audience")
    actor_type = _facet("actor_type")
    nature = _facet("nature")
    innovation_field = _facet("innovation_field")
    sector = _facet("sector")
    maturity = _facet("maturity")
    region = _facet("region")
    status = _facet("status")
    sort = django_filters.ChoiceFilter(
        label="Trier par",
        choices=SORTS[1:],
        empty_label=SORTS[0][1],
        method="left_to_search",
        error_messages={"invalid_choice": "« %(value)s » n'est pas un ordre possible."},
    )

    class Meta:
        """Every parameter is declared above; none comes from the columns."""

        model = Lever
        fields: list[str] = []

    def left_to_search(self, queryset, name, value):
        """Leave the queryset alone: one search answers for all the parameters together."""
        return queryset


LeverForm = LeverFilter({}, queryset=Lever.objects.none()).get_form_class()
"""The form that reads the parameters. Made once: a filter set makes its own at each request, for milliseconds."""


class Asked:
    """What an address asks of the catalogue.

    A page takes a value that does not exist as one that finds nothing, and an order
    that does not exist as none; the API asks for :meth:`errors` first, and guesses nothing.
    """

    def __init__(self, data: Mapping, catalogue: Catalogue):
        self._catalogue = catalogue
        self._form = LeverForm(data)
        self._form.is_valid()
        self._given = self._form.cleaned_data

    def query(self) -> Query:
        """Return what is asked; parameters that are refused count as not given."""
        facets = {name: frozenset(values) for name in FACET_LABELS if (values := self._given.get(name))}
        return Query(self._given.get("q") or "", facets, self._given.get("sort") or "")

    def errors(self) -> dict[str, list[str]]:
        """Return what is wrong, by parameter: values that a facet does not have, and what the form refuses."""
        errors = {name: [str(message) for message in found] for name, found in self._form.errors.items()}
        for name in FACET_LABELS:
            known = {value for value, _ in self._catalogue.choices[name]}
            strangers = [value for value in self._given.get(name) or () if value not in known]
            if strangers:
                errors[name] = [f"« {strangers[0]} » n'est pas une valeur possible."]
        return errors
