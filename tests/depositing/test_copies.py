"""A copy carries the answers, not the files, and is a draft like any other."""

import pytest

from projects.engine.verifying import verify
from projects.models import Dossier, Section
from tests import factories
from tests.dossier_factories import NOW, drive, fill

pytestmark = pytest.mark.django_db


def copy(client, dossier):
    return client.post(f"/dossiers/{dossier.reference}/copier/")


def test_answers_are_carried_over_and_files_are_not(client, draft, applicant):
    fill(draft)
    Section.objects.filter(dossier=draft).update(secrets=["amount"])
    drive(draft, "deposit", applicant)
    client.force_login(applicant)
    answer = copy(client, draft)
    new = Dossier.objects.exclude(pk=draft.pk).get()
    assert answer["Location"] == f"/dossiers/{new.reference}/"
    assert (new.stage, new.project, new.organisation, new.body) == (
        "draft",
        draft.project,
        draft.organisation,
        draft.body,
    )
    section = new.sections.get()
    assert section.answers == draft.sections.get().answers
    assert (section.secrets, section.versions.count()) == (["amount"], 1)
    assert new.attachments.count() == 0
    assert new.journal.last().data["copied_from"] == draft.reference
    assert verify(new).is_whole


def test_questions_that_are_no_longer_asked_are_left_behind(client, draft, applicant):
    Section.objects.create(
        project=draft.project, dossier=draft, key="need", answers={"why": "Parce que", "gone": "x"}, version=1, changed_at=NOW
    )  # fmt: skip
    client.force_login(applicant)
    copy(client, draft)
    assert Section.objects.exclude(dossier=draft).get().answers == {"why": "Parce que"}


def test_somebody_invited_to_write_does_not_copy(client, draft):
    guest = factories.make_user()
    draft.project.shares.create(
        email=guest.email, level="editor", token_digest="x", user=guest, sent_at=NOW, expires_at=NOW, accepted_at=NOW
    )
    client.force_login(guest)
    assert client.get(f"/dossiers/{draft.reference}/copier/").status_code == 403
    assert copy(client, draft).status_code == 403
    assert Dossier.objects.count() == 1
