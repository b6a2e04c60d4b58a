"""What a journal proves: each way of tampering with it is named, with the first act that does not hold."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from projects import guards
from projects.engine.chain import hash_of
from projects.engine.door import NotAllowed, Request, advance
from projects.engine.journal import link_of
from projects.engine.people import THE_PORTAL, actor_of
from projects.engine.recording import act_on, as_the_portal
from projects.engine.verifying import verify
from projects.models import Dossier, JournalEntry, JournalText, Maintenance
from projects.rights.table import Act
from tests.dossier_factories import NOW, drive, fill, make_attachment, make_dossier, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(applicant) -> Dossier:
    """1 opened, 2 deposited, 3 planned, 4 oriented, then two acts that move nothing: 5 refused, 6 downloaded."""
    dossier = fill(make_dossier(applicant))
    drive(dossier, "deposit", applicant)
    officer = make_officer(dossier.body)
    drive(dossier, "plan", officer)
    drive(dossier, "orient", officer)
    with pytest.raises(NotAllowed):
        advance(dossier.pk, Request("conclude", dossier.version, uuid4()), actor_of(applicant, NOW), NOW)
    with act_on(dossier.pk, Act.DOWNLOAD, actor_of(officer, NOW), NOW) as desk:
        desk.write(JournalEntry.Kind.DOWNLOADED, {"piece": "devis"})
    dossier.refresh_from_db()
    assert verify(dossier).is_whole
    assert verify(dossier).entries == 6
    return dossier


def _delete(*ranks):
    def tamper(dossier):
        entries = dossier.journal.filter(seq__in=ranks)
        dossier.snapshots.filter(entry__in=entries)._raw_delete("default")
        JournalText.objects.filter(entry__in=entries).delete()
        entries._raw_delete("default")

    return tamper


def _swap(dossier):
    """Exchange the ranks of two acts, through one that is free."""
    for old, new in ((3, 99), (4, 3), (99, 4)):
        dossier.journal.filter(seq=old).update(seq=new)


def _swap_texts(dossier):
    """Put the words of one act under another one."""
    first, second = (dossier.journal.get(seq=seq).texts.first() for seq in (3, 4))
    JournalText.objects.filter(pk=first.pk).update(text=second.text, salt=second.salt)


def _update(**fields):
    return lambda dossier: Dossier.objects.filter(pk=dossier.pk).update(**fields)


def _entry(seq, **fields):
    return lambda dossier: dossier.journal.filter(seq=seq).update(**fields)


def _forge(dossier):
    """Write an act with a hash that is right, but not through the portal."""
    copy = dossier.journal.get(seq=6)
    copy.pk, copy.seq, copy.previous_hash = None, 7, copy.hash
    with_hash(copy, dossier).save(force_insert=True)


def with_hash(entry, dossier):
    """Give an act the hash that it should have."""

    entry.hash = hash_of(link_of(entry, dossier.reference))
    return entry


def _rewritten_to_the_end(dossier):
    """Change an act and work out again every hash that follows, as somebody who knows the portal would."""
    entries = list(dossier.journal.order_by("seq"))
    entries[2].actor = uuid4()
    previous = ""
    for entry in entries:
        entry.previous_hash = previous
        previous = with_hash(entry, dossier).hash
        entry.save()


def _forged_deposit(dossier):
    """Hang a second deposit on an act that is none."""
    snapshot = dossier.snapshots.get()
    snapshot.pk, snapshot.entry, snapshot.number = None, dossier.journal.get(seq=3), "FORGED-2"
    snapshot.save(force_insert=True)


TAMPERING = {
    "who acted": (_entry(3, actor=uuid4()), 3),
    "as what": (_entry(3, party="head"), 3),
    "when": (_entry(2, at=NOW - timedelta(days=40)), 2),
    "which move": (_entry(4, move="conclude"), 4),
    "the stages of a move": (_entry(4, to_stage="closed"), 4),
    "the data": (_entry(3, data={}), 3),
    "the clock": (_entry(3, clock="stop"), 3),
    "the request": (_entry(3, request_key=uuid4()), 3),
    "the hash": (_entry(3, hash="0" * 64), 3),
    "the kind": (_entry(5, kind="message"), 5),
    "the first act removed": (_delete(1), 1),
    "an act of the middle removed": (_delete(3), 3),
    "the last act removed": (_delete(6), 6),
    "the last acts removed": (_delete(5, 6), 5),
    "the last move removed": (_delete(4, 5, 6), 4),
    "every act removed": (_delete(1, 2, 3, 4, 5, 6), 1),
    "two acts exchanged": (_swap, 3),
    "an act added": (_forge, 7),
    "an act changed and all hashes after it": (_rewritten_to_the_end, 6),
    "a text changed": (lambda d: JournalText.objects.filter(entry__seq=4).update(text="Rien."), 4),
    "a text exchanged": (_swap_texts, 3),
    "a text put in": (lambda d: d.journal.get(seq=5).texts.create(field="orientation", text="Oui.", salt="00"), 5),
    "the deposit changed": (lambda d: d.snapshots.update(content={"answers": {}}), 2),
    "the deposit emptied": (lambda d: d.snapshots.update(content={}), 2),
    "the deposit and its digest changed": (lambda d: d.snapshots.update(content={}, sha256="44136fa3"), 2),
    "the deposit removed": (lambda d: d.snapshots.all()._raw_delete("default"), 2),
    "the deposit put elsewhere": (_forged_deposit, 3),
    "the day of the deposit": (_update(deposited_at=NOW - timedelta(days=9)), 2),
    "a deposit that never was": (_update(deposited_at=None), 2),
    "an erasure that never was": (
        lambda d: (_update(erased_at=NOW)(d), d.snapshots.update(content={})),
        2,
    ),
    "the stage": (_update(stage="closed"), 4),
    "the version": (_update(version=9), 4),
    "the status": (_update(macro="granted"), 4),
    "whose turn": (_update(turn="applicant"), 4),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_is_named_with_the_first_act_that_does_not_hold(name, dossier, capsys):
    tamper, seq = TAMPERING[name]
    with guards.maintenance("Essai", NOW):
        tamper(dossier)
    found = verify(dossier)
    assert (found.is_whole, found.broken.seq) == (False, seq)
    with pytest.raises(CommandError, match="1 défaut"):
        call_command("verify_journal", dossier.reference)
    assert f"{dossier.reference}, acte n° {seq} : {found.broken.reason}." in capsys.readouterr().err


def test_a_fault_of_one_dossier_is_no_fault_of_another(dossier, applicant):
    other = make_dossier(applicant)
    with guards.maintenance("Essai", NOW):
        _delete(6)(dossier)
    call_command("verify_journal", other.reference)
    with pytest.raises(CommandError, match=r"1 défaut\(s\) sur 2 journal"):
        call_command("verify_journal")


def test_whole_journals_are_said_whole(dossier, capsys):
    call_command("verify_journal")
    assert capsys.readouterr().out.strip() == "1 journal(aux) vérifié(s), sans défaut."


def test_an_unknown_reference_is_said(dossier):
    with pytest.raises(CommandError, match="Aucun dossier de référence ZZZZ"):
        call_command("verify_journal", "ZZZZ")


def test_a_guard_that_is_gone_and_a_door_left_open_are_faults(dossier, capsys):
    on = " ON projects_snapshot" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER guard_projects_snapshot_delete{on}")
    Maintenance.objects.create(reason="Oubliée", opened_at=NOW)
    with pytest.raises(CommandError, match="2 défaut"):
        call_command("verify_journal")
    said = capsys.readouterr().err
    assert "guard_projects_snapshot_delete" in said
    assert "restée ouverte" in said


def test_verifying_asks_the_database_four_times_whatever_the_length(dossier, django_assert_num_queries):
    with django_assert_num_queries(4):  # the acts with their dossier, their texts, the deposits, the decisions
        verify(dossier)


def test_an_erasure_that_is_written_down_keeps_the_journal_whole(dossier):
    with guards.maintenance("Effacement à terme", NOW), as_the_portal(dossier.pk, NOW, THE_PORTAL) as desk:
        JournalText.objects.filter(entry__dossier=dossier).delete()
        dossier.snapshots.update(content={}, circumstances={})
        desk.write(JournalEntry.Kind.PURGED, {"texts": True, "deposits": True})
        Dossier.objects.filter(pk=dossier.pk).update(erased_at=NOW)
    assert verify(dossier).is_whole
    assert "Un texte plus long" not in str(list(dossier.journal.values())) + str(list(dossier.snapshots.values()))


def test_an_act_that_fails_leaves_no_trace(dossier, applicant):
    make_attachment(dossier)

    def fails():
        with act_on(dossier.pk, Act.MESSAGE, actor_of(applicant, NOW), NOW) as desk:
            desk.write(JournalEntry.Kind.MESSAGE)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert (verify(dossier).entries, verify(dossier).is_whole) == (6, True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_that_commits_leaves_an_empty_base_in_spite_of_the_guards(turn, applicant):
    assert Dossier.objects.count() == 0
    drive(fill(make_dossier(applicant)), "deposit", applicant)
    assert Dossier.objects.count() == 1
