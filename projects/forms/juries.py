"""What one types to compose a jury."""

from collections.abc import Iterable
from datetime import datetime, time

from django import forms
from django.db.models import Q
from django.utils import timezone

from actors.models import Body, User
from levers.models import Call
from projects.models import Dossier, Envelope, Jury
from projects.procedures.catalogue import LATEST

CALL, PROCEDURE = "call", "procedure"
LAST_MINUTE = time(23, 59, 59)


def subjects(bodies: Iterable[Body]) -> list[tuple[str, str]]:
    """Return what a jury may judge: the calls whose dossiers these bodies instruct, or a procedure with a grid."""
    received = Dossier.objects.filter(body__in=list(bodies)).exclude(call=None).order_by().values("call")
    calls = [(f"{CALL}:{one.pk}", one.title) for one in Call.objects.filter(pk__in=received).order_by("title")]
    procedures = [
        (f"{PROCEDURE}:{key}", one.title)
        for key, one in sorted(LATEST.items(), key=lambda pair: pair[1].title)
        if one.grid and not one.confidential and not one.needs_call
    ]
    return [("", "Choisissez"), ("Appels", calls), ("Procédures sans appel", procedures)]


class JuryForm(forms.Form):
    """A jury: its name, what it judges, its dates, its envelope. What it judges is settled when it is made."""

    name = forms.CharField(
        label="Nom du jury",
        max_length=160,
        help_text="Exemple : Jury de l'appel à projets Santé environnement 2027",
        error_messages={"required": "Donnez un nom au jury."},
    )
    body = forms.ModelChoiceField(
        label="Administration",
        queryset=Body.objects.none(),
        empty_label="Choisissez",
        error_messages={"required": "Choisissez une administration.", "invalid_choice": "Choisissez dans la liste."},
    )
    subject = forms.ChoiceField(
        label="Ce qu'il juge",
        help_text="Un appel qui a reçu des dossiers, ou une procédure.",
        error_messages={"required": "Choisissez ce qu'il juge.", "invalid_choice": "Choisissez dans la liste."},
    )
    opens_on = forms.DateField(
        label="Notes possibles du",
        help_text="À l'heure de Paris.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donnez une date.", "invalid": "Écrivez une date qui existe."},
    )
    closes_on = forms.DateField(
        label="Au",
        help_text="Dernier jour compris. Passé ce jour, la présidence peut révéler les notes même s'il en manque.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Donnez une date.", "invalid": "Écrivez une date qui existe."},
    )
    envelope = forms.ModelChoiceField(
        label="Enveloppe",
        required=False,
        queryset=Envelope.objects.none(),
        empty_label="Aucune : un montant sera tapé au classement",
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )

    def __init__(self, bodies: list[Body], data=None, jury: Jury | None = None):
        super().__init__(data, initial=_initial(jury))
        self.jury = jury
        keys = [one.pk for one in bodies]
        self.fields["body"].queryset = Body.objects.filter(pk__in=keys)
        self.fields["envelope"].queryset = Envelope.objects.filter(body__in=keys).select_related("lever", "call")
        if jury is not None:
            del self.fields["body"], self.fields["subject"]
        else:
            self.fields["subject"].choices = subjects(bodies)
            if len(bodies) == 1:
                self.fields["body"].initial = bodies[0].pk

    def clean(self) -> dict:
        """Refuse dates in the wrong order, and an envelope of somebody else."""
        cleaned = super().clean()
        opens, closes, envelope = (cleaned.get(name) for name in ("opens_on", "closes_on", "envelope"))
        if opens and closes and closes < opens:
            self.add_error("closes_on", "La fin vient avant le début.")
        if opens and closes and not all(2000 <= day.year <= 2199 for day in (opens, closes)):
            self.add_error("opens_on", "L'année est sans doute une faute de frappe.")
        body = self.jury.body if self.jury else cleaned.get("body")
        if envelope and body and envelope.body_id != body.pk:
            self.add_error("envelope", "Cette enveloppe est celle d'une autre administration.")
        return cleaned

    def apply(self, jury: Jury) -> Jury:
        """Write what a valid form says on a jury, whose days begin and end at the hour of Paris."""
        given = self.cleaned_data
        if self.jury is None:
            kind, _, key = given["subject"].partition(":")
            jury.body = given["body"]
            jury.call = Call.objects.get(pk=key) if kind == CALL else None
            jury.procedure_key = key if kind == PROCEDURE else _procedure_of(jury)
        zone = timezone.get_default_timezone()
        jury.name, jury.envelope = given["name"], given["envelope"]
        jury.opens_at = datetime.combine(given["opens_on"], time.min, zone)
        jury.closes_at = datetime.combine(given["closes_on"], LAST_MINUTE, zone)
        return jury


def _procedure_of(jury: Jury) -> str:
    rows = Dossier.objects.filter(call=jury.call, body=jury.body).order_by("pk")
    return rows.values_list("procedure_key", flat=True).first() or ""


def _initial(jury: Jury | None) -> dict:
    if jury is None:
        return {}
    return {
        "name": jury.name,
        "opens_on": timezone.localtime(jury.opens_at).date(),
        "closes_on": timezone.localtime(jury.closes_at).date(),
        "envelope": jury.envelope_id,
    }


class JurorForm(forms.Form):
    """Somebody to seat, by the address of their account."""

    email = forms.EmailField(
        label="Adresse du compte",
        max_length=254,
        help_text="La personne doit avoir un compte ici. Elle verra les dossiers du jury dès son ouverture.",
        error_messages={"required": "Donnez une adresse.", "invalid": "Écrivez une adresse électronique complète."},
    )

    def clean_email(self) -> str:
        """Refuse an address without an account."""
        found = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if found is None:
            raise forms.ValidationError("Aucun compte à cette adresse : la personne doit d'abord en créer un.")
        self.user = found
        return found.email


class ChairForm(forms.Form):
    """Who chairs, among those who sit."""

    chair = forms.ModelChoiceField(
        label="Présidence",
        queryset=User.objects.none(),
        empty_label="Choisissez",
        error_messages={"required": "Choisissez un membre.", "invalid_choice": "Choisissez un membre du jury."},
    )

    def __init__(self, jury: Jury, data=None):
        super().__init__(data, initial={"chair": jury.chair_id})
        self.fields["chair"].queryset = User.objects.filter(
            Q(jury_seats__jury=jury), Q(jury_seats__left_at=None)
        ).order_by("full_name", "pk")


class DossiersForm(forms.Form):
    """The dossiers to put before a jury."""

    dossiers = forms.ModelMultipleChoiceField(
        label="Dossiers à mettre devant le jury",
        queryset=Dossier.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Cochez au moins un dossier.",
            "invalid_choice": "Un de ces dossiers n'est plus là.",
        },
    )

    def __init__(self, eligible, data=None):
        super().__init__(data)
        field = self.fields["dossiers"]
        field.queryset = eligible
        field.label_from_instance = lambda one: f"{one.project.title} ({one.reference})"
