"""Several agencies on one dossier: who reads before and after, who decides, and how the lead changes hands."""

import pytest
from django.test import Client

from actors.models import Body, Post
from projects.engine.door import NotAllowed, Refused
from projects.engine.people import actor_of, participants_of
from projects.engine.verifying import verify
from projects.instruction.agencies import answer_to_lead, ask_to_lead, associate, end_association
from projects.models import Dossier, JournalEntry, MailPreference, Participation
from projects.rights.predicates import may_read, parties
from tests.dossier_factories import NOW, drive, fill, make_dossier, make_officer
from tests.instruction.conftest import text_of
from tests.people_factories import make_agency_body, make_body, make_organisation

pytestmark = pytest.mark.django_db


def reads(user, dossier) -> bool:
    """Whether somebody reads a dossier: the query and the predicate, which must agree."""
    holdings = actor_of(user, NOW).holdings
    by_query = Dossier.objects.visible_to(holdings).filter(pk=dossier.pk).exists()
    assert by_query == may_read(holdings, Dossier.objects.get(pk=dossier.pk))
    return by_query


def page(dossier) -> str:
    """The address of the page."""
    return f"/instruction/{dossier.reference}/agences/"


def acting(user):
    """Somebody as the engine sees them."""
    return actor_of(user, NOW)


def signed_in(user) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client


def test_an_associated_agency_reads_and_comments_until_its_part_is_ended(dossier, head, neighbour):
    assert not reads(neighbour, dossier)
    part = associate(dossier.pk, make_agency_body("76"), acting(head), NOW)
    assert associate(dossier.pk, make_agency_body("76"), acting(head), NOW) == part
    assert reads(neighbour, dossier)
    assert parties(acting(neighbour).holdings, dossier) == {"associate"}
    for move in dossier.procedure.moves_from(dossier.stage):
        with pytest.raises(NotAllowed):
            drive(dossier, move.key, neighbour)
    assert end_association(dossier.pk, part.pk, acting(head), NOW)
    assert not end_association(dossier.pk, part.pk, acting(head), NOW)
    assert not reads(neighbour, dossier)
    associate(dossier.pk, make_agency_body("76"), acting(head), NOW)
    assert reads(neighbour, dossier)
    assert Participation.objects.filter(dossier=dossier, capacity="associate").count() == 2
    assert dossier.journal.filter(kind=JournalEntry.Kind.ASSOCIATED).count() == 3
    assert verify(dossier).is_whole


def test_who_may_associate_is_a_head_a_director_or_the_rapporteur(dossier, agent, applicant, neighbour_head):
    body = make_agency_body("76")
    for user in (agent, applicant, neighbour_head, make_officer(dossier.body, Post.Role.LEGAL)):
        with pytest.raises(NotAllowed):
            associate(dossier.pk, body, acting(user), NOW)
    associate(dossier.pk, body, acting(make_officer(dossier.body, Post.Role.DIRECTOR)), NOW)


def test_who_is_associated_associates_nobody(dossier, head, neighbour_head):
    associate(dossier.pk, make_agency_body("76"), acting(head), NOW)
    with pytest.raises(NotAllowed):
        associate(dossier.pk, make_agency_body("84"), acting(neighbour_head), NOW)


def test_neither_the_leader_nor_another_administration_is_associated(dossier, head):
    for body in (dossier.body, make_body(Body.Kind.DGOS)):
        with pytest.raises(Refused):
            associate(dossier.pk, body, acting(head), NOW)
    assert not Participation.objects.filter(dossier=dossier, capacity="associate").exists()


def test_no_agency_is_associated_with_a_confidential_dossier_nor_has_it_such_a_page(applicant):
    dossier = fill(make_dossier(applicant, "cpom", organisation=make_organisation(applicant)))
    Dossier.objects.filter(pk=dossier.pk).update(deposited_at=NOW)
    head = make_officer(dossier.body, Post.Role.HEAD)
    with pytest.raises(Refused):
        associate(dossier.pk, make_agency_body("76"), acting(head), NOW)
    assert signed_in(head).get(page(dossier)).status_code == 404


def test_the_lead_changes_when_the_agency_that_is_asked_accepts(dossier, head, agent, neighbour, neighbour_head):
    first, second = dossier.body, make_agency_body("76")
    with pytest.raises(Refused):
        ask_to_lead(dossier.pk, second, "Le porteur a déménagé", acting(head), NOW)
    associate(dossier.pk, second, acting(head), NOW)
    ask_to_lead(dossier.pk, second, "Le porteur a déménagé", acting(head), NOW)
    with pytest.raises(Refused):
        ask_to_lead(dossier.pk, second, "Encore", acting(head), NOW)
    dossier.refresh_from_db()
    assert dossier.body == first
    for user in (head, agent, neighbour):
        with pytest.raises(NotAllowed):
            answer_to_lead(dossier.pk, accept=True, actor=acting(user), at=NOW)
    before = (dossier.stage, dossier.version, dossier.due_at, dossier.staged_at)
    answer_to_lead(dossier.pk, accept=True, actor=acting(neighbour_head), at=NOW)
    dossier.refresh_from_db()
    assert (dossier.body, dossier.region) == (second, second.region)
    assert (dossier.stage, dossier.version, dossier.due_at, dossier.staged_at) == before
    assert parties(acting(neighbour).holdings, dossier) == {"officer"}
    assert parties(acting(agent).holdings, dossier) == {"associate"}
    assert reads(agent, dossier)
    assert reads(neighbour, dossier)
    drive(dossier, "return-specification", neighbour)
    with pytest.raises(NotAllowed):
        answer_to_lead(dossier.pk, accept=True, actor=acting(neighbour_head), at=NOW)
    assert verify(dossier).is_whole


