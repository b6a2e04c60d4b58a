"""Curation of envelopes: what an administration may commit in a budget year."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q

from levers.admin_rules import InForceFilter
from projects.models import Envelope


class EnvelopeForm(forms.ModelForm):
    """An envelope: of a lever or of a call, and never two for the same days."""

    def clean(self) -> dict:
        """Refuse what the base would, in words, and a period that another row covers."""
        given = super().clean()
        if self.instance.pk is None and bool(given.get("lever")) == bool(given.get("call")):
            raise ValidationError("Choisissez un levier ou un appel, l'un des deux.")
        since, until = given.get("valid_from", self.instance.valid_from), given.get("valid_to")
        if since and until and until < since:
            raise ValidationError({"valid_to": "La fin vient avant le début."})
        if since and self._others(given, since, until).exists():
            words = "Une autre enveloppe vaut déjà ces jours-là : clôturez-la d'abord."
            raise ValidationError({"valid_to" if self.instance.pk else "valid_from": words})
        return given

    def _others(self, given: dict, since, until):
        names = ("body", "lever", "call", "year")
        known = {name: given.get(name) for name in names}
        if self.instance.pk:
            known = {name: getattr(self.instance, name) for name in names}
        others = Envelope.objects.filter(**known).exclude(pk=self.instance.pk)
        others = others.filter(Q(valid_to=None) | Q(valid_to__gte=since))
        return others.filter(valid_from__lte=until) if until else others


class EnvelopeAdmin(admin.ModelAdmin):
    """Envelopes, by administration and year. One that changes is closed, and another row follows it."""

    form = EnvelopeForm
    list_display = ["__str__", "body", "year", "amount", "valid_from", "valid_to", "source"]
    list_filter = ["year", InForceFilter, "body"]
    list_select_related = ["body", "lever", "call"]
    search_fields = ["lever__title", "call__title", "body__name", "source"]
    autocomplete_fields = ["call", "lever"]
    fieldsets = [
        (None, {"fields": ["body", "year", "lever", "call", "amount"]}),
        ("Validité", {"fields": ["valid_from", "valid_to", "source"]}),
    ]

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        """Let a row that exists be closed, and nothing else: what was refused for want of money relied on it."""
        return ("body", "year", "lever", "call", "amount", "valid_from") if obj else ()

    def has_delete_permission(self, request, obj=None) -> bool:
        """Keep every row: what was refused for want of money is still explained later."""
        return False
