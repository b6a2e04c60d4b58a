"""Closing an account: what stands in the way, what goes, what stays and in whose hands."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate

from actors.models import Organisation, OrganisationInvitation, Post, User
from apist.models import OutgoingMail
from levers.models import Alert
from projects.engine.people import actor_of
from projects.engine.verifying import verify
from projects.models import Dossier, Project, Share
from projects.retention.accounts import Refused, close_account, fate_of, obstacles_of
from tests.dossier_factories import NOW, drive, fill, make_dossier, make_officer, make_project
from tests.people_factories import make_invitation, make_membership, make_organisation
from tests.retention.builders import SECRET, full_dossier, make_stored
from tests.retention.test_running import everything_of

pytestmark = pytest.mark.django_db


def make_share(project: Project, user: User, level: str = "reader", **fields) -> Share:
    defaults = {
        "email": user.email,
        "token_digest": f"{project.pk}-{user.pk}",
        "sent_at": NOW,
        "expires_at": NOW,
        "accepted_at": NOW,
    }
    return Share.objects.create(project=project, user=user, level=level, **defaults | fields)


def test_the_account_goes_and_the_pseudonym_leads_to_nobody(applicant):
    dossier = full_dossier(applicant)
    pseudonym, address = applicant.pseudonym, applicant.email
    close_account(applicant, NOW)
    assert not User.objects.filter(email=address).exists()
    assert set(dossier.journal.values_list("actor", flat=True)) == {pseudonym}
    assert not User.objects.filter(pseudonym=pseudonym).exists()
    assert verify(Dossier.objects.get(pk=dossier.pk)).is_whole


def test_a_draft_that_only_the_person_could_reach_is_erased_as_a_sealed_act(applicant, attachments_folder):
    draft = fill(make_dossier(applicant), {"availability": SECRET})
    make_stored(draft)
    idea = make_project(applicant, title=SECRET)
    pseudonym = applicant.pseudonym
    close_account(applicant, NOW)
    draft = Dossier.objects.get(pk=draft.pk)
    act = draft.journal.last()
    assert (draft.erased_at, act.kind, act.actor, act.data["cause"]) == (NOW, "purged", pseudonym, "account")
    assert SECRET not in everything_of(draft)
    assert [path for path in attachments_folder.rglob("*") if path.is_file()] == []
    assert not Project.objects.filter(pk=idea.pk).exists()
    assert verify(draft).is_whole


def test_a_dossier_under_review_is_kept_and_its_decision_still_reaches_the_address(applicant):
    dossier = full_dossier(applicant)
    address = applicant.email
    assert fate_of(applicant).left_alone == (dossier,)
    close_account(applicant, NOW)
    dossier.refresh_from_db()
    assert (dossier.project.owner, dossier.contact_email, dossier.erased_at) == (None, address, None)
    goodbye = OutgoingMail.objects.filter(cause__startswith="account-closed-").get()
    assert goodbye.state == "sent"
    drive(dossier, "orient", make_officer(dossier.body), orientation="Voyez ailleurs")
    assert OutgoingMail.objects.filter(cause__startswith=f"dossier-{dossier.reference}").count() == 2


def test_what_is_an_organisation_s_stays_with_it(applicant, stranger):
    organisation = make_organisation(applicant, stranger)
    draft = make_dossier(applicant, organisation=organisation)
    close_account(applicant, NOW)
    draft.refresh_from_db()
    assert (draft.erased_at, draft.project.owner) == (None, None)
    assert Dossier.objects.visible_to(actor_of(stranger, NOW).holdings).get() == draft


def test_a_draft_that_somebody_else_was_let_into_stays(applicant, stranger):
    draft = make_dossier(applicant)
    make_share(draft.project, stranger, "editor")
    close_account(applicant, NOW)
    draft.refresh_from_db()
    assert draft.erased_at is None


@pytest.mark.parametrize("fields", [{"accepted_at": None}, {"revoked_at": NOW}])
def test_an_invitation_that_was_not_accepted_or_was_withdrawn_is_no_reach(fields, applicant, stranger):
    draft = make_dossier(applicant)
    make_share(draft.project, stranger, **fields)
    assert fate_of(applicant).erased == (draft,)


def test_the_drafts_of_an_organisation_of_one_go_with_its_only_member(applicant):
    organisation = make_organisation(applicant)
    draft = make_dossier(applicant, organisation=organisation)
    close_account(applicant, NOW)
    draft.refresh_from_db()
    assert draft.erased_at
    assert Organisation.objects.filter(pk=organisation.pk).exists()


def test_an_organisation_that_nothing_and_nobody_needs_goes_too(applicant):
    organisation = make_organisation(applicant)
    close_account(applicant, NOW)
    assert not Organisation.objects.filter(pk=organisation.pk).exists()


def test_the_last_manager_does_not_leave_an_organisation_under_review(applicant, stranger):
    organisation = make_organisation(applicant)
    make_membership(organisation, stranger, may_manage=False)
    dossier = full_dossier(applicant, organisation=organisation)
    with pytest.raises(Refused) as raised:
        close_account(applicant, NOW)
    assert dossier.reference in raised.value.obstacles[0].reason
    assert User.objects.filter(pk=applicant.pk).exists()
    organisation.memberships.filter(user=stranger).update(may_manage=True)
    assert obstacles_of(applicant) == []


def test_the_last_manager_names_another_before_leaving_members(applicant, stranger):
    organisation = make_organisation(applicant)
    assert obstacles_of(applicant) == []
    make_membership(organisation, stranger, may_manage=False)
    assert len(obstacles_of(applicant)) == 1


def test_a_manager_whose_account_is_closed_manages_nothing(applicant, stranger):
    organisation = make_organisation(applicant, stranger)
    full_dossier(applicant, organisation=organisation)
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    assert len(obstacles_of(applicant)) == 1


def test_an_agent_does_not_close_their_account_and_an_administrator_does(mailoutbox):
    agent = make_officer()
    with pytest.raises(Refused):
        close_account(agent, NOW)
    call_command("close_agent_account", agent.email, stdout=StringIO())
    agent.refresh_from_db()
    assert (agent.is_active, agent.has_usable_password()) == (False, False)
    assert Post.objects.get(user=agent).until == localdate()
    assert ("Un administrateur du portail a fermé" in mailoutbox[0].body, mailoutbox[0].to) == (True, [agent.email])
    with pytest.raises(CommandError):
        call_command("close_agent_account", agent.email)


def test_the_command_for_agents_closes_nobody_else_s_account(applicant):
    with pytest.raises(CommandError):
        call_command("close_agent_account", applicant.email)
    applicant.refresh_from_db()
    assert applicant.is_active


def test_alerts_stop_only_when_that_is_asked(applicant, stranger):
    for person in (applicant, stranger):
        Alert.objects.create(
            email=person.email, query="", frequency="daily", state="active", key=person.email, created_at=NOW
        )
    close_account(stranger, NOW)
    assert Alert.objects.count() == 2
    close_account(applicant, NOW, stop_alerts=True)
    assert [alert.email for alert in Alert.objects.all()] == ["passant@exemple.invalid"]


def test_what_waited_for_an_answer_at_the_address_is_withdrawn(applicant, stranger):
    make_invitation(make_organisation(stranger), applicant.email)
    close_account(applicant, NOW)
    assert not OrganisationInvitation.objects.exists()
