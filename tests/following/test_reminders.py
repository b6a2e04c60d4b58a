"""Reminders of what is due: a month before, on the day, a month after, to both sides, once."""

from datetime import UTC, datetime
from decimal import Decimal

from apist.models import OutgoingMail
from projects.following.indicating import add_indicator
from projects.following.reminders import send_due
from projects.models import FollowUpDay, MailPreference
from tests.dossier_factories import NOW, drive
from tests.following.builders import plan, row

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
