"""SQL that is written once: filled for a person and a moment, it is what the ORM writes for them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apist.prepared import MOMENTS, NotPreparable, prepare
from projects.instruction.compiled import condition
from projects.instruction.tallies import _delays, _of_a_moment, _prepared
from projects.models import Dossier

HOURS = st.integers(0, 400 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


@settings(max_examples=60, deadline=None, database=None)
@given(st.integers(1, 10**9), HOURS)
def test_a_prepared_condition_is_the_one_that_the_orm_writes(user, at):
    for name, wanted in _of_a_moment(user, at).items():
        assert _prepared(_delays())[name].filled([user], at) == condition(wanted)


def written(rows) -> tuple:
    return rows.order_by().values_list("pk").query.sql_with_params()


def test_what_depends_on_the_moment_otherwise_is_refused():
    with pytest.raises(NotPreparable):
        prepare(lambda numbers, at: written(Dossier.objects.filter(due_at__gte=at.replace(minute=0))))
    with pytest.raises(NotPreparable):
        prepare(lambda numbers, at: written(Dossier.objects.filter(reference=f"D{numbers[0]}")), 1)
    with pytest.raises(NotPreparable):
        prepare(lambda numbers, at: written(Dossier.objects.filter(pk__in=numbers[: 1 + (at == MOMENTS[0])])), 2)
    prepared = prepare(lambda numbers, at: written(Dossier.objects.filter(pk__in=numbers, macro="review")), 2)
    assert prepared.filled([5, 7], MOMENTS[0])[1] == ("review", 5, 7)
