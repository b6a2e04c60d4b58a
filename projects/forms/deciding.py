"""The words of a decision, and the choice of dossiers to sign."""

import uuid
from dataclasses import dataclass

from django import forms

from projects.deciding.drafting import Wording


class DraftForm(forms.Form):
    """The words of the decision that is being prepared. ``seen``: the version that the page showed."""

    subject = forms.CharField(label="Objet", max_length=200)
    text = forms.CharField(
        label="Texte",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 22}),
        help_text="Une ligne vide sépare deux paragraphes ; « - » en début de ligne fait une liste. Le numéro, la "
        "date, la signature et les moyens de contester s'ajoutent d'eux-mêmes.",
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.use_required_attribute = False
        for name in ("subject", "text"):
            self.fields[name].error_messages["required"] = "À remplir."

    def clean_subject(self) -> str:
        """Keep it on one line."""
        return " ".join(self.cleaned_data["subject"].split())

    def clean(self) -> dict:
        """Say that the page is to be opened again where what it hid did not come back."""
        if "seen" in self.errors:
            self.add_error(None, "La page était incomplète : gardez votre texte et ouvrez-la de nouveau.")
        return super().clean()

    def afresh(self, seen: int, problem: str) -> "DraftForm":
        """Return the same words on the version that stands now, with what is wrong: sent again, they take its place."""
        form = DraftForm({**self.data.dict(), "seen": seen})
        form.add_error(None, problem)
        return form

    @property
    def wording(self) -> Wording:
        """Return what was written."""
        held = self.cleaned_data
        return Wording(held["subject"], held["text"].replace("\r\n", "\n"), held["seen"])


@dataclass(frozen=True, slots=True)
class Picked:
    """A dossier to sign, as the page of confirmation showed it."""

    reference: str
    version: int
    key: uuid.UUID
    digest: str


class PickForm(forms.Form):
    """Which dossiers of the folder were ticked; those that the page did not offer are left out by the view."""

    dossier = forms.MultipleChoiceField(label="Dossiers", required=False)

    def __init__(self, data, references):
        super().__init__(data)
        self.fields["dossier"].choices = [(one, one) for one in references]
        self.fields["dossier"].error_messages["invalid_choice"] = "Le dossier %(value)s n'attend plus votre signature."


class ConfirmForm(forms.Form):
    """What a page of confirmation hides for each dossier: reference, version, key, digest of the words."""

    MOST = 50

    def picked(self) -> list[Picked]:
        """Return what is confirmed; what does not read as the page wrote it is left out."""
        found = []
        for token in self.data.getlist("confirme")[: self.MOST]:
            try:
                reference, version, key, digest = token.split(":")
                found.append(Picked(reference[:8], int(version), uuid.UUID(key), digest[:64]))
            except ValueError:
                continue
        return found
