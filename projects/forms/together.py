"""What is typed to act on several dossiers: who is to hold them, which label, the fields of a move once for all."""

from collections.abc import Iterable, Mapping

from django import forms

from actors.models import User
from projects.forms.moves import MoveForm
from projects.models import Assignment, Label
from projects.procedures.types import Move

PREFIX = "geste"


class EntrustForm(forms.Form):
    """To whom, and as what."""

    person = forms.ModelChoiceField(User.objects.none(), label="À qui", empty_label="Choisissez")
    role = forms.ChoiceField(
        label="En tant que", choices=Assignment.Role.choices, initial=Assignment.Role.LEAD, widget=forms.RadioSelect
    )

    def __init__(self, people: Iterable[User], data: Mapping | None = None):
        super().__init__(data)
        self.use_required_attribute = False
        field = self.fields["person"]
        field.queryset = people
        field.label_from_instance = lambda person: person.full_name or person.email
        field.error_messages |= {"required": "Choisissez une personne.", "invalid_choice": "Choisissez une personne."}
        self.fields["role"].error_messages["required"] = "Choisissez en tant que quoi."


class LabelForm(forms.Form):
    """A label that exists, or a new one."""

    label = forms.ChoiceField(label="Étiquette", required=False)
    new = forms.CharField(label="Ou une nouvelle étiquette", required=False, max_length=40)

    def __init__(self, labels: Iterable[Label], data: Mapping | None = None, *, may_be_new: bool = True):
        super().__init__(data, prefix="etiquette" if may_be_new else "sans")
        self.use_required_attribute = False
        names = dict.fromkeys(label.name for label in labels)
        self.fields["label"].choices = [("", "Choisissez"), *((name, name) for name in names)]
        if not may_be_new:
            del self.fields["new"]

    def clean(self) -> dict:
        """Ask for one of the two; a name without a letter is none."""
        cleaned = super().clean()
        self.name = (cleaned.get("new") or cleaned.get("label") or "").strip()
        if "label" not in self.errors and not any(one.isalnum() for one in self.name):
            self.add_error("label", "Choisissez une étiquette.")
        return cleaned


def move_form(move: Move, value: str, data: Mapping | None = None) -> MoveForm:
    """Return the form of a move for several dossiers: its fields once; versions and keys are each dossier's own."""
    prefix = f"{PREFIX}-{value.replace(':', '-')}"
    if data is None:
        return MoveForm(move, prefix=prefix)
    sent = data.copy()
    sent[f"{prefix}-seen"], sent[f"{prefix}-key"] = "0", data.get("key", "")
    return MoveForm(move, sent, prefix=prefix)
