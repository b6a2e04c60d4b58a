"""The versions of a section: listed, read, taken up again."""

import pytest
from django.urls import reverse

from projects.engine.people import actor_of
from projects.models import Section, Share
from projects.preparing.places import place_of_dossier, place_of_project
from projects.preparing.saving import Typed, save_section
from tests.dossier_factories import NOW, drive, fill
from tests.pages.reading import read, visit

pytestmark = pytest.mark.django_db
DAYS = [NOW.replace(day=day) for day in (1, 2, 3)]


@pytest.fixture
def written(dossier, applicant):
    place = place_of_project(dossier.project, "idea")
    before = ""
    for text, at in zip(("Un", "Deux", "Trois"), DAYS, strict=True):
        save_section(place, Typed({"need": text}, page=None), actor_of(applicant, at), at) if not before else _change(
            place, text, applicant, at
        )
        before = text
    return place


def _change(place, text, user, at):
    row = place.row
    row.answers, row.version = {"need": text}, row.version + 1
    row.save()
    row.versions.create(number=row.version, answers=row.answers, written_at=at, written_by=user)


def test_they_are_listed_the_last_first(mine, written):
    page = visit(mine, written.address("section-versions"))
    rows = [one.text for one in page.one("tbody").all("tr")]
    assert len(rows) == 3
    assert rows[0].startswith("Version 3")
    assert "La version actuelle" in rows[0]


def test_one_is_read_beside_what_is_there_today_and_taken_up_again(mine, written):
    old = written.row.versions.get(number=1)
    address = written.address("section-version", old.pk)
    page = visit(mine, address)
    assert "Aujourd'hui : Trois" in page.text
    page = read(mine.post(address, follow=True))
    assert page.one("textarea", name="need").text == "Un"
    assert written.row.version == 4
    assert written.row.versions.count() == 4


def test_a_version_of_another_section_is_nowhere(mine, written, dossier):
    old = written.row.versions.first()
    assert (
        mine.get(reverse("project-section-version", args=[dossier.project.public_id, "means", old.pk])).status_code
        == 404
    )


def test_a_reader_reads_them_and_takes_none_up(client, written, dossier, stranger):
    Share.objects.create(
        project=dossier.project, email=stranger.email, user=stranger, level=Share.Level.READER, token_digest="r",
        sent_at=NOW, expires_at=NOW, accepted_at=NOW,
    )  # fmt: skip
    client.force_login(stranger)
    address = written.address("section-version", written.row.versions.get(number=1).pk)
    assert visit(client, address).all("button", css="fr-btn--none") == []
    client.post(address)
    assert Section.objects.get(key="idea").answers == {"need": "Trois"}


def test_nothing_is_taken_up_again_once_deposited(mine, dossier, applicant):
    place = place_of_dossier(dossier, "meeting")
    save_section(place, Typed({"availability": "Lundi"}), actor_of(applicant, NOW), NOW)
    drive(fill(dossier), "deposit", applicant)
    before = Section.objects.get(key="meeting").answers
    mine.post(place.address("section-version", place.row.versions.get().pk))
    assert Section.objects.get(key="meeting").answers == before
