"""What one types to the other side, and how often one wants to be written to."""

from django import forms

from projects.models import MailPreference


class MessageForm(forms.Form):
    """A message: plain words."""

    text = forms.CharField(
        label="Votre message",
        help_text="Pas de données de patients, même sans leur nom.",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Écrivez votre message."},
    )

    def clean_text(self) -> str:
        """Keep one way of ending lines, so that the same words are the same message."""
        return self.cleaned_data["text"].replace("\r\n", "\n")


class PaceForm(forms.Form):
    """How often mails about dossiers may come."""

    pace = forms.ChoiceField(
        label="À quel rythme voulez-vous être prévenu ?",
        help_text="Les accusés de dépôt et les décisions vous parviennent toujours.",
        choices=MailPreference.Pace.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un rythme."},
    )
