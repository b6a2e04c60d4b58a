"""The parts of the results that many visitors share, rendered once and kept.

A lever's reasons depend on its rules, on the answers to the facts that they read and on
its availability, not on the rest of the profile: two projects that differ elsewhere see
the same lines. Each part is kept under everything that it shows, the rulebook included,
so that a part of former content is never found again; the oldest ones make room.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from secrets import token_hex
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from levers.availability import CANNOT_ENTER, Availability
from levers.facts import FACTS, Kind
from levers.forms import EditForm, ScreenForm, shown_values, texts_of
from levers.matching import Answer, Answers, Outcome, Rule
from levers.models import Lever
from levers.open_questions import Ruleset, assess
from levers.procurement.forms import from_profile
from levers.questionnaire import choice_field
from levers.rulebook import Match, Rulebook, RuledLever

OUTCOME_WORDS = {
    Outcome.MET: ("Rempli", "success", "rempli", "remplis"),
    Outcome.UNMET: ("Non rempli", "error", "non rempli", "non remplis"),
    Outcome.UNKNOWN: ("Réponse manquante", "info", "sans réponse", "sans réponse"),
    Outcome.JUDGEMENT: ("À l'appréciation de l'autorité", "new", "à juger par l'autorité", "à juger par l'autorité"),
    Outcome.CONTESTED: ("Sources en désaccord ou muettes", "warning", "à vérifier", "à vérifier"),
}
"""For each outcome: the badge and its colour, then the word for one and for several criteria."""

Shown = tuple[tuple[str, Answer, str], ...]
"""Answers by fact, each with its own text: 65000.5 and 65000.50 are equal, but not shown alike."""

PROFILE, NEED = token_hex(16), token_hex(16)
"""Stand in a kept part where an address takes the whole profile, or what is bought of it; no content holds them."""


def shown(answers: Answers, names: Iterable[str]) -> Shown:
    """Return the answers to some facts, as a kept part shows them."""
    return tuple([(name, answers[name], str(answers[name])) for name in names if name in answers])


def answer_in_words(name: str, answer: Answer, words: dict[str, dict[str, str]]) -> str:
    """Return an answer as a person says it: « Oui », « 40 % », a region's name."""
    fact = FACTS[name]
    if fact.kind is Kind.BOOLEAN:
        return "Oui" if answer else "Non"
    labels = words.get(name) or {choice.value: choice.label for choice in fact.choices}
    texts = [labels.get(text, text) for text in texts_of(answer)]
    return ", ".join(texts) + (f" {fact.unit}" if fact.unit else "")


def levers_html(rulebook: Rulebook, matches: Iterable[Match], answers: Answers, query: str, on: date) -> SafeString:
    """Return the verdicts of some levers with their reasons; ``query`` is the whole profile, as addresses take it."""
    kept = "".join(
        _lever_html(rulebook, match.lever, match.rules, shown(answers, match.rules.facts), match.availability.status)
        for match in matches
    )
    kept = kept.replace(NEED, escape(from_profile(answers, on)))
    return mark_safe(kept.replace(PROFILE, escape(f"&{query}") if query else ""))


@lru_cache(maxsize=1024)
def _lever_html(rulebook: Rulebook, lever: RuledLever, rules: Ruleset, seen: Shown, status) -> str:
    answers = {name: answer for name, answer, _ in seen}
    return render_to_string("diagnostic/lever.html", {"item": lever_in_words(rulebook, lever, rules, answers, status)})


def lever_in_words(rulebook: Rulebook, lever: RuledLever, rules: Ruleset, answers: Answers, status) -> dict:
    """Return one lever's verdict as the page shows it: reasons, answers used, sources, what would change it."""
    found = assess(rules, answers)
    blocking = [(rule, result) for rule, result in found.rows if rule.blocking]
    indicative = [(rule, result) for rule, result in found.rows if not rule.blocking]
    return {
        "lever": lever,
        "availability": Availability(status),
        "verdict": found.verdict,
        "blocking": criteria_html(rulebook, blocking, answers),
        "tally": [
            (words[3] if how_many > 1 else words[2], how_many)
            for outcome, words in OUTCOME_WORDS.items()
            if (how_many := sum(result is outcome for _, result in blocking))
        ],
        "indicative": criteria_html(rulebook, indicative, answers),
        "ways": found.ways,
        "unmet": [rule for rule, result in blocking if result is Outcome.UNMET],
        "todo": [rule for rule, result in blocking if result is Outcome.JUDGEMENT and rule.remedy],
        "answer_url": f"{reverse('diagnostic')}?{urlencode({'levier': lever.slug})}{PROFILE}",
        "procurement_url": f"{reverse('procurement')}?{NEED}" if lever.nature == Lever.Nature.PROCUREMENT else "",
        "dossier_url": dossier_address(lever, status),
        "missing": [FACTS[name] for name in found.missing],
    }


def dossier_address(lever: RuledLever, status) -> str:
    """Return where a dossier is opened with these answers; empty where one cannot enter, or where one buys."""
    if status in CANNOT_ENTER or lever.nature == Lever.Nature.PROCUREMENT:
        return ""
    return f"{reverse('dossier-new')}?{urlencode({'levier': lever.slug})}{PROFILE}"


def criteria_html(rulebook: Rulebook, rows: list[tuple[Rule, Outcome]], answers: Answers) -> list[SafeString]:
    """Return each reason of a verdict, with the answer that it rests on."""
    return [
        _criterion_html(rulebook, rule, result, shown(answers, [rule.test.fact] if rule.test else []))
        for rule, result in rows
    ]


@lru_cache(maxsize=2048)
def _criterion_html(rulebook: Rulebook, rule: Rule, result: Outcome, seen: Shown) -> SafeString:
    word, kind, *_ = OUTCOME_WORDS[result]
    row = {"rule": rule, "outcome": result, "word": word, "kind": kind}
    for name, answer, _ in seen:
        row |= {"fact": FACTS[name], "answer": answer_in_words(name, answer, rulebook.labels)}
    return render_to_string("diagnostic/criterion.html", {"row": row})


def questions_html(
    rulebook: Rulebook, names: Iterable[str], answers: Answers, chosen: Mapping[str, str], door: str
) -> SafeString:
    """Return the questions of a screen; those of ``chosen`` are answered among recognisable things."""
    doors = {"actor_type": door}
    parts = [
        _question_html(rulebook, name, shown(answers, [name]), chosen.get(name), doors.get(name, "")) for name in names
    ]
    return mark_safe("".join(parts))


@lru_cache(maxsize=512)
def _question_html(rulebook: Rulebook, name: str, seen: Shown, choice: str | None, door: str) -> SafeString:
    initial = shown_values({name: answer for name, answer, _ in seen}) | {choice_field(name): choice}
    plain = [name] if choice is None else []
    (field,) = ScreenForm(names=[name], words=rulebook.words(door), plain=plain, initial=initial)
    return field.as_field_group()


def fields_html(rulebook: Rulebook, names: Iterable[str], answers: Answers) -> SafeString:
    """Return the questions under which the answers of a profile are changed in place."""
    return mark_safe("".join([_field_html(rulebook, name, shown(answers, [name])) for name in names]))


@lru_cache(maxsize=1024)
def _field_html(rulebook: Rulebook, name: str, seen: Shown) -> SafeString:
    known = {name: answer for name, answer, _ in seen}
    (field,) = EditForm(names=[name], known=known, words=rulebook.words())
    return field.as_field_group()
