"""Saving a section: versions, two writers, a dossier deposited meanwhile."""

from datetime import timedelta
from uuid import UUID

import pytest

from projects.engine.door import NotAllowed
from projects.engine.people import actor_of
from projects.models import JournalEntry, Section, SectionVersion, Share
from projects.preparing.merging import bases_of, digest
from projects.preparing.places import Place, place_of_dossier, place_of_project
from projects.preparing.saving import Moved, Typed, restore, save_section, settle
from tests import factories
from tests.dossier_factories import NOW, drive, fill, make_dossier

pytestmark = pytest.mark.django_db
PAGE, OTHER_PAGE = UUID(int=1), UUID(int=2)
KEYS = ("need", "synopsis", "public")


@pytest.fixture
def idea(dossier) -> Place:
    return place_of_project(dossier.project, "idea")


def typed(base: dict, page=PAGE, secrets=(), base_secrets=(), **answers) -> Typed:
    return Typed(answers, frozenset(secrets), bases_of(base, KEYS), frozenset(base_secrets), page)


def editor_of(place: Place):
    user = factories.make_user()
    Share.objects.create(
        project=place.project, email=user.email, user=user, level=Share.Level.EDITOR, token_digest=user.email,
        sent_at=NOW, expires_at=NOW, accepted_at=NOW,
    )  # fmt: skip
    return actor_of(user, NOW)


def numbers(row) -> list[int]:
    return list(row.versions.filter(kept_aside=False).values_list("number", flat=True))


def test_saves_of_one_person_within_two_minutes_are_one_version(idea, applicant):
    actor = actor_of(applicant, NOW)
    row = save_section(idea, typed({}, need="a"), actor, NOW).row
    save_section(idea, typed({"need": "a"}, need="ab"), actor, NOW + timedelta(minutes=2))
    assert numbers(row) == [2]
    save_section(idea, typed({"need": "ab"}, need="abc"), actor, NOW + timedelta(minutes=3))
    assert numbers(row) == [3, 2]
    assert [version.answers for version in row.versions.all()] == [{"need": "abc"}, {"need": "ab"}]


def test_saves_of_two_people_are_never_one_version(idea, applicant):
    row = save_section(idea, typed({}, need="a"), actor_of(applicant, NOW), NOW).row
    save_section(idea, typed({"need": "a"}, need="b"), editor_of(idea), NOW)
    assert [version.answers["need"] for version in row.versions.all()] == ["b", "a"]


def test_saving_twice_the_same_changes_nothing(idea, applicant):
    actor = actor_of(applicant, NOW)
    save_section(idea, typed({}, need="a"), actor, NOW)
    row = save_section(idea, typed({}, need="a"), actor, NOW + timedelta(hours=1)).row
    assert (row.version, numbers(row), row.changed_at) == (1, [1], NOW)


def test_questions_that_two_people_changed_apart_are_put_together(idea, applicant):
    save_section(idea, typed({}, need="a"), actor_of(applicant, NOW), NOW)
    saved = save_section(idea, typed({}, synopsis="b"), editor_of(idea), NOW)
    assert (saved.row.answers, saved.aside) == ({"need": "a", "synopsis": "b"}, frozenset())


def test_the_text_that_came_second_is_kept_aside_once_for_a_page(idea, applicant):
    other = editor_of(idea)
    save_section(idea, typed({}, need="a"), actor_of(applicant, NOW), NOW)
    save_section(idea, typed({}, need="b"), other, NOW)
    saved = save_section(idea, typed({}, need="bcd"), other, NOW)
    assert (saved.row.answers, saved.aside) == ({"need": "a"}, {"need"})
    assert [one.answers for one in saved.row.versions.filter(kept_aside=True)] == [{"need": "bcd"}]
    save_section(idea, typed({}, page=OTHER_PAGE, need="z"), other, NOW)
    assert {one.answers["need"] for one in saved.row.versions.filter(kept_aside=True)} == {"bcd", "z"}


def test_without_a_page_the_same_text_is_kept_aside_once_and_another_beside_it(idea, applicant):
    other = editor_of(idea)
    save_section(idea, typed({}, need="a"), actor_of(applicant, NOW), NOW)
    for text in ("b", "b", "c"):
        row = save_section(idea, typed({}, page=None, need=text), other, NOW).row
    assert {one.answers["need"] for one in row.versions.filter(kept_aside=True)} == {"b", "c"}


