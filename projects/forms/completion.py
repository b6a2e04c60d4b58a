"""What an officer asks to complete: questions and pieces that are ticked, each with what is asked of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms

from projects.depositing.completion import subjects
from projects.procedures.types import Procedure

WHAT = "Ce que vous demandez"
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Subject:
    """What a point may be about, with its two fields: a box, and the words of the request."""

    label: str
    box: forms.BoundField
    words: forms.BoundField


class PointsForm(forms.Form):
    """A box and a text for everything that a point may be about. Words without a tick are a point all the same."""

    def __init__(self, procedure: Procedure, data: Mapping | None = None):
        super().__init__(data, prefix="point")
        self.use_required_attribute = False
        self.subjects = subjects(procedure)
        for number, (_, label) in enumerate(self.subjects):
            self.fields[f"asked-{number}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"words-{number}"] = forms.CharField(
                label=f"{WHAT} : {label}", required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
            )

    @property
    def rows(self) -> list[Subject]:
        """Return what may be asked, in the order of the procedure; what was ticked or typed is kept."""
        return [
            Subject(label, self[f"asked-{number}"], self[f"words-{number}"])
            for number, (_, label) in enumerate(self.subjects)
        ]

    def clean(self) -> dict:
        """Refuse a request about nothing, and a point that does not say what is wanted."""
        cleaned = super().clean()
        asked = False
        for number, _ in enumerate(self.subjects):
            words = (cleaned.get(f"words-{number}") or "").strip()
            ticked = cleaned.get(f"asked-{number}")
            asked = asked or bool(words) or bool(ticked)
            if ticked and not words and f"words-{number}" not in self.errors:
                self.add_error(f"words-{number}", "Dites ce que vous demandez, ou décochez ce point.")
        if not asked:
            self.add_error(None, "Cochez au moins un point et dites ce que vous demandez.")
        return cleaned

    def points(self) -> tuple[Mapping[str, str], ...]:
        """Return the points as they are kept (``projects/depositing/completion.py``)."""
        return tuple(
            {"about": about, "words": words}
            for number, (about, _) in enumerate(self.subjects)
            if (words := self.cleaned_data[f"words-{number}"].strip())
        )
