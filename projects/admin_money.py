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
        lever, call = given.get("lever"), given.get("call")
        if bool(lever) == bool(call):
            raise ValidationError("Choisissez un levier ou un appel, l'un des deux.")
        since, until = given.get("valid_from"), given.get("valid_to")
        if since and until and until < since:
            raise ValidationError({"valid_to": "La fin vient avant le début."})
        if since and given.get("body") and given.get("year") and self._others(given, since, until).exists():
            raise ValidationError({"valid_from": "Une autre enveloppe vaut déjà ces jours-là : clôturez-la d'abord."})
        return given

    def _others(self, given: dict, since, until):
        names = ("body", "lever", "call", "year")
        others = Envelope.objects.filter(**{name: given.get(name) for name in names}).exclude(pk=self.instance.pk)
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

    def has_delete_permission(self, request, obj=None) -> bool:
        """Keep every row: what was refused for want of money is still explained later."""
        return False
