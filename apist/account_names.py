"""The name under which a person signs up, alone in its file: allauth reads it before its own forms exist."""

from django import forms


class NamedForm(forms.Form):
    """What every way of signing up asks besides the address."""

    full_name = forms.CharField(
        label="Prénom et nom",
        max_length=150,
        help_text="Le nom que verront les personnes avec qui vous travaillez.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def signup(self, request, user) -> None:
        """Do nothing more once the account is made: the name is already kept (``AccountAdapter.save_user``)."""
