"""Curation of delegations of signature and of templates of letters; the decisions, which nobody changes here."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from actors.admin import CuratedAdmin
from apist.clock import now, today
from levers.admin_rules import InForceFilter
from projects.admin_dossiers import ReadOnlyAdmin, procedure_choices
from projects.deciding.following import close_and_follow
from projects.engine.people import actor_of
from projects.engine.reading import known
from projects.engine.wording import values_of
from projects.letters.substitution import fill
from projects.letters.variables import EXAMPLES, VARIABLES
from projects.models import Dossier, LetterTemplate
from projects.rights.table import INSTRUCTING_SIDE


class FollowedAdmin(CuratedAdmin):
    """Rows that are valid for a time: once in force since another day, one may only be closed."""

    actions = ["close_and_follow"]

    def get_readonly_fields(self, request, obj=None):
        """Leave only the end of what was in force before today: what was done under it is still explained later."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        if obj is None or obj.valid_from >= today():
            return fixed
        every = [name for _, options in self.fieldsets for name in options["fields"]]
        return (*fixed, *(name for name in every if name not in (*fixed, "valid_to")))

    def has_delete_permission(self, request, obj=None) -> bool:
        """Keep every row."""
        return False

    @admin.action(description="Clore aujourd'hui et préparer la suite", permissions=["add", "change"])
    def close_and_follow(self, request, queryset):
        """Close each row yesterday and make its successor, in force from today, ready to be edited."""
        for row in queryset:
            try:
                close_and_follow(row, today())
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            else:
                text = f"« {row} » ne vaut plus depuis hier. La suite vaut depuis aujourd'hui : modifiez-la."
                self.message_user(request, text, messages.SUCCESS)


class EndForm(forms.ModelForm):
    """A row that is valid for a time. What was valid yesterday is not taken back: it ends yesterday at the earliest."""

    def clean_valid_to(self):
        """Refuse to end or to open again what is over, and an end before yesterday for what is in force."""
        ends, row = self.cleaned_data["valid_to"], self.instance
        if row.pk is None or ends == row.valid_to or row.valid_from >= today():
            return ends
        if row.valid_to is not None and row.valid_to < today():
            raise ValidationError("C'est terminé : préparez une autre ligne.")
        if ends is not None and (today() - ends).days > 1:
            raise ValidationError("Ce qui a valu ne peut pas être effacé : au plus tôt hier.")
        return ends


class SignatureDelegationAdmin(FollowedAdmin):
    """Who may sign in the director's place, until when, for which levers and up to which amount."""

    form = EndForm
    list_display = ["reference", "body", "delegate", "role", "ceiling", "valid_from", "valid_to"]
    list_filter = [InForceFilter, "body", "role"]
    list_select_related = ["body", "delegate"]
    search_fields = ["reference", "publication", "body__name", "delegate__email"]
    date_hierarchy = "valid_from"
    autocomplete_fields = ["delegate"]
    filter_horizontal = ["levers"]
    fieldsets = [
        (None, {"fields": ["body", "delegate", "role", "given_by"]}),
        ("Ce qu'elle permet", {"fields": ["levers", "ceiling"]}),
        ("Décision et publication", {"fields": ["reference", "publication", "publication_url"]}),
        ("Validité", {"fields": ["valid_from", "valid_to"]}),
    ]


class TemplateForm(EndForm):
    """A template; its procedure is chosen by title."""

    procedure_key = forms.ChoiceField(label="Procédure", choices=procedure_choices, required=False)


class LetterTemplateAdmin(FollowedAdmin):
    """The words of letters and decisions, with what may be named in them and what it gives on a dossier."""

    form = TemplateForm
    list_display = ["__str__", "key", "procedure_key", "body", "subject", "valid_from", "valid_to"]
    list_filter = ["key", InForceFilter, "procedure_key"]
    list_select_related = ["body"]
    search_fields = ["subject", "text"]
    date_hierarchy = "valid_from"
    readonly_fields = ["version", "variables", "preview"]
    fieldsets = [
        (None, {"fields": ["key", "procedure_key", "body", "version"]}),
        ("Texte", {"fields": ["subject", "text", "source", "variables", "preview"]}),
        ("Validité", {"fields": ["valid_from", "valid_to"]}),
    ]

    @admin.display(description="variables")
    def variables(self, template: LetterTemplate) -> str:
        """Return what may be named, each with what it holds."""
        listed = format_html_join("", "<li><code>{{{{{}}}}}</code> : {}</li>", VARIABLES.items())
        told = "Pour des mots qui n'ont de sens qu'avec une valeur : {{si montant}}…{{fin}}."
        return format_html("<p>{}</p><ul>{}</ul>", told, listed)

    @admin.display(description="aperçu")
    def preview(self, template: LetterTemplate) -> str:
        """Return the address of what the saved template gives."""
        if not template.pk:
            return "Enregistrez d'abord le modèle."
        address = reverse("admin:projects_lettertemplate_preview", args=[template.pk])
        return format_html('<a href="{}">Voir ce que donne le modèle enregistré</a>', address)

    def get_urls(self):
        """Add the preview to the pages of a template."""
        own = path(
            "<int:number>/apercu/", self.admin_site.admin_view(self.shown), name="projects_lettertemplate_preview"
        )
        return [own, *super().get_urls()]

    def shown(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show a template on examples, or on a dossier that the person may read; any other does not exist."""
        template = self.get_object(request, str(number))
        if template is None:
            raise Http404
        if not self.has_view_permission(request, template):
            raise PermissionDenied
        reference = request.GET.get("dossier", "").strip().upper()[:8]
        values, problem = EXAMPLES, ""
        if reference:
            dossier = readable(request, reference)
            if dossier is None:
                problem = f"Le dossier {reference} n'existe pas, ou vous ne pouvez pas le lire."
            else:
                values = values_of(known(dossier, now()))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Aperçu : {template}",
            "template": template,
            "subject": fill(template.subject, values),
            "text": fill(template.text, values),
            "reference": reference,
            "problem": problem,
            "opts": self.opts,
        }
        return render(request, "admin/curation/letter_preview.html", context)


def readable(request: HttpRequest, reference: str) -> Dossier | None:
    """Return a dossier that the person may read; a curator of content reads none."""
    holdings = actor_of(request.user, now()).holdings
    rows = Dossier.objects.visible_to(holdings, INSTRUCTING_SIDE).filter(reference=reference)
    return rows.with_names().select_related("project__owner", "region").first()


class DecisionAdmin(ReadOnlyAdmin):
    """The decisions: numbers and digests; their words are read on the page of the dossier."""

    list_display = ["number", "dossier", "key", "signed_at", "sha256"]
    list_filter = ["key"]
    list_select_related = ["dossier"]
    search_fields = ["=number", "=dossier__reference"]
    exclude = ["content"]
