"""Curation of the catalogue: levers, the values of facets, the rules of eligibility, the words of search."""

from django.contrib import admin
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html

from actors.admin import PROVENANCE, CuratedAdmin, LocatorFilter, ReviewFilter, SourcedAdmin
from levers import actions
from levers.admin_alerts import AlertAdmin
from levers.admin_calls import CallAdmin
from levers.admin_exports import LeverResource, SheetExport
from levers.admin_parts import INLINES, OneByOne, register_parts
from levers.admin_procurement import ThresholdAdmin
from levers.admin_rules import CriterionAdmin, PathAdmin
from levers.admin_search import SearchWithoutResultAdmin, SynonymAdmin
from levers.admin_words import ObjectiveAdmin, PolicyAdmin, TermAdmin
from levers.models import (
    Alert,
    Call,
    Category,
    Criterion,
    Lever,
    Objective,
    Path,
    Policy,
    SearchWithoutResult,
    Synonym,
    Term,
    Threshold,
)


@admin.register(Category)
class CategoryAdmin(CuratedAdmin):
    """The words of the facets; their identifiers belong to the public contract."""

    list_display = ["label", "slug", "kind", "position"]
    list_filter = ["kind"]
    search_fields = ["label", "slug"]


@admin.register(Lever)
class LeverAdmin(OneByOne, SheetExport, SourcedAdmin):
    """The sheets. Publication is read here and changed by the two actions alone."""

    resource_classes = [LeverResource]
    inlines = INLINES
    actions = ["publish", "unpublish"]
    list_display = ["short_name", "publication", "nature", "criteria_count", "review_due", "is_fresh"]
    list_filter = ["publication", "nature", "decision_level", "annual", ReviewFilter, LocatorFilter]
    list_select_related = ["source"]
    search_fields = ["slug", "title", "short_name", "current_name", "aliases", "summary"]
    date_hierarchy = "review_due"
    filter_horizontal = ["categories", "regions"]
    prepopulated_fields = {"slug": ["short_name"]}
    readonly_fields = ["publication", "criteria_link"]
    fieldsets = [
        (None, {"fields": ["publication", "criteria_link", "title", "short_name", "slug", "position"]}),
        ("Noms", {"classes": ["collapse"], "fields": ["current_name", "aliases"]}),
        ("Fiche", {"fields": ["summary", "objective", "recipients", "description", "calendar", "contact"]}),
        ("Caractéristiques", {"fields": ["nature", "decision_level", "amount_summary", "categories", "regions"]}),
        ("Confidentialité", {"classes": ["collapse"], "fields": ["confidentiality", "confidentiality_note"]}),
        (
            "Situation aujourd'hui",
            {
                "classes": ["collapse"],
                "fields": [
                    "annual",
                    "ended_on",
                    "lists_calls",
                    "status_note",
                    "successor_name",
                    "successor_url",
                    "successor_note",
                ],
            },
        ),
        PROVENANCE,
    ]

    def get_queryset(self, request):
        """Count the criteria with the list."""
        return super().get_queryset(request).annotate(criteria_total=Count("criteria"))

    def get_prepopulated_fields(self, request, obj=None) -> dict:
        """Propose the identifier of a new lever; that of an old one is in public addresses."""
        return {} if obj else self.prepopulated_fields

    def view_on_site(self, lever: Lever) -> str | None:
        """Link to the public sheet, where there is one."""
        return reverse("lever-detail", args=[lever.slug]) if lever.publication == "published" else None

    @admin.display(description="critères", ordering="criteria_total")
    def criteria_count(self, lever: Lever) -> int:
        """Return how many criteria the lever has, closed ones included."""
        return lever.criteria_total

    @admin.display(description="critères")
    def criteria_link(self, lever: Lever) -> str:
        """Link to the rules of the lever, which have their own pages."""
        if not lever.pk:
            return "Enregistrez d'abord le levier."
        address = reverse("admin:levers_criterion_changelist", query={"lever__id__exact": lever.pk})
        return format_html('<a href="{}">{} critère(s)</a>', address, lever.criteria_total)

    @admin.action(description="Publier", permissions=["change"])
    def publish(self, request, queryset):
        """Publish each lever that can be; say of the others what is missing."""
        self.each(request, queryset, actions.publish, "Levier(s) publié(s)")

    @admin.action(description="Repasser en brouillon", permissions=["change"])
    def unpublish(self, request, queryset):
        """Hide each lever."""
        self.each(request, queryset, actions.unpublish, "Levier(s) repassé(s) en brouillon")


admin.site.register(Alert, AlertAdmin)
admin.site.register(Call, CallAdmin)
admin.site.register(Criterion, CriterionAdmin)
admin.site.register(Path, PathAdmin)
admin.site.register(Synonym, SynonymAdmin)
admin.site.register(SearchWithoutResult, SearchWithoutResultAdmin)
admin.site.register(Threshold, ThresholdAdmin)
admin.site.register(Term, TermAdmin)
admin.site.register(Policy, PolicyAdmin)
admin.site.register(Objective, ObjectiveAdmin)
register_parts()
