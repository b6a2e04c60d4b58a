"""Curation of the thresholds of public procurement. One that changes is closed and followed, never overwritten."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from actors.admin import PROVENANCE, LocatorFilter, ReviewFilter, SourcedAdmin
from apist.templatetags.portal import euros
from levers import actions
from levers.admin_rules import InForceFilter
from levers.models import Threshold


class ThresholdAdmin(SourcedAdmin):
    """The thresholds. What they mean is in the code; what they are worth, and when, is here."""

    actions = ["close_and_follow"]
    list_display = ["slug", "key", "buyers", "category", "amount", "valid_from", "valid_to", "is_fresh"]
    list_filter = ["key", "buyers", "category", InForceFilter, ReviewFilter, LocatorFilter]
    search_fields = ["slug", "note", "source__title"]
    date_hierarchy = "valid_from"
    fieldsets = [
        (None, {"fields": ["key", "buyers", "category", "value", "slug"]}),
        ("Validité", {"fields": ["valid_from", "valid_to"]}),
        ("Réserve", {"fields": ["note"]}),
        PROVENANCE,
    ]

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """Keep the identifier of a threshold: its history and the files go by it."""
        return ["slug"] if obj else []

    @admin.display(description="montant", ordering="value")
    def amount(self, threshold: Threshold) -> str:
        """Return the amount as people write it."""
        return euros(threshold.value)

    @admin.action(description="Clore aujourd'hui et préparer la suite", permissions=["add", "change"])
    def close_and_follow(self, request, queryset):
        """Close each threshold yesterday and make its successor, in force from today, ready to be edited."""
        for threshold in queryset:
            try:
                successor = actions.close_and_follow_dated(threshold, localdate())
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            else:
                text = f"« {threshold.slug} » est clos depuis hier. Sa suite, à modifier : « {successor.slug} »."
                self.message_user(request, text, messages.SUCCESS)
