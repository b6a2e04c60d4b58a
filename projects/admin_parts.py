"""The rows of an experiment: folded on its page, and each with its own page and history."""

from django.contrib import admin

from levers.admin_forms import PartForm
from levers.admin_parts import PartAdmin, PartInline, own_fields
from projects.models import Act, Discrepancy, Participant, Phase, Target, Twin

PARTS: dict[type, list[str]] = {
    Participant: ["region"],
    Target: ["region"],
    Phase: [],
    Act: [],
    Discrepancy: [],
    Twin: ["other"],
}
"""The parts, each with the relations that are searched rather than listed."""


def fields_of(model: type) -> list[str]:
    """Return the fields of a part in the order of the page; the departments of a participant stand after its region."""
    fields = own_fields(model)
    if model is Participant:
        fields.insert(fields.index("region") + 1, "departments")
    return fields


def inline_for(model: type) -> type[PartInline]:
    """Return the inline of a kind of part."""
    attributes = {
        "model": model,
        "form": PartForm,
        "fields": fields_of(model),
        "autocomplete_fields": ["source", *PARTS[model]],
        "fk_name": "experiment",
    }
    if model is Participant:
        attributes["autocomplete_fields"] = [*attributes["autocomplete_fields"], "departments"]
    return type(f"{model.__name__}Inline", (PartInline,), attributes)


INLINES = [inline_for(model) for model in PARTS]


class ExperimentPartAdmin(PartAdmin):
    """One part alone: reached from its experiment, hence not on the front page; here is its history."""

    owner = "experiment"
    list_display = ["__str__", "experiment", "key", "position", "source", "is_fresh"]
    list_filter = ["experiment", *PartAdmin.list_filter[1:]]
    list_select_related = ["experiment", "source"]
    search_fields = ["key", "experiment__title", "experiment__short_name"]

    def get_fields(self, request, obj=None) -> list[str]:
        """Show first what it is a part of."""
        return [self.owner, *fields_of(self.model)]


def register_parts() -> None:
    """Give each kind of part its page."""
    for model, searched in PARTS.items():
        attributes = {"form": PartForm, "autocomplete_fields": ["experiment", "source", *searched]}
        if model is Twin:
            attributes["list_select_related"] = ["experiment", "other", "source"]
        admin.site.register(model, type(f"{model.__name__}Admin", (ExperimentPartAdmin,), attributes))
