"""What one types to open a dossier, to share a project and to hand it over."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError

from actors.models import Organisation, Region, User
from levers.words import fold
from projects.forms.texts import clean_text
from projects.models import Project, Share

NEW, MYSELF = "", ""


class CleanCharField(forms.CharField):
    """A line of text; what no database can hold is taken out."""

    def to_python(self, value):
        """Take it out before anything else looks at it."""
        return super().to_python(clean_text(value) if isinstance(value, str) else value)


class NewDossierForm(forms.Form):
    """A new dossier: the project, in whose name, where. Whatever the diagnostic said is proposed."""

    use_required_attribute = False

    project = forms.ChoiceField(
        label="Dans quel projet ?",
        required=False,
        help_text="Un projet s'écrit une fois et peut demander plusieurs leviers.",
    )
    title = CleanCharField(
        label="Nom du projet",
        required=False,
        max_length=200,
        help_text="Pour un nouveau projet. Quelques mots que vous reconnaîtrez, sans nom de patient. "
        "Exemple : Soins des plaies par vidéo dans 12 EHPAD",
    )
    organisation = forms.ChoiceField(label="Au nom de quel organisme ?", required=False)
    region = forms.ChoiceField(
        label="Dans quelle région ?", help_text="Celle où le projet se déroule : son agence instruit le dossier."
    )
    request = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, projects: Sequence[Project], organisations: Sequence[Organisation], initial: dict):
        super().__init__(data, initial={"request": uuid4()} | initial)
        self.projects = {str(one.public_id): one for one in projects}
        self.organisations = {str(one.pk): one for one in organisations}
        self.regions = {one.code: one for one in sorted(Region.objects.all(), key=lambda region: fold(region.name))}
        self.fields["project"].choices = [(NEW, "Un nouveau projet"), *((k, str(v)) for k, v in self.projects.items())]
        named = [(key, str(one)) for key, one in self.organisations.items()]
        self.fields["organisation"].choices = [*named, (MYSELF, "Aucun pour l'instant")]
        regions = [(code, str(region)) for code, region in self.regions.items()]
        self.fields["region"].choices = [("", "Choisissez une région"), *regions]
        if not self.projects:
            del self.fields["project"]
        if not self.organisations:
            del self.fields["organisation"]

    def clean(self) -> dict:
        """Ask for a name where the project is new."""
        given = super().clean()
        if not given.get("project") and "title" not in self.errors and not given.get("title"):
            self.add_error("title", ValidationError("Donnez un nom à votre projet."))
        return given

    @property
    def chosen_project(self) -> Project | None:
        """Return the project that exists and was chosen."""
        return self.projects.get(self.cleaned_data.get("project", ""))

    @property
    def chosen_organisation(self) -> Organisation | None:
        """Return the organisation that was chosen."""
        return self.organisations.get(self.cleaned_data.get("organisation", ""))

    @property
    def chosen_region(self) -> Region:
        """Return the region that was chosen."""
        return self.regions[self.cleaned_data["region"]]

    @property
    def request_key(self) -> str:
        """Return what names this sending."""
        found = self.cleaned_data.get("request")
        return str(found) if isinstance(found, UUID) else ""


class InviteForm(forms.Form):
    """Somebody to invite."""

    use_required_attribute = False

    email = forms.EmailField(
        label="Son adresse électronique", max_length=254, help_text="Une lettre y part, avec un lien valable 14 jours."
    )
    level = forms.ChoiceField(
        label="Ce que cette personne pourra faire",
        choices=Share.Level.choices,
        initial=Share.Level.EDITOR,
        widget=forms.RadioSelect,
        help_text="Déposer reste réservé aux personnes habilitées de votre organisme.",
    )


class TransferForm(forms.Form):
    """To whom the project is offered."""

    use_required_attribute = False

    to = forms.ChoiceField(label="À qui proposer le projet ?")

    def __init__(self, data=None, *, people: Sequence[User]):
        super().__init__(data)
        self.people = {str(one.pk): one for one in people}
        names = [(key, f"{one} ({one.email})") for key, one in self.people.items()]
        self.fields["to"].choices = [("", "Choisissez une personne"), *names]

    @property
    def chosen(self) -> User:
        """Return the person who was chosen."""
        return self.people[self.cleaned_data["to"]]
