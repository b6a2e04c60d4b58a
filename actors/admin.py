"""Curation of what the whole portal rests on: sources, places, the directory, kinds of actors; and people."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm

from actors.admin_directory import DelegationAdmin, LocalBodyAdmin, ReferentAdmin, SubjectAdmin
from actors.admin_lists import (
    OVERRIDES,
    PROVENANCE,
    CuratedAdmin,
    LocatorFilter,
    PlainText,
    ReviewFilter,
    SourcedAdmin,
    WideTexts,
)
from actors.admin_people import BodyAdmin, OrganisationAdmin, PostAdmin
from actors.models import (
    ActorType,
    Agency,
    Body,
    Delegation,
    Department,
    LocalBody,
    Organisation,
    Post,
    Referent,
    Region,
    Source,
    Subject,
    User,
)
from actors.models.directory import of_a_service

__all__ = [
    "OVERRIDES",
    "PROVENANCE",
    "CuratedAdmin",
    "LocatorFilter",
    "PlainText",
    "ReviewFilter",
    "SourcedAdmin",
    "WideTexts",
]

admin.site.site_header = "Portail APIST — curation"
admin.site.site_title = "Curation APIST"
admin.site.index_title = "Contenu du portail"


@admin.register(Source)
class SourceAdmin(CuratedAdmin):
    """The documents behind every fact."""

    list_display = ["title", "kind", "reliability", "publisher", "verified_on", "review_due", "is_fresh"]
    list_filter = ["kind", "reliability", ReviewFilter]
    search_fields = ["slug", "title", "publisher", "document", "url"]
    date_hierarchy = "verified_on"
    prepopulated_fields = {"slug": ["title"]}


@admin.register(Region)
class RegionAdmin(SourcedAdmin):
    """The 18 regions."""

    list_display = ["name", "code", "is_overseas", "source", "is_fresh"]
    list_filter = ["is_overseas", *SourcedAdmin.list_filter]
    search_fields = ["name", "code"]


@admin.register(Department)
class DepartmentAdmin(SourcedAdmin):
    """The departments."""

    list_display = ["name", "code", "region", "source", "is_fresh"]
    list_filter = ["region", *SourcedAdmin.list_filter]
    list_select_related = ["region", "source"]
    search_fields = ["name", "code"]


class AgencyForm(forms.ModelForm):
    """An agency, whose address is a service's."""

    def clean_entry_email(self) -> str:
        """Refuse the address of a person, as the rest of the directory does."""
        of_a_service(self.cleaned_data["entry_email"])
        return self.cleaned_data["entry_email"]


@admin.register(Agency)
class AgencyAdmin(SourcedAdmin):
    """The agencies and their doors; never a person."""

    form = AgencyForm
    list_display = ["name", "region", "website_confirmed", "entry_point", "entry_email", "review_due", "is_fresh"]
    list_filter = ["website_confirmed", *SourcedAdmin.list_filter]
    list_select_related = ["region", "source"]
    search_fields = ["name", "code", "region__name", "entry_point"]


admin.site.register(Subject, SubjectAdmin)
admin.site.register(Delegation, DelegationAdmin)
admin.site.register(Referent, ReferentAdmin)
admin.site.register(LocalBody, LocalBodyAdmin)
admin.site.register(Body, BodyAdmin)
admin.site.register(Post, PostAdmin)
admin.site.register(Organisation, OrganisationAdmin)


@admin.register(ActorType)
class ActorTypeAdmin(SourcedAdmin):
    """The kinds of actors and the words under which people look for themselves."""

    list_display = ["label", "slug", "audience", "position", "source", "is_fresh"]
    list_filter = ["audience", *SourcedAdmin.list_filter]
    search_fields = ["label", "slug", "aliases"]


class LowerCaseEmail(forms.ModelForm):
    """Keep addresses in lower case, as signing in looks for them."""

    def clean_email(self) -> str:
        """Return the address in lower case."""
        return self.cleaned_data["email"].lower()


class AccountAddForm(LowerCaseEmail, AdminUserCreationForm):
    """Create an account from an e-mail address."""

    class Meta:
        """The address replaces the user name."""

        model = User
        fields = ["email", "full_name"]


class AccountForm(LowerCaseEmail, UserChangeForm):
    """Change an account."""

    class Meta:
        """What an account holds; there is no user name."""

        model = User
        fields = [
            "email",
            "full_name",
            "password",
            "is_active",
            "is_staff",
            "is_superuser",
            "groups",
            "user_permissions",
        ]


@admin.register(User)
class AccountAdmin(UserAdmin):
    """People who sign in, by their e-mail address."""

    form = AccountForm
    add_form = AccountAddForm
    add_form_template = None
    list_display = ["email", "full_name", "is_staff", "is_superuser", "is_active", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser", "groups"]
    search_fields = ["email", "full_name"]
    ordering = ["email"]
    fieldsets = [
        (None, {"fields": ["email", "full_name", "password"]}),
        ("Droits", {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "full_name", "usable_password", "password1", "password2"]})]
    readonly_fields = ["last_login", "date_joined"]

    def save_model(self, request, obj, form, change):
        """Have a new address confirmed by whoever reads it: at the next sign-in a code is sent there."""
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            obj.emailaddress_set.all().delete()
