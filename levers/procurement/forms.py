"""The need as an address says it: the same five parameters for the page and for the JSON."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django import forms

from levers.facts import FACTS
from levers.forms import YES_NO, AmountField, IsoDateField
from levers.matching import Answers
from levers.procurement.rules import Buyer, Need, Purchases
from levers.procurement.wording import BUYERS, PURCHASES

PARAMETERS = ("amount", "buyer_type", "category", "innovative", "on")
MOST = FACTS["purchase_amount"].maximum

FROM_PROFILE = {"amount": "purchase_amount", "buyer_type": "buyer_type", "innovative": "innovative_purchase"}
"""Where the diagnostic asks the same thing under another name."""

NOT_A_CHOICE = "« %(value)s » n'est pas une réponse possible."


def field_of_choice(label: str, words: Mapping, refusal: str = NOT_A_CHOICE) -> forms.ChoiceField:
    """Return a question with a few answers, all shown."""
    choices = [(str(value), text) for value, text in words.items()]
    refused = {"invalid_choice": refusal}
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages=refused, required=False
    )


class NeedForm(forms.Form):
    """A need. ``strict`` is the JSON's way: plain digits, and nothing may be missing.

    A page may be reached from the diagnostic with only a part of the answers: what is
    missing is told once the form was sent, that is when the address has an amount.
    """

    mark_optional = False

    amount = AmountField(
        label="Valeur du besoin, hors taxes, en euros",
        help_text="Sur toute la durée, reconductions comprises. Par exemple 55 000 ou 65 000,50.",
        max_value=MOST,
        required=False,
        error_messages={"max_value": f"Le montant doit être au plus {MOST} euros."},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    buyer_type = field_of_choice("Qui achète ?", BUYERS)
    category = field_of_choice("Quoi ?", PURCHASES)
    innovative = field_of_choice(
        "La solution est-elle nouvelle ou nettement améliorée ?",
        dict(YES_NO),
        "Répondez par true (oui) ou false (non).",
    )
    on = IsoDateField(
        label="À quelle date ?",
        help_text="Le jour où l'acheteur lance la consultation. Vide : aujourd'hui.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, data: Mapping | None = None, *, strict: bool = False):
        super().__init__(data, initial={"category": Purchases.SUPPLIES_SERVICES.value, "innovative": "false"})
        self.fields["amount"].strict = strict
        self.demanding = strict or (data is not None and "amount" in data)
        if "on" in self.errors:
            self.fields["on"].widget.input_type = "text"  # a date box would hide what was typed

    def clean(self) -> dict:
        """Say what is missing, where it was to be given."""
        answers = super().clean()
        missing = {"amount": "Donnez la valeur du besoin, en euros.", "buyer_type": "Dites qui achète."}
        for name, message in missing.items():
            if self.demanding and name not in self.errors and answers.get(name) in (None, ""):
                self.add_error(name, message)
        return answers

    def need(self) -> Need | None:
        """Return the need, where everything that it takes was given."""
        if not self.is_valid() or self.cleaned_data["amount"] is None or not self.cleaned_data["buyer_type"]:
            return None
        given = self.cleaned_data
        return Need(
            amount=given["amount"],
            buyer=Buyer(given["buyer_type"]),
            category=Purchases(given["category"] or Purchases.SUPPLIES_SERVICES),
            innovative=given["innovative"] == "true",
        )


def address_of(need: Need, on=None) -> str:
    """Return a need as an address holds it: one need, one text."""
    pairs = [("amount", need.amount), ("buyer_type", need.buyer), ("category", need.category)]
    pairs += [("innovative", "true" if need.innovative else "false"), *([("on", on.isoformat())] if on else [])]
    return urlencode([(name, str(value)) for name, value in pairs])


def from_profile(answers: Answers, on=None) -> str:
    """Return what the diagnostic already knows of a need, as the page of procurement takes it."""
    pairs = [(name, answers[fact]) for name, fact in FROM_PROFILE.items() if fact in answers]
    pairs = [(name, str(value).lower() if isinstance(value, bool) else str(value)) for name, value in pairs]
    return urlencode([*pairs, *([("on", on.isoformat())] if on else [])])


def to_profile(need: Need) -> str:
    """Return a need as the diagnostic takes it."""
    known = {"amount": need.amount, "buyer_type": need.buyer, "innovative": "true" if need.innovative else "false"}
    return urlencode([(fact, str(known[name])) for name, fact in FROM_PROFILE.items()])
