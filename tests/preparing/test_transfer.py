"""Handing a project over: offered, accepted, written down; nothing changes in between."""

import pytest
from django.urls import reverse

from projects.engine.door import NotAllowed
from projects.engine.people import actor_of
from projects.models import JournalEntry, OwnershipTransfer, Share
from projects.preparing.sharing import NotPossible
from projects.preparing.transferring import answer_offer, heirs, offer, withdraw_offer
from tests import factories, people_factories
from tests.dossier_factories import NOW, make_dossier
from tests.pages.reading import visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(dossier):
    user = factories.make_user("coredaction@exemple.invalid", full_name="Noa Rédaction")
    Share.objects.create(
        project=dossier.project, email=user.email, user=user, level=Share.Level.EDITOR, token_digest="e",
        sent_at=NOW, expires_at=NOW, accepted_at=NOW,
    )  # fmt: skip
    return user


def steps(dossier) -> list[str]:
    return [act.data["step"] for act in dossier.journal.filter(kind=JournalEntry.Kind.TRANSFERRED)]


def test_an_offer_changes_nothing_until_it_is_accepted(dossier, applicant, editor):
    offer(dossier.project, editor, actor_of(applicant, NOW), NOW)
    dossier.project.refresh_from_db()
    assert dossier.project.owner == applicant
    answer_offer(dossier.project, actor_of(editor, NOW), NOW, accepted=True)
    dossier.project.refresh_from_db()
    assert dossier.project.owner == editor
    assert steps(dossier) == ["offered", "accepted"]
    assert dossier.journal.last().actor == editor.pseudonym


def test_who_carried_the_project_goes_on_writing_and_no_longer_shares(dossier, applicant, editor, client):
    offer(dossier.project, editor, actor_of(applicant, NOW), NOW)
    answer_offer(dossier.project, actor_of(editor, NOW), NOW, accepted=True)
    client.force_login(applicant)
    assert "Inviter quelqu'un" not in visit(client, reverse("project-sharing", args=[dossier.project.public_id])).text
    assert visit(client, reverse("project-section", args=[dossier.project.public_id, "idea"])).one("form", id="section")


def test_one_offer_waits_at_a_time(dossier, applicant, editor):
    actor = actor_of(applicant, NOW)
    offer(dossier.project, editor, actor, NOW)
    offer(dossier.project, editor, actor, NOW)
    assert OwnershipTransfer.objects.filter(ended_at=None).count() == 1
    withdraw_offer(dossier.project, actor, NOW)
    with pytest.raises(NotPossible):
        answer_offer(dossier.project, actor_of(editor, NOW), NOW, accepted=True)


def test_declining_leaves_everything_as_it_was(dossier, applicant, editor):
    offer(dossier.project, editor, actor_of(applicant, NOW), NOW)
    answer_offer(dossier.project, actor_of(editor, NOW), NOW, accepted=False)
    dossier.project.refresh_from_db()
    assert dossier.project.owner == applicant


def test_it_is_offered_to_somebody_who_writes_in_it_or_to_a_member_and_to_nobody_else(applicant, stranger):
    organisation = people_factories.make_organisation(applicant)
    colleague = people_factories.make_membership(organisation).user
    dossier = make_dossier(applicant, organisation=organisation)
    assert heirs(dossier.project) == [colleague]
    with pytest.raises(NotPossible):
        offer(dossier.project, stranger, actor_of(applicant, NOW), NOW)


def test_only_who_carries_it_offers_it(dossier, editor):
    with pytest.raises(NotAllowed):
        offer(dossier.project, editor, actor_of(editor, NOW), NOW)


def test_an_access_taken_back_takes_the_offer_with_it(dossier, applicant, editor):
    offer(dossier.project, editor, actor_of(applicant, NOW), NOW)
    Share.objects.update(revoked_at=NOW)
    with pytest.raises(NotPossible):
        answer_offer(dossier.project, actor_of(editor, NOW), NOW, accepted=True)


def test_the_page_offers_and_the_other_accepts(dossier, mine, editor, client):
    address = reverse("project-sharing", args=[dossier.project.public_id])
    mine.post(address, {"act": "offer", "to": editor.pk})
    client.force_login(editor)
    assert "vous propose de devenir responsable" in visit(client, "/dossiers/").text
    client.post(address, {"act": "accept"})
    dossier.project.refresh_from_db()
    assert dossier.project.owner == editor