def test_choosing_ones_own_text_keeps_the_other_among_the_versions(idea, applicant):
    mine, theirs = actor_of(applicant, NOW), editor_of(idea)
    save_section(idea, typed({}, need="a"), theirs, NOW)
    row = save_section(idea, typed({}, need="b"), mine, NOW).row
    aside = row.versions.get(kept_aside=True)
    row = settle(idea, aside.pk, frozenset({"need"}), {"need": digest("a")}, mine, NOW)
    assert row.answers == {"need": "b"}
    assert [one.answers["need"] for one in row.versions.filter(kept_aside=False)] == ["b", "a"]
    settle(idea, aside.pk, frozenset({"need"}), {"need": digest("a")}, mine, NOW)
    assert numbers(row) == [2, 1]


def test_a_choice_made_on_a_text_that_moved_again_is_asked_again(idea, applicant):
    mine, theirs = actor_of(applicant, NOW), editor_of(idea)
    save_section(idea, typed({}, need="a"), theirs, NOW)
    aside = save_section(idea, typed({}, need="b"), mine, NOW).row.versions.get(kept_aside=True)
    save_section(idea, typed({"need": "a"}, need="aa"), theirs, NOW)
    with pytest.raises(Moved):
        settle(idea, aside.pk, frozenset({"need"}), {"need": digest("a")}, mine, NOW)
    assert Section.objects.get(key="idea").answers == {"need": "aa"}
    aside.refresh_from_db()
    assert aside.settled_at is None


def test_a_version_is_taken_up_again_as_a_new_one(idea, applicant):
    actor = actor_of(applicant, NOW)
    save_section(idea, typed({}, need="a", public="p"), actor, NOW)
    row = save_section(
        idea, typed({"need": "a", "public": "p"}, need="b", public=""), actor, NOW + timedelta(days=1)
    ).row
    old = row.versions.get(number=1)
    row = restore(idea, old.pk, actor, NOW + timedelta(days=1))
    assert row.answers == {"need": "a", "public": "p"}
    assert numbers(row) == [3, 2, 1]


def test_business_secrets_of_both_sides_are_kept(idea, applicant):
    save_section(idea, typed({}, secrets=["trl"]), actor_of(applicant, NOW), NOW)
    row = save_section(idea, typed({}, secrets=["other"]), editor_of(idea), NOW).row
    assert row.secrets == ["other", "trl"]
    row = save_section(idea, typed({}, base_secrets=["trl", "other"], secrets=["trl"]), editor_of(idea), NOW).row
    assert row.secrets == ["trl"]


def test_a_reader_and_a_stranger_write_nothing(idea, stranger):
    reader = editor_of(idea)
    Share.objects.update(level=Share.Level.READER)
    for actor in (actor_of(reader.user, NOW), actor_of(stranger, NOW)):
        with pytest.raises(NotAllowed):
            save_section(idea, typed({}, need="a"), actor, NOW)
    assert not SectionVersion.objects.exists()


def test_what_comes_after_the_deposit_changes_nothing_and_is_kept_aside(dossier, applicant):
    place = place_of_dossier(dossier, "meeting")
    drive(fill(dossier), "deposit", applicant)
    before = Section.objects.get(key="meeting").answers
    late = Typed({"availability": "Jamais"}, base=bases_of(before, ["availability"]), page=PAGE)
    saved = save_section(place, late, actor_of(applicant, NOW), NOW)
    assert (saved.closed, saved.aside) == (True, {"availability"})
    assert Section.objects.get(key="meeting").answers == before
    assert saved.row.versions.get().answers == {"availability": "Jamais"}
    with pytest.raises(NotAllowed):
        settle(place, saved.row.versions.get().pk, frozenset({"availability"}), {}, actor_of(applicant, NOW), NOW)


def test_writing_in_a_dossier_is_in_its_journal_once_a_version(dossier, applicant):
    place, actor = place_of_dossier(dossier, "meeting"), actor_of(applicant, NOW)
    save_section(place, Typed({"availability": "a"}), actor, NOW)
    save_section(
        place, Typed({"availability": "ab"}, base=bases_of({"availability": "a"}, ["availability"])), actor, NOW
    )
    acts = dossier.journal.filter(kind=JournalEntry.Kind.SECTION)
    assert [act.data for act in acts] == [{"section": "meeting", "version": 1}]


def test_a_section_of_another_dossier_is_not_touched(dossier, applicant):
    other = make_dossier(applicant, project=dossier.project)
    save_section(place_of_dossier(dossier, "meeting"), Typed({"availability": "a"}), actor_of(applicant, NOW), NOW)
    assert not Section.objects.filter(dossier=other).exists()
