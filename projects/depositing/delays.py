"""The legal clock and the due date of a dossier, in sentences. Pure."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from projects.depositing.moments import FRANCE, in_words, until_in_words
from projects.engine.clock import Clock
from projects.procedures.types import Mentions, Stage
from projects.procedures.vocabulary import ClockEffect, Turn

ACTS = {
    ClockEffect.START: "Le délai commence",
    ClockEffect.SUSPEND: "Le délai est suspendu",
    ClockEffect.RESUME: "Le délai reprend",
    ClockEffect.STOP: "Le délai est arrêté",
}


def clock_said(clock: Clock, zone: str, at: datetime) -> str:
    """Return where the legal clock stands at a moment, in a sentence or two; empty where none has started."""
    if clock.started_at is None:
        return ""
    if clock.stopped_at is not None:
        return f"Le délai a couru du {_day(clock.started_at, zone)} au {_day(clock.stopped_at, zone)} : il est arrêté."
    start = f"Le délai court depuis le {_day(clock.started_at, zone)}"
    if clock.suspended_at is not None:
        return f"{start}. Il est suspendu depuis le {_day(clock.suspended_at, zone)} : ce temps ne compte pas."
    if clock.due_at is not None and clock.due_at <= at:
        return f"Le délai a couru du {_day(clock.started_at, zone)} au {_day(clock.due_at, zone)} : il est passé."
    if clock.due_at is not None:
        days = clock.suspended.days
        given_back = f" ({days} jour{'s' if days > 1 else ''} de suspension rendu{'s' if days > 1 else ''})"
        return f"{start}, jusqu'au {_day(clock.due_at, zone)}{given_back if days else ''}."
    return f"{start}."


def silence_said(clock: Clock, mentions: Mentions) -> str:
    """Return what it means that nobody answers, while that may still happen; empty where nothing is awaited."""
    return mentions.silence if clock.started_at is not None and clock.stopped_at is None else ""


def ticks_said(clock: Clock, zone: str) -> list[str]:
    """Return each act that touched the clock, with its ground."""
    return [f"{ACTS[tick.effect]} le {_day(tick.at, zone)} : {tick.ground}." for tick in clock.ticks]


def due_said(stage: Stage, turn: str, due_at: datetime | None, at: datetime, zone: str) -> tuple[str, str]:
    """Return until when somebody is expected to act, and what happens if they do not; empty words where unknown.

    A delay without source is a usage of the portal, and is said to be so; not a day that the agency named, which
    lasts until the midnight that follows.
    """
    if due_at is None:
        return "", ""
    who = "Vous avez" if turn == Turn.APPLICANT else "Réponse attendue"
    passed = "C'était attendu jusqu'au" if due_at <= at else f"{who} jusqu'au"
    is_named = due_at.astimezone(ZoneInfo(FRANCE)).time() == time.min
    is_usage = stage.due is not None and not stage.due.source and not is_named
    usage = "" if not is_usage else ", délai d'usage que le portail se donne et non un droit"
    after = stage.due.on_expiry if stage.due else ""
    return f"{passed} {until_in_words(due_at, zone)}{usage}.", after


def _day(moment: datetime, zone: str) -> str:
    return in_words(moment, zone, place=False)
