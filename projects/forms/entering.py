"""What an agent types of what somebody wrote, said on the telephone or came to say."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import uuid4

from django import forms

from actors.models import ActorType, Body, Organisation, Region
from actors.models.organisation import check_siret
from levers.models import Call, Lever
from projects.channels import procedure_of_call
from projects.content.answers import Raw
from projects.engine.opening import Target
from projects.forms.fields import WRONG, field_for, is_right, raw_of
from projects.instruction.entering import Told, known_organisation
from projects.models import Dossier
from projects.procedures.asked import Question, Section
from projects.procedures.types import Procedure

ORIGINS = [choice for choice in Dossier.Origin.choices if choice[0] != Dossier.Origin.PORTAL]
STATUSES = [choice for choice in Organisation.Status.choices if choice[0] != Organisation.Status.PERSON]


ALTERED = "Il a été modifié en dehors de la page : copiez ce que vous avez écrit, puis rouvrez la page."


def name_of(question: Question) -> str:
    """Return the name of a question's field: a procedure may ask for a title or a region of its own."""
    return f"reponse-{question.key}"


class EntryForm(forms.Form):
    """Who asks and by which way, then the questions of the procedure: what was not said is left empty."""

    key = forms.UUIDField(
        label="Ce formulaire",
        widget=forms.HiddenInput,
        error_messages={"required": ALTERED, "invalid": ALTERED},
    )
    body = forms.ModelChoiceField(Body.objects.none(), label="Pour quelle administration ?", empty_label=None)
    origin = forms.ChoiceField(label="Comment la demande est-elle arrivée ?", choices=ORIGINS, widget=forms.RadioSelect)
    received_on = forms.DateField(
        label="Reçu par l'agence le",
        help_text="Le jour où c'est arrivé. Les délais partent de ce jour.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    organisation_name = forms.CharField(
        label="Nom de l'organisme",
        max_length=200,
        help_text="Tel que la personne le dit. Exemple : EHPAD Les Fougères.",
    )
    siret = forms.CharField(
        label="SIRET de l'organisme",
        required=False,
        max_length=20,
        help_text="14 chiffres, si la personne le connaît. Les membres de cet organisme inscrits au portail verront "
        "alors la demande. Ne le devinez pas.",
    )
    actor_type = forms.ModelChoiceField(
        ActorType.objects.all(), label="Quelle sorte d'organisme ?", empty_label="Choisissez"
    )
    status = forms.ChoiceField(label="Statut juridique", choices=STATUSES, widget=forms.RadioSelect)
    region = forms.ModelChoiceField(Region.objects.all(), label="Région de l'organisme", empty_label="Choisissez")
    contact_email = forms.EmailField(
        label="Adresse électronique à prévenir",
        required=False,
        max_length=254,
        help_text="L'accusé de réception y part, puis les suites. Sans adresse, prévenez la personne vous-même.",
    )
    title = forms.CharField(label="Titre du projet", max_length=200, help_text="Quelques mots qui le font reconnaître.")
    lever = forms.ModelChoiceField(
        Lever.objects.none(), label="Levier demandé", to_field_name="slug", empty_label="Choisissez"
    )
    call = forms.ModelChoiceField(
        Call.objects.none(), label="Appel", to_field_name="slug", required=False, empty_label="Aucun"
    )

    def __init__(self, procedure: Procedure, bodies: Iterable[Body], on: date, data: Mapping | None = None):
        bodies = list(bodies)
        region = next((body.region_id for body in bodies if body.region_id), None)
        body = bodies[0].pk if bodies else None
        super().__init__(data, initial={"key": uuid4(), "region": region, "body": body, "received_on": on})
        self.use_required_attribute = False
        self.procedure, self.on = procedure, on
        self.fields["body"].queryset = Body.objects.filter(pk__in=[body.pk for body in bodies])
        if len(bodies) == 1:
            self.fields["body"].widget = forms.HiddenInput()
        self._offer("lever", Lever.objects.filter(slug__in=procedure.levers), needed=bool(procedure.levers))
        self._offer("call", Call.objects.published().filter(kind__in=procedure.call_kinds), needed=procedure.needs_call)
        for question in self._questions():
            self.fields[name_of(question)] = field_for(question)

    def _offer(self, name: str, rows, *, needed: bool) -> None:
        """Ask for a lever or a call only where the procedure serves some."""
        if not needed and (rows.query.is_empty() or not rows.exists()):
            del self.fields[name]
        else:
            self.fields[name].queryset, self.fields[name].required = rows, needed

    def _questions(self) -> list[Question]:
        return [question for section in self._asked() for question in section.questions]

    def _asked(self) -> tuple[Section, ...]:
        """Return what is written before a deposit: a full file, a report come later."""
        return self.procedure.written_in(self.procedure.initial.key).sections

    @property
    def about(self) -> list[forms.BoundField]:
        """Return the fields about who asks and how, in their order."""
        asked = {name_of(question) for question in self._questions()}
        return [field for field in self.visible_fields() if field.name not in asked]

    @property
    def sections(self) -> list[tuple[Section, list[forms.BoundField]]]:
        """Return the sections of the procedure with their fields."""
        return [(section, [self[name_of(one)] for one in section.questions]) for section in self._asked()]

    def clean_siret(self) -> str:
        """Take a SIRET however it is spaced; refuse one that has a wrong key."""
        siret = "".join(self.cleaned_data["siret"].split())
        if siret:
            check_siret(siret)
        return siret

    def clean_received_on(self) -> date:
        """Refuse a day that has not come."""
        day = self.cleaned_data["received_on"]
        if day > self.on:
            raise forms.ValidationError("Ce jour n'est pas encore venu.")
        return day

    def clean_call(self) -> Call | None:
        """Refuse a call that is answered by another procedure."""
        call = self.cleaned_data["call"]
        if call is None:
            return None
        procedure = procedure_of_call(call, self.on)
        if procedure is not None and procedure.key != self.procedure.key:
            raise forms.ValidationError(f"On répond à cet appel par une autre procédure : « {procedure.title} ».")
        return call

    def clean(self) -> dict:
        """Refuse what rules could not read."""
        cleaned = super().clean()
        for question in self._questions():
            name = name_of(question)
            if name not in self.errors and not is_right(question, raw_of(question, cleaned.get(name))):
                self.add_error(name, WRONG.get(question.kind, "Cette réponse n'est pas comprise."))
        return cleaned

    def told(self) -> Told:
        """Return what was told, from a form that is valid; the organisation is not saved."""
        given = self.cleaned_data
        organisation = known_organisation(given["organisation_name"], given["siret"], given["region"].pk)
        new = Organisation(
            name=given["organisation_name"], actor_type=given["actor_type"], status=given["status"],
            region=given["region"], siret=given["siret"],
        )  # fmt: skip
        body = given["body"]
        region = body.region or given["region"]
        return Told(
            given["title"],
            Target(self.procedure, given.get("lever"), given.get("call"), region, body),
            organisation or new,
            given["origin"],
            given["received_on"],
            given["contact_email"],
            self._answers(),
        )

    def _answers(self) -> dict[str, dict[str, Raw]]:
        """Return the answers that say something, by section."""
        raw = {one.key: raw_of(one, self.cleaned_data.get(name_of(one))) for one in self._questions()}
        return {
            section.key: kept
            for section in self._asked()
            if (kept := {one.key: raw[one.key] for one in section.questions if raw[one.key] not in ("", [])})
        }
