"""The nights: who is told, what goes, what stays; the dry run is the real run."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apist.models import OutgoingMail
from projects.engine.people import actor_of
from projects.engine.recording import NotAllowed, act_on
from projects.engine.verifying import verify
from projects.models import Attachment, DigestLine, Dossier, JournalEntry, JournalText, Message, RetentionRun, Section
from projects.retention import running
from projects.retention.calendar import Said, Step, notice_for
from projects.retention.keeping import hold, release
from projects.retention.planning import plan
from projects.retention.running import run, run_due
from projects.rights.table import Act
from tests.dossier_factories import NOW, drive, fill, make_dossier, make_officer
from tests.retention.builders import NIGHT, SECRET, after, ended_dossier, full_dossier, make_stored

pytestmark = pytest.mark.django_db

NIGHTS = ((600, 670, 671, 672), (715, 716, 717), (730, 731))
"""What ended now is kept two years, 731 nights: around its warning, its reminder, its end."""


def through(dossier: Dossier, nights=(671, 716, 731)) -> list[tuple[int, Step]]:
    """Run these nights; return what was done to the dossier, and on which."""
    done = []
    for night in nights:
        report = run(after(night))
        assert report.failed == 0
        done += [(night, one.step) for one in report.done if one.dossier == dossier.pk]
    dossier.refresh_from_db()
    return done


def test_an_ended_dossier_is_announced_twice_then_goes(applicant):
    dossier = ended_dossier(applicant)
    OutgoingMail.objects.all().delete()
    assert through(dossier, NIGHTS[0]) == [(671, Step.WARN)]
    warned = OutgoingMail.objects.get()
    assert (warned.to, warned.subject) == (applicant.email, f"Un dossier sera bientôt effacé ({dossier.reference})")
    assert "à partir du 29/11/2028" in warned.text
    assert through(dossier, NIGHTS[1]) == [(716, Step.REMIND)]
    assert OutgoingMail.objects.count() == 2
    assert through(dossier, NIGHTS[2]) == [(731, Step.ERASE)]
    assert OutgoingMail.objects.get().subject == f"Un dossier a été effacé ({dossier.reference})"
    assert SECRET not in warned.text + warned.html


def everything_of(dossier: Dossier) -> str:
    """What any table still holds of it, as one text."""
    rows = [Dossier, Section, Attachment, Message, JournalEntry, JournalText, OutgoingMail, DigestLine]
    values = [list(model.objects.values()) for model in rows]
    values += [list(dossier.snapshots.values()), list(dossier.project.financing.values()), dossier.project.title]
    return repr(values)


def test_nothing_of_what_was_written_is_left_and_the_journal_is_whole(applicant, attachments_folder):
    dossier = ended_dossier(applicant)
    assert SECRET in everything_of(dossier)
    assert [path for path in attachments_folder.rglob("*") if path.is_file()] != []
    through(dossier)
    dossier.project.refresh_from_db()
    assert SECRET not in everything_of(dossier)
    assert [path for path in attachments_folder.rglob("*") if path.is_file()] == []
    assert verify(Dossier.objects.get(pk=dossier.pk)).is_whole
    assert (dossier.erased_at is not None, dossier.stage, dossier.project.title) == (True, "oriented", "Projet effacé")


def test_the_act_that_seals_says_why_and_how_much(applicant):
    dossier = ended_dossier(applicant)
    digests = [dossier.snapshots.get().sha256]
    through(dossier)
    act = dossier.journal.last()
    assert (act.kind, act.party, act.actor) == (JournalEntry.Kind.PURGED, "system", None)
    assert (act.data["cause"], act.data["kept_until"], act.data["deposits"]) == ("retention", "2028-11-28", digests)
    assert act.data["counts"] == {
        "sections": 2,
        "versions": 1,
        "texts": 2,
        "messages": 1,
        "notes": 0,
        "comments": 0,
        "opinions": 0,
        "decisions": 0,
        "judgements": 0,
        "files": 1,
        "papers": 0,
        "deposits": 1,
    }


def test_a_draft_that_is_touched_starts_again(applicant):
    draft = fill(make_dossier(applicant))
    assert [one.step for one in run(after(680)).done] == [Step.WARN]
    draft.sections.update(changed_at=after(681))
    assert run(after(800)).done == []
    draft.refresh_from_db()
    assert (draft.warned_at, draft.erased_at, draft.erase_after) == (
        None,
        None,
        (after(681) + timedelta(days=730)).date(),
    )
    assert [one.step for one in run(after(681 + 680)).done] == [Step.WARN]


def test_an_agent_is_told_in_the_daily_digest_of_what_they_may_see_and_never_of_a_draft(applicant):
    dossier = ended_dossier(applicant)
    make_dossier(applicant, body=dossier.body)
    DigestLine.objects.all().delete()
    run(after(700))
    assert {line.dossier_id for line in DigestLine.objects.all()} == {dossier.pk}


def test_what_is_under_review_never_goes(applicant):
    full_dossier(applicant)
    assert [run(after(day)).done for day in (700, 5000, 9000)] == [[], [], []]


def test_what_is_held_does_not_go_and_once_released_is_announced_anew(applicant):
    dossier = ended_dossier(applicant)
    officer = make_officer(dossier.body)
    run(after(671))
    hold(dossier.pk, "Contentieux", actor_of(officer, NOW), after(681))
    assert [run(after(day)).done for day in (700, 800, 2000)] == [[], [], []]
    release(dossier.pk, "Contentieux terminé", actor_of(officer, NOW), after(2001))
    nights = {day: [one.step for one in run(after(day)).done] for day in (2001, 2045, 2046, 2060, 2061)}
    assert nights == {2001: [Step.WARN], 2045: [], 2046: [Step.REMIND], 2060: [], 2061: [Step.ERASE]}
    assert [act.data["held"] for act in dossier.journal.filter(kind="held")] == [True, False]
    assert verify(Dossier.objects.get(pk=dossier.pk)).is_whole


def test_only_those_who_review_may_hold(applicant, stranger):
    dossier = ended_dossier(applicant)
    for person in (applicant, stranger):
        with pytest.raises(NotAllowed):
            hold(dossier.pk, "Gardez-le", actor_of(person, NOW), NOW)


def test_an_erased_dossier_is_still_seen_and_does_nothing_any_more(applicant):
    draft = make_dossier(applicant)
    for day in (671, 716, 731):
        run(after(day))
    draft.refresh_from_db()
    assert notice_for(draft, after(800).date()).said is Said.ERASED
    assert Dossier.objects.visible_to(actor_of(applicant, NOW).holdings).get() == draft
    for act in set(Act) - {Act.READ, Act.VERIFY}:
        with pytest.raises(NotAllowed), act_on(draft.pk, act, actor_of(applicant, NOW), NOW):
            pass
    with pytest.raises(NotAllowed):
        drive(draft, "deposit", applicant)


def test_a_project_keeps_what_its_other_dossiers_need(applicant):
    dossier = ended_dossier(applicant)
    other = make_dossier(applicant, project=dossier.project, at=after(600))
    for day in (671, 716, 731):
        run(after(day))
    dossier.refresh_from_db()
    assert dossier.erased_at
    assert other.project.sections.filter(dossier=None).exists()


# --- Interrupted ------------------------------------------------------------


def test_killed_between_the_base_and_the_files_the_next_night_finishes(applicant, attachments_folder, monkeypatch):
    dossier = ended_dossier(applicant)
    run(after(671))
    run(after(716))
    with monkeypatch.context() as patched:
        patched.setattr(running, "remove_files", lambda files: 0)
        run(after(731))
    assert [path for path in attachments_folder.rglob("*") if path.is_file()] != []
    dossier.refresh_from_db()
    assert dossier.erased_at
    assert run(after(732)).files == 1
    assert [path for path in attachments_folder.rglob("*") if path.is_file()] == []
    assert (dossier.attachments.count(), dossier.journal.filter(kind="purged").count()) == (0, 1)


def test_a_file_that_is_already_gone_is_no_fault(applicant):
    dossier = ended_dossier(applicant)
    file = dossier.attachments.get()
    file.file.storage.delete(file.file.name)
    through(dossier)
    assert not dossier.attachments.exists()


def test_a_file_that_resists_keeps_its_row_for_the_next_night(applicant, monkeypatch, caplog):
    dossier = ended_dossier(applicant)
    other = make_stored(dossier)

    real = other.file.storage.delete

    def resisting(name):
        if name == other.file.name:
            raise OSError("disque plein")
        real(name)

    monkeypatch.setattr(other.file.storage, "delete", resisting)
    for day in (671, 716, 731):
        run(after(day))
    assert list(dossier.attachments.all()) == [other]
    assert str(other.public_id) in caplog.text


# --- The clock and the command ------------------------------------------------


def test_the_clock_works_by_night_once(applicant):
    ended_dossier(applicant)
    day = datetime(2028, 10, 10, 12, tzinfo=UTC)
    assert run_due(day) == ""
    assert RetentionRun.objects.count() == 0
    night = datetime(2028, 10, 10, 1, tzinfo=UTC)
    assert "1 prévenu" in run_due(night)
    assert run_due(night + timedelta(minutes=1)) == ""
    assert RetentionRun.objects.get().finished_at == night + timedelta(minutes=1)
    assert (RetentionRun.objects.get().warned, run_due(night + timedelta(hours=1))) == (1, "")


def test_a_night_goes_by_turns_and_a_dossier_that_fails_stops_no_other(applicant, monkeypatch, caplog):
    dossiers = [make_dossier(applicant) for _ in range(5)]
    monkeypatch.setattr(running, "AT_ONCE", 2)
    real = running.warn

    def failing(dossier, *rest):
        if dossier.pk == dossiers[-1].pk:
            raise OSError("panne")
        real(dossier, *rest)

    monkeypatch.setattr(running, "warn", failing)
    night = datetime(2028, 10, 10, 1, tzinfo=UTC)
    for minute in range(6):
        run_due(night + timedelta(minutes=minute))
    night = RetentionRun.objects.get()
    assert (night.warned, night.failed, night.finished_at is not None) == (4, 1, True)
    assert dossiers[-1].reference in caplog.text


def told(**options) -> list[str]:
    out = StringIO()
    call_command("purge_dossiers", stdout=out, **options)
    return out.getvalue().splitlines()


def test_the_dry_run_says_what_the_real_run_does_and_changes_nothing(applicant):
    dossier = ended_dossier(applicant)
    before = Dossier.objects.values().get()
    said = told(dry_run=True, at="2028-10-10T03:00")
    assert said == [f"{dossier.reference} à prévenir (conservé jusqu'au 28/11/2028)", "1 dossier(s)."]
    assert Dossier.objects.values().get() == before
    assert told(at="2028-10-10T03:00") == said
    assert told(at="2028-10-10T04:00") == ["0 dossier(s)."]


def test_another_moment_is_never_real_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        told(at="2028-10-10T03:00")
    assert told(dry_run=True, at="2028-10-10T03:00") == ["0 dossier(s)."]


def test_a_moment_that_is_not_one_is_refused():
    with pytest.raises(CommandError):
        told(dry_run=True, at="demain")


@given(
    st.lists(
        st.tuples(st.sampled_from(["draft", "deposited", "ended"]), st.booleans(), st.integers(0, 900)), max_size=4
    ),
    st.lists(st.integers(0, 2000), min_size=1, max_size=6).map(sorted),
)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_whatever_the_dossiers_and_the_nights_the_dry_run_is_the_real_run(applicant, made, nights):
    Dossier.objects.exclude(held_because="").update(held_because="")
    for kind, held, age in made:
        dossier = fill(make_dossier(applicant, at=NIGHT + timedelta(days=age)))
        if kind != "draft":
            drive(dossier, "deposit", applicant, NIGHT + timedelta(days=age))
        if kind == "ended":
            drive(dossier, "withdraw", applicant, NIGHT + timedelta(days=age))
        if held:
            Dossier.objects.filter(pk=dossier.pk).update(held_because="Contentieux")
    for night in nights:
        gone = set(Dossier.objects.exclude(erased_at=None).values_list("pk", flat=True))
        expected = plan(after(night).date())
        assert run(after(night)).done == expected
        now_gone = set(Dossier.objects.exclude(erased_at=None).values_list("pk", flat=True))
        assert now_gone - gone == {one.dossier for one in expected if one.step is Step.ERASE}
    erased = Dossier.objects.exclude(erased_at=None)
    assert not erased.exclude(held_because="").exists()
    assert not erased.exclude(macro__in=["draft", "withdrawn"]).exists()
