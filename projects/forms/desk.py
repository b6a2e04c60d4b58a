"""What those who instruct type for themselves: a note, a label, to whom a dossier is entrusted, who is away."""

from collections.abc import Iterable, Mapping
from datetime import date

from django import forms

from actors.models import User
from projects.instruction.absences import Colleague
from projects.models import Assignment, Note

DAY = {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}


class NoteForm(forms.Form):
    """A note of the team."""

    text = forms.CharField(
        label="Note",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Lue par votre service seulement, jamais par le porteur ni par une autre administration. N'écrivez "
        "rien d'un patient : la personne dont vous parlez peut demander à lire ce qui la concerne.",
    )

    def __init__(self, data: Mapping | None = None, note: Note | None = None):
        super().__init__(data, initial={"text": note.text} if note else None)
        self.use_required_attribute = False


class LabelForm(forms.Form):
    """A label, of those that the team has or a new one."""

    name = forms.CharField(
        label="Étiquette",
        max_length=40,
        help_text="Un mot que votre service partage. Choisissez parmi celles qui existent, ou écrivez-en une nouvelle.",
    )

    def __init__(self, data: Mapping | None = None):
        super().__init__(data)
        self.use_required_attribute = False
        self.fields["name"].widget.attrs["list"] = "etiquettes"


class AssignmentForm(forms.Form):
    """The pair: who leads, who knows the trade; either place may be left empty."""

    lead = forms.ModelChoiceField(
        User.objects.none(),
        label="Responsable du dossier",
        required=False,
        empty_label="Personne",
        help_text="Tient le dossier du dépôt à la fin ; prévenu de tout ce qui s'y passe.",
    )
    expert = forms.ModelChoiceField(
        User.objects.none(),
        label="Expert métier",
        required=False,
        empty_label="Personne",
        help_text="Connaît le sujet : soins, numérique, finances… Prévenu lui aussi.",
    )

    def __init__(self, people: Iterable[User], pair: Mapping[str, Assignment], data: Mapping | None = None):
        super().__init__(data, initial={role: row.user_id for role, row in pair.items()})
        keys = {person.pk for person in people}
        for role in Assignment.Role.values:
            self.fields[role].queryset = User.objects.filter(pk__in=keys).order_by("full_name", "pk")

    def clean(self) -> dict:
        """Refuse the same person twice: a pair is two people."""
        cleaned = super().clean()
        if cleaned.get("lead") and cleaned.get("lead") == cleaned.get("expert"):
            self.add_error("expert", "C'est déjà la personne responsable : choisissez-en une autre, ou personne.")
        return cleaned


class AbsenceForm(forms.Form):
    """Who is away, from when to when, and who stands in."""

    who = forms.ChoiceField(label="Qui est absent ?")
    deputy = forms.ChoiceField(
        label="Qui remplace ?", help_text="Une personne qui instruit dans la même administration."
    )
    since = forms.DateField(label="Du", **DAY)
    until = forms.DateField(label="Au", help_text="Dernier jour compris.", **DAY)

    def __init__(
        self, spoken_for: Iterable[Colleague], people: Iterable[Colleague], on: date, data: Mapping | None = None
    ):
        people = list(people)
        super().__init__(data, initial={"since": on})
        self.use_required_attribute = False
        self.on, self.by_key = on, {one.key: one for one in people}
        several = len({one.body.pk for one in people}) > 1
        for name, offered in (("who", spoken_for), ("deputy", people)):
            words = [(one.key, f"{one.user}, {one.body.name}" if several else str(one.user)) for one in offered]
            self.fields[name].choices = [("", "Choisissez"), *words]

    def clean_until(self) -> date:
        """Refuse an absence that is over."""
        until = self.cleaned_data["until"]
        if until < self.on:
            raise forms.ValidationError("Cette absence est déjà finie.")
        return until

    @property
    def away(self) -> Colleague:
        """Return who is away, from a form that is valid."""
        return self.by_key[self.cleaned_data["who"]]

    @property
    def standing_in(self) -> Colleague:
        """Return who stands in."""
        return self.by_key[self.cleaned_data["deputy"]]
