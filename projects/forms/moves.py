"""The form of a move: its fields, made from the procedure, and what the page showed when it was opened.

Three fields are hidden and nobody types them: the version of the dossier that was on the page, a key drawn with the
page (a double click is one act), and, where the move freezes the dossier, the digest of what the page showed.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django import forms

from levers.models import Lever
from projects.content.answers import Raw, typed
from projects.engine.door import Request
from projects.engine.enclosing import Enclosed, carried
from projects.forms.fields import WRONG, field_for, is_right, raw_of
from projects.forms.papers import PapersField, WithFiles
from projects.models import Paper
from projects.procedures.shared_moves import ORIENTATION_LEVER
from projects.procedures.types import Move
from projects.rights.table import APPLICANT_SIDE

SHOWN, CARRIED = "enclosed_shown", "enclosed_carried"
DOCUMENT_MISSING = "Joignez le document."
HIDDEN = ("seen", "key", "content_seen")


class MoveForm(WithFiles):
    """What is given with a move. Valid, it gives the request that the one door takes.

    Where the move takes a document, it is chosen here, with whether the applicant reads it; or it is one of
    ``papers``, those of the dossier that the person may open, with what each goes with in words.
    """

    FILES = "enclosed"

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    content_seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(
        self, move: Move, data: Mapping | None = None, files: Mapping | None = None,
        papers: Sequence[tuple[Paper, str]] = (), **options,
    ):  # fmt: skip
        super().__init__(data, files, **options)
        self.move, self.papers = move, papers
        self.use_required_attribute = False
        for question in move.asked:
            field = self.fields[question.key] = field_for(question)
            field.is_called_for = question.required and question.when is not None
            field.required = question.required and not field.is_called_for
            field.error_messages["required"] = "À remplir."
        if move.document:
            self.fields.update(document_fields(move, papers))
        if ORIENTATION_LEVER in self.fields:
            self.fields[ORIENTATION_LEVER] = lever_field(self.fields[ORIENTATION_LEVER])

    @property
    def asked(self) -> list[forms.BoundField]:
        """Return the fields that somebody fills in."""
        return [self[question.key] for question in self.move.asked]

    @property
    def joined(self) -> list[forms.BoundField]:
        """Return the fields of the document that goes with the move; none where it takes none."""
        return [self[name] for name in (self.FILES, CARRIED, SHOWN) if name in self.fields]

    @property
    def carried(self) -> Enclosed | None:
        """Return the document of the dossier that is chosen; one that is sent takes its place."""
        chosen = self.cleaned_data.get(CARRIED) if not self.looked else None
        return next((carried(paper) for paper, _ in self.papers if str(paper.public_id) == chosen), None)

    @property
    def tampered(self) -> bool:
        """Tell whether what the page hid did not come back as it was: nothing that a person could correct."""
        return self.is_bound and any(name in self.errors for name in HIDDEN)

    @property
    def given(self) -> dict[str, Raw]:
        """Return the answers that are called for and not empty, as they are kept."""
        raw = {one.key: raw_of(one, self.cleaned_data.get(one.key)) for one in self.move.asked}
        values = {one.key: typed(one, raw[one.key]) for one in self.move.asked}
        known = {key: value for key, value in values.items() if value is not None}
        return {one.key: raw[one.key] for one in self.move.asked if one.key in known and one.is_asked(known)}

    def clean(self) -> dict:
        """Refuse what rules could not read, and the lack of an answer that the others call for."""
        cleaned = self.cleaned_data
        values = {one.key: typed(one, raw_of(one, cleaned.get(one.key))) for one in self.move.asked}
        known = {key: value for key, value in values.items() if value is not None}
        for question in self.move.asked:
            raw = raw_of(question, cleaned.get(question.key))
            if question.key in self.errors:
                continue
            if not is_right(question, raw):
                self.add_error(question.key, _wrong(question))
            elif raw in ("", []) and question.required and question.when is not None and question.is_asked(known):
                self.add_error(question.key, "À remplir, d'après vos autres réponses.")
        if self._lacks_document():
            self.add_error(self.FILES, DOCUMENT_MISSING)
        return super().clean()

    def _lacks_document(self) -> bool:
        """Tell whether neither a file nor a document of the dossier was chosen, where one is needed."""
        needed = bool(self.move.document and self.move.document.required and CARRIED in self.fields)
        return needed and not self.looked and self.FILES not in self.errors and not self.cleaned_data.get(CARRIED)

    def request(self, points: tuple[Mapping[str, str], ...] = (), files: tuple[Enclosed, ...] = ()) -> Request:
        """Return what is asked of the one door; ``files``: the document, once its bytes are kept."""
        hidden = self.cleaned_data
        shown = bool(hidden.get(SHOWN))
        sent = files[0] if files else self.carried
        one = replace(sent, shown=shown, sort=Paper.Sort.ANALYSIS) if sent else None
        return Request(self.move.key, hidden["seen"], hidden["key"], self.given, points, hidden["content_seen"], one)

    def afresh(self, seen: int, content_seen: str) -> "MoveForm":
        """Return the same answers on what the dossier is now, to be confirmed anew."""
        hidden = hidden_of(seen, content_seen)
        typed_in = self.data.copy() if hasattr(self.data, "copy") else dict(self.data)
        for name, value in hidden.items():
            typed_in[name] = str(value)
        return type(self)(self.move, typed_in, papers=self.papers)


def document_fields(move: Move, papers: Sequence[tuple[Paper, str]] = ()) -> dict[str, forms.Field]:
    """Return the fields of the document that goes with a move: a file, or one of those that are there already.

    Those of the applicant's side are not asked whether they read what they send.
    """
    document = move.document
    errors, needed = {"required": DOCUMENT_MISSING}, document.required and not papers
    chosen = PapersField(label=document.label, help_text=document.help, most=1, required=needed, error_messages=errors)
    if move.by <= APPLICANT_SIDE:
        return {MoveForm.FILES: chosen}
    there = forms.ChoiceField(
        label="Ou un document déjà au dossier",
        choices=[("", "Aucun"), *((str(paper.public_id), f"{paper.name} ({words})") for paper, words in papers)],
        required=False,
        help_text="Il n'est pas envoyé une seconde fois. Un fichier joint ci-dessus prend sa place.",
    )
    shown = forms.BooleanField(
        label="Montrer ce document au porteur",
        required=False,
        help_text="Sans cette case, les administrations qui lisent ce dossier le lisent, et le porteur non.",
    )
    return {MoveForm.FILES: chosen} | ({CARRIED: there} if papers else {}) | {SHOWN: shown}


def lever_choices() -> list[tuple[str, str]]:
    """Return the levers that are published, by slug (one query)."""
    return [("", "Aucun"), *Lever.objects.published().order_by("position").values_list("slug", "title")]


def lever_field(plain: forms.Field) -> forms.ChoiceField:
    """Return the choice of a lever among those that are published, by name; a lever that is not is refused."""
    return forms.ChoiceField(
        choices=lever_choices, label=plain.label, help_text=plain.help_text, required=plain.required
    )


def hidden_of(seen: int, content_seen: str) -> dict[str, object]:
    """Return what a page hides in the form of a move."""
    return {"seen": seen, "key": uuid.uuid4(), "content_seen": content_seen}


def _wrong(question) -> str:
    if question.low is not None or question.high is not None:
        low = f" d'au moins {question.low}" if question.low is not None else ""
        high = f"{' et' if low else ''} d'au plus {question.high}" if question.high is not None else ""
        return f"Écrivez un nombre entier{low}{high}, en chiffres."
    return WRONG.get(question.kind, "Cette réponse n'est pas comprise.")
