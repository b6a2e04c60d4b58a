"""What an amendment changes: the whole amount, that of a year, the end, why; its rows are those of a schedule."""

from django import forms

from levers.forms import AmountField
from projects.engine.amended import Amended
from projects.engine.schedule import Row
from projects.forms.following import DayField
from projects.forms.preparing import CleanCharField

DECIMAL = {"inputmode": "decimal"}


class AmendmentForm(forms.Form):
    """The amendment that is prepared. ``seen_schedule``, ``seen_act``: what the page showed."""

    use_required_attribute = False

    reason = CleanCharField(
        label="Pourquoi cet avenant",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ces mots seront dans l'avenant : le porteur les lira.",
    )
    amount = AmountField(
        label="Montant accordé en tout, en euros",
        help_text="Plus ou moins qu'avant, jamais moins que ce qui est versé.",
        widget=forms.TextInput(attrs=DECIMAL),
    )
    per_year = AmountField(label="Montant pour une année, en euros", widget=forms.TextInput(attrs=DECIMAL))
    ends_on = DayField(label="Fin de l'exercice financé", help_text="Plus tard ou plus tôt qu'avant.")
    seen_schedule = forms.IntegerField(min_value=0, max_value=9999, widget=forms.HiddenInput)
    seen_act = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput)

    def clean_amount(self):
        """Refuse an aid of nothing: giving it up is another act."""
        if self.cleaned_data["amount"] == 0:
            raise forms.ValidationError("Un avenant n'annule pas l'aide : écrivez un montant.")
        return self.cleaned_data["amount"]

    def amended(self, rows: list[Row]) -> Amended:
        """Return what is wanted, with the rows of the schedule."""
        given = self.cleaned_data
        return Amended(given["amount"], given["per_year"], given["ends_on"], given["reason"], tuple(rows))

    @property
    def seen(self) -> tuple[int, int]:
        """Return what the page showed."""
        return self.cleaned_data["seen_schedule"], self.cleaned_data["seen_act"]

    def afresh(self, schedule: int, act: int) -> "AmendmentForm":
        """Return the same answers on what stands now: sent again, they take its place."""
        return AmendmentForm({**self.data.dict(), "seen_schedule": schedule, "seen_act": act})
