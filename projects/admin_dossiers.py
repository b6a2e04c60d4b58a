"""Curation of the places of deposit; dossiers and their proofs, which nobody changes here.

A dossier is read here by whoever runs the portal, for support, and by nobody else: a curator of content has no
dossier, and the stage of one changes by the one door alone.
"""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError

from actors.admin import WideTexts
from apist.clock import today
from levers.admin_rules import InForceFilter
from projects.instruction.adopting import close_and_follow
from projects.models import Adoption
from projects.procedures.catalogue import LATEST


def procedure_choices() -> list[tuple[str, str]]:
    """Return the procedures that a place of deposit may be given to, by title."""
    return [("", "Choisissez"), *sorted(((key, one.title) for key, one in LATEST.items()), key=lambda pair: pair[1])]


class AdoptionForm(forms.ModelForm):
    """A place of deposit; what it may not be is said by the model."""

    procedure_key = forms.ChoiceField(label="Procédure", choices=procedure_choices)


class AdoptionAdmin(WideTexts, admin.ModelAdmin):
    """Places of deposit, per procedure, administration and call. One that changes is closed and followed."""

    form = AdoptionForm
    actions = ["close_and_follow"]
    list_display = ["procedure", "body", "call", "channel", "place", "valid_from", "valid_to"]
    list_filter = ["channel", InForceFilter, "procedure_key"]
    list_select_related = ["body", "call"]
    search_fields = ["procedure_key", "place", "body__name", "call__title"]
    date_hierarchy = "valid_from"
    autocomplete_fields = ["call", "source"]
    fieldsets = [
        (None, {"fields": ["procedure_key", "body", "call"]}),
        ("Où", {"fields": ["channel", "place", "url", "email", "instructions"]}),
        ("Validité", {"fields": ["valid_from", "valid_to", "source"]}),
    ]

    @admin.display(description="procédure", ordering="procedure_key")
    def procedure(self, adoption: Adoption) -> str:
        """Return the title of the procedure; its key where it is no longer known."""
        known = LATEST.get(adoption.procedure_key)
        return known.title if known else adoption.procedure_key

    def has_delete_permission(self, request, obj=None) -> bool:
        """Keep every row: what was said to people on a day is still explained later."""
        return False

    @admin.action(description="Clore aujourd'hui et préparer la suite", permissions=["add", "change"])
    def close_and_follow(self, request, queryset):
        """Close each place yesterday and make its successor, in force from today, ready to be edited."""
        for adoption in queryset:
            try:
                close_and_follow(adoption, today())
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            else:
                text = f"« {adoption} » est clos depuis hier. Sa suite vaut depuis aujourd'hui : modifiez-la."
                self.message_user(request, text, messages.SUCCESS)


class ReadOnlyAdmin(admin.ModelAdmin):
    """What whoever runs the portal may read here, and nobody may change."""

    actions = None

    def has_module_permission(self, request) -> bool:
        """Show it to superusers alone, whatever the rights of a group."""
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None) -> bool:
        """Let superusers read."""
        return request.user.is_active and request.user.is_superuser

    def has_add_permission(self, request) -> bool:
        """Add nothing here."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """Change nothing here."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """Remove nothing here."""
        return False


class DossierAdmin(ReadOnlyAdmin):
    """Where dossiers stand. Their content is not here: it is read on their page, by whoever instructs."""

    list_display = ["reference", "procedure_key", "body", "stage", "macro", "turn", "due_at", "deposited_at"]
    list_filter = ["macro", "turn", "procedure_key"]
    list_select_related = ["body"]
    search_fields = ["=reference"]
    exclude = ["contact_email"]


class JournalEntryAdmin(ReadOnlyAdmin):
    """The acts, without what people wrote."""

    list_display = ["dossier", "seq", "kind", "at", "party", "move", "to_stage"]
    list_filter = ["kind"]
    list_select_related = ["dossier"]
    search_fields = ["=dossier__reference"]
    show_full_result_count = False


class SnapshotAdmin(ReadOnlyAdmin):
    """The frozen deposits: their numbers and digests; what they hold is read on the page of the dossier."""

    list_display = ["number", "dossier", "taken_at", "sha256"]
    list_select_related = ["dossier"]
    search_fields = ["=number", "=dossier__reference"]
    exclude = ["content"]
