"""What is written along an action: the schedule as lines, an indicator, a value of it, an evaluation."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from levers.forms import AmountField, number_as_typed
from projects.content.answers import FIRST_YEAR, LAST_YEAR
from projects.engine.schedule import Row
from projects.forms.papers import PapersField, WithFiles
from projects.forms.preparing import CleanCharField
from projects.forms.texts import date_as_kept, date_as_shown
from projects.models import EvaluationReport, Indicator, Instalment

EMPTY_LINES = 2
MOST_LINES = 100
SAID = ("kind", "year", "amount", "due_on", "condition", "indicator", "target")
NUMERIC = {"inputmode": "numeric"}


class DayField(forms.CharField):
    """A day written the French way, or year-month-day."""

    def clean(self, value):
        """Return the day; refuse what is none, or is no day of this time."""
        text = super().clean(value)
        if text in self.empty_values:
            return None
        try:
            day = date.fromisoformat(date_as_kept(text))
        except ValueError:
            day = None
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError("Écrivez une date qui existe, par exemple 01/09/2027.")
        return day

    def prepare_value(self, value):
        """Show a day the French way."""
        return date_as_shown(value.isoformat() if isinstance(value, date) else str(value or ""))


class NumberField(forms.DecimalField):
    """A number, with a comma or a point, below zero perhaps."""

    def __init__(self, **options):
        super().__init__(
            max_digits=14, decimal_places=2, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options
        )

    def to_python(self, value):
        """Read « 1 250,5 »; refuse the rest in plain words."""
        if value in self.empty_values:
            return None
        plain = re.sub(r"[\s\u00a0\u202f]", "", str(value)).replace(",", ".")
        if not re.fullmatch(r"-?\d{1,12}(\.\d{1,2})?", plain, re.ASCII):
            raise ValidationError("Écrivez un nombre, par exemple 45 ou 45,5.")
        return super().to_python(plain)

    def prepare_value(self, value):
        """Show a known number the French way."""
        return number_as_typed(value)


class InstalmentForm(forms.Form):
    """A line of the schedule. Left empty, it is no line."""

    mark_optional = False
    use_required_attribute = False

    rank = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=999)
    kind = forms.ChoiceField(label="Nature", choices=[("", "Choisissez"), *Instalment.Kind.choices], required=False)
    amount = AmountField(
        label="Montant, en euros", required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    year = forms.IntegerField(
        label="Année budgétaire", min_value=2020, max_value=2060, required=False, widget=forms.TextInput(attrs=NUMERIC)
    )
    due_on = DayField(label="Prévu le", required=False)
    condition = CleanCharField(label="Condition, en mots", max_length=300, required=False)
    indicator = forms.ChoiceField(label="Indicateur de la cible", required=False)
    target = NumberField(label="Valeur à atteindre", required=False)
    DELETE = forms.BooleanField(label="Retirer cette ligne", required=False)

    def __init__(self, *args, indicators: Sequence[Indicator] = (), **kwargs):
        super().__init__(*args, **kwargs)
        words = [(str(one.pk), str(one)) for one in indicators]
        self.fields["indicator"].choices = [("", "Aucun"), *words]

    def clean(self) -> dict:
        """Ask for the rest where the line says something; a target where the payment depends on one."""
        given = super().clean()
        if not self.says_something or given.get("DELETE"):
            return given
        for name in ("kind", "amount", "year", "due_on"):
            if given.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, "À remplir.")
        if given.get("amount") == 0:
            self.add_error("amount", "Une ligne verse quelque chose.")
        waits = given.get("kind") == Instalment.Kind.USE_TARGET
        for name, words in (("indicator", "Choisissez l'indicateur."), ("target", "Écrivez la valeur à atteindre.")):
            is_given = given.get(name) not in (None, "")
            if waits and not is_given and name not in self.errors:
                self.add_error(name, words)
            elif is_given and not waits:
                self.add_error(name, "Seulement pour une ligne « selon une cible d'usage ».")
        return given

    @property
    def says_something(self) -> bool:
        """Tell whether the line is one: written already, or with something in it."""
        given = self.cleaned_data
        return bool(given.get("rank")) or any(given.get(one) not in (None, "") or one in self.errors for one in SAID)

    def row(self) -> Row:
        """Return the line as rules see it."""
        given = self.cleaned_data
        indicator = int(given["indicator"]) if given["indicator"] else None
        return Row(
            given["rank"] or 0, given["year"], given["kind"], given["amount"], given["due_on"], given["condition"],
            indicator, given["target"],
        )  # fmt: skip


class ScheduleForm(forms.BaseFormSet):
    """All the lines."""

    def rows(self) -> list[Row]:
        """Return the lines that say something, those to take away left out."""
        return [one.row() for one in self.forms if one.says_something and not one.cleaned_data.get("DELETE")]


ScheduleFormSet = forms.formset_factory(
    InstalmentForm,
    formset=ScheduleForm,
    extra=EMPTY_LINES,
    max_num=MOST_LINES,
    validate_max=True,
    absolute_max=MOST_LINES + 20,
)


class SeenForm(forms.Form):
    """Which version of the schedule the page showed."""

    seen = forms.IntegerField(min_value=0, max_value=9999, widget=forms.HiddenInput)


def schedule_form(rows: Iterable[Row], indicators: Sequence[Indicator], data=None):
    """Return a schedule as a form: its lines, then some empty ones."""
    names = ("rank", "kind", "amount", "year", "due_on", "condition", "target")
    initial = [{name: getattr(one, name) for name in names} | {"indicator": str(one.indicator or "")} for one in rows]
    return ScheduleFormSet(data, initial=initial, prefix="ligne", form_kwargs={"indicators": list(indicators)})


class IndicatorForm(forms.Form):
    """An indicator to follow."""

    use_required_attribute = False

    label = CleanCharField(
        label="Ce qui est mesuré", max_length=200, help_text="Par exemple : comptes rendus transmis."
    )
    unit = CleanCharField(
        label="Unité", max_length=40, required=False, help_text="Par exemple : %, patients, par mois."
    )
    direction = forms.ChoiceField(label="Sens", choices=Indicator.Direction.choices, widget=forms.RadioSelect)
    baseline = NumberField(label="Valeur de départ", required=False)
    target = NumberField(label="Valeur visée", required=False)


class ValueForm(forms.Form):
    """What one side says of an indicator on a day."""

    use_required_attribute = False

    indicator = forms.ChoiceField(label="Indicateur")
    on = DayField(label="Situation au", help_text="Le dernier jour de la période, par exemple 30/06/2027.")
    value = NumberField(label="Valeur")

    def __init__(self, *args, indicators: Sequence[Indicator] = (), **kwargs):
        super().__init__(*args, **kwargs)
        words = [(str(one.pk), str(one)) for one in indicators]
        self.fields["indicator"].choices = [("", "Choisissez"), *words]


class EvaluationForm(WithFiles):
    """An evaluation that was made, and its report where there is a file of it."""

    FILES = "report"

    use_required_attribute = False

    kind = forms.ChoiceField(label="Moment", choices=EvaluationReport.Kind.choices, widget=forms.RadioSelect)
    on = DayField(label="Datée du")
    by = CleanCharField(label="Faite par", max_length=200, help_text="Un organisme ou un service, pas une personne.")
    reference = CleanCharField(
        label="Où est le rapport", max_length=300, required=False, help_text="Une adresse, une référence, une pièce."
    )
    summary = CleanCharField(
        label="Ce qu'elle conclut",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="En quelques lignes.",
    )
    report = PapersField(label="Le rapport", required=False, most=1, help_text="Le porteur le lit aussi.")

    def given(self) -> dict:
        """Return what is recorded, the file apart."""
        return {name: value for name, value in self.cleaned_data.items() if name != self.FILES}
