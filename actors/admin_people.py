"""Who has a seat, who holds a post, and which organisations there are: for the administration of the portal alone.

Curators have no right here (``curators()`` in ``apist/management/commands/demo_users.py``).
"""

from django.contrib import admin
from django.utils.timezone import localdate

from actors.models import Membership


class BodyAdmin(admin.ModelAdmin):
    """The administrations that take part."""

    list_display = ["name", "kind", "agency", "region", "department"]
    list_filter = ["kind", "region"]
    list_select_related = ["agency", "region", "department"]
    search_fields = ["name", "code"]
    prepopulated_fields = {"code": ["name"]}
    list_per_page = 50


class HeldFilter(admin.SimpleListFilter):
    """Posts that count today."""

    title = "aujourd'hui"
    parameter_name = "aujourd-hui"

    def lookups(self, request, model_admin):
        """Offer both sides."""
        return [("en-poste", "En poste"), ("autres", "Terminés ou à venir")]

    def queryset(self, request, queryset):
        """Compare with the day in France."""
        current = queryset.model.objects.current(localdate())
        match self.value():
            case "en-poste":
                return queryset.filter(pk__in=current)
            case "autres":
                return queryset.exclude(pk__in=current)
        return queryset


class PostAdmin(admin.ModelAdmin):
    """Who holds which post, and until when. A post is ended, not deleted: what was done there stays explained."""

    list_display = ["user", "role", "body", "since", "until"]
    list_filter = [HeldFilter, "role", "body"]
    list_select_related = ["user", "body"]
    search_fields = ["user__email", "user__full_name", "body__name"]
    autocomplete_fields = ["user", "body"]
    list_per_page = 50

    def has_delete_permission(self, request, obj=None) -> bool:
        """Nobody deletes one: give it a last day."""
        return False


class MembersInline(admin.TabularInline):
    """The members of an organisation, to be looked at."""

    model = Membership
    fields = ["user", "may_manage", "may_deposit", "mandate", "since"]
    extra = 0

    def get_queryset(self, request):
        """Read the people with their rows."""
        return super().get_queryset(request).select_related("user")

    def has_add_permission(self, request, obj=None) -> bool:
        """Nobody adds one: people are invited."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """Nobody changes one from here."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """Nobody takes one out from here."""
        return False


class OrganisationAdmin(admin.ModelAdmin):
    """The organisations, to be looked at: what changes in them passes through their own pages."""

    list_display = ["name", "actor_type", "status", "region", "siret", "rpps", "created_at"]
    list_filter = ["status", "region", "actor_type"]
    list_select_related = ["actor_type", "region"]
    search_fields = ["name", "siret", "finess", "rpps"]
    date_hierarchy = "created_at"
    list_per_page = 50
    inlines = [MembersInline]

    def has_add_permission(self, request) -> bool:
        """Nobody adds one by hand."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """Nobody changes one from here."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """Nobody deletes one from here."""
        return False
