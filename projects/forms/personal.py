"""Closing one's account, keeping a dossier: what is typed there."""

from django import forms
from django.core.exceptions import ValidationError

from actors.models import User


class CloseAccountForm(forms.Form):
    """The address typed again: nobody closes an account by a slip of the hand."""

    email = forms.EmailField(
        label="Votre adresse électronique",
        help_text="Celle de votre compte, pour confirmer.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    stop_alerts = forms.BooleanField(label="Arrêter aussi mes alertes sur les appels", required=False)

    def __init__(self, user: User, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        """Refuse any other address."""
        if self.cleaned_data["email"].strip().lower() != self.user.email.lower():
            raise ValidationError("Ce n'est pas l'adresse de ce compte.")
        return self.user.email


class HoldForm(forms.Form):
    """Why a dossier is kept, or no longer."""

    reason = forms.CharField(
        label="Motif",
        max_length=300,
        help_text="Par exemple : recours devant le tribunal administratif. Lu par ceux qui instruisent.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
