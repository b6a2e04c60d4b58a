"""Curation of the directory: subjects, delegations and seats, functions, local bodies; never a person.

An address that looks like a person's is refused by the models (``actors/service_address.py``).
"""

from actors.admin_lists import PROVENANCE, SourcedAdmin


class SubjectAdmin(SourcedAdmin):
    """What people want to speak about, and which expert to ask for."""

    list_display = ["label", "slug", "expert", "position", "source", "is_fresh"]
    search_fields = ["label", "slug", "aliases", "expert"]
    prepopulated_fields = {"slug": ["label"]}
    fieldsets = [
        (None, {"fields": ["label", "slug", "aliases", "help", "expert", "position"]}),
        PROVENANCE,
    ]


class DelegationAdmin(SourcedAdmin):
    """Where the agencies are, department by department."""

    list_display = ["name", "agency", "is_seat", "email", "source", "is_fresh"]
    list_filter = ["is_seat", "agency", *SourcedAdmin.list_filter]
    list_select_related = ["agency", "source"]
    autocomplete_fields = ["agency", "departments", "source"]
    search_fields = ["name", "slug", "agency__name", "departments__name", "departments__code"]
    fieldsets = [
        (None, {"fields": ["agency", "is_seat", "name", "slug", "departments"]}),
        ("Joindre", {"fields": ["address", "url", "email", "note"]}),
        PROVENANCE,
    ]


class ReferentAdmin(SourcedAdmin):
    """The functions that agencies name, by subject."""

    list_display = ["function", "agency", "subject", "part", "email", "source", "is_fresh"]
    list_filter = ["part", "subject", "agency", *SourcedAdmin.list_filter]
    list_select_related = ["agency", "subject", "source"]
    autocomplete_fields = ["agency", "subject", "source"]
    search_fields = ["function", "slug", "agency__name", "subject__label"]
    fieldsets = [
        (None, {"fields": ["agency", "subject", "part", "function", "slug"]}),
        ("Joindre", {"fields": ["url", "email", "note"]}),
        PROVENANCE,
    ]


class LocalBodyAdmin(SourcedAdmin):
    """Those who help a project along besides the agency."""

    list_display = ["name", "kind", "url", "source", "is_fresh"]
    list_filter = ["kind", "regions", *SourcedAdmin.list_filter]
    autocomplete_fields = ["regions", "source"]
    search_fields = ["name", "slug", "text", "regions__name"]
    fieldsets = [
        (None, {"fields": ["kind", "name", "slug", "regions", "text"]}),
        ("Joindre", {"fields": ["url", "email"]}),
        PROVENANCE,
    ]
