"""What one types to judge: a filled grid, a declaration of interests, what a jury said, an envelope to try."""

from decimal import Decimal, InvalidOperation

from django import forms

from projects.content.answers import money
from projects.judging.board import Amounts
from projects.judging.marking import Filled
from projects.judging.rules import is_mark, owes_words
from projects.models import Candidate, Judgement
from projects.procedures.grids import STEP, Criterion, Grid

WORDS = forms.Textarea(attrs={"rows": 2})
LONGEST = 3000
NO_MARK = {"required": "Choisissez une note.", "invalid_choice": "Choisissez une note de la liste."}


def plain(mark: Decimal) -> str:
    """Return a mark in digits, without useless zeros."""
    return f"{mark.normalize():f}"


def said_mark(mark: Decimal) -> str:
    """Return a mark the French way."""
    return plain(mark).replace(".", ",")


def scale(criterion: Criterion) -> list[tuple[str, str]]:
    """Return the marks that one may choose, the lowest first; digits typed in the list choose one."""
    steps = int((criterion.high - criterion.low) / STEP)
    marks = [criterion.low + STEP * number for number in range(steps + 1)]
    return [("", "Choisissez"), *((plain(mark), said_mark(mark)) for mark in marks)]


class GridForm(forms.Form):
    """A mark for each criterion, words where the mark is low, and what one thinks of the whole."""

    def __init__(self, grid: Grid, data=None, kept: Judgement | None = None):
        super().__init__(data, initial=_initial(kept))
        self.use_required_attribute = False
        self.grid = grid
        for one in grid.criteria:
            weight = f"Compte pour {said_mark(one.weight)}." if one.weight is not None else ""
            span = f"De {said_mark(one.low)} à {said_mark(one.high)}."
            self.fields[f"mark-{one.key}"] = forms.ChoiceField(
                label=one.label,
                choices=scale(one),
                help_text=f"{one.help} {span} {weight}".strip(),
                error_messages=NO_MARK,
            )
            self.fields[f"words-{one.key}"] = forms.CharField(
                label=f"Pourquoi : {one.label}",
                required=False,
                max_length=LONGEST,
                help_text=f"À dire si la note est en dessous de {said_mark(one.words_below)}.",
                widget=WORDS,
            )
        self.fields["overall"] = forms.CharField(
            label="Avis d'ensemble", required=False, max_length=6000, widget=forms.Textarea(attrs={"rows": 4})
        )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return each criterion's two fields, in the order of the grid."""
        return [(self[f"mark-{one.key}"], self[f"words-{one.key}"]) for one in self.grid.criteria]

    def clean(self) -> dict:
        """Ask for words where a mark is low."""
        cleaned = super().clean()
        for one in self.grid.criteria:
            chosen, words = cleaned.get(f"mark-{one.key}"), (cleaned.get(f"words-{one.key}") or "").strip()
            if not chosen or f"words-{one.key}" in self.errors:
                continue
            mark = Decimal(chosen)
            if not is_mark(one, mark):
                self.add_error(f"mark-{one.key}", "Choisissez une note de la liste.")
            elif owes_words(one, mark) and not words:
                said = said_mark(one.words_below)
                self.add_error(f"words-{one.key}", f"Dites pourquoi la note est en dessous de {said}.")
        return cleaned

    def filled(self) -> Filled:
        """Return what a valid form says."""
        given = self.cleaned_data
        return Filled(
            {one.key: Decimal(given[f"mark-{one.key}"]) for one in self.grid.criteria},
            {one.key: given[f"words-{one.key}"].strip() for one in self.grid.criteria},
            given["overall"].strip(),
        )


def _initial(kept: Judgement | None) -> dict:
    if kept is None:
        return {}
    marks = {f"mark-{key}": plain(Decimal(mark)) for key, mark in kept.marks.items()}
    return marks | {f"words-{key}": words for key, words in kept.words.items()} | {"overall": kept.overall}


