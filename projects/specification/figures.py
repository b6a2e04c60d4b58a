"""Saving the figures of the financing model: all the years at once, and never over somebody else's."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from projects.engine.chain import canonical
from projects.engine.door import NotAllowed
from projects.engine.people import Actor
from projects.engine.reading import figures_of
from projects.engine.recording import act_on
from projects.models import Dossier, FinancialModelLine, JournalEntry
from projects.preparing.entering import say_typed, sections_to_enter, typing
from projects.procedures.asked import Section
from projects.procedures.types import Procedure
from projects.rights.table import Act
from projects.specification.model import Year


class Moved(Exception):
    """Somebody changed the figures since the page was shown: nothing is written."""


def figures_section(procedure: Procedure) -> Section | None:
    """Return the section with which the figures are filled; None where the procedure asks for none."""
    return next((one for one in procedure.sections if one.figures), None)


def may_fill(dossier: Dossier, acts: frozenset[Act]) -> bool:
    """Tell whether somebody may write the figures now: when they may write the section that holds them."""
    section = figures_section(dossier.procedure)
    return Act.EDIT in acts and section in dossier.procedure.written_in(dossier.stage).sections


def seen(figures: list[dict]) -> str:
    """Return the digest by which a page knows that the figures are still those it showed."""
    return hashlib.sha256(canonical(figures).encode()).hexdigest()[:16]


def save_figures(dossier_id: int, years: Iterable[Year], shown: str, actor: Actor, at: datetime) -> None:
    """Replace the years of a dossier by these; nothing is written where nothing changed.

    Raises :class:`NotAllowed` where they may not be written now, :class:`Moved` where they are not as ``shown``.
    """
    with act_on(dossier_id, Act.EDIT, actor, at) as desk:
        if not may_fill(desk.dossier, frozenset({Act.EDIT})):
            raise NotAllowed
        after = _replace(desk.dossier, years, shown)
        if after is not None:
            data = {"section": figures_section(desk.dossier.procedure).key, "figures": seen(after)}
            desk.write(JournalEntry.Kind.SECTION, data)


def enter_figures(dossier: Dossier, years: Iterable[Year], shown: str, actor: Actor, at: datetime) -> None:
    """Replace the years of a dossier by those that the applicant sent by another way, as ``preparing/entering.py``.

    Raises :class:`NotAllowed` where no figures are written now or the person enters nothing, :class:`Moved`, and
    :class:`~projects.engine.door.Refused`.
    """
    with typing(dossier, actor, at) as desk:
        section = figures_section(desk.dossier.procedure)
        if section not in sections_to_enter(desk.dossier):
            raise NotAllowed
        if _replace(desk.dossier, years, shown) is not None:
            say_typed(desk, "figures", section.key)


def _replace(dossier: Dossier, years: Iterable[Year], shown: str) -> list[dict] | None:
    """Replace the years of a dossier that is locked, and return them; None where nothing changed."""
    before = figures_of(dossier)
    if seen(before) != shown:
        raise Moved
    dossier.model_lines.all().delete()
    FinancialModelLine.objects.bulk_create(
        FinancialModelLine(
            dossier=dossier,
            year=one.year,
            patients=one.patients,
            package=one.package,
            substituted=one.substituted,
            other=one.other,
        )
        for one in years
    )
    after = figures_of(dossier)
    return after if after != before else None
