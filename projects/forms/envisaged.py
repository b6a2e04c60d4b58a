"""What one types of an envisaged project, to ask to read one, to answer, to look for one."""

from collections.abc import Iterable

from django import forms

from actors.models import Body, Region, Subject
from levers.search import MAX_TEXT
from projects.forms.agencies import BodyField
from projects.forms.preparing import CleanCharField
from projects.forms.specification import ReasonField
from projects.models import Dossier, EnvisagedProject
from projects.models.envisaged import LONGEST_NEED

NO_SUCH_DOSSIER = "Aucun dossier de cette référence n'est instruit par cette agence."


class EnvisagedForm(forms.ModelForm):
    """An envisaged project, in the agent's own words."""

    use_required_attribute = False

    title = CleanCharField(label="Titre", max_length=160, help_text="Ce que le projet changerait, en quelques mots.")
    need = ReasonField(
        "Besoin",
        "Décrivez le besoin.",
        longest=LONGEST_NEED,
        help_text="Avec vos mots : ne recopiez pas ce qu'un porteur a écrit. Rien sur un CPOM ni sur un patient. "
        "Toutes les agences le lisent.",
    )
    wanted = forms.ModelMultipleChoiceField(
        Region.objects.order_by("name"),
        label="Régions où vous cherchez des partenaires",
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reference = CleanCharField(
        label="Référence du dossier",
        required=False,
        max_length=20,
        help_text="S'il y en a un. Elle n'est montrée à personne : une autre agence demande à lire, vous répondez.",
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        """What the agent says; the rest follows from who and when."""

        model = EnvisagedProject
        fields = ("body", "title", "need", "theme", "contact")
        labels = {"body": "Agence", "theme": "Thème", "contact": "Adresse du service à contacter"}

    field_order = ("body", "title", "need", "theme", "contact", "wanted", "reference", "confirmed")

    def __init__(self, bodies: Iterable[Body], dossiers, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.dossiers = dossiers
        self.fields["body"].queryset = Body.objects.filter(pk__in=[one.pk for one in bodies])
        self.fields["theme"].queryset = Subject.objects.all()
        for name in ("body", "theme"):
            self.fields[name].empty_label = "Choisissez"
        if self.instance.pk:
            self.fields["wanted"].initial = self.instance.wanted.all()
            self.fields["reference"].initial = self.instance.dossier.reference if self.instance.dossier_id else ""
        elif self.fields["body"].queryset.count() == 1:
            self.fields["body"].initial = self.fields["body"].queryset.first()

    def clean(self) -> dict:
        """Find the dossier among those that the agency instructs and the person may read."""
        given = super().clean()
        reference, body = given.get("reference", "").strip().upper(), given.get("body")
        found: Dossier | None = None
        if reference and body:
            found = self.dossiers.filter(reference=reference, body=body).first()
            if found is None:
                self.add_error("reference", NO_SUCH_DOSSIER)
            elif found.confidential or found.procedure.confidential:
                self.add_error("reference", "Ce dossier est confidentiel : il ne paraît dans aucune liste partagée.")
                found = None
        self.instance.dossier = found
        return given


class AskForm(forms.Form):
    """For which agency one asks to read, and why."""

    use_required_attribute = False
    prefix = "lire"

    body = BodyField("Votre agence")
    reason = ReasonField("Pourquoi voulez-vous en lire plus ?", "Dites pourquoi vous demandez à lire.")

    def __init__(self, bodies: Iterable[Body], *args, **kwargs):
        super().__init__(*args, **kwargs)
        bodies = list(bodies)
        self.fields["body"].offer(bodies)
        if len(bodies) == 1:
            self.fields["body"].initial = bodies[0].code


class AnswerForm(forms.Form):
    """The answer to another agency."""

    use_required_attribute = False

    words = ReasonField("Réponse", "", help_text="L'agence qui demande la lit. Facultatif.")

    def __init__(self, number: int, *args, **kwargs):
        super().__init__(*args, prefix=f"reponse-{number}", **kwargs)
        self.fields["words"].required = False


class BoardForm(forms.Form):
    """What the address of the board asks for; an unknown value is told and finds nothing."""

    mark_optional = False

    q = CleanCharField(label="Titre ou besoin", required=False, max_length=MAX_TEXT)
    region = forms.ModelChoiceField(
        Region.objects.order_by("name"), label="Région", to_field_name="code", required=False, empty_label="Toutes"
    )
    theme = forms.ModelChoiceField(
        Subject.objects.all(), label="Thème", to_field_name="slug", required=False, empty_label="Tous"
    )
    wanted = forms.ModelChoiceField(
        Region.objects.order_by("name"),
        label="Cherche des partenaires en",
        to_field_name="code",
        required=False,
        empty_label="Indifférent",
    )
    state = forms.ChoiceField(
        label="État", choices=[("", "Sur le tableau"), ("off", "Retirés"), ("all", "Tous")], required=False
    )
