"""What people type about their organisations, their colleagues and what these may do."""

import re

from django import forms
from django.core.exceptions import ValidationError

from actors.actions import ALONE, Rights
from actors.models import Organisation
from actors.models.organisation import check_finess, check_rpps, check_siret

SEPARATORS = re.compile(r"[\s.\-]")
LINK = re.compile(r"://|www\.", re.IGNORECASE)
FOUND_ON_NOTICE = "Quatorze chiffres, sur l'avis de situation de l'INSEE. Les espaces ne comptent pas."


def check_name(value: str) -> None:
    """Refuse an address in a name: names are sent by mail to people who do not know the sender."""
    if LINK.search(value):
        raise ValidationError("Donnez le nom de l'organisme, sans adresse de site.")


class NumberField(forms.CharField):
    """A number that people copy with spaces, dots or dashes."""

    def __init__(self, **kwargs):
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs["autocomplete"] = "off"

    def to_python(self, value) -> str:
        """Return the number alone, letters in capitals."""
        return SEPARATORS.sub("", super().to_python(value)).upper()


class DescribedForm(forms.ModelForm):
    """What every organisation says of itself."""

    finess = NumberField(
        label="Numéro FINESS", required=False, validators=[check_finess],
        help_text="Neuf chiffres, pour un établissement ou un service de santé ou médico-social qui en a un.",
    )  # fmt: skip

    class Meta:
        """In the order in which people know the answers."""

        model = Organisation
        fields = ["name", "actor_type", "region", "department"]
        labels = {
            "name": "Nom de l'organisme",
            "actor_type": "Type d'acteur",
            "signatory_name": "Nom du représentant légal",
            "signatory_function": "Fonction du représentant légal",
        }
        help_texts = {
            "department": "Celui du siège, s'il compte pour vos demandes.",
            "signatory_name": "La personne qui signe au nom de l'organisme. Vous pourrez le donner plus tard.",
            "signatory_function": "Par exemple : direction générale, présidence.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(check_name)
        for name in ("actor_type", "region", "department"):
            self.fields[name].empty_label = "Choisissez"

    def add_error(self, field, error):
        """Keep what a field was told first: the model asks for a number again where a wrong one was typed."""
        if field is None and hasattr(error, "error_dict"):
            error = ValidationError({name: told for name, told in error.error_dict.items() if name not in self._errors})
        super().add_error(field, error)

    def clean(self) -> dict:
        """Give the row its numbers, which are no fields of the model's form.

        Whether a number is already known is thereby left to the action, which has a sentence for it.
        """
        given = super().clean()
        for name in {"siret", "rpps"} & given.keys():
            setattr(self.instance, name, given[name])
        return given


class DescribedBodyForm(DescribedForm):
    """What a legal person says of itself."""

    status = forms.ChoiceField(
        label="Statut juridique",
        choices=[choice for choice in Organisation.Status.choices if choice[0] != Organisation.Status.PERSON],
        widget=forms.RadioSelect,
    )
    field_order = ["name", "siret", "finess", "status", "actor_type", "region", "department"]

    class Meta(DescribedForm.Meta):
        """And who signs for it."""

        fields = [*DescribedForm.Meta.fields, "status", "finess", "signatory_name", "signatory_function"]


class DescribedPersonForm(DescribedForm):
    """What a professional who practises alone says."""

    field_order = ["name", "rpps", "siret", "finess", "actor_type", "region", "department"]

    class Meta(DescribedForm.Meta):
        """Who signs is the person."""

        fields = [*DescribedForm.Meta.fields, "finess"]
        labels = DescribedForm.Meta.labels | {"name": "Votre nom, ou celui de votre cabinet"}
        help_texts = DescribedForm.Meta.help_texts | {"department": "Celui où vous exercez."}


class DepositFields(forms.Form):
    """The right to deposit, and where it comes from."""

    may_deposit = forms.BooleanField(label="Peut déposer des demandes au nom de l'organisme", required=False)
    mandate = forms.CharField(
        label="D'où vient l'habilitation à déposer",
        help_text="À remplir si la case est cochée. Par exemple : représentation légale, ou délégation de signature "
        "du 3 mars 2026.",
        max_length=300,
        required=False,
    )


class NewBodyForm(DescribedBodyForm, DepositFields):
    """A legal person, known by its SIRET, and what its first member may do there."""

    siret = NumberField(
        label="SIRET de l'organisme qui signera les demandes", validators=[check_siret], help_text=FOUND_ON_NOTICE,
        error_messages={"required": "Donnez le SIRET de l'organisme qui signera la demande."},
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[
            "may_deposit"
        ].label = "Je suis son représentant légal, ou il m'a habilité à déposer des demandes au nom de l'organisme"

    def rights(self) -> Rights:
        """Return what whoever creates the organisation may do."""
        return Rights(True, self.cleaned_data["may_deposit"], self.cleaned_data["mandate"])


class NewPersonForm(DescribedPersonForm):
    """A professional alone, known by an RPPS number."""

    rpps = NumberField(
        label="Votre numéro RPPS", validators=[check_rpps],
        help_text="Onze chiffres, sur votre carte professionnelle.",
        error_messages={"required": "Donnez votre numéro RPPS : il est sur votre carte professionnelle."},
    )  # fmt: skip
    siret = NumberField(
        label="SIRET de votre cabinet", required=False, validators=[check_siret], help_text=FOUND_ON_NOTICE
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.status = Organisation.Status.PERSON

    def rights(self) -> Rights:
        """Return what a person alone may do: everything, in their own name."""
        return Rights(True, True, ALONE)


class RightsForm(DepositFields):
    """What a member may do."""

    may_manage = forms.BooleanField(
        label="Gère les membres et la fiche de l'organisme",
        help_text="Invite, retire, change les droits des autres.",
        required=False,
    )
    field_order = ["email", "may_manage", "may_deposit", "mandate"]
    mark_optional = False  # what is not ticked is not given: that is no omission

    def rights(self) -> Rights:
        """Return what was ticked."""
        given = self.cleaned_data
        return Rights(given["may_manage"], given["may_deposit"], given["mandate"])


class InvitationForm(RightsForm):
    """An address, and what its holder will be able to do."""

    email = forms.EmailField(
        label="Adresse électronique de la personne",
        help_text="Exemple : prenom.nom@exemple.fr. Il faudra un compte à cette adresse pour accepter.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
