"""The last mark and the chair's reveal, at the same moment: one of them opens the marks, the other finds them open."""

from datetime import timedelta

import pytest

from projects.engine.door import Refused
from projects.engine.people import actor_of
from projects.engine.verifying import verify
from projects.judging.marking import mark
from projects.judging.revealing import reveal
from projects.models import Judgement, Jury
from tests.actors.racing import race
from tests.dossier_factories import NOW
from tests.judging.builders import filled, give, say


@pytest.mark.django_db(transaction=True)
def test_the_last_mark_and_the_reveal_never_cross(jury, dossiers, chair, juror):
    for one in dossiers:
        give(jury, one, chair)
    give(jury, dossiers[0], juror)
    say(jury, dossiers[1], juror)
    Jury.objects.update(closes_at=NOW)
    late, told = NOW + timedelta(seconds=1), []

    def last_mark():
        try:
            told.append(mark(jury.pk, dossiers[1].pk, filled(), actor_of(juror, NOW), NOW)[1])
        except Refused:
            told.append("refused")

    def by_the_chair():
        reveal(jury.pk, "On n'attend plus", actor_of(chair, late), late)

    assert race(last_mark, by_the_chair) == ["ok", "ok"]
    jury.refresh_from_db()
    waited = told == [True]
    assert (jury.state, jury.reveal_reason) == (Jury.State.REVEALED, "" if waited else "On n'attend plus")
    assert Judgement.objects.counted().count() == (4 if waited else 3)
    assert told in ([True], ["refused"])
    assert all(verify(one).is_whole for one in type(dossiers[0]).objects.all())
