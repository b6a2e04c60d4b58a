"""Reminders of what is due: a month before, on the day, a month after, to both sides, once."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from apist.models import OutgoingMail
from projects.following import reminders
from projects.following.indicating import add_indicator
from projects.following.reminders import send_due
from projects.models import FollowUpDay, MailPreference
from tests.dossier_factories import NOW, drive
from tests.following.builders import plan, row, twins

JUNE = [(2027, 5, 31), (2027, 6, 30), (2027, 7, 30)]


def morning(year: int, month: int, day: int, hour: int = 7) -> datetime:
    """Return nine in the morning in France, in summer."""
    return datetime(year, month, day, hour, tzinfo=UTC)


def sent() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(cause__startswith="due-").order_by("pk"))


def test_each_step_is_a_mail_to_the_carrier_and_to_the_officer_for_each_thing_that_is_due(cast, in_progress):
    for day in JUNE:
        assert send_due(morning(*day)) == "4 rappel(s) de suivi"
        assert send_due(morning(*day)) == ""
    subjects = {one.subject for one in sent()}
    assert "Compte rendu financier : attendu dans un mois" in subjects
    assert "Bilan de l'action : attendu depuis un mois" in subjects
    assert {one.to for one in sent()} == {cast.owner.email, cast.officer.email}
    assert len(sent()) == 4 * len(JUNE)
    ours = next(one for one in sent() if one.to == cast.officer.email)
    assert f"/instruction/{in_progress.reference}/suivi/" in ours.text
    assert in_progress.project.title not in ours.text + ours.html
    assert "30/06/2027" in ours.text


def test_nothing_leaves_before_eight_on_another_day_nor_once_the_report_is_sent(cast, in_progress):
    assert send_due(morning(2027, 5, 31, 5)) == ""
    assert not FollowUpDay.objects.exists()
    assert send_due(morning(2027, 5, 1)) == ""
    assert send_due(morning(2027, 6, 12)) == ""
    drive(in_progress, "ask-report", cast.officer)
    drive(in_progress, "report", cast.owner)  # its pieces were joined with the others
    assert send_due(morning(2027, 6, 30)) == ""
    assert sent() == []


def test_who_wants_no_mail_is_not_reminded(cast, in_progress):
    MailPreference.objects.create(user=cast.owner, pace=MailPreference.Pace.NONE)
    assert send_due(morning(2027, 6, 30)) == "2 rappel(s) de suivi"
    assert {one.to for one in sent()} == {cast.officer.email}


def test_what_an_indicator_is_called_makes_one_line_of_a_subject(cast, in_progress):
    officer = cast.actor(cast.officer)
    label = "Un\r\nBcc: autre@exemple.invalid"
    indicator = add_indicator(in_progress.pk, {"label": label, "target": Decimal(3)}, officer, NOW)
    target = row(60000, "use-target", due="2027-03-31", indicator=indicator.pk, target=Decimal(3))
    plan(cast, in_progress, target)
    assert send_due(morning(2027, 3, 31))
    assert {one.subject for one in sent()} == {
        "Cible d'usage de la ligne 1 : Un Bcc: autre@exemple.invalid : attendu aujourd'hui"
    }


def test_what_is_due_is_read_in_as_many_queries_for_one_dossier_and_for_thirty(
    cast, in_progress, django_assert_num_queries
):
    with django_assert_num_queries(12):
        assert send_due(morning(2027, 5, 1)) == ""
    twins(in_progress, [f"Projet {rank}" for rank in range(29)])
    with django_assert_num_queries(12):
        assert send_due(morning(2027, 5, 2)) == ""


def test_batches_forget_nobody_and_tell_nobody_twice(cast, in_progress, monkeypatch):
    monkeypatch.setattr(reminders, "BATCH", 2)
    others = twins(in_progress, [f"Projet {rank}" for rank in range(4)])
    assert send_due(morning(2027, 6, 30)) == "20 rappel(s) de suivi"
    found = {(one.topic, one.cause) for one in sent()}
    assert len(found) == 20
    assert {topic for topic, _ in found} == {f"dossier-{one.reference}" for one in (in_progress, *others)}


def test_killed_in_the_middle_the_day_is_taken_again_and_nothing_leaves_twice(cast, in_progress, monkeypatch):
    twins(in_progress, ["Un", "Deux"])
    real, seen = reminders._post, []

    def killed(*args):
        seen.append(args)
        if len(seen) == 6:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(reminders, "_post", killed)
    with pytest.raises(KeyboardInterrupt):
        send_due(morning(2027, 6, 30))
    assert (len(sent()), FollowUpDay.objects.count()) == (4, 0)  # the dossier at hand is whole or not there
    assert send_due(morning(2027, 6, 30)) == "8 rappel(s) de suivi"
    assert send_due(morning(2027, 6, 30)) == ""
    assert len({one.cause for one in sent()}) == len(sent()) == 12


def test_a_second_clock_that_did_not_see_the_first_one_s_day_writes_nothing_more(cast, in_progress):
    assert send_due(morning(2027, 6, 30)) == "4 rappel(s) de suivi"
    FollowUpDay.objects.all().delete()
    assert send_due(morning(2027, 6, 30)) == ""
    assert len(sent()) == 4
