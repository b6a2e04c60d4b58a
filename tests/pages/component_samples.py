"""Each component in every dress it can wear, whether a page wears it yet or not.

The style sheet is purged from what is rendered (``bin/build_dsfr.py``): what is not shown
here or on a page loses its style. So a component takes its place below as soon as it
exists, and ``tests/pages/test_style_sheet.py`` says when one is missing.
"""

from datetime import date

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory

from actors.models import User
from apist.list_parts import pagination_html, tags_html

CHOICES = [("un", "Un choix"), ("deux", "Un autre choix")]
HINT = "Une aide qui tient en une phrase."
LINK = {"url": "/leviers/", "label": "Voir les leviers"}
KINDS = ("info", "success", "warning", "error")


class EveryField(forms.Form):
    """One field of each kind that ``django/forms/field.html`` knows."""

    text = forms.CharField(label="Texte", help_text=HINT)
    optional = forms.CharField(label="Texte facultatif", required=False)
    long = forms.CharField(label="Texte long", widget=forms.Textarea)
    email = forms.EmailField(label="Courriel")
    password = forms.CharField(label="Mot de passe", widget=forms.PasswordInput)
    number = forms.IntegerField(label="Nombre")
    day = forms.DateField(label="Jour", widget=forms.DateInput(attrs={"type": "date"}))
    search = forms.CharField(label="Recherche", widget=forms.TextInput(attrs={"type": "search"}))
    choice = forms.ChoiceField(label="Liste", choices=CHOICES, help_text=HINT)
    several = forms.MultipleChoiceField(label="Liste à plusieurs choix", choices=CHOICES, help_text=HINT)
    unknown = forms.NullBooleanField(label="Oui ou non", help_text=HINT)
    file = forms.FileField(label="Fichier", help_text=HINT)
    agreed = forms.BooleanField(label="Case", help_text=HINT)
    radio = forms.ChoiceField(label="Boutons", choices=CHOICES, widget=forms.RadioSelect, help_text=HINT)
    boxes = forms.MultipleChoiceField(
        label="Cases", choices=CHOICES, widget=forms.CheckboxSelectMultiple, help_text=HINT
    )


def forms_in_every_state() -> list[forms.Form]:
    """Return the form untouched, filled and refused; no form of the portal closes a field."""
    chosen = {"text": "Écrit", "day": "2026-03-31", "choice": "deux", "agreed": "on", "radio": "un", "boxes": ["un"]}
    return [
        EveryField(prefix="new"),
        EveryField(initial=chosen, prefix="filled"),
        EveryField({}, {}, prefix="wrong"),
    ]


class FaultyLine(forms.Form):
    """A line that complains of a field and of itself, with its own number."""

    rank = forms.IntegerField(widget=forms.HiddenInput)
    amount = forms.DecimalField(label="Montant")

    def clean(self):
        """Complain of the whole."""
        self.add_error(None, "Ce montant et cette année ne vont pas ensemble.")


def faulty_lines() -> forms.BaseFormSet:
    """Return lines that came back: one that was stored, one that is new."""
    sent = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0, "form-0-rank": 1, "form-0-amount": "faux"}
    return forms.formset_factory(FaultyLine, min_num=3, validate_min=True)(sent)


class FaultyForm(forms.Form):
    """A form that complains of two fields and of itself."""

    name = forms.CharField(label="Nom")
    email = forms.EmailField(label="Courriel")

    def clean(self):
        """Complain of the whole."""
        self.add_error(None, "Les deux champs ne vont pas ensemble.")


def lists() -> dict[str, str]:
    """Return what stands around a list: the links to its pages, the chosen filters."""
    pages = [pagination_html(*where, "?page={}".format, f"Page {where}") for where in ((1, 9), (5, 9), (9, 9), (1, 2))]
    return {"pagination": "\n".join(pages), "tags": tags_html([("Numérique", "/leviers/"), ("EHPAD", "/leviers/")])}


def messages() -> list[Message]:
    """Return a message of each level."""
    levels = (constants.DEBUG, constants.INFO, constants.SUCCESS, constants.WARNING, constants.ERROR)
    return [Message(level, f"Un message de niveau {level}.") for level in levels]


def person() -> User:
    """Return somebody who is signed in; never saved."""
    return User(pk=1, email="personne@exemple.invalid", full_name="Camille Personne")


ALERTS = [
    {"kind": kind, "text": "Ce qui se passe.", **more}
    for kind in ("", *KINDS)
    for more in ({}, {"title": "Un titre", **LINK}, {"live": True, "level": 3, "title": "Annoncé"})
]
BADGES = [{"kind": kind, "label": "Ouvert", "small": small} for kind in ("", *KINDS, "new") for small in (False, True)]
CALLOUTS = [
    {"text": "À retenir."},
    {"text": "À retenir.", "title": "Un titre", "level": 3, "icon": "information-line", **LINK},
]
TRAILS = [
    {"current": "Ici"},
    {"current": "Ici", "parent_url": "/leviers/", "parent_label": "Les leviers"},
    {"current": "Ici", "parent_url": "/a/", "parent_label": "Parent", "grand_url": "/b/", "grand_label": "Aïeul"},
]
TAGS = [
    {"label": "Numérique", "small": small, **more}
    for small in (False, True)
    for more in ({}, {"url": "/leviers/"}, {"url": "/leviers/", "remove": True})
]

SAMPLES: dict[str, list[dict]] = {
    "alert": ALERTS,
    "badge": BADGES,
    "breadcrumb": TRAILS,
    "callout": CALLOUTS,
    "demonstration": [{}],
    "empty": [{"title": "Rien ici"}, {"title": "Rien ici", "text": "Essayez ailleurs.", "level": 3, **LINK}],
    "error_summary": [{"form": FaultyForm({"email": "faux"})}, {"form": forms.Form({})}],
    "footer": [{}],
    "header": [{"user": AnonymousUser(), "text": "été"}, {"user": person(), "text": "télésuivi"}],
    "lines_summary": [
        {"form": faulty_lines(), "title": "Rien n'est enregistré", "ranked": ranked} for ranked in (True, False)
    ],
    "messages": [{"messages": []}, {"messages": messages()}],
    "nav_item": [{"name": "home", "label": "Accueil"}, {"name": "lever-list", "label": "Les leviers"}],
    "search": [{"id": "recherche-page"}, {"id": "autre", "label": "Chercher", "value": "télésuivi"}],
    "source": [{"name": "Un texte"}, {"name": "Un texte", "url": "/", "locator": "p. 2", "checked": date(2026, 2, 1)}],
    "tag": TAGS,
    "to_complete": [{"what": "adresse"}],
}
"""By template of ``templates/components``: what each state is given."""


def render_samples() -> dict[str, str]:
    """Return the HTML of every state of each component, and of the fields of forms, by name."""
    shown = {}
    for name, contexts in SAMPLES.items():
        states = []
        for context in contexts:
            request = RequestFactory().get("/leviers/", {"q": "été"})
            request.user = context.get("user", AnonymousUser())
            states.append(render_to_string(f"components/{name}.html", {"request": request, **context}, request))
        shown[name] = "\n".join(states)
    for form in forms_in_every_state():
        shown[f"form {form.prefix}"] = "\n".join(str(field.as_field_group()) for field in form)
    return shown | lists()
