"""The one door: who may, on what they saw, once; and what is written with it."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from apist.models import OutgoingMail
from projects import guards
from projects.engine.door import NotAllowed, Refused, Request, Stale, advance
from projects.engine.people import actor_of
from projects.engine.verifying import verify
from projects.models import Dossier, JournalEntry, JournalText, MailPreference, Maintenance, Snapshot
from projects.procedures.vocabulary import Macro, Turn
from tests.dossier_factories import NOW, drive, fill, make_dossier, make_officer
from tests.people_factories import make_agency_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(applicant) -> Dossier:
    """A first contact, ready to be sent."""
    return fill(make_dossier(applicant))


def asks(dossier: Dossier, move: str = "deposit", **changes) -> Request:
    return replace(Request(move, dossier.version, uuid4()), **changes)


def test_a_deposit_moves_the_dossier_and_writes_everything_with_it(draft, applicant, mailoutbox):
    entry = drive(draft, "deposit", applicant)
    assert (draft.stage, draft.version, draft.macro, draft.turn) == ("received", 2, Macro.DEPOSITED, Turn.AGENCY)
    assert draft.deposited_at == NOW
    assert (entry.from_stage, entry.to_stage, entry.actor) == ("draft", "received", applicant.pseudonym)
    assert draft.snapshots.get().number == f"{draft.reference}-1"
    assert [mail.to for mail in mailoutbox] == [[applicant.email]]
    assert verify(draft).is_whole


def test_the_same_request_twice_is_one_deposit(draft, applicant):
    request = asks(draft)
    actor = actor_of(applicant, NOW)
    first, second = (advance(draft.pk, request, actor, NOW) for _ in range(2))
    assert first == second
    assert (Snapshot.objects.count(), OutgoingMail.objects.count()) == (1, 1)


def test_somebody_else_s_request_under_the_same_key_is_not_answered_as_one_s_own(draft, applicant):
    request = asks(draft)
    advance(draft.pk, request, actor_of(applicant, NOW), NOW)
    with pytest.raises(Stale):
        advance(draft.pk, request, actor_of(make_officer(draft.body), NOW), NOW)


def test_a_stranger_learns_nothing_from_a_key_that_they_found(draft, applicant, stranger):
    request = asks(draft)
    advance(draft.pk, request, actor_of(applicant, NOW), NOW)
    with pytest.raises(NotAllowed):
        advance(draft.pk, request, actor_of(stranger, NOW), NOW)


def test_a_refused_attempt_is_written_under_what_the_person_is(draft, applicant):
    drive(draft, "deposit", applicant)
    with pytest.raises(NotAllowed):
        advance(draft.pk, asks(draft, "withdraw"), actor_of(make_officer(draft.body), NOW), NOW)
    assert draft.journal.last().party == "officer"


def test_of_what_was_sent_the_journal_keeps_only_what_the_field_takes(draft, applicant):
    drive(draft, "deposit", applicant)
    entry = drive(draft, "plan", make_officer(draft.body), meeting_on="20270115", never_asked="Madame X")
    assert entry.data["fields"] == {"meeting_on": "2027-01-15"}


def test_an_officer_who_is_recused_is_not_written_to(draft, applicant, mailoutbox):
    recused, other = make_officer(draft.body), make_officer(draft.body)
    for officer in (recused, other):
        MailPreference.objects.create(user=officer, pace="each")
    draft.recusals.create(user=recused, since=NOW)
    drive(draft, "deposit", applicant)
    assert sorted(mail.to for mail in mailoutbox) == sorted([[applicant.email], [other.email]])


def test_a_page_seen_before_somebody_else_moved_is_told_who_did_what(draft, applicant):
    seen = asks(draft)
    drive(draft, "deposit", applicant)
    with pytest.raises(Stale) as raised:
        advance(draft.pk, replace(seen, key=uuid4()), actor_of(applicant, NOW), NOW)
    assert (raised.value.last.move, raised.value.last.actor) == ("deposit", applicant.pseudonym)


def test_a_content_that_changed_since_it_was_read_is_not_deposited(draft, applicant):
    with pytest.raises(Stale) as raised:
        advance(draft.pk, asks(draft, content_seen="0" * 64), actor_of(applicant, NOW), NOW)
    assert raised.value.content
    assert Snapshot.objects.count() == 0


def test_a_stranger_moves_nothing_and_leaves_no_trace(draft, stranger):
    with pytest.raises(NotAllowed):
        advance(draft.pk, asks(draft), actor_of(stranger, NOW), NOW)
    assert draft.journal.count() == 1


def test_an_officer_of_another_region_moves_nothing(draft, applicant):
    drive(draft, "deposit", applicant)
    elsewhere = make_officer(make_agency_body("76"))
    with pytest.raises(NotAllowed):
        advance(draft.pk, asks(draft, "plan"), actor_of(elsewhere, NOW), NOW)


def test_an_applicant_cannot_make_the_agency_s_move_and_the_attempt_is_written(draft, applicant):
    drive(draft, "deposit", applicant)
    with pytest.raises(NotAllowed):
        advance(draft.pk, asks(draft, "conclude"), actor_of(applicant, NOW), NOW)
    assert draft.journal.last().kind == JournalEntry.Kind.REFUSED
    assert verify(draft).is_whole


def test_an_incomplete_deposit_is_refused_with_its_reason_and_the_attempt_is_written(applicant):
    draft = make_dossier(applicant)
    with pytest.raises(Refused) as raised:
        advance(draft.pk, asks(draft), actor_of(applicant, NOW), NOW)
    assert [reason.key for reason in raised.value.reasons] == ["complete"]
    assert draft.journal.last().data == {"reasons": ["complete"]}


def test_what_an_officer_writes_is_beside_the_journal_and_can_be_erased_without_breaking_it(draft, applicant):
    drive(draft, "deposit", applicant)
    officer = make_officer(draft.body)
    entry = drive(draft, "orient", officer, orientation="Voyez le FIR.")
    assert entry.texts.get(field="orientation").text == "Voyez le FIR."
    assert "Voyez" not in str(entry.data)
    JournalText.objects.all().delete()
    assert verify(draft).is_whole


def test_a_recused_officer_is_shut_out(draft, applicant):
    drive(draft, "deposit", applicant)
    officer = make_officer(draft.body)
    draft.recusals.create(user=officer, since=NOW)
    with pytest.raises(NotAllowed):
        advance(draft.pk, asks(draft, "plan"), actor_of(officer, NOW), NOW)


# --- The database itself ----------------------------------------------------


def test_the_guards_are_there_after_the_migrations():
    assert guards.missing() == []


def test_setting_the_guards_again_changes_nothing():
    guards.install()
    assert guards.missing() == []


FORBIDDEN = {
    "a stage without its entry": lambda d: Dossier.objects.filter(pk=d.pk).update(stage="closed", version=3),
    "a stage without a version": lambda d: Dossier.objects.filter(pk=d.pk).update(stage="closed"),
    "a status of its own": lambda d: Dossier.objects.filter(pk=d.pk).update(macro="granted"),
    "a dossier born elsewhere": lambda d: Dossier.objects.create(
        project=d.project, procedure_key="first-contact", procedure_version=1, opened_at=NOW, stage="closed"
    ),
    "a dossier that goes": lambda d: Dossier.objects.filter(pk=d.pk)._raw_delete("default"),
    "an act rewritten": lambda d: d.journal.update(party="system"),
    "an act removed": lambda d: d.journal.all()._raw_delete("default"),
    "a deposit rewritten": lambda d: d.snapshots.update(content={}),
    "a text rewritten": lambda d: JournalText.objects.update(text="Autre chose."),
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_the_database_refuses(name, draft, applicant):
    drive(draft, "deposit", applicant)
    drive(draft, "plan", make_officer(draft.body))
    with pytest.raises(IntegrityError), transaction.atomic():
        FORBIDDEN[name](draft)


def test_the_maintenance_door_opens_for_its_block_alone_and_leaves_its_reason(draft, applicant):
    drive(draft, "deposit", applicant)
    with guards.maintenance("Essai de restauration", NOW):
        draft.journal.update(party="system")
    assert Maintenance.objects.get().is_open is False
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.journal.update(party="carrier")
    assert verify(draft).broken.seq == 1


def test_a_trigger_that_is_missing_is_named(draft):
    with connection.cursor() as cursor:
        on = " ON projects_journalentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER guard_projects_journalentry_update{on}")
    assert guards.missing() == ["guard_projects_journalentry_update"]


def test_what_is_deposited_elsewhere_is_never_the_agency_s(applicant):
    draft = fill(make_dossier(applicant, "fir"))
    officer = draft.body.posts.get().user
    drive(draft, "deposited-elsewhere", applicant)
    assert (draft.macro, draft.deposited_at) == (Macro.ELSEWHERE, None)
    assert not Dossier.objects.visible_to(actor_of(officer, NOW).holdings).exists()
    drive(draft, "answered-elsewhere", applicant)
    assert not Dossier.objects.visible_to(actor_of(officer, NOW).holdings).exists()
