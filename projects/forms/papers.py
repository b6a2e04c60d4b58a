"""Files sent with a form, several at once: looked at before anything is done, refused by name."""

from django import forms

from projects.files.inspection import MAX_SIZE, accepted, inspect
from projects.files.kinds import DOCUMENTS, Refused
from projects.files.names import safe_name
from projects.models import Paper
from projects.papers.joining import Looked, Said
from projects.papers.rules import AT_ONCE, WEIGHT_AT_ONCE

AGAIN = "Aucun fichier n'est joint pour l'instant : choisissez à nouveau tous ceux que vous voulez envoyer."
NOT_KEPT = "Un navigateur ne garde pas les fichiers d'un envoi à corriger : choisissez-les à nouveau."


def hint(most: int) -> str:
    """Return what is accepted, in words."""
    number = f"{most} fichiers au plus, {WEIGHT_AT_ONCE // 1_000_000} Mo en tout" if most > 1 else "Un fichier"
    weight = "" if most > 1 else f", {MAX_SIZE // 1_000_000} Mo au plus"
    return f"{number} ({accepted(DOCUMENTS)}){weight}, sans mot de passe. Jamais de données de patients."


class FileInput(forms.FileInput):
    """The field of a page in which several files may be chosen; named so that pages dress it as one of files."""

    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Files, each inspected; clean, it gives them as they were found. One that is refused refuses the sending."""

    def __init__(self, *, most: int = AT_ONCE, help_text: str = "", **options):
        self.most = most
        words = " ".join(part for part in (help_text, hint(most)) if part)
        widget = FileInput() if most > 1 else forms.FileInput()
        super().__init__(widget=widget, help_text=words, max_length=1000, allow_empty_file=True, **options)

    def clean(self, data, initial=None) -> list[Looked]:
        """Return the files that were sent, or say of each one why it is not accepted."""
        sent = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not sent:
            super().clean(None, initial)
            return []
        files = [super(PapersField, self).clean(one, initial) for one in sent]
        wrong = self._too_much(files)
        looked = []
        for one in files if not wrong else ():
            try:
                looked.append(Looked(one.file, inspect(one.name, one.file)))
            except Refused as refused:
                wrong.append(f"« {safe_name(one.name)} » est refusé. {refused.reason}")
        if wrong:
            raise forms.ValidationError([*wrong, AGAIN])
        return looked

    def _too_much(self, files: list) -> list[str]:
        if len(files) > self.most:
            return [f"Vous envoyez {len(files)} fichiers : {self.most} au plus. Réunissez-en en un seul PDF."]
        if sum(one.size for one in files) > WEIGHT_AT_ONCE and self.most > 1:
            most = WEIGHT_AT_ONCE // 1_000_000
            return [f"Ces fichiers pèsent ensemble plus de {most} Mo. Réduisez-les, ou envoyez-en moins."]
        return []


class WithFiles(forms.Form):
    """A form with files: where something else is to be corrected, it says that the files must be chosen again.

    ``FILES``: the name of the field.
    """

    FILES = "files"

    @property
    def looked(self) -> list[Looked]:
        """Return the files that were sent and accepted."""
        return self.cleaned_data.get(self.FILES) or []

    def clean(self) -> dict:
        """Say of files that were accepted that they are not kept, where the rest is to be corrected."""
        cleaned = super().clean()
        if self.errors and self.FILES not in self.errors and self.looked:
            self.add_error(self.FILES, NOT_KEPT)
        return cleaned

    def refuse(self, words: str) -> None:
        """Say why the whole sending is refused, and that its files must be chosen again."""
        if self.looked:
            self.add_error(self.FILES, NOT_KEPT)
        self.add_error(None, words)


class PaperForm(WithFiles):
    """Internal documents: what they are, and whether the applicant reads them too."""

    files = PapersField(label="Fichiers", error_messages={"required": "Choisissez un fichier."})
    sort = forms.ChoiceField(label="Nature", choices=[("", "Choisissez"), *Paper.Sort.choices])
    words = forms.CharField(
        label="De quoi il s'agit",
        max_length=300,
        required=False,
        help_text="De qui, de quand, à quel sujet.",
    )
    shown = forms.BooleanField(
        label="Montrer ces documents au porteur",
        required=False,
        help_text="Sans cette case, seule l'agence qui instruit les lit. Avec elle, le porteur les lit tout de suite "
        "et en est prévenu. Cela ne se change pas ensuite.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.use_required_attribute = False
        for name in ("sort", "words", "shown"):
            self.fields[name].error_messages["required"] = "À remplir."

    def said(self) -> Said:
        """Return what is said of the files."""
        given = self.cleaned_data
        return Said(given["sort"], given["words"].strip(), given["shown"])
