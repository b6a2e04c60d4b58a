"""The questions of a preparation as forms: all fill the address, but the message, which is sent and not kept."""

from collections.abc import Mapping

from django import forms
from django.core.validators import MaxLengthValidator

from levers.forms import YES_NO
from levers.preparation.assessment import TEXT_OF, TRL, WORDS, Answer
from levers.preparation.conditions.moment import LEVELS
from levers.preparation.digital import SITUATIONS
from levers.preparation.message import LONGEST
from levers.preparation.parts import Condition

NOT_YET = ("", "Pas regardé")
DONT_KNOW = ("", "Je ne sais pas")


class ConditionForm(forms.Form):
    """One question a point; the answers are those of the whole self-assessment."""

    mark_optional = False

    def __init__(self, condition: Condition, answers: Mapping[str, Answer]):
        texts = {key: TEXT_OF[value] for key, value in answers.items() if key != TRL}
        super().__init__(initial=texts)
        for item in condition.items:
            self.fields[item.key] = forms.ChoiceField(
                label=item.label,
                help_text=item.meaning,
                required=False,
                widget=forms.RadioSelect,
                choices=[*((TEXT_OF[value], words) for value, words in WORDS.items()), NOT_YET],
            )


class LevelForm(forms.Form):
    """The level of maturity, told in plain words."""

    mark_optional = False

    def __init__(self, level: int | None):
        super().__init__(initial={TRL: str(level) if level else ""})
        self.fields[TRL] = forms.ChoiceField(
            label="Où en est votre solution, sur l'échelle de 1 à 9 ?",
            help_text="Laissez vide si votre projet n'a pas de technologie.",
            required=False,
            choices=[DONT_KNOW, *((str(one.number), f"{one.number}. {one.name}") for one in LEVELS)],
        )


class SituationForm(forms.Form):
    """What the digital solution does; an answer that is no answer says nothing."""

    mark_optional = False

    def __init__(self, data: Mapping | None = None):
        super().__init__(data)
        for one in SITUATIONS:
            self.fields[one.key] = forms.ChoiceField(
                label=one.question,
                help_text=one.help,
                required=False,
                widget=forms.RadioSelect,
                choices=[*YES_NO, DONT_KNOW],
                error_messages={"invalid_choice": "« %(value)s » n'est pas une réponse possible."},
            )

    def situations(self) -> dict[str, bool]:
        """Return what was answered."""
        self.is_valid()
        return {key: text == "true" for key, text in self.cleaned_data.items() if text}


class MessageForm(forms.Form):
    """A first message. Its length is checked here and not by the browser, which would cut it in silence."""

    message = forms.CharField(
        label="Votre message",
        help_text=f"Collez le texte, sans nom de patient. {LONGEST} caractères au plus, soit trois pages environ.",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "autocomplete": "off", "spellcheck": "true"}),
        validators=[
            MaxLengthValidator(
                LONGEST,
                "Ce texte est trop long : %(show_value)s caractères, au plus %(limit_value)s. Gardez l'essentiel, "
                "un premier message tient en une page.",
            )
        ],
        error_messages={"required": "Collez d'abord le texte de votre message."},
    )

    def clean_message(self) -> str:
        """Refuse a text in which there is nothing to read."""
        message = self.cleaned_data["message"]
        if not message.strip():
            raise forms.ValidationError("Collez d'abord le texte de votre message.", code="required")
        return message
