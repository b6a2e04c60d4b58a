"""Curation of the words, with where they are used, of the policies and of the objectives of each region."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.html import format_html
from django.utils.timezone import localdate

from actors.admin import PROVENANCE, LocatorFilter, ReviewFilter, SourcedAdmin
from levers import actions
from levers.admin_rules import InForceFilter
from levers.glossary.uses import SHOWN, Use, uses_of
from levers.models import Term


def address_of(row) -> str:
    """Return the page where a row is edited; empty for a row that has none."""
    try:
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return ""


def use_in_words(use: Use) -> dict:
    """Return what the page says of a row: its name, its page, in which texts."""
    labels = [str(use.row._meta.get_field(name).verbose_name) for name in use.fields]
    return {"name": str(use.row), "address": address_of(use.row), "fields": ", ".join(labels)}


class TermAdmin(SourcedAdmin):
    """The words. One that is added is explained in every page from the next request on."""

    list_display = ["acronym", "meaning", "field", "explained", "source", "is_fresh"]
    list_filter = ["explained", ReviewFilter, LocatorFilter]
    search_fields = ["acronym", "meaning", "aliases", "text", "field", "slug"]
    prepopulated_fields = {"slug": ["acronym"]}
    readonly_fields = ["uses_link"]
    fieldsets = [
        (None, {"fields": ["acronym", "meaning", "field", "text", "slug", "uses_link"]}),
        ("Écritures", {"fields": ["aliases", "slip", "url"]}),
        ("Dans les pages", {"fields": ["explained"]}),
        PROVENANCE,
    ]

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """Keep the identifier of a word: addresses and the files go by it."""
        return ["slug", *self.readonly_fields] if obj else self.readonly_fields

    def get_prepopulated_fields(self, request, obj=None) -> dict:
        """Propose the identifier of a new word only."""
        return {} if obj else self.prepopulated_fields

    def view_on_site(self, term: Term) -> str:
        """Link to the word on the public page."""
        return f"{reverse('glossary')}#{term.slug}"

    def get_urls(self):
        """Add the page of the uses of a word."""
        return [
            path("<int:pk>/emplois/", self.admin_site.admin_view(self.uses), name="levers_term_uses"),
            *super().get_urls(),
        ]

    @admin.display(description="emplois")
    def uses_link(self, term: Term) -> str:
        """Link to the rows where the word is written."""
        if not term.pk:
            return "Enregistrez d'abord le mot."
        return format_html(
            '<a href="{}">Où ce mot est-il employé ?</a>', reverse("admin:levers_term_uses", args=[term.pk])
        )

    def uses(self, request: HttpRequest, pk: int) -> TemplateResponse:
        """Show where a word is written, table by table."""
        term = self.get_object(request, str(pk))
        if term is None:
            raise Http404
        if not self.has_view_permission(request, term):
            raise PermissionDenied
        spellings = [term.acronym, *filter(None, map(str.strip, term.aliases.split("\n")))]
        tables = [
            (str(model._meta.verbose_name_plural), len(found), [use_in_words(use) for use in found[:SHOWN]])
            for model, found in uses_of(spellings)
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Où « {term.acronym} » est-il employé ?",
            "opts": self.opts,
            "term": term,
            "tables": tables,
            "total": sum(how_many for _, how_many, _ in tables),
        }
        return TemplateResponse(request, "admin/curation/term_uses.html", context)


class FollowedAdmin(SourcedAdmin):
    """Rows with days: one that changes is closed and followed, never overwritten."""

    actions = ["close_and_follow"]

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """Keep the identifier: addresses and the files go by it."""
        return ["slug"] if obj else []

    @admin.action(description="Clore aujourd'hui et préparer la suite", permissions=["add", "change"])
    def close_and_follow(self, request, queryset):
        """Close each row yesterday and make its successor, in force from today, ready to be edited."""
        for row in queryset:
            try:
                successor = actions.close_and_follow_dated(row, localdate())
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            else:
                text = f"« {row.slug} » est clos depuis hier. Sa suite, à modifier : « {successor.slug} »."
                self.message_user(request, text, messages.SUCCESS)


class PolicyAdmin(FollowedAdmin):
    """The texts that a project may cite, with their days and what came after."""

    list_display = ["title", "kind", "region", "valid_from", "valid_to", "replaced_by", "is_fresh"]
    list_filter = ["kind", "region", InForceFilter, ReviewFilter, LocatorFilter]
    list_select_related = ["region", "replaced_by", "source"]
    search_fields = ["slug", "title", "aliases", "text", "source__title"]
    autocomplete_fields = ["source", "region", "replaced_by"]
    date_hierarchy = "valid_from"
    fieldsets = [
        (None, {"fields": ["title", "kind", "region", "slug", "aliases"]}),
        ("Contenu", {"fields": ["text", "use", "url"]}),
        ("Validité", {"fields": ["valid_from", "valid_to", "replaced_by", "dates_note"]}),
        PROVENANCE,
    ]


class ObjectiveAdmin(FollowedAdmin):
    """The objectives of the regional health projects, as each agency words them."""

    list_display = ["label", "region", "policy", "valid_from", "valid_to", "is_fresh"]
    list_filter = ["region", InForceFilter, ReviewFilter, LocatorFilter]
    list_select_related = ["region", "policy", "source"]
    search_fields = ["slug", "label", "text", "source__title"]
    autocomplete_fields = ["source", "region", "policy"]
    fieldsets = [
        (None, {"fields": ["region", "policy", "label", "text", "position", "slug"]}),
        ("Validité", {"fields": ["valid_from", "valid_to"]}),
        PROVENANCE,
    ]
