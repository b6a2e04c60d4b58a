"""Curation of what the whole portal rests on: sources, places, kinds of actors; and accounts.

What every curated list shares is here too: who changed what (the history of each
row), rows to check again, rows that do not say where in their source they were
read. No list reads more as it grows: the number of queries is fixed.
"""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db import models
from django.utils.timezone import localdate
from simple_history.admin import SimpleHistoryAdmin

from actors.models import ActorType, Agency, Department, Region, Source, User

admin.site.site_header = "Portail APIST — curation"
admin.site.site_title = "Curation APIST"
admin.site.index_title = "Contenu du portail"


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


@admin.register(Source)
class SourceAdmin(CuratedAdmin):
    """The documents behind every fact."""

    list_display = ["title", "kind", "reliability", "publisher", "verified_on", "review_due", "is_fresh"]
    list_filter = ["kind", "reliability", ReviewFilter]
    search_fields = ["slug", "title", "publisher", "document", "url"]
    date_hierarchy = "verified_on"
    prepopulated_fields = {"slug": ["title"]}


class SourcedAdmin(CuratedAdmin):
    """Rows that say where they were read."""

    list_filter = [ReviewFilter, LocatorFilter]
    list_select_related = ["source"]
    autocomplete_fields = ["source"]


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


@admin.register(Agency)
class AgencyAdmin(SourcedAdmin):
    """The agencies and their doors; never a person."""

    list_display = ["name", "region", "website_confirmed", "entry_point", "entry_email", "review_due", "is_fresh"]
    list_filter = ["website_confirmed", *SourcedAdmin.list_filter]
    list_select_related = ["region", "source"]
    search_fields = ["name", "code", "region__name", "entry_point"]


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
