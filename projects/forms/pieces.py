"""What one types with a file. What the file is, ``projects/files/inspection.py`` decides."""

from django import forms

from projects.files.inspection import MAX_SIZE, accepted
from projects.files.kinds import DOCUMENTS

HINT = f"{accepted(DOCUMENTS)}, {MAX_SIZE // 1_000_000} Mo au plus, sans mot de passe."


class PieceForm(forms.Form):
    """A file, and whether it holds business secrets. ``prefix``: the piece, so that a page may hold several."""

    file = forms.FileField(
        label="Fichier",
        help_text=HINT,
        max_length=1000,
        allow_empty_file=True,  # inspection says it better
        error_messages={"required": "Choisissez un fichier."},
    )
    is_secret = forms.BooleanField(
        label="Ce fichier contient des secrets des affaires",
        help_text="L'administration le lit, et ne le communique pas à d'autres (code de commerce, article L. 151-1).",
        required=False,
    )


class OptionalFileForm(forms.Form):
    """A file that one may join to the record of a deposit made elsewhere."""

    receipt = forms.FileField(
        label="Accusé reçu du lieu de dépôt", help_text=HINT, max_length=1000, allow_empty_file=True, required=False
    )
