"""Curation of the register: experiments with all their rows, and what was learnt."""

from django import forms
from django.contrib import admin
from django.urls import reverse

from actors.admin import PROVENANCE, LocatorFilter, ReviewFilter, SourcedAdmin
from apist.clock import today
from levers.admin_parts import OneByOne
from projects import actions
from projects.admin_deciding import DecisionAdmin, LetterTemplateAdmin, SignatureDelegationAdmin
from projects.admin_dossiers import AdoptionAdmin, DossierAdmin, JournalEntryAdmin, SnapshotAdmin
from projects.admin_parts import INLINES, register_parts
from projects.models import (
    ROLES,
    Adoption,
    Decision,
    Dossier,
    Experiment,
    Feedback,
    JournalEntry,
    LetterTemplate,
    Publication,
    SignatureDelegation,
    Snapshot,
)
from projects.register.schedule import STATUS_LABELS, Schedule, schedule_of, status_of
from projects.register.wording import day_or_unknown

FROM_A_DOSSIER = (
    "title", "short_name", "slug", "summary", "text", "population", "departments", "first_inclusion_on", "outcome",
)  # fmt: skip
"""What a curator reads of an entry that comes from a dossier, and changes from the dossier's page alone."""


class ExperimentForm(forms.ModelForm):
    """An experiment; the roles in which one may join it are ticked."""

    join_roles = forms.MultipleChoiceField(
        label="Rôles possibles",
        choices=list(ROLES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Aucun : à vérifier.",
    )


@admin.register(Experiment)
class ExperimentAdmin(OneByOne, SourcedAdmin):
    """The experiments. Publication is read here and changed by the two actions alone."""

    form = ExperimentForm
    inlines = INLINES
    actions = ["publish", "unpublish"]
    list_display = ["short_name", "publication", "reach", "stands", "known_end", "joining", "review_due", "is_fresh"]
    list_filter = ["publication", "reach", "outcome", "joining", "regions", "lever", ReviewFilter, LocatorFilter]
    list_select_related = ["source"]
    search_fields = ["slug", "title", "short_name", "aliases", "summary", "participants__name"]
    date_hierarchy = "review_due"
    filter_horizontal = ["actor_types", "categories", "regions", "departments"]
    prepopulated_fields = {"slug": ["short_name"]}
    autocomplete_fields = ["source", "lever", "join_call"]
    readonly_fields = ["publication", "stands", "known_end"]
    fieldsets = [
        (None, {"fields": ["publication", "stands", "known_end", "title", "short_name", "slug", "aliases", "summary"]}),
        ("L'expérimentation", {"fields": ["text", "population", "reach", "lever", "categories"]}),
        ("Où", {"fields": ["regions", "departments"]}),
        ("Quand, et ce qu'elle devient", {"fields": ["first_inclusion_on", "outcome", "outcome_text"]}),
        (
            "La rejoindre",
            {"fields": ["joining", "join_until", "join_call", "join_text", "join_roles", "actor_types"]},
        ),
        PROVENANCE,
    ]

    def get_readonly_fields(self, request, obj=None):
        """Lock what a carrier agreed to, and what follows their dossier: an entry that comes from one changes there."""
        own = super().get_readonly_fields(request, obj)
        return [*own, *FROM_A_DOSSIER] if obj and Publication.objects.filter(experiment=obj).exists() else own

    def get_queryset(self, request):
        """Fetch the phases with the experiments: the number of queries is fixed."""
        return super().get_queryset(request).prefetch_related("phases")

    def view_on_site(self, experiment: Experiment) -> str | None:
        """Link to the public page where there is one."""
        published = experiment.publication == "published"
        return reverse("experiment-detail", args=[experiment.slug]) if published else None

    @admin.display(description="où elle en est")
    def stands(self, experiment: Experiment) -> str:
        """Return where it stands today."""
        if not experiment.pk:
            return "Selon les phases ci-dessous."
        return STATUS_LABELS[status_of(_schedule(experiment), experiment.outcome, today())]

    @admin.display(description="terme connu")
    def known_end(self, experiment: Experiment) -> str:
        """Return the last day that is known."""
        return day_or_unknown(_schedule(experiment).ends) if experiment.pk else "Selon les phases ci-dessous."

    @admin.action(description="Publier", permissions=["change"])
    def publish(self, request, queryset):
        """Publish each experiment that can be; say of the others what is missing."""
        self.each(request, queryset, actions.publish_experiment, "Expérimentation(s) publiée(s)")

    @admin.action(description="Repasser en brouillon", permissions=["change"])
    def unpublish(self, request, queryset):
        """Hide each experiment."""
        self.each(request, queryset, actions.unpublish_experiment, "Expérimentation(s) repassée(s) en brouillon")


def _schedule(experiment: Experiment) -> Schedule:
    return schedule_of(experiment.phases.all(), experiment.first_inclusion_on)


@admin.register(Feedback)
class FeedbackAdmin(SourcedAdmin):
    """Published evaluations and feedback: public as soon as they are saved."""

    list_display = ["title", "kind", "publisher", "published", "source", "review_due", "is_fresh"]
    list_filter = ["kind", "levers", ReviewFilter, LocatorFilter]
    list_select_related = ["source"]
    search_fields = ["slug", "title", "publisher", "text"]
    date_hierarchy = "review_due"
    filter_horizontal = ["experiments", "levers"]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["source"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "kind", "publisher", "published", "url", "text"]}),
        ("À propos de", {"fields": ["experiments", "levers"]}),
        PROVENANCE,
    ]


register_parts()
admin.site.register(Adoption, AdoptionAdmin)
admin.site.register(Dossier, DossierAdmin)
admin.site.register(JournalEntry, JournalEntryAdmin)
admin.site.register(Snapshot, SnapshotAdmin)
admin.site.register(SignatureDelegation, SignatureDelegationAdmin)
admin.site.register(LetterTemplate, LetterTemplateAdmin)
admin.site.register(Decision, DecisionAdmin)
