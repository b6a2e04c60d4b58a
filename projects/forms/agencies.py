"""What one types to associate an agency with a dossier, and to ask it to lead."""

from collections.abc import Iterable

from django import forms

from actors.models import Body
from projects.forms.specification import ReasonField


class BodyField(forms.ChoiceField):
    """One agency among several, by its code; the value is the agency."""

    def __init__(self, label: str, **kwargs):
        super().__init__(label=label, error_messages={"required": "Choisissez une agence."}, **kwargs)
        self.bodies: dict[str, Body] = {}

    def offer(self, bodies: Iterable[Body]) -> None:
        """Say among which agencies."""
        self.bodies = {one.code: one for one in bodies}
        self.choices = [("", "Choisissez"), *((code, one.name) for code, one in self.bodies.items())]

    def clean(self, value) -> Body | None:
        """Return the agency."""
        return self.bodies.get(super().clean(value))


class AssociateForm(forms.Form):
    """Which agency is associated."""

    use_required_attribute = False
    prefix = "associer"

    body = BodyField("Agence à associer")

    def __init__(self, bodies: Iterable[Body], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].offer(bodies)


class LeadForm(forms.Form):
    """Which associated agency is asked to lead, and why."""

    use_required_attribute = False
    prefix = "pilote"

    body = BodyField("Agence qui piloterait")
    reason = ReasonField("Pourquoi", "Dites pourquoi le pilotage change.", help_text="L'agence sollicitée le lit.")

    def __init__(self, bodies: Iterable[Body], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].offer(bodies)


class EvaluatorForm(forms.Form):
    """Who evaluates, by the address of their account."""

    use_required_attribute = False
    prefix = "evaluateur"

    email = forms.EmailField(
        label="Adresse électronique de l'évaluateur",
        help_text="Celle de son compte sur le portail.",
        error_messages={"required": "Donnez l'adresse de l'évaluateur."},
    )
