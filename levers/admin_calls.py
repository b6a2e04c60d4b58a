"""Curation of the calls: the page of a call with all its parts, and its publication."""

from functools import partial

from django import forms
from django.contrib import admin
from django.urls import reverse

from actors.admin import PROVENANCE, LocatorFilter, ReviewFilter, SourcedAdmin
from apist.clock import now
from levers import actions
from levers.admin_parts import CALL_INLINES, OneByOne
from levers.calls.cards import ROLES, moment_of
from levers.calls.sentences import dates_in_words
from levers.calls.status import STATUS_LABELS, CallStatus, Standing, standing
from levers.models import Call


class CallForm(forms.ModelForm):
    """A call; the roles it looks for are ticked."""

    roles = forms.MultipleChoiceField(
        label="Rôles recherchés",
        choices=list(ROLES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Aucun : à vérifier.",
    )


class StatusFilter(admin.SimpleListFilter):
    """Whether one can answer now: what the public list says."""

    title = "situation"
    parameter_name = "situation"

    def lookups(self, request, model_admin):
        """Offer what can be told apart by the database."""
        return [(value, STATUS_LABELS[CallStatus(value)]) for value in ("open", "upcoming", "closed")]

    def queryset(self, request, queryset):
        """Keep the calls that stand so."""
        match self.value():
            case "open":
                return queryset.open(now())
            case "upcoming":
                return queryset.upcoming(now())
            case "closed":
                return queryset.closed(now())
        return queryset


class CallAdmin(OneByOne, SourcedAdmin):
    """The calls. Publication is read here and changed by the two actions alone."""

    form = CallForm
    inlines = CALL_INLINES
    actions = ["publish", "unpublish"]
    list_display = ["title", "publication", "kind", "organiser_name", "stands", "dates", "review_due", "is_fresh"]
    list_filter = ["publication", StatusFilter, "kind", "organiser", "levers", ReviewFilter, LocatorFilter]
    list_select_related = ["source"]
    search_fields = ["slug", "title", "aliases", "organiser_name", "summary"]
    date_hierarchy = "review_due"
    filter_horizontal = ["levers", "categories", "actor_types", "regions"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["source", "agency"]
    readonly_fields = ["publication", "dates"]
    fieldsets = [
        (None, {"fields": ["publication", "dates", "title", "slug", "aliases", "summary"]}),
        ("Nature", {"fields": ["kind", "purpose", "organiser", "organiser_name", "agency", "levers"]}),
        ("Pour qui, sur quoi", {"fields": ["applicants", "actor_types", "roles", "regions", "categories"]}),
        ("L'appel", {"fields": ["text", "benefit", "envelope", "envelope_note", "selection"]}),
        ("Retour et heure", {"fields": ["recurrence", "expected", "time_zone", "status_note"]}),
        ("Où répondre", {"fields": ["deposit_title", "deposit_text", "deposit_url", "deposit_email"]}),
        PROVENANCE,
    ]

    def get_queryset(self, request):
        """Fetch the dates with the calls: the number of queries is fixed."""
        return super().get_queryset(request).prefetch_related("events")

    def view_on_site(self, call: Call) -> str | None:
        """Link to the public page where there is one."""
        return reverse("call-detail", args=[call.slug]) if call.publication == "published" else None

    @admin.display(description="situation")
    def stands(self, call: Call) -> str:
        """Return whether one can answer now."""
        return standing_of(call).label

    @admin.display(description="dates")
    def dates(self, call: Call) -> str:
        """Return until when one may answer, in words."""
        return dates_in_words(standing_of(call), call.time_zone) if call.pk else "Selon les dates ci-dessous."

    @admin.action(description="Publier", permissions=["change"])
    def publish(self, request, queryset):
        """Publish each call that can be; say of the others what is missing."""
        self.each(request, queryset, partial(actions.publish_call, at=now()), "Appel(s) publié(s)")

    @admin.action(description="Repasser en brouillon", permissions=["change"])
    def unpublish(self, request, queryset):
        """Hide each call."""
        self.each(request, queryset, actions.unpublish_call, "Appel(s) repassé(s) en brouillon")


def standing_of(call: Call) -> Standing:
    """Return where a call stands now."""
    moments = [moment_of(event) for event in call.events.all()]
    return standing(moments, expected=call.expected, zone=call.time_zone, at=now())
