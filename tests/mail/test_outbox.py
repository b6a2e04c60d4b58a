"""The outbox: one row a cause, one worker a mail, one end a row, nothing of anybody afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from apist import outbox
from apist.models import OutgoingMail, SuspendedAddress

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ADA = "ada@exemple.invalid"


def write(cause: str = "essai", to: str = ADA, at: datetime = NOW, **fields) -> OutgoingMail:
    assert outbox.write(cause, to, "Objet", "Un lien secret", now=at, **fields)
    return OutgoingMail.objects.get(cause=cause)


def claimed(at: datetime = NOW) -> OutgoingMail:
    mail = outbox.claim(at)
    assert mail is not None
    return mail


def sent(cause: str, to: str = ADA, at: datetime = NOW) -> OutgoingMail:
    write(cause, to, at)
    mail = claimed(at)
    assert outbox.mark_sent(mail, at)
    return OutgoingMail.objects.get(pk=mail.pk)


# --- Writing ----------------------------------------------------------------


def test_a_cause_is_written_once(db):
    first = write("alerte-1")
    assert not outbox.write("alerte-1", "autre@exemple.invalid", "Autre", "Autre", now=NOW)
    (row,) = OutgoingMail.objects.all()
    assert (row.to, row.message_id) == (ADA, first.message_id)


def test_a_mail_is_undone_with_its_cause(db):
    with transaction.atomic():
        write("alerte-1")
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()


def test_each_mail_has_a_message_id_of_its_own_at_the_domain_of_the_sender(settings):
    settings.DEFAULT_FROM_EMAIL = "Portail <portail@exemple.fr>"
    one, other = write("a"), write("b")
    assert one.message_id != other.message_id
    assert one.message_id.endswith("@exemple.fr>")


def test_a_subject_holds_on_one_line(db):
    outbox.write("a", ADA, "Objet\nBcc: tous@exemple.invalid", "Texte", now=NOW)
    assert OutgoingMail.objects.get().subject == "Objet Bcc: tous@exemple.invalid"


# --- Claiming ---------------------------------------------------------------


def test_a_mail_is_claimed_by_one_worker_and_the_oldest_first(db):
    write("premier", at=NOW - MINUTE)
    write("second")
    assert [claimed().cause, claimed().cause] == ["premier", "second"]
    assert outbox.claim(NOW) is None


def test_a_claim_lost_to_another_marks_nothing(db):
    write()
    slow = claimed()
    assert outbox.free(NOW + outbox.CLAIM_HOLDS) == 1
    quick = claimed(NOW + DAY)
    assert not outbox.mark_sent(slow, NOW + DAY)
    assert outbox.mark_sent(quick, NOW + DAY)


def test_the_sweeper_leaves_alone_those_who_still_may_be_at_work(db):
    write()
    claimed()
    assert outbox.free(NOW + outbox.CLAIM_HOLDS - MINUTE) == 0


def test_the_clock_can_leave_a_mail_to_the_worker_for_a_while(db):
    write()
    assert outbox.claim(NOW, due_by=NOW - MINUTE) is None
    assert outbox.claim(NOW + MINUTE, due_by=NOW) is not None


# --- The end of a mail ------------------------------------------------------


def is_erased(mail: OutgoingMail) -> bool:
    mail.refresh_from_db()
    return (mail.to, mail.subject, mail.text, mail.html, mail.headers) == ("", "", "", "", {})


def test_texts_and_address_are_erased_once_sent(db):
    mail = sent("a")
    assert mail.state == "sent"
    assert is_erased(mail)
    assert ADA not in str(OutgoingMail.objects.values().get())


@pytest.mark.parametrize("end", [outbox.give_up, outbox.refuse])
def test_texts_and_address_are_erased_when_nothing_more_will_be_tried(end, db):
    mail = write()
    end(claimed(), f"550 5.1.1 <{ADA}>: inconnue", NOW)
    assert is_erased(mail)
    assert ADA not in mail.last_error
    assert "550 5.1.1" in mail.last_error


def test_attempts_come_later_and_later_then_stop_and_keep_the_error(db):
    mail, at, waits = write(), NOW, []
    while (taken := outbox.claim(at)) is not None:
        outbox.put_off(taken, "450 occupé", at)
        mail.refresh_from_db()
        if mail.state == "given-up":
            break
        waits.append(mail.not_before - at)
        assert outbox.claim(mail.not_before - timedelta(seconds=1)) is None
        at = mail.not_before
    assert waits == sorted(waits)
    assert len(waits) == len(outbox.DELAYS)
    assert timedelta(days=1) < at - NOW < timedelta(days=3)
    assert (mail.attempts, mail.last_error) == (9, "450 occupé")
    assert is_erased(mail)


def test_settled_rows_are_deleted_after_their_time_and_those_that_wait_never(db):
    sent("a")
    write("b")
    outbox.purge(NOW + outbox.KEPT - MINUTE)
    assert OutgoingMail.objects.count() == 2
    outbox.purge(NOW + outbox.KEPT)
    assert [mail.cause for mail in OutgoingMail.objects.all()] == ["b"]


def test_the_mails_of_a_topic_are_withdrawn_together(db):
    write("a", topic="alert-1")
    write("b", topic="alert-12")
    assert outbox.forget("alert-1") == 1
    assert claimed().cause == "b"


# --- Addresses that do not receive ------------------------------------------


def test_nothing_is_sent_to_an_address_that_was_refused_for_good(db):
    write("a")
    outbox.refuse(claimed(), "550 5.1.1 inconnue", NOW)
    waiting, other = write("b"), write("c", "grace@exemple.invalid")
    assert claimed().pk == other.pk
    assert outbox.claim(NOW) is None
    waiting.refresh_from_db()
    assert waiting.state == "withheld"
    assert is_erased(waiting)


def test_an_address_is_the_same_in_any_case(db):
    write("a", "Ada@Exemple.invalid")
    outbox.refuse(claimed(), "550", NOW)
    write("b", " ada@exemple.invalid")
    assert outbox.claim(NOW) is None


def test_the_table_of_suspended_addresses_names_nobody(db):
    write("a")
    outbox.refuse(claimed(), f"550 {ADA} inconnue", NOW)
    assert "ada" not in str(SuspendedAddress.objects.values().get())


def test_a_suspension_ends_by_itself_or_is_lifted(db):
    write("a")
    outbox.refuse(claimed(), "550", NOW)
    digest = outbox.digest_of(ADA)
    assert outbox.is_suspended(digest, NOW + outbox.SUSPENDED_FOR - MINUTE)
    assert not outbox.is_suspended(digest, NOW + outbox.SUSPENDED_FOR)
    assert outbox.is_suspended(digest, NOW + 30 * DAY, at_least=30 * DAY)
    assert not outbox.is_suspended(digest, NOW + 29 * DAY, at_least=30 * DAY)
    assert outbox.lift(digest) == 1
    assert not outbox.is_suspended(digest, NOW)


# --- Returns ----------------------------------------------------------------


def returned(mail: OutgoingMail, kind: str = "transient", at: datetime = NOW) -> None:
    assert outbox.record_return([mail.message_id], outbox.Bounce(kind), "4.2.2 pleine", at) == mail


def suspended() -> bool:
    return outbox.is_suspended(outbox.digest_of(ADA), NOW + 9 * DAY)


def test_a_permanent_return_suspends_at_once(db):
    mail = sent("a")
    returned(mail, "permanent")
    mail.refresh_from_db()
    assert (mail.state, mail.bounce) == ("returned", "permanent")
    assert suspended()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_three_mails_that_come_back_one_after_the_other_suspend_in_whatever_order_notices_arrive(order, db):
    mails = [sent(f"m{number}", at=NOW + number * DAY) for number in range(3)]
    for step, number in enumerate(order):
        assert not suspended(), step
        returned(mails[number])
    assert suspended()


def test_a_mail_that_arrived_in_between_breaks_the_row(db):
    mails = [sent(f"m{number}", at=NOW + number * DAY) for number in range(4)]
    for number in (0, 1, 3):
        returned(mails[number])
    assert not suspended()


def test_the_same_notice_read_three_times_counts_once(db):
    mail = sent("a")
    for _ in range(3):
        returned(mail)
    assert not suspended()


def test_the_returns_of_somebody_else_do_not_count(db):
    mails = [sent(f"m{number}", f"autre{number}@exemple.invalid") for number in range(3)]
    for mail in mails:
        returned(mail)
    assert not SuspendedAddress.objects.exists()


def test_a_notice_about_a_mail_that_is_none_of_ours_changes_nothing(db):
    sent("a")
    assert outbox.record_return(["<autre@exemple.invalid>"], outbox.Bounce.PERMANENT, "5.1.1", NOW) is None
    assert not SuspendedAddress.objects.exists()


def test_a_notice_about_a_mail_that_has_not_left_suspends_nobody(db):
    mail = write("a")
    outbox.record_return([mail.message_id], outbox.Bounce.PERMANENT, "5.1.1", NOW)
    mail.refresh_from_db()
    assert mail.state == "waiting"
    assert not SuspendedAddress.objects.exists()
