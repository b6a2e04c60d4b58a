"""What every curated list shares: who changed what, rows to check again, rows that do not say where they were read.

No list reads more as it grows: the number of queries is fixed.
"""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.timezone import localdate
from simple_history.admin import SimpleHistoryAdmin


class PlainText(forms.CharField):
    """A long text with one kind of line ending: browsers send another one than the files have."""

    def to_python(self, value) -> str:
        """Return the text with plain line ends."""
        return super().to_python(value).replace("\r\n", "\n")


OVERRIDES = {
    models.TextField: {"form_class": PlainText, "widget": forms.Textarea(attrs={"rows": 4, "cols": 90})},
    models.URLField: {"assume_scheme": "https"},
}
SENTENCE = 120  # a text that may be this long is a sentence
PROVENANCE = ("Source et vérification", {"fields": ["source", "locator", "verified_on", "review_due"]})


class WideTexts:
    """Give sentences the room that the admin gives to names: for lists and for inlines."""

    formfield_overrides = OVERRIDES

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Widen short texts that may hold a sentence."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if type(db_field) is models.CharField and not db_field.choices and db_field.max_length >= SENTENCE:
            field.widget.attrs["class"] = "vLargeTextField"
        return field


class ReviewFilter(admin.SimpleListFilter):
    """Rows that somebody should have looked at again by now."""

    title = "vérification"
    parameter_name = "verification"

    def lookups(self, request, model_admin):
        """Offer both sides."""
        return [("en-retard", "À revoir : échéance passée"), ("a-jour", "À jour")]

    def queryset(self, request, queryset):
        """Compare the day of review with today."""
        match self.value():
            case "en-retard":
                return queryset.filter(review_due__lt=localdate())
            case "a-jour":
                return queryset.filter(review_due__gte=localdate())
        return queryset


class LocatorFilter(admin.SimpleListFilter):
    """Rows that name a source without saying where in it."""

    title = "endroit dans la source"
    parameter_name = "endroit"

    def lookups(self, request, model_admin):
        """Offer both sides."""
        return [("manque", "Manquant"), ("donne", "Indiqué")]

    def queryset(self, request, queryset):
        """Look for an empty place."""
        match self.value():
            case "manque":
                return queryset.filter(locator="")
            case "donne":
                return queryset.exclude(locator="")
        return queryset


class CuratedAdmin(WideTexts, SimpleHistoryAdmin):
    """A list that curators keep, with the history of each row and what is to be checked again."""

    list_per_page = 50
    # The package's list writes a style into the page, which the security policy of the portal refuses.
    object_history_list_template = "admin/curation/history_list.html"

    @admin.display(description="à jour", boolean=True, ordering="review_due")
    def is_fresh(self, row) -> bool:
        """Tell whether the row is not due for a check."""
        return row.review_due >= localdate()


class SourcedAdmin(CuratedAdmin):
    """Rows that say where they were read."""

    list_filter = [ReviewFilter, LocatorFilter]
    list_select_related = ["source"]
    autocomplete_fields = ["source"]
