"""The parameters of the list of experiments, declared once for the page and the API."""

from levers.filters import Asked, SearchFilter, facet, order
from projects.models import Experiment
from projects.register.board import FACET_LABELS

SORTS = [("", "Celles qu'on peut rejoindre d'abord"), ("title", "Nom"), ("updated", "Vérifiées récemment")]


class ExperimentFilter(SearchFilter):
    """The query string of the register: a text, facets that may be repeated, an order."""

    joining = facet(FACET_LABELS["joining"])
    status = facet(FACET_LABELS["status"])
    region = facet(FACET_LABELS["region"])
    department = facet(FACET_LABELS["department"])
    theme = facet(FACET_LABELS["theme"])
    innovation_field = facet(FACET_LABELS["innovation_field"])
    sector = facet(FACET_LABELS["sector"])
    actor_type = facet(FACET_LABELS["actor_type"])
    role = facet(FACET_LABELS["role"])
    nature = facet(FACET_LABELS["nature"])
    lever = facet(FACET_LABELS["lever"])
    sort = order(SORTS)

    class Meta:
        """Every parameter is declared above; none comes from the columns."""

        model = Experiment
        fields: list[str] = []


class AskedOfExperiments(Asked):
    """What an address asks of the register."""

    form_class = ExperimentFilter({}, queryset=Experiment.objects.none()).get_form_class()
    labels = FACET_LABELS

    def knows(self, name: str, value: str) -> bool:
        """Tell whether a facet has a value; a lever need not have experiments to exist."""
        return value in self._listed.levers if name == "lever" else super().knows(name, value)
