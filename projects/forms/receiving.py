"""What an agent types to record what the applicant sent by another way than the portal."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django import forms

from apist.clock import today
from projects.engine.door import Request
from projects.engine.enclosing import Enclosed
from projects.engine.received import Received
from projects.forms.fields import iso
from projects.forms.moves import MoveForm
from projects.forms.texts import clean_text
from projects.models import Dossier
from projects.procedures.types import Move

WAYS = [
    (Dossier.Origin.LETTER, "Par courrier"),
    (Dossier.Origin.EMAIL, "Par courriel"),
    (Dossier.Origin.VISIT, "Apporté sur place"),
]
"""What is sent, or brought, leaves a trace; what is said on the telephone does not."""

ABOUT = ("received_on", "received_way", "received_from")


class ReceivedForm(MoveForm):
    """A move of the applicant, with how it came: the day, the way, and whose name it bears."""

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

    def __init__(self, move: Move, data: Mapping | None = None, files: Mapping | None = None, **options):
        super().__init__(move, data, files, **options)
        for name in ABOUT:
            self.fields[name].error_messages["required"] = "À remplir."

    @property
    def asked(self) -> list[forms.BoundField]:
        """Return the fields that somebody fills in: how it came, then those of the move."""
        return [*(self[name] for name in ABOUT), *super().asked]

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

    def request(self, points: tuple[Mapping[str, str], ...] = (), files: tuple[Enclosed, ...] = ()) -> Request:
        """Return what is asked of the one door; ``files``: the document, once its bytes are kept."""
        given = self.cleaned_data
        received = Received(given["received_on"], given["received_way"], given["received_from"])
        return replace(super().request(points, files), received=received)


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
