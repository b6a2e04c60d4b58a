"""Indicators, their values, evaluations: written with their act, never changed, corrected by what follows."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from projects.engine.door import NotAllowed, Refused
from projects.engine.enclosing import Enclosed, enclose
from projects.engine.paying import AFTER_A_GRANT
from projects.engine.people import Actor
from projects.engine.recording import Desk, act_on
from projects.models import EvaluationReport, Indicator, IndicatorValue, JournalEntry, Paper
from projects.procedures.conditions import Refusal
from projects.procedures.vocabulary import Macro, Party
from projects.rights.table import APPLICANT_SIDE, Act

NOT_YET = Refusal("not-granted", "Rien n'est accordé : il n'y a rien à mesurer.")
IN_FUTURE = Refusal("in-future", "Une valeur est celle d'un jour passé : ce jour n'est pas encore là.")
UNKNOWN = Refusal("unknown", "Cet indicateur n'est pas de ce dossier.")


def _followed(desk: Desk) -> None:
    if desk.dossier.macro not in (*AFTER_A_GRANT, Macro.CLOSED):
        raise Refused((NOT_YET,))


def side_of(party: Party) -> str:
    """Return the side for which somebody speaks of an indicator."""
    if party in APPLICANT_SIDE:
        return IndicatorValue.Side.APPLICANT
    return IndicatorValue.Side.EVALUATOR if party is Party.EVALUATOR else IndicatorValue.Side.AGENCY


def add_indicator(dossier_id: int, values: Mapping, actor: Actor, at: datetime) -> Indicator:
    """Add an indicator to what is followed; the agency does. ``NotAllowed`` or ``Refused`` else."""
    with act_on(dossier_id, Act.SCHEDULE, actor, at) as desk:
        _followed(desk)
        data = {name: None if values.get(name) is None else str(values[name]) for name in ("baseline", "target")}
        texts = {"label": values["label"], "unit": values.get("unit") or ""}
        entry = desk.write(JournalEntry.Kind.INDICATED, {"indicator": data}, {k: v for k, v in texts.items() if v})
        return Indicator.objects.create(dossier=desk.dossier, entry=entry, **values)


def say_value(dossier_id: int, indicator_id: int, values: Mapping, actor: Actor, at: datetime) -> IndicatorValue:
    """Write what one side says of an indicator on a day; one said before for that day stays, and this one counts."""
    with act_on(dossier_id, Act.INDICATE, actor, at) as desk:
        _followed(desk)
        if values["on"] > timezone.localtime(at).date():
            raise Refused((IN_FUTURE,))
        indicator = desk.dossier.indicators.filter(pk=indicator_id).first()
        if indicator is None:
            raise Refused((UNKNOWN,))
        side = side_of(desk.party)
        data = {"indicator": indicator.pk, "on": values["on"].isoformat(), "value": str(values["value"]), "side": side}
        entry = desk.write(JournalEntry.Kind.INDICATED, data)
        return IndicatorValue.objects.create(
            indicator=indicator, entry=entry, on=values["on"], value=values["value"], side=side, said_at=at
        )


def record_evaluation(
    dossier_id: int, values: Mapping, actor: Actor, at: datetime, files: Iterable[Enclosed] = ()
) -> EvaluationReport:
    """Record an evaluation, with its report: the agency does, or the evaluator; the applicant reads both."""
    with act_on(dossier_id, Act.INDICATE, actor, at) as desk:
        if desk.party in APPLICANT_SIDE:
            raise NotAllowed
        _followed(desk)
        data = {"evaluation": str(values["kind"]), "on": values["on"].isoformat()}
        texts = {name: values[name] for name in ("by", "reference", "summary") if values.get(name)}
        entry = desk.write(JournalEntry.Kind.INDICATED, data, texts)
        for one in files:
            enclose(desk, replace(one, shown=True, sort=Paper.Sort.ANALYSIS), entry)
        return EvaluationReport.objects.create(dossier=desk.dossier, entry=entry, **values)
