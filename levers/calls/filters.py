"""The parameters of the list of calls, declared once for the page, the feeds, the alerts and the API."""

import re

from levers.calls.board import FACET_LABELS
from levers.filters import Asked, SearchFilter, facet, order
from levers.models import Call

SORTS = [("", "Fin proche d'abord"), ("title", "Titre"), ("updated", "Vérifiés récemment")]

PERIOD = re.compile(r"20\d\d(-(0[1-9]|1[0-2]))?", re.ASCII)
"""A year, or a month of a year: any of them may be asked for, not only those in which there is a call."""


class CallFilter(SearchFilter):
    """The query string of the calls: a text, facets that may be repeated, an order."""

    status = facet(FACET_LABELS["status"])
    region = facet(FACET_LABELS["region"])
    audience = facet(FACET_LABELS["audience"])
    actor_type = facet(FACET_LABELS["actor_type"])
    nature = facet(FACET_LABELS["nature"])
    theme = facet(FACET_LABELS["theme"])
    innovation_field = facet(FACET_LABELS["innovation_field"])
    sector = facet(FACET_LABELS["sector"])
    period = facet(FACET_LABELS["period"])
    organiser = facet(FACET_LABELS["organiser"])
    role = facet(FACET_LABELS["role"])
    lever = facet(FACET_LABELS["lever"])
    sort = order(SORTS)

    class Meta:
        """Every parameter is declared above; none comes from the columns."""

        model = Call
        fields: list[str] = []


class AskedOfCalls(Asked):
    """What an address asks of the calls."""

    form_class = CallFilter({}, queryset=Call.objects.none()).get_form_class()
    labels = FACET_LABELS

    def knows(self, name: str, value: str) -> bool:
        """Tell whether a facet has a value; a period and a lever need not have calls to exist."""
        if name == "period":
            return bool(PERIOD.fullmatch(value))
        return value in self._listed.places.lever_names if name == "lever" else super().knows(name, value)
