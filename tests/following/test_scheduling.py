"""Writing a schedule: a version closes the one before, commits against envelopes, and is never rewritten."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from projects.engine.door import NotAllowed, Refused
from projects.engine.paying import instalments_of
from projects.following.indicating import add_indicator, record_evaluation, say_value
from projects.following.scheduling import WRITTEN, write_schedule
from projects.models import (
    EvaluationReport,
    Indicator,
    IndicatorValue,
    Instalment,
    JournalEntry,
    PaymentSchedule,
)
from projects.procedures.vocabulary import MoneyKind
from tests.dossier_factories import NOW, drive, make_dossier
from tests.following.builders import granted, make_envelope, plan, row


def committed(dossier) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for line in dossier.money.filter(kind=MoneyKind.COMMITTED):
        found[line.year] = found.get(line.year, Decimal()) + line.amount
    return found


def words_of(refused) -> str:
    return " ".join(one.words for one in refused.value.reasons).replace("\u202f", " ").replace("\u00a0", " ")


def test_a_schedule_is_written_with_its_act_what_it_commits_and_the_mail_that_tells_of_it(cast, dossier, mailoutbox):
    schedule = plan(cast, dossier, row(40000, condition="À la signature"), row(20000, "balance", year=2028))
    assert (schedule.number, committed(dossier)) == (1, {2027: 40000, 2028: 20000})
    assert [one.rank for one in instalments_of(dossier)] == [1, 2]
    assert schedule.entry.kind == JournalEntry.Kind.SCHEDULED
    assert schedule.entry.texts.get().text == "À la signature"
    told = [one for one in mailoutbox if one.subject == f"{WRITTEN.subject} ({dossier.reference})"]
    assert [one.to for one in told] == [[cast.owner.email]]
    assert "À la signature" not in told[0].body


def test_a_new_version_closes_the_one_before_and_writes_the_differences(cast, dossier):
    plan(cast, dossier)
    plan(cast, dossier, row(25000, rank=1), row(35000, "balance", year=2029), seen=1)
    assert committed(dossier) == {2027: 25000, 2028: 0, 2029: 35000}
    assert [(one.rank, one.amount) for one in instalments_of(dossier)] == [(1, 25000), (3, 35000)]
    assert Instalment.objects.filter(schedule__number=1).count() == 2, "the first version is still there"


def test_a_version_written_over_one_that_was_not_seen_is_refused(cast, dossier):
    plan(cast, dossier)
    with pytest.raises(Refused) as refused:
        plan(cast, dossier, row(60000), seen=0)
    assert "Quelqu'un a écrit une autre version" in words_of(refused)
    assert PaymentSchedule.objects.count() == 1


def test_the_difference_with_the_amount_granted_is_said(cast, dossier):
    with pytest.raises(Refused) as refused:
        plan(cast, dossier, row(59999))
    assert "(60 000 €) : 1 € en moins" in words_of(refused)


def test_nothing_is_planned_before_a_grant_nor_by_somebody_else(cast, dossier, lever):
    draft = make_dossier(cast.owner, "fir", organisation=cast.organisation, body=cast.body, lever=lever)
    with pytest.raises((Refused, NotAllowed)):
        plan(cast, draft)
    for who in (cast.owner, cast.lawyer, cast.director):
        with pytest.raises(NotAllowed):
            write_schedule(dossier.pk, [row(60000)], 0, cast.actor(who), NOW)
    assert not PaymentSchedule.objects.exists()


def test_what_an_envelope_has_not_left_is_refused_and_the_year_is_named(cast, dossier, lever):
    make_envelope(cast.body, lever, 2027, 50000)
    with pytest.raises(Refused) as refused:
        plan(cast, dossier, row(60000))
    assert "Enveloppe 2027 : il reste 50 000 €" in words_of(refused)
    plan(cast, dossier, row(50000), row(10000, "balance", year=2028))
    other = granted(cast, Decimal(10), lever=lever)
    with pytest.raises(Refused):
        plan(cast, other, row(10))
    plan(cast, dossier, row(49990), row(10010, "balance", year=2028), seen=1)  # gives ten back
    plan(cast, other, row(10))


def test_an_aid_that_is_given_up_frees_its_envelope(cast, dossier, lever):
    make_envelope(cast.body, lever, 2027, 60000)
    plan(cast, dossier, row(60000))
    drive(dossier, "renounce", cast.owner)
    plan(cast, granted(cast, lever=lever), row(60000))


def test_another_agencys_envelope_says_nothing(cast, dossier, lever):
    from_elsewhere = make_envelope(cast.body, lever, 2028, 1)
    plan(cast, dossier, row(60000))
    assert from_elsewhere.year == 2028


def test_the_database_refuses_to_rewrite_or_remove_what_was_written(cast, dossier):
    plan(cast, dossier)
    officer, day = cast.actor(cast.officer), date(2026, 11, 1)
    indicator = add_indicator(dossier.pk, {"label": "Un", "target": None, "baseline": None}, officer, NOW)
    say_value(dossier.pk, indicator.pk, {"on": day, "value": Decimal(3)}, officer, NOW)
    record_evaluation(dossier.pk, {"kind": "final", "on": day, "by": "X", "summary": "Y"}, officer, NOW)
    for model in (PaymentSchedule, Instalment, Indicator, IndicatorValue, EvaluationReport):
        assert model.objects.exists()
        table = model._meta.db_table
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id + 1000"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        assert model.objects.exists()
