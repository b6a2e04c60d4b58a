"""One's own pathway: the levers that a diagnostic keeps, marked in words among the others."""

from collections.abc import Iterable
from dataclasses import replace

from levers.availability import CANNOT_ENTER
from levers.matching import Verdict
from levers.pathway.layout import Stop
from levers.pathway.reading import Pathway
from levers.rulebook import Match

NOTES = {
    Verdict.ELIGIBLE: "retenu : conditions remplies",
    Verdict.VIA_PARTNER: "retenu : avec un partenaire",
    Verdict.TO_CONFIRM: "retenu : à confirmer",
    Verdict.NOT_ELIGIBLE: "écarté : ne s'applique pas",
}


def is_retained(match: Match) -> bool:
    """Tell whether a lever is worth a project's time: nothing excludes it, and one can enter it now or soon."""
    return match.assessment.verdict is not Verdict.NOT_ELIGIBLE and match.availability.status not in CANNOT_ENTER


def stops_of(pathway: Pathway) -> tuple[Stop, ...]:
    """Return the levers for nobody in particular; those that one can no longer enter say so."""
    closed = {slug: said.situation.lower() for slug, said in pathway.said.items() if said.status in CANNOT_ENTER}
    return tuple(replace(stop, note=closed.get(stop.slug, "")) for stop in pathway.stops)


def own_stops(pathway: Pathway, matches: Iterable[Match], *, only_kept: bool) -> tuple[Stop, ...]:
    """Return the levers for one profile: each says what becomes of it; the others may be left out."""
    found = {match.lever.slug: match for match in matches}
    stops = [_own(stop, found[stop.slug]) for stop in pathway.stops if stop.slug in found]
    return tuple(stop for stop in stops if stop.kept or not only_kept)


def _own(stop: Stop, match: Match) -> Stop:
    verdict, status = match.assessment.verdict, match.availability
    if verdict is not Verdict.NOT_ELIGIBLE and status.status in CANNOT_ENTER:
        return replace(stop, note=f"écarté : {status.label.lower()}")
    return replace(stop, note=NOTES[verdict], kept=is_retained(match))
