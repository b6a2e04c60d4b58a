"""What is typed beside the list of dossiers: the name of a search that is kept, and with whom it is shared."""

from collections.abc import Iterable

from django import forms

from actors.models import Body


class SavedViewForm(forms.Form):
    """A name, and the team that shares it; nobody else sees it otherwise."""

    mark_optional = False

    name = forms.CharField(label="Nom de la vue", max_length=80)
    body = forms.TypedChoiceField(label="Qui la voit", required=False, coerce=int, empty_value=None)
    query = forms.CharField(required=False, max_length=8000, widget=forms.HiddenInput)

    def __init__(self, bodies: Iterable[Body], *args, **options):
        super().__init__(*args, **options)
        self.use_required_attribute = False
        self.fields["name"].error_messages["required"] = "Donnez un nom à cette vue."
        self.fields["body"].choices = [("", "Moi seul"), *((one.pk, f"L'équipe : {one.name}") for one in bodies)]
