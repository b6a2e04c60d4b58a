"""What one asks of the directory, as the address says it."""

from collections.abc import Mapping

from django import forms

from actors.models import Audience
from levers.directory.reading import Book
from levers.directory.rules import Asked, Who

PARAMETERS = ("region", "department", "subject", "audience")
ANY = {
    "region": "Choisissez une région",
    "department": "Tous les départements",
    "subject": "Je ne sais pas encore",
}


def choice(label: str, refusal: str, **options) -> forms.ChoiceField:
    """Return a question that may be left unanswered; its values come with the content."""
    return forms.ChoiceField(label=label, required=False, error_messages={"invalid_choice": refusal}, **options)


class DirectoryForm(forms.Form):
    """Where, about what, and who asks. What is not understood is said, the rest is answered."""

    mark_optional = False

    region = choice("Votre région", "Cette région n'existe pas : choisissez dans la liste.")
    department = choice("Votre département", "Ce département n'existe pas : choisissez dans la liste.")
    subject = choice("De quoi voulez-vous parler ?", "Ce sujet n'existe pas : choisissez dans la liste.")
    audience = choice(
        "Vous êtes",
        "Cette réponse n'existe pas : choisissez dans la liste.",
        choices=[*Audience.choices, ("", "Je ne sais pas")],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Mapping | None, book: Book, *, initial: Mapping | None = None):
        known = None if data is None else {name: data.get(name, "") for name in PARAMETERS}
        super().__init__(known, initial=initial)
        self.book = book
        values = {
            "region": [(code, place.region.name) for code, place in book.places.items()],
            "department": [(one.code, f"{one.code} {one.name}") for one in book.departments.values()],
            "subject": [(slug, one.label) for slug, one in book.subjects.items()],
        }
        for name, pairs in values.items():
            self.fields[name].choices = [("", ANY[name]), *pairs]

    def clean(self) -> dict:
        """Say where the department is, when it is not in the region."""
        given = super().clean()
        department = self.book.departments.get(given.get("department", ""))
        if department and given.get("region") and department.region.code != given["region"]:
            there = department.region.name
            self.add_error("department", f"{department} est dans une autre région : {there}. Corrigez l'un des deux.")
        return given

    def given(self) -> dict[str, str]:
        """Return what was asked and understood; a department tells its region."""
        if not self.is_bound:
            return {}
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if "region" not in given and "region" not in self.errors and "department" in given:
            given["region"] = self.book.departments[given["department"]].region.code
        return given


def asked_of(given: Mapping[str, str]) -> Asked:
    """Return what the rules read."""
    subject = given.get("subject", "")
    return Asked(Who(given.get("audience", "")), subject, subject == DIGITAL, given.get("department", ""))


DIGITAL = "numerique"
"""The subject for which the region's e-health group counts."""
