"""What is typed about a publication: the words proposed, the answers of the applicant, how far the project goes."""

from collections.abc import Mapping

from django import forms

from projects.models import Experiment, PublicWording
from projects.publishing.rules import NEEDED, too_long

HELPS = {
    "title": "Ce que le projet fait, sans sigle.",
    "summary": "Une phrase, pour les listes.",
    "text": "Quelques phrases pour quelqu'un qui ne connaît pas le projet. Rien d'un secret, rien d'un patient.",
    "population": "Les personnes concernées.",
    "organisation": "Tel qu'il sera lu ; jamais le nom d'une personne.",
    "department": "Celui de l'organisme.",
}
LONG = ("text", "population")


def help_of(field: str) -> str:
    """Return what is said under a field: what it holds, and whether an entry can be published without it."""
    return f"{HELPS[field]} {'Nécessaire pour publier.' if field in NEEDED else 'Facultatif.'}"


class WordingForm(forms.Form):
    """The words that the agency proposes for the register; an empty field is not proposed."""

    mark_optional = False

    def __init__(self, known: Mapping[str, str], data=None):
        super().__init__(data)
        for field in PublicWording.Field:
            self.fields[field.value] = forms.CharField(
                label=field.label, help_text=help_of(field.value), required=False, initial=known.get(field.value, ""),
                max_length=6000, widget=forms.Textarea(attrs={"rows": 4}) if field.value in LONG else forms.TextInput(),
            )  # fmt: skip

    def clean(self):
        """Refuse words that the register could not hold."""
        data = super().clean()
        for field, text in list(data.items()):
            if longest := too_long(field, text or ""):
                self.add_error(field, f"Au plus {longest} caractères : raccourcissez.")
        return data


class ReachForm(forms.Form):
    """How far the project goes: decides where the register shows it."""

    reach = forms.ChoiceField(label="Portée du projet", choices=Experiment.Reach.choices)


class ConsentForm(forms.Form):
    """Yes or no, field by field; what is not answered stays as it is."""

    mark_optional = False

    def __init__(self, wordings, data=None):
        super().__init__(data)
        for row in wordings:
            answer = {"agreed": "yes", "refused": "no"}.get(row.state, "")
            self.fields[row.field] = forms.ChoiceField(
                label=f"Votre réponse : {row.get_field_display().lower()}", widget=forms.RadioSelect,
                choices=[("yes", "J'accepte que ce soit public"), ("no", "Je refuse")],
                required=False, initial=answer,
            )  # fmt: skip

    def answers(self) -> dict[str, bool]:
        """Return what was answered."""
        return {field: value == "yes" for field, value in self.cleaned_data.items() if value}
