"""The parameters of the catalogue, declared once for the page, the CSV and the API."""

import django_filters
from django import forms

from levers.catalogue import FACET_LABELS, Catalogue
from levers.models import Lever
from levers.search import Index, Query, Result

SORTS = [("", "Pertinence, puis ordre du guide"), ("title", "Titre"), ("updated", "Vérifiées récemment")]
MAX_TEXT = 200


class FacetField(forms.MultipleChoiceField):
    """Values of a facet. A page takes a value that does not exist as one that finds nothing; the API refuses it."""

    strict = False

    def validate(self, value) -> None:
        """Refuse an unknown value only where the answer must not guess."""
        if self.strict:
            super().validate(value)


class Facet(django_filters.MultipleChoiceFilter):
    """A facet; the search decides what its values find."""

    field_class = FacetField


def _facet(name: str) -> Facet:
    return Facet(
        label=FACET_LABELS[name],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "« %(value)s » n'est pas une valeur possible."},
        method="left_to_search",
    )


class LeverFilter(django_filters.FilterSet):
    """The catalogue's query string.

    ``strict`` is the API's way: unknown values and orders are errors by parameter.
    """

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

    def __init__(self, data, *, catalogue: Catalogue, strict: bool = False):
        super().__init__(data, queryset=Lever.objects.none())
        self.catalogue = catalogue
        for name in FACET_LABELS:
            field = self.form.fields[name]
            field.choices = catalogue.choices[name]
            field.strict = strict

    def left_to_search(self, queryset, name, value):
        """Leave the queryset alone: one search answers for all the parameters together."""
        return queryset

    def query(self) -> Query:
        """Return what is asked; parameters that are refused count as not given."""
        self.form.is_valid()
        given = self.form.cleaned_data
        facets = {name: frozenset(given.get(name) or ()) for name in FACET_LABELS}
        return Query(given.get("q") or "", facets, given.get("sort") or "")

    def result(self) -> Result:
        """Return what the parameters find."""
        return Index(card.entry for card in self.catalogue.cards).search(self.query())

    def errors_by_parameter(self) -> dict[str, list[str]]:
        """Return what is wrong, by parameter, for the API."""
        return {name: [str(message) for message in messages] for name, messages in self.form.errors.items()}
