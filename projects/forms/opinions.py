"""What is typed to ask for an opinion, to declare one's interests, to give it, and to leave it to somebody else."""

from datetime import date, timedelta

from django import forms

from actors.models import Body, User
from projects.forms.papers import PapersField, WithFiles
from projects.models import OpinionRequest
from projects.opinions.answering import Given
from projects.opinions.asking import Asked

LONGEST_QUESTION = 4000
LONGEST_OPINION = 20000
LONGEST_INTEREST = 1000
FURTHEST = timedelta(days=366)
"""How far ahead an opinion may be expected: a link does not lie about for years."""

SOMEBODY = ""
NONE, SOME = "none", "some"
YES, NO = "yes", "no"


class _Plain(forms.Form):
    """A form that leaves it to the server to say what is missing, in French and beside the field."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.use_required_attribute = False
        for field in self.fields.values():
            field.error_messages["required"] = "À remplir."


class AskForm(_Plain):
    """A question, to whom, until when, and who reads the answer."""

    question = forms.CharField(
        label="Votre question",
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="La personne la lit avant d'ouvrir le dossier : n'y recopiez rien de confidentiel.",
    )
    expects = forms.ChoiceField(
        label="Réponse attendue", choices=OpinionRequest.Expects.choices, widget=forms.RadioSelect
    )
    to = forms.ChoiceField(label="À qui", required=False)
    email = forms.EmailField(
        label="Adresse électronique de la personne",
        required=False,
        max_length=254,
        help_text="Si cette adresse a un compte ici, la personne répond depuis son compte. Sinon elle reçoit un lien "
        "personnel, qui s'éteint de lui-même.",
    )
    due_on = forms.DateField(label="Attendu pour le", widget=forms.DateInput(attrs={"type": "date"}))
    confidential = forms.BooleanField(
        label="Avis confidentiel",
        required=False,
        help_text="Le porteur ne le lira jamais sur le portail. Sinon il le lit dès qu'il est rendu, sans le nom de "
        "la personne. Dans tous les cas, un document peut devoir être communiqué sur demande.",
    )
    with_secrets = forms.BooleanField(
        label="Montrer aussi ce que le porteur a signalé comme secret des affaires",
        required=False,
        help_text="Ne vaut que pour une personne sans compte : sans cette case, elle lit que la réponse existe, sans "
        "son contenu.",
    )

    def __init__(self, bodies: list[Body], on: date, *args, **options):
        super().__init__(*args, **options)
        self.on = on
        self.bodies = {str(body.pk): body for body in bodies}
        names = [(key, f"{body.name} ({body.get_kind_display()})") for key, body in self.bodies.items()]
        self.fields["to"].choices = [(SOMEBODY, "Une personne, par son adresse"), *names]
        self.fields["expects"].initial = OpinionRequest.Expects.FREE
        self.fields["due_on"].error_messages["invalid"] = "Écrivez une date qui existe, par exemple 31/01/2027."

    def clean_due_on(self) -> date:
        """Refuse a day that has passed, and one so far that nobody would wait for it."""
        day = self.cleaned_data["due_on"]
        if day < self.on:
            raise forms.ValidationError("Cette date est passée.")
        if day > self.on + FURTHEST:
            raise forms.ValidationError("Choisissez une date dans l'année qui vient.")
        return day

    def clean(self) -> dict:
        """Ask for an address where no administration was chosen, and refuse both."""
        cleaned = super().clean()
        to, email = cleaned.get("to"), cleaned.get("email")
        if "to" in self.errors or "email" in self.errors:
            return cleaned
        if not to and not email:
            self.add_error("email", "Choisissez une administration, ou écrivez l'adresse d'une personne.")
        if to and email:
            self.add_error("email", "Une administration est choisie : laissez l'adresse vide, ou l'inverse.")
        return cleaned

    def asked(self) -> Asked:
        """Return what is asked, and of whom."""
        given = self.cleaned_data
        return Asked(
            question=given["question"].strip(),
            due_on=given["due_on"],
            body=self.bodies.get(given["to"]),
            email=given["email"],
            expects=given["expects"],
            confidential=given["confidential"],
            with_secrets=given["with_secrets"],
        )


class DeclareForm(_Plain):
    """Whether one has an interest in a dossier; the words stay with the trace of the declaration."""

    interest = forms.ChoiceField(
        label="Avez-vous un intérêt dans ce dossier ?",
        choices=[
            (NONE, "Non, aucun"),
            (SOME, "Oui : le dossier me sera fermé"),
        ],
        widget=forms.RadioSelect,
        help_text="Un lien familial, professionnel, financier ou associatif avec le porteur, un concurrent ou un "
        "fournisseur du projet, aujourd'hui ou dans les cinq dernières années.",
    )
    words = forms.CharField(
        label="Lequel, si oui",
        required=False,
        max_length=LONGEST_INTEREST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ces mots restent avec la trace de votre déclaration ; le porteur ne les lit pas.",
    )

    @property
    def said(self) -> str | None:
        """Return ``None`` for no interest, else the words, which may be empty."""
        return self.cleaned_data["words"].strip() if self.cleaned_data["interest"] == SOME else None


class AnswerForm(_Plain, WithFiles):
    """An opinion: a sense, yes or no where that was asked, reasons, and the documents that support it."""

    says_yes = forms.ChoiceField(
        label="Votre réponse à la question", choices=[(YES, "Oui"), (NO, "Non")], widget=forms.RadioSelect
    )
    sense = forms.ChoiceField(
        label="Sens de votre avis", choices=OpinionRequest.Sense.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="Votre avis, et ses raisons",
        max_length=LONGEST_OPINION,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    files = PapersField(
        label="Documents à l'appui",
        required=False,
        help_text="Qui lira votre avis les lira, tels quels et avec leur nom de fichier ; personne d'autre.",
    )

    def __init__(self, expects: str, *args, **options):
        super().__init__(*args, **options)
        if expects != OpinionRequest.Expects.YES_NO:
            del self.fields["says_yes"]

    def given(self) -> Given:
        """Return the opinion."""
        said = self.cleaned_data.get("says_yes")
        return Given(self.cleaned_data["sense"], self.cleaned_data["text"].strip(), said == YES if said else None)


class DelegateForm(_Plain):
    """To whom the answer is left: a colleague of the same administration where there are some, or an address."""

    colleague = forms.ChoiceField(label="Un collègue de votre administration", required=False)
    email = forms.EmailField(label="Ou l'adresse électronique d'une autre personne", required=False, max_length=254)

    def __init__(self, colleagues: list[User], *args, **options):
        super().__init__(*args, **options)
        self.colleagues = {str(user.pk): user for user in colleagues}
        if colleagues:
            names = [(key, user.full_name or user.email) for key, user in self.colleagues.items()]
            self.fields["colleague"].choices = [("", "Choisissez"), *names]
        else:
            del self.fields["colleague"]
            self.fields["email"].label = "Adresse électronique de cette personne"

    def clean(self) -> dict:
        """Ask for one of the two, and no more."""
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("colleague")) == bool(cleaned.get("email")):
            self.add_error("email", "Donnez une personne, et une seule.")
        return cleaned

    @property
    def chosen(self) -> User | str:
        """Return the colleague, else the address."""
        return self.colleagues.get(self.cleaned_data.get("colleague", "")) or self.cleaned_data["email"]
