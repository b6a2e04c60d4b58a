"""What one types about a specification: a comment, which versions to read, the figures of its financing model."""

from collections.abc import Iterable, Sequence

from django import forms

from levers.forms import AmountField
from projects.forms.financing import FIRST_YEAR, LAST_YEAR
from projects.forms.preparing import CleanCharField
from projects.forms.texts import clean_text
from projects.procedures.asked import Section
from projects.specification.commenting import About
from projects.specification.model import ZERO, Year
from projects.specification.versions import Version

LONGEST_COMMENT = 4000
MOST_YEARS = 12
EMPTY_YEARS = 2
MOST_PEOPLE = 10_000_000
FIGURES = ("year", "patients", "package", "substituted", "other")


class CommentForm(forms.Form):
    """A comment on a section, or on one of its questions."""

    use_required_attribute = False

    question = forms.ChoiceField(label="Sur quoi porte votre commentaire ?", required=False)
    text = CleanCharField(
        label="Votre commentaire",
        help_text="L'autre côté le lit. Pas de données de patients, même sans leur nom.",
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez votre commentaire."},
    )

    def __init__(self, section: Section, *args, **kwargs):
        super().__init__(*args, prefix=section.key, **kwargs)
        self.section = section
        questions = [(one.key, one.label) for one in section.questions]
        self.fields["question"].choices = [("", "Toute la partie"), *questions]

    def about(self, version: Version | None) -> About:
        """Return what is commented, as a version has it."""
        return About(self.section.key, self.cleaned_data["question"], version.pk if version else None)


class VersionsForm(forms.Form):
    """Which version is read, and with which one it is compared; both are in the address."""

    mark_optional = False

    version = forms.ChoiceField(label="Lire", required=False)
    avec = forms.ChoiceField(label="Comparer avec", required=False)

    def __init__(self, versions: Sequence[Version], *args, **kwargs):
        super().__init__(*args, auto_id="versions-%s", **kwargs)
        choices = [(str(one.rank), one.full_label) for one in versions]
        self.fields["version"].choices = [("", "La plus récente"), *choices]
        self.fields["avec"].choices = [("", "Aucune"), *choices]


def _figure(label: str, **more) -> AmountField:
    return AmountField(
        label=label,
        max_digits=12,
        decimal_places=2,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        **more,
    )


class YearForm(forms.Form):
    """A year of the model. Left empty, it is none."""

    mark_optional = False
    use_required_attribute = False

    year = forms.IntegerField(
        label="Année",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    patients = forms.IntegerField(
        label="Personnes suivies dans l'année",
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    package = _figure("Forfait par personne et par an, en euros")
    substituted = _figure("Dépense évitée par personne et par an, en euros")
    other = _figure("Autres coûts de l'année, en euros", help_text="Coordination, système d'information. Vide : aucun.")
    DELETE = forms.BooleanField(label="Retirer cette année", required=False)

    def clean(self) -> dict:
        """Ask for every figure of a year that says something."""
        given = super().clean()
        if self.says_something and not given.get("DELETE"):
            for name in ("year", "patients", "package", "substituted"):
                if given.get(name) is None and name not in self.errors:
                    self.add_error(name, "Écrivez ce chiffre, zéro s'il n'y en a pas.")
        return given

    @property
    def says_something(self) -> bool:
        """Tell whether something is written in the line."""
        return any(self.cleaned_data.get(name) is not None or name in self.errors for name in FIGURES)

    def said(self) -> Year | None:
        """Return the year; None for an empty line, or one that is taken away."""
        given = self.cleaned_data
        if given.get("DELETE") or not self.says_something:
            return None
        return Year(
            given["year"], given["patients"], given["package"], given["substituted"], given.get("other") or ZERO
        )


class YearsForm(forms.BaseFormSet):
    """All the years, each once."""

    def clean(self) -> None:
        """Refuse the same year twice, on the line that repeats it."""
        known: set[int] = set()
        for form in self.forms:
            if form.is_valid() and (year := form.said()):
                if year.year in known:
                    form.add_error("year", "Cette année est déjà décrite plus haut.")
                known.add(year.year)

    def years(self) -> list[Year]:
        """Return the years that are described."""
        return [year for form in self.forms if (year := form.said())]


YearsFormSet = forms.formset_factory(
    YearForm, formset=YearsForm, extra=EMPTY_YEARS, max_num=MOST_YEARS, validate_max=True, absolute_max=MOST_YEARS + 10
)


def years_form(figures: Iterable[dict], data=None) -> YearsForm:
    """Return the years as a form: those that are stored, then some empty ones."""
    initial = [{name: str(one[name]).removesuffix(".00").replace(".", ",") for name in FIGURES} for one in figures]
    return YearsFormSet(data, initial=initial, prefix="annee")


class ReasonField(CleanCharField):
    """A reason, in a few sentences."""

    def __init__(self, label: str, missing: str, *, longest: int = 1000, help_text: str = ""):
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=longest,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"required": missing},
        )

    def to_python(self, value):
        """Keep one way of ending lines."""
        return clean_text(super().to_python(value))
