"""What an agent types to record what the applicant sent by another way than the portal."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django import forms

from apist.clock import today
from projects.engine.door import Request
from projects.engine.enclosing import Enclosed
from projects.engine.received import Received
from projects.forms.fields import iso
from projects.forms.moves import MoveForm
from projects.forms.papers import PapersField, WithFiles
from projects.forms.texts import clean_text
from projects.models import Dossier, PublicWording
from projects.procedures.types import Move

WAYS = [
    (Dossier.Origin.LETTER, "Par courrier"),
    (Dossier.Origin.EMAIL, "Par courriel"),
    (Dossier.Origin.VISIT, "Apporté sur place"),
]
"""What is sent, or brought, leaves a trace; what is said on the telephone does not."""

ABOUT = ("received_on", "received_way", "received_from")


class HowItCame(forms.Form):
    """The day, the way, and whose name it bears."""

    received_on = forms.CharField(
        label="Reçu par l'agence le",
        max_length=20,
        help_text="Le jour de l'arrivée. Les délais partent de ce jour, non de celui de la saisie.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    received_way = forms.ChoiceField(label="Comment est-ce arrivé ?", choices=WAYS, widget=forms.RadioSelect)
    received_from = forms.CharField(
        label="Au nom de qui ?",
        max_length=200,
        help_text="Le nom de l'expéditeur ou du signataire, tel qu'il est écrit.",
    )

    @property
    def how(self) -> list[forms.BoundField]:
        """Return the fields about how it came."""
        return [self[name] for name in ABOUT]

    def received(self) -> Received:
        """Return how it came, from a form that is valid."""
        given = self.cleaned_data
        return Received(given["received_on"], given["received_way"], given["received_from"])

    def clean_received_on(self) -> date:
        """Take a day however it is typed; refuse one that has not come."""
        try:
            day = date.fromisoformat(iso(self.cleaned_data["received_on"].strip()))
        except ValueError:
            raise forms.ValidationError("Écrivez une date qui existe, par exemple 31/01/2027.") from None
        if day > today():
            raise forms.ValidationError("Ce jour n'est pas encore venu.")
        return day

    def clean_received_from(self) -> str:
        """Keep a name on one line."""
        name = " ".join(clean_text(self.cleaned_data["received_from"]).split())
        if not name:
            raise forms.ValidationError("À remplir.")
        return name


class ReceivedForm(HowItCame, MoveForm):
    """A move of the applicant, with how it came."""

    def __init__(self, move: Move, data: Mapping | None = None, files: Mapping | None = None, **options):
        super().__init__(move, data, files, **options)
        for name in ABOUT:
            self.fields[name].error_messages["required"] = "À remplir."

    @property
    def asked(self) -> list[forms.BoundField]:
        """Return the fields that somebody fills in: how it came, then those of the move."""
        return [*self.how, *super().asked]

    def request(self, points: tuple[Mapping[str, str], ...] = (), files: tuple[Enclosed, ...] = ()) -> Request:
        """Return what is asked of the one door; ``files``: the document, once its bytes are kept."""
        return replace(super().request(points, files), received=self.received())


class LateForm(ReceivedForm):
    """The same, once the portal let the date of the stage pass: why it was not entered in time."""

    late_because = forms.CharField(
        label="Pourquoi est-ce saisi après l'échéance ?",
        max_length=400,
        help_text="Lu par le porteur et gardé dans le journal. Exemple : courrier arrivé le 12, ouvert le 20.",
    )

    def __init__(self, move: Move, data: Mapping | None = None, files: Mapping | None = None, **options):
        super().__init__(move, data, files, **options)
        self.fields["late_because"].error_messages["required"] = "À remplir."

    @property
    def asked(self) -> list[forms.BoundField]:
        """Return the fields that somebody fills in, why it is late after how it came."""
        return [*self.how, self["late_because"], *super().asked[len(self.how) :]]

    def clean_late_because(self) -> str:
        """Keep the reason on one line."""
        why = " ".join(clean_text(self.cleaned_data["late_because"]).split())
        if not why:
            raise forms.ValidationError("À remplir.")
        return why

    def request(self, points: tuple[Mapping[str, str], ...] = (), files: tuple[Enclosed, ...] = ()) -> Request:
        """Return what is asked of the one door, with the reason."""
        found = super().request(points, files)
        return replace(found, received=replace(found.received, late_because=self.cleaned_data["late_because"]))


class ConsentOnPaperForm(HowItCame, WithFiles):
    """What the applicant answered on a paper about a publication, field by field, with the paper."""

    files = PapersField(
        label="Le papier signé, numérisé",
        most=1,
        help_text="Le porteur le lira sur la page de son dossier.",
        error_messages={"required": "Joignez le papier : sans lui, rien ne prouve l'accord."},
    )

    def __init__(self, wordings: Iterable[PublicWording], data: Mapping | None = None, files: Mapping | None = None):
        super().__init__(data, files)
        self.use_required_attribute = False
        for name in ABOUT:
            self.fields[name].error_messages["required"] = "À remplir."
        self.rows = list(wordings)
        for row in self.rows:
            self.fields[row.field] = forms.ChoiceField(
                label=f"Sa réponse : {row.get_field_display().lower()}", widget=forms.RadioSelect, initial="",
                choices=[("", "Le papier n'en dit rien"), ("yes", "Accepte que ce soit public"), ("no", "Refuse")],
                required=False,
            )  # fmt: skip

    @property
    def fields_said(self) -> list[tuple[PublicWording, forms.BoundField]]:
        """Return each field that is proposed, with what the paper says of it."""
        return [(row, self[row.field]) for row in self.rows]

    def answers(self) -> dict[str, bool]:
        """Return what was answered, field by field."""
        return {row.field: self.cleaned_data[row.field] == "yes" for row in self.rows if self.cleaned_data[row.field]}

    def clean(self) -> dict:
        """Refuse a paper that answers nothing."""
        cleaned = super().clean()
        if not self.errors and not self.answers():
            self.refuse("Dites ce que le papier accepte ou refuse, pour au moins un champ.")
        return cleaned


class CorrectionForm(forms.Form):
    """Why what an agent typed is corrected."""

    reason = forms.CharField(
        label="Pourquoi cette correction ?",
        max_length=400,
        help_text="Lu par le porteur et gardé dans le journal. Exemple : chiffres inversés à la saisie.",
        error_messages={"required": "Dites pourquoi : une correction n'est jamais muette."},
    )

    def __init__(self, data: Mapping | None = None):
        super().__init__(data)
        self.use_required_attribute = False