def test_people_of_the_agencies_and_the_applicant_are_told_and_nobody_is_said_to_be_awaited(
    dossier, head, neighbour, neighbour_head, applicant, mailoutbox
):
    for user in (head, neighbour, neighbour_head):
        MailPreference.objects.create(user=user, pace=MailPreference.Pace.EACH)
    mailoutbox.clear()
    body = make_agency_body("76")
    associate(dossier.pk, body, acting(head), NOW)
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([neighbour.email, neighbour_head.email])
    assert neighbour not in participants_of(dossier, NOW)
    ask_to_lead(dossier.pk, body, "Motif Q48213", acting(head), NOW)
    answer_to_lead(dossier.pk, accept=True, actor=acting(neighbour_head), at=NOW)
    told = [mail.subject for mail in mailoutbox if mail.to == [applicant.email]]
    assert told == [f"Une autre agence suit votre dossier ({dossier.reference})"]
    assert not any("Q48213" in mail.body + mail.subject for mail in mailoutbox)


def test_an_agency_that_declines_or_whose_part_is_ended_does_not_lead(dossier, head, neighbour_head):
    body = make_agency_body("76")
    part = associate(dossier.pk, body, acting(head), NOW)
    ask_to_lead(dossier.pk, body, "Essai", acting(head), NOW)
    answer_to_lead(dossier.pk, accept=False, actor=acting(neighbour_head), at=NOW)
    change = ask_to_lead(dossier.pk, body, "Second essai", acting(head), NOW)
    end_association(dossier.pk, part.pk, acting(head), NOW)
    change.refresh_from_db()
    assert change.answered_at == NOW
    assert not change.accepted
    with pytest.raises(NotAllowed):
        answer_to_lead(dossier.pk, accept=True, actor=acting(neighbour_head), at=NOW)
    dossier.refresh_from_db()
    assert dossier.body == make_agency_body()


def test_all_of_it_from_the_page(dossier, head, neighbour_head):
    make_agency_body("76")
    first, second = signed_in(head), signed_in(neighbour_head)
    assert second.get(page(dossier)).status_code == 404
    code = make_agency_body("76").code
    first.post(page(dossier), {"act": "associate", "associer-body": code})
    assert "Décliner" not in text_of(second.get(page(dossier)))
    given = {"act": "lead", "pilote-body": code, "pilote-reason": "<script>alert(1)</script>"}
    first.post(page(dossier), given)
    shown = second.get(page(dossier)).content.decode()
    assert "<script>alert" not in shown
    assert "Accepter de piloter" in shown
    assert "Accepter de piloter" not in text_of(first.get(page(dossier)))
    assert "pilote désormais" in text_of(second.post(page(dossier), {"act": "accept"}, follow=True))
    dossier.refresh_from_db()
    assert dossier.body == make_agency_body("76")
    assert "prend la suite" in text_of(first.get(page(dossier)))


def test_what_is_wrong_is_said_and_changes_nothing(dossier, head, agent):
    client = signed_in(head)
    make_agency_body("76")
    assert "Choisissez une agence." in text_of(client.post(page(dossier), {"act": "associate"}))
    for given in ({"act": "end", "part": "9" * 40}, {"act": "accept"}, {"act": "end", "part": "²"}):
        assert "Rien n'a changé" in text_of(client.post(page(dossier), given, follow=True))
    assert client.post(page(dossier), {"act": "inconnu"}).status_code == 200
    refused = signed_in(agent).post(
        page(dossier), {"act": "associate", "associer-body": make_agency_body("76").code}, follow=True
    )
    assert "Rien n'a changé" in text_of(refused)
    assert not Participation.objects.filter(dossier=dossier, capacity="associate").exists()


def test_the_page_costs_the_same_with_many_agencies(dossier, head, agent, django_assert_num_queries):
    client = signed_in(agent)
    associate(dossier.pk, make_agency_body("76"), acting(head), NOW)
    with django_assert_num_queries(15):
        client.get(page(dossier))
    for code in range(10, 20):
        associate(dossier.pk, make_agency_body(str(code)), acting(head), NOW)
    with django_assert_num_queries(15):
        client.get(page(dossier))


def test_handed_to_the_national_level_and_back_the_history_stays(dossier, agent):
    rapporteur = make_officer(make_body(Body.Kind.RAPPORTEUR))
    with pytest.raises(NotAllowed):
        drive(dossier, "hand-back-to-agency", rapporteur)
    drive(dossier, "pass-to-national", agent)
    assert (dossier.stage, dossier.turn) == ("national-reading", "national")
    drive(dossier, "hand-back-to-agency", rapporteur)
    assert (dossier.stage, dossier.turn, dossier.body) == ("reading", "agency", make_agency_body())
    assert dossier.snapshots.count() == 3
    assert reads(rapporteur, dossier)
    assert verify(dossier).is_whole
