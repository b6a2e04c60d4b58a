"""The lines of the financing plan, as they are typed; one that somebody changed meanwhile is told, not overwritten."""

import hashlib
from collections.abc import Sequence

from django import forms

from levers.forms import AmountField
from projects.forms.preparing import CleanCharField
from projects.models import Dossier, FinancingLine, Project

FIRST_YEAR, LAST_YEAR = 2020, 2060
EMPTY_LINES = 2
MOST_LINES = 200
DATA = ("expense", "label", "year", "amount", "payer", "state", "dossier")
SAID = ("label", "year", "amount")
"""Without any of these, a line that is not stored yet says nothing."""


def seen(line: FinancingLine | None) -> str:
    """Return the digest of a line, by which one knows that it did not change since it was shown."""
    if line is None:
        return ""
    values = [str(getattr(line, f"{name}_id" if name == "dossier" else name)) for name in DATA]
    return hashlib.sha256("\0".join(values).encode()).hexdigest()[:16]


class LineForm(forms.Form):
    """A line. Left empty, it is no line."""

    mark_optional = False
    use_required_attribute = False

    line = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    expense = forms.ChoiceField(label="Dépense", choices=FinancingLine.Expense.choices, required=False)
    label = CleanCharField(label="Précision", max_length=200, required=False)
    year = forms.IntegerField(
        label="Année",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    amount = AmountField(
        label="Montant, en euros",
        max_digits=13,
        decimal_places=2,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    payer = forms.ChoiceField(label="Payé par", choices=FinancingLine.Payer.choices, required=False)
    state = forms.ChoiceField(label="Où en est-on ?", choices=FinancingLine.State.choices, required=False)
    dossier = forms.ChoiceField(label="Demandé par le dossier", required=False)
    DELETE = forms.BooleanField(label="Retirer cette ligne", required=False)

    def __init__(self, *args, dossiers: Sequence[Dossier] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.dossiers = {one.reference: one for one in dossiers}
        words = [(one.reference, f"{one.reference} : {one.procedure.title}") for one in dossiers]
        self.fields["dossier"].choices = [("", "Aucun dossier"), *words]

    def clean(self) -> dict:
        """Ask for an amount and the rest where the line says something."""
        given = super().clean()
        if self.says_something and not given.get("DELETE"):
            if given.get("amount") is None and "amount" not in self.errors:
                self.add_error("amount", "Écrivez le montant de cette ligne.")
            for name in ("expense", "payer", "state"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, "Choisissez une réponse.")
        return given

    @property
    def says_something(self) -> bool:
        """Tell whether the line is one: stored already, or with something written."""
        given = self.cleaned_data
        written = any(given.get(name) not in (None, "") or name in self.errors for name in SAID)
        return written or given.get("line") is not None

    def values(self) -> dict:
        """Return what a row holds."""
        given = self.cleaned_data
        found = {name: given[name] for name in DATA if name != "dossier"}
        return found | {"dossier": self.dossiers.get(given["dossier"])}


class PlanForm(forms.BaseFormSet):
    """All the lines."""

    def stored_forms(self) -> list[LineForm]:
        """Return the lines that say something, those to take away included."""
        return [form for form in self.forms if form.says_something]


PlanFormSet = forms.formset_factory(
    LineForm, formset=PlanForm, extra=EMPTY_LINES, max_num=MOST_LINES, validate_max=True, absolute_max=MOST_LINES + 20
)


def plan_form(project: Project, lines: Sequence[FinancingLine], dossiers: Sequence[Dossier], data=None):
    """Return the plan as a form: the stored lines, then some empty ones."""
    references = {one.pk: one.reference for one in dossiers}
    initial = [
        {name: getattr(line, name) for name in DATA if name != "dossier"}
        | {"dossier": references.get(line.dossier_id, ""), "line": line.pk, "seen": seen(line)}
        for line in lines
    ]
    return PlanFormSet(data, initial=initial, prefix="plan", form_kwargs={"dossiers": list(dossiers)})
