"""What somebody types when they step back from a dossier."""

from django import forms


class RecusalForm(forms.Form):
    """An optional reason: the interest itself need not be told to be declared."""

    reason = forms.CharField(
        label="Motif",
        required=False,
        max_length=300,
        help_text="Facultatif, et lu par personne sur le portail : il reste avec la trace du déport. Exemple : lien "
        "familial avec le porteur.",
    )
