"""Until all marks are in, or the chair reveals, nobody reads another's: by the query, and on every page."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.urls import reverse

from actors.models import Post
from projects.engine.door import NotAllowed, Refused
from projects.engine.people import actor_of
from projects.judging import composing
from projects.judging.board import board_of
from projects.judging.marking import mark
from projects.judging.revealing import reveal
from projects.models import Candidate, GridVersion, Interest, JournalEntry, JournalText, Judgement, Juror, Jury
from projects.retention.export import members_of
from tests import factories
from tests.dossier_factories import NOW, make_officer
from tests.judging.builders import WORDS, filled, give, make_juror, make_jury, say
from tests.people_factories import make_agency_body

AFTER = NOW + timedelta(days=20)


def readable(user, at=NOW) -> set[tuple[int, int]]:
    """Return whose judgements of what somebody reads."""
    rows = Judgement.objects.readable_by(actor_of(user, at).holdings)
    return set(rows.values_list("user_id", "dossier_id"))


@pytest.fixture
def people(of_the_region, head, chair, juror, applicant, stranger, admin_user) -> dict:
    body = make_agency_body()
    return {
        "officer": of_the_region, "head": head, "director": make_officer(body, Post.Role.DIRECTOR),
        "legal": make_officer(body, Post.Role.LEGAL), "chair": chair, "juror": juror, "applicant": applicant,
        "stranger": stranger, "elsewhere": make_officer(make_agency_body("76")), "superuser": admin_user,
    }  # fmt: skip


def test_before_the_last_mark_everybody_reads_their_own_alone(jury, dossiers, people):
    first, second = dossiers
    give(jury, first, people["chair"])
    give(jury, second, people["chair"])
    give(jury, first, people["juror"])
    for name, user in people.items():
        own = {(user.pk, one.pk) for one in dossiers if Judgement.objects.filter(user=user, dossier=one).exists()}
        assert readable(user) == own, name
    jury.refresh_from_db()
    assert jury.state == Jury.State.OPEN
    for user in people.values():
        with pytest.raises(NotAllowed):
            board_of(jury, actor_of(user, NOW).holdings)


def test_the_last_mark_opens_all_to_the_jury_and_to_the_body_and_to_nobody_else(jury, dossiers, people):
    whole = {(user.pk, one.pk) for user in (people["chair"], people["juror"]) for one in dossiers}
    ends = [give(jury, one, user) for one in dossiers for user in (people["chair"], people["juror"])]
    assert ends == [False, False, False, True]
    jury.refresh_from_db()
    assert (jury.state, jury.reveal_reason) == (Jury.State.REVEALED, "")
    reads = {name: readable(user) for name, user in people.items()}
    for name in ("officer", "head", "director", "legal", "chair", "juror"):
        assert reads[name] == whole, name
    for name in ("applicant", "stranger", "elsewhere", "superuser"):
        assert reads[name] == set(), name


def test_a_member_of_another_jury_on_the_same_dossier_reads_nothing_of_this_one(
    jury, dossiers, of_the_region, chair, juror
):
    others = [make_juror(), make_juror()]
    make_jury(of_the_region, dossiers[:1], others)
    for one in dossiers:
        give(jury, one, chair)
        give(jury, one, juror)
    assert readable(others[0]) == set()
    assert len(readable(of_the_region)) == 4


PAGES = (
    "/instruction/", "/instruction/dossiers/", "/instruction/jurys/", "/instruction/jurys/{jury}/",
    "/instruction/jurys/{jury}/classement/", "/instruction/jurys/{jury}/classement.csv",
    "/instruction/jurys/{jury}/dossiers/{reference}/", "/instruction/{reference}/", "/instruction/{reference}/grille/",
    "/instruction/{reference}/messages/", "/instruction/{reference}/verifier/", "/instruction/jurys/{jury}/modifier/",
    "/dossiers/{reference}/", "/dossiers/",
)  # fmt: skip


OWN = "/instruction/jurys/{jury}/dossiers/{reference}/"


def test_no_page_shows_a_sealed_mark_to_anybody_else(client, jury, dossiers, people):
    give(jury, dossiers[0], people["juror"], "3.5", "3")
    for name, user in people.items():
        client.force_login(user)
        for page in PAGES:
            answer = client.get(page.format(jury=jury.pk, reference=dossiers[0].reference))
            shown = answer.content.decode()
            sealed = any(words in shown for words in (WORDS, "67.5", "67,5"))
            assert sealed == (name == "juror" and page == OWN), (name, page)


def test_the_admin_knows_nothing_of_juries(admin_client, jury, dossiers, juror):
    give(jury, dossiers[0], juror)
    for model in (Jury, Juror, Candidate, Interest, Judgement, GridVersion):
        assert model not in admin.site._registry
    entry = JournalEntry.objects.filter(kind="marked").last()
    shown = admin_client.get(reverse("admin:projects_journalentry_change", args=[entry.pk])).content.decode()
    assert WORDS not in shown
    assert "67.5" not in shown


def test_a_person_s_export_holds_their_own_marks_alone(jury, dossiers, chair, juror):
    give(jury, dossiers[0], juror)
    held = {
        user: b"".join(one.content for one in members_of(user, NOW) if isinstance(one.content, bytes)).decode()
        for user in (chair, juror)
    }
    assert [WORDS in held[chair], WORDS in held[juror]] == [False, True]


def test_the_journal_holds_who_marked_and_when_and_no_mark(jury, dossiers, juror):
    give(jury, dossiers[0], juror)
    entry = dossiers[0].journal.filter(kind="marked").last()
    assert (entry.actor, entry.party, entry.data) == (juror.pseudonym, "juror", {"jury": jury.pk})
    assert not JournalText.objects.filter(entry__kind="marked").exists()


def test_a_mark_given_again_replaces_one_s_own_until_the_last(jury, dossiers, juror):
    give(jury, dossiers[0], juror)
    mark(jury.pk, dossiers[0].pk, filled("5", "5"), actor_of(juror, NOW), NOW)
    assert [str(one.total) for one in Judgement.objects.filter(user=juror)] == ["100.00"]


def test_the_chair_reveals_after_the_closing_with_a_reason_and_nobody_else_does(
    jury, dossiers, chair, juror, of_the_region
):
    give(jury, dossiers[0], juror)
    for user, reason, at, error in (
        (chair, "Un membre est souffrant", NOW, Refused),
        (chair, "   ", AFTER, Refused),
        (of_the_region, "Un membre est souffrant", AFTER, NotAllowed),
        (juror, "Un membre est souffrant", AFTER, NotAllowed),
        (factories.make_user(), "Un membre est souffrant", AFTER, NotAllowed),
    ):
        with pytest.raises(error):
            reveal(jury.pk, reason, actor_of(user, at), at)
    jury.refresh_from_db()
    assert jury.state == Jury.State.OPEN
    reveal(jury.pk, "Un membre est souffrant", actor_of(chair, AFTER), AFTER)
    jury.refresh_from_db()
    assert (jury.state, jury.reveal_reason) == (Jury.State.REVEALED, "Un membre est souffrant")
    entry = dossiers[1].journal.last()
    assert (entry.actor, entry.data) == (chair.pseudonym, {"jury": jury.pk, "revealed": True})


def test_once_revealed_nobody_marks_any_more(jury, dossiers, chair, juror):
    say(jury, dossiers[0], juror)
    reveal(jury.pk, "Un membre est souffrant", actor_of(chair, AFTER), AFTER)
    with pytest.raises(Refused, match="révélées"):
        mark(jury.pk, dossiers[0].pk, filled(), actor_of(juror, NOW), NOW)
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("days", [-5, 20])
def test_nobody_marks_outside_the_dates(jury, dossiers, juror, days):
    say(jury, dossiers[0], juror)
    at = NOW + timedelta(days=days)
    with pytest.raises(Refused, match="à cette date"):
        mark(jury.pk, dossiers[0].pk, filled(), actor_of(juror, at), at)


def test_closing_keeps_what_was_said_and_closes_the_dossiers_to_the_members(
    jury, dossiers, chair, juror, of_the_region
):
    for one in dossiers:
        give(jury, one, chair)
        give(jury, one, juror)
    composing.close_jury(jury.pk, actor_of(of_the_region, NOW), NOW)
    assert readable(juror) == set()
    assert len(readable(of_the_region)) == 4


def test_criteria_that_change_make_a_version_and_leave_the_one_that_was_used(
    jury, dossiers, juror, of_the_region, judged, monkeypatch
):
    give(jury, dossiers[0], juror)
    grid = judged.grid
    changed = type(grid)((*grid.criteria[:1],), "Grille changée")
    from_before = Judgement.objects.get().grid
    version = composing.version_of(changed, judged.key, None, NOW)
    assert (from_before.number, version.number) == (1, 2)
    assert composing.version_of(changed, judged.key, None, NOW) == version
    from_before.refresh_from_db()
    assert from_before.grid == grid
