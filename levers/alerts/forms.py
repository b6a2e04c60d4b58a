"""What a visitor types to follow a search."""

from django import forms

from levers.models import Alert


class FrequencyForm(forms.Form):
    """How often an alert may write."""

    frequency = forms.ChoiceField(
        label="À quelle fréquence au plus ?",
        help_text="Sans nouveauté, aucun message ne part.",
        choices=Alert.Frequency.choices,
        initial=Alert.Frequency.DAILY,
        widget=forms.RadioSelect,
    )


class AlertForm(FrequencyForm):
    """An address and a frequency: nothing else is asked."""

    email = forms.EmailField(
        label="Votre adresse électronique",
        help_text="Exemple : prenom.nom@exemple.fr. Elle ne sert qu'à cette alerte.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ["email", "frequency"]
