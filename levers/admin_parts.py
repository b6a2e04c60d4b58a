"""The parts of a sheet: folded on the page of their lever, and each with its own page and history."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError

from actors.admin import PROVENANCE, LocatorFilter, ReviewFilter, SourcedAdmin, WideTexts
from levers.admin_forms import PartForm
from levers.models import (
    Amount,
    CallAmount,
    CallCriterion,
    CallDocument,
    CallEvent,
    CallPiece,
    CallRelation,
    Deposit,
    Example,
    Funding,
    Reference,
    Relation,
    Role,
    Step,
    Window,
)

LAST = PROVENANCE[1]["fields"]

#: What each kind of part is edited with: its form and the relations that are searched rather than listed.
PARTS: dict[type, tuple[type[forms.ModelForm], list[str]]] = {
    Role: (PartForm, []),
    Step: (PartForm, []),
    Amount: (PartForm, []),
    Funding: (PartForm, []),
    Example: (PartForm, ["region"]),
    Reference: (PartForm, []),
    Deposit: (PartForm, ["agency"]),
    Window: (PartForm, []),
    Relation: (PartForm, ["other"]),
}

CALL_PARTS: dict[type, tuple[type[forms.ModelForm], list[str]]] = {
    CallEvent: (PartForm, []),
    CallAmount: (PartForm, []),
    CallCriterion: (PartForm, []),
    CallPiece: (PartForm, []),
    CallDocument: (PartForm, []),
    CallRelation: (PartForm, ["other"]),
}
"""The same for the parts of a call."""


def own_fields(model: type) -> list[str]:
    """Return the fields of a part in the order of the page: key and place, what it says, when, then its source."""
    names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    first = ["key", "position"]
    dates = [name for name in ("valid_from", "valid_to") if name in names]
    said = [name for name in names if name not in ("lever", "call", "experiment", *first, *dates, *LAST)]
    return [*first, *said, *dates, *LAST]


class PartInline(WideTexts, admin.StackedInline):
    """A kind of part on the page of its lever, folded, with a link to the page that has its history."""

    extra = 0
    classes = ["collapse"]
    show_change_link = True


def inline_for(model: type, owner: str) -> type[PartInline]:
    """Return the inline of a kind of part; ``owner`` names what it is a part of."""
    form, searched = (PARTS | CALL_PARTS)[model]
    attributes = {
        "model": model,
        "form": form,
        "fields": own_fields(model),
        "autocomplete_fields": ["source", *searched],
        "fk_name": owner,
    }
    return type(f"{model.__name__}Inline", (PartInline,), attributes)


INLINES = [inline_for(model, "lever") for model in PARTS]
CALL_INLINES = [inline_for(model, "call") for model in CALL_PARTS]


class OneByOne:
    """Actions on the rows that are ticked: what can be done is, and each refusal is said."""

    def each(self, request, queryset, action: Callable, done: str) -> None:
        """Do ``action`` on each row, then say on which it was done."""
        changed = []
        for row in queryset:
            try:
                action(row)
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            else:
                changed.append(getattr(row, "short_name", row.title))
        if changed:
            self.message_user(request, f"{done} : {', '.join(changed)}.", messages.SUCCESS)


class PartAdmin(SourcedAdmin):
    """One part alone: reached from what it is a part of, hence not on the front page; here is its history."""

    owner = "lever"
    list_display = ["__str__", "lever", "key", "position", "source", "is_fresh"]
    list_filter = ["lever", ReviewFilter, LocatorFilter]
    list_select_related = ["lever", "source"]
    search_fields = ["key", "lever__title", "lever__short_name"]

    def has_module_permission(self, request) -> bool:
        """Stay off the front page."""
        return False

    def get_fields(self, request, obj=None) -> list[str]:
        """Show first what it is a part of."""
        return [self.owner, *own_fields(self.model)]

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """Keep a part where it is."""
        return [self.owner] if obj else []


class CallPartAdmin(PartAdmin):
    """The same for a part of a call."""

    owner = "call"
    list_display = ["__str__", "call", "key", "position", "source", "is_fresh"]
    list_filter = ["call", ReviewFilter, LocatorFilter]
    list_select_related = ["call", "source"]
    search_fields = ["key", "call__title"]


def register_parts() -> None:
    """Give each kind of part its page."""
    for model, (form, searched) in PARTS.items():
        attributes = {"form": form, "autocomplete_fields": ["lever", "source", *searched]}
        if model is Relation:
            attributes["list_select_related"] = ["lever", "other", "source"]
        admin.site.register(model, type(f"{model.__name__}Admin", (PartAdmin,), attributes))
    for model, (form, searched) in CALL_PARTS.items():
        attributes = {"form": form, "autocomplete_fields": ["call", "source", *searched]}
        if model is CallRelation:
            attributes["list_select_related"] = ["call", "other", "source"]
        admin.site.register(model, type(f"{model.__name__}Admin", (CallPartAdmin,), attributes))
