"""The words of those who instruct: whose turn, what happened, what the clock did. Pure."""

from collections.abc import Mapping

from projects.procedures.vocabulary import ClockEffect, Delay, Turn, Unit

TURNS: Mapping[Turn, str] = {
    Turn.APPLICANT: "Au porteur d'agir",
    Turn.AGENCY: "À l'agence d'agir",
    Turn.OPINION: "Un avis est attendu",
    Turn.NATIONAL: "Au niveau national d'agir",
    Turn.DEPARTMENT: "Au département d'agir",
    Turn.EVALUATOR: "À l'évaluateur d'agir",
    Turn.NOBODY: "Personne n'a rien à faire",
}
"""Whose turn it is; the applicant reads other words (``TURN_LABELS``)."""

CLOCK: Mapping[ClockEffect, str] = {
    ClockEffect.START: "Le délai commence",
    ClockEffect.SUSPEND: "Le délai est suspendu",
    ClockEffect.RESUME: "Le délai reprend",
    ClockEffect.STOP: "Le délai s'arrête",
}

NO_EFFECT = "Sans effet : le délai ne courait pas, ou l'acte l'avait déjà fait"

THE_PORTAL = "Le portail"
GONE = "Compte effacé"

VERIFIED_ENTRIES = "acte"


def delay_in_words(delay: Delay) -> str:
    """Return « 2 mois », « 15 jours », « 1 jour »."""
    if delay.unit is Unit.MONTHS:
        return f"{delay.count} mois"
    return f"{delay.count} jour{'s' if delay.count > 1 else ''}"
