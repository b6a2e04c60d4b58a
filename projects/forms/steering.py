"""What an address of the steering pages asks for."""

from collections.abc import Iterable, Mapping

from django import forms
from django.http import QueryDict

from projects.steering.figures import Chosen

EVERYTHING = ("", "Tout")


class SteeringForm(forms.Form):
    """Whose figures, and which filters; each offers only what the figures hold."""

    mark_optional = False

    body = forms.ChoiceField(label="Administration", required=False)
    year = forms.TypedChoiceField(label="Année", required=False, coerce=int, empty_value=0)
    lever = forms.ChoiceField(label="Levier", required=False)
    call = forms.ChoiceField(label="Appel", required=False)
    department = forms.ChoiceField(label="Département", required=False)

    def __init__(
        self,
        data: QueryDict,
        bodies: Iterable[tuple[str, str]],
        choices: Mapping[str, Iterable[tuple[str, str]]],
        *,
        filters: bool = True,
    ):
        super().__init__(data)
        bodies = list(bodies)
        self.fields["body"].choices = bodies
        if len(bodies) < 2:
            del self.fields["body"]
        for name in () if filters else Chosen._fields:
            del self.fields[name]
        for name in Chosen._fields if filters else ():
            self.fields[name].choices = [EVERYTHING, *choices.get(name, ())]

    def chosen(self) -> Chosen:
        """Return the filters, once the form is right."""
        return Chosen(**{name: self.cleaned_data[name] for name in Chosen._fields})


class CampaignForm(forms.Form):
    """Which campaign."""

    mark_optional = False

    year = forms.TypedChoiceField(label="Campagne", required=False, coerce=int, empty_value=0)

    def __init__(self, data: QueryDict, years: Iterable[int]):
        super().__init__(data)
        self.fields["year"].choices = [(str(year), str(year)) for year in years]