class InterestForm(forms.Form):
    """A link with a dossier, or none."""

    conflict = forms.ChoiceField(
        label="Avez-vous un lien avec ce dossier ?",
        help_text="Lien familial, professionnel, financier, ou concurrence avec le porteur, un partenaire ou un "
        "prestataire.",
        choices=[("no", "Non, aucun lien"), ("yes", "Oui : fermez-moi ce dossier")],
        widget=forms.RadioSelect,
        error_messages={"required": "Dites si vous avez un lien ou non."},
    )
    reason = forms.CharField(
        label="Nature du lien",
        required=False,
        max_length=300,
        help_text="Personne ne le lit sur le portail : il reste avec la trace du déport.",
    )


class RevealForm(forms.Form):
    """Why the marks that are missing are not waited for."""

    reason = forms.CharField(
        label="Pourquoi ne pas attendre les notes qui manquent",
        required=False,
        max_length=600,
        help_text="Lu par les membres du jury et par l'agence. Inutile si toutes les notes sont là.",
        widget=WORDS,
    )


class DeliberationForm(forms.Form):
    """What a jury said of a dossier, and the mark that it keeps where that is not the average."""

    deliberation = forms.CharField(
        label="Ce que le jury a dit",
        required=False,
        max_length=6000,
        help_text="Forces, faiblesses, réserves : ce qui servira à motiver la décision.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    final_mark = forms.CharField(
        label="Note retenue, sur 100",
        required=False,
        max_length=10,
        help_text="Vide : la moyenne. Exemple : 72,50",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    final_reason = forms.CharField(
        label="Pourquoi elle diffère de la moyenne", required=False, max_length=LONGEST, widget=WORDS
    )

    @classmethod
    def of(cls, candidate: Candidate, data=None) -> "DeliberationForm":
        """Return the form, filled with what was said already."""
        mark = "" if candidate.final_mark is None else str(candidate.final_mark).replace(".", ",")
        kept = {"deliberation": candidate.deliberation, "final_mark": mark, "final_reason": candidate.final_reason}
        return cls(data, initial=kept)

    def clean_final_mark(self) -> Decimal | None:
        """Return the mark, to the hundredth; None where the average is kept."""
        text = "".join(self.cleaned_data["final_mark"].split()).replace(",", ".")
        if not text:
            return None
        try:
            mark = Decimal(text)
        except InvalidOperation:
            mark = Decimal("NaN")
        if not mark.is_finite() or not 0 <= mark <= 100 or mark != mark.quantize(Decimal("0.01")):
            raise forms.ValidationError("Écrivez une note de 0 à 100, avec deux décimales au plus : 72,50.")
        return mark.quantize(Decimal("0.01"))

    def clean(self) -> dict:
        """Ask why the mark is not the average."""
        cleaned = super().clean()
        if cleaned.get("final_mark") is not None and not (cleaned.get("final_reason") or "").strip():
            self.add_error("final_reason", "Dites pourquoi la note retenue n'est pas la moyenne.")
        return cleaned


class EnvelopeForm(forms.Form):
    """An amount to set against the ranking, and which amounts it pays; both stay in the address."""

    enveloppe = forms.CharField(
        label="Enveloppe à simuler, en euros",
        required=False,
        max_length=30,
        help_text="Exemple : 250 000",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    montants = forms.ChoiceField(
        label="Montants comptés",
        required=False,
        choices=[(Amounts.ASKED.value, "Demandés"), (Amounts.PROPOSED.value, "Proposés par l'instruction")],
    )

    def clean_enveloppe(self) -> Decimal | None:
        """Return the amount; None where none is given."""
        text = self.cleaned_data["enveloppe"].strip()
        if not text:
            return None
        amount = money(text)
        if amount is None:
            raise forms.ValidationError("Écrivez un montant en euros, en chiffres : 250 000 ou 250 000,50.")
        return amount

    def clean_montants(self) -> Amounts:
        """Return which amounts are counted: those that were asked, unless told otherwise."""
        return Amounts(self.cleaned_data["montants"] or Amounts.ASKED)
