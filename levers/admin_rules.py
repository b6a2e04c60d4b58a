"""Curation of the rules of eligibility: criteria, when they apply, and the ways around."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.timezone import localdate

from actors.admin import PROVENANCE, LocatorFilter, ReviewFilter, SourcedAdmin, WideTexts
from levers import actions
from levers.admin_exports import CriterionResource, SheetExport
from levers.admin_forms import ConditionForm, CriterionForm, PathForm, as_lines
from levers.models import Condition, Criterion, Path

VALUES_SHOWN = 2


class InForceFilter(admin.SimpleListFilter):
    """Rows in force today, before or after."""

    title = "validité"
    parameter_name = "validite"

    def lookups(self, request, model_admin):
        """Offer the three times."""
        return [("en-vigueur", "En vigueur aujourd'hui"), ("a-venir", "À venir"), ("close", "Close")]

    def queryset(self, request, queryset):
        """Compare the period with today, first and last day included."""
        today = localdate()
        match self.value():
            case "en-vigueur":
                begun = Q(valid_from=None) | Q(valid_from__lte=today)
                return queryset.filter(begun, Q(valid_to=None) | Q(valid_to__gte=today))
            case "a-venir":
                return queryset.filter(valid_from__gt=today)
            case "close":
                return queryset.filter(valid_to__lt=today)
        return queryset


class ConditionInline(admin.TabularInline):
    """When the criterion applies: all must hold."""

    model = Condition
    form = ConditionForm
    fields = ["fact", "operator", "values"]
    extra = 0


class PathInline(WideTexts, admin.StackedInline):
    """The ways around the criterion, under a carrier that fulfils it."""

    model = Path
    form = PathForm
    fields = ["key", "position", "text", "actor_types", *PROVENANCE[1]["fields"]]
    autocomplete_fields = ["source", "actor_types"]
    extra = 0
    classes = ["collapse"]
    show_change_link = True


class CriterionAdmin(SheetExport, SourcedAdmin):
    """The criteria. A rule that has changed is closed and followed rather than overwritten."""

    form = CriterionForm
    resource_classes = [CriterionResource]
    inlines = [ConditionInline, PathInline]
    actions = ["close_and_follow"]
    list_display = ["label", "lever_name", "rule", "weight", "period", "is_fresh"]
    list_filter = [
        InForceFilter,
        ReviewFilter,
        LocatorFilter,
        "blocking",
        "contested",
        "about",
        "nature",
        "lever",
        "fact",
    ]
    list_select_related = ["lever", "source"]
    search_fields = ["label", "key", "lever__title", "lever__short_name"]
    date_hierarchy = "review_due"
    autocomplete_fields = ["lever", "source"]
    fieldsets = [
        (None, {"fields": ["lever", "key", "position", "label", "help", "remedy"]}),
        ("Règle", {"fields": ["about", "nature", "blocking", "contested", "fact", "operator", "values"]}),
        ("Validité", {"fields": ["valid_from", "valid_to"]}),
        PROVENANCE,
    ]

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """Keep a criterion in its lever."""
        return ["lever"] if obj else []

    @admin.display(description="levier", ordering="lever__position")
    def lever_name(self, criterion: Criterion) -> str:
        """Return the short name of the lever."""
        return criterion.lever.short_name

    @admin.display(description="règle", ordering="fact")
    def rule(self, criterion: Criterion) -> str:
        """Return the comparison in words, with the first values where there are many."""
        if not criterion.fact:
            return "Aucun fait comparé"
        shown = as_lines(criterion.values[:VALUES_SHOWN]).replace("\n", ", ")
        others = len(criterion.values) - VALUES_SHOWN
        more = f" et {others} autre{'s' if others > 1 else ''}" if others > 0 else ""
        return f"{criterion.get_fact_display()} {criterion.get_operator_display()} : {shown}{more}"

    @admin.display(description="poids", ordering="blocking")
    def weight(self, criterion: Criterion) -> str:
        """Tell whether the criterion decides, and whether its sources do."""
        return ("Obligatoire" if criterion.blocking else "Indicatif") + (", controversé" if criterion.contested else "")

    @admin.display(description="validité", ordering="valid_from")
    def period(self, criterion: Criterion) -> str:
        """Return the period in words."""
        start, end = criterion.valid_from, criterion.valid_to
        parts = [f"du {start:%d/%m/%Y}" if start else "", f"jusqu'au {end:%d/%m/%Y}" if end else ""]
        return " ".join(part for part in parts if part) or "toujours"

    @admin.action(description="Clore aujourd'hui et préparer la suite", permissions=["add", "change"])
    def close_and_follow(self, request, queryset):
        """Close each criterion yesterday and make its successor, in force from today, ready to be edited."""
        for criterion in queryset:
            try:
                successor = actions.close_and_follow(criterion, localdate())
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            else:
                text = f"« {criterion.label} » est clos depuis hier. Sa suite, à modifier : « {successor.key} »."
                self.message_user(request, text, messages.SUCCESS)


class PathAdmin(SourcedAdmin):
    """The ways around, all levers together."""

    form = PathForm
    fields = ["criterion", "key", "position", "text", "actor_types", *PROVENANCE[1]["fields"]]
    autocomplete_fields = ["criterion", "source", "actor_types"]
    list_display = ["__str__", "lever", "criterion", "key", "source", "is_fresh"]
    list_filter = ["lever", ReviewFilter, LocatorFilter]
    list_select_related = ["lever", "criterion", "source"]
    search_fields = ["key", "text", "criterion__label", "lever__title"]
