"""Somebody in post at the agency who is also on the applicant's side, and did not step back: an applicant, no more.

Their dossier is instructed without them, wherever the table of rights is asked: pages, lists, counts, choices of
people, mails, opinions, figures.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from actors.models import Membership, Post
from projects.engine.door import NotAllowed, Refused, Request, advance
from projects.engine.people import actor_of, agents_of, officers_of
from projects.instruction.agencies import answer_to_lead, ask_to_lead, associate
from projects.instruction.assigning import entrust
from projects.instruction.notes import write_note
from projects.instruction.tabs import DOSSIER_TABS
from projects.models import Absence, Dossier, OpinionRequest, Project
from projects.steering.reading import bodies_withheld_from, is_withheld_from
from tests.dossier_factories import NOW, make_officer
from tests.instruction.conftest import deposited, text_of
from tests.instruction.test_both_sides import LISTS, SECRET
from tests.instruction.test_entering import told
from tests.opinions.builders import put
from tests.people_factories import make_agency_body, make_membership, make_organisation, make_post
from tests.retention.test_accounts import make_share

SAID = "Vous êtes du côté du porteur de ce dossier"


@pytest.fixture(params=["owner", "member", "editor", "reader"])
def both(request, of_the_region, applicant, tried, head) -> Dossier:
    """A dossier of which an officer of the agency is also owner, member or guest."""
    part = request.param
    organisation = make_organisation(applicant, *([of_the_region] if part == "member" else []))
    dossier = deposited(applicant, tried, organisation=organisation)
    if part == "owner":
        Project.objects.filter(pk=dossier.project_id).update(owner=of_the_region)
    if part in ("editor", "reader"):
        make_share(dossier.project, of_the_region, part)
    write_note(dossier.pk, SECRET, actor_of(head, NOW), NOW)
    return Dossier.objects.get(pk=dossier.pk)


def test_they_read_the_applicant_s_page_which_says_why_and_none_of_the_agency_s(client, both, of_the_region):
    client.force_login(of_the_region)
    answer = client.get(reverse("instruction-dossier", args=[both.reference]), follow=True)
    assert answer.redirect_chain == [(reverse("dossier", args=[both.reference]), 302)]
    assert SAID in text_of(answer)
    assert SECRET not in text_of(answer)
    for tab in DOSSIER_TABS[1:]:
        assert client.get(reverse(tab.name, args=[both.reference])).status_code == 404, tab.label
    for key in {move.key for move in both.procedure.moves_from(both.stage)}:
        assert client.post(reverse("instruction-move", args=[both.reference, key]), {}).status_code == 404, key
    for address in (one for one in LISTS if one.startswith("/instruction/")):
        answer = client.get(address)
        html = b"".join(answer).decode()
        assert both.reference not in html, address


def test_an_applicant_and_a_colleague_read_nothing_of_the_kind(client, both, applicant, head):
    client.force_login(head)
    page = client.get(reverse("instruction-dossier", args=[both.reference]))
    assert page.status_code == 200
    assert SAID not in text_of(page)
    client.force_login(applicant)
    page = client.get(reverse("dossier", args=[both.reference]))
    assert (page.status_code == 200 and SAID not in text_of(page)) or both.project.owner != applicant


def test_the_door_refuses_every_move_of_the_agency_to_them(both, of_the_region, head):
    actor, version = actor_of(of_the_region, NOW), both.version
    moves = [move for move in both.procedure.moves_from(both.stage) if "officer" in move.by]
    assert moves
    for move in moves:
        with pytest.raises(NotAllowed):
            advance(both.pk, Request(move.key, version, uuid4()), actor, NOW)


def test_nobody_entrusts_it_to_them_nor_writes_to_them_as_an_agent(client, both, of_the_region, head):
    assert of_the_region not in officers_of(both, NOW)
    assert of_the_region not in agents_of(both, NOW)
    with pytest.raises(Refused) as refused:
        entrust(both.pk, {"lead": of_the_region}, actor_of(head, NOW), NOW)
    assert "du côté du porteur" in str(refused.value)
    client.force_login(head)
    page = client.get(reverse("instruction-assignment", args=[both.reference]))
    assert f'value="{of_the_region.pk}"' not in text_of(page)


def test_they_stand_in_for_a_colleague_but_not_here(client, both, of_the_region, head):
    colleague = make_officer(both.body)
    entrust(both.pk, {"lead": colleague}, actor_of(head, NOW), NOW)
    Absence.objects.create(
        user=colleague, body=both.body, deputy=of_the_region, since=NOW.date(), until=NOW.date() + timedelta(days=3),
        said_by=colleague, said_at=NOW,
    )  # fmt: skip
    assert agents_of(both, NOW) == [colleague]
    client.force_login(of_the_region)
    assert both.reference not in text_of(client.get("/instruction/"))


def test_an_opinion_asked_of_their_other_body_is_not_theirs_to_give(both, of_the_region, head):
    neighbour = make_agency_body("76")
    make_post(body=neighbour, user=of_the_region)
    asked = put(both, head, body=neighbour)
    other = make_officer(neighbour)
    found = OpinionRequest.objects.all()
    assert list(found.addressed_to(actor_of(other, NOW).holdings)) == [asked]
    assert list(found.addressed_to(actor_of(of_the_region, NOW).holdings)) == []


def test_their_agency_s_figures_are_withheld_from_them_as_if_they_had_stepped_back(both, of_the_region, head):
    here, elsewhere = both.body, make_agency_body("76")
    own, colleague = actor_of(of_the_region, NOW).holdings, actor_of(head, NOW).holdings
    assert (is_withheld_from(own, here), is_withheld_from(own, elsewhere)) == (True, False)
    assert bodies_withheld_from(own, [here.pk, elsewhere.pk]) == {here.pk}
    assert (is_withheld_from(colleague, here), bodies_withheld_from(colleague, [here.pk])) == (False, frozenset())


def test_once_they_left_the_organisation_they_instruct_again(client, applicant, tried, of_the_region):
    organisation = make_organisation(applicant)
    make_membership(organisation, of_the_region)
    dossier = deposited(applicant, tried, organisation=organisation)
    client.force_login(of_the_region)
    address = reverse("instruction-dossier", args=[dossier.reference])
    assert client.get(address).status_code == 302
    Membership.objects.filter(user=of_the_region).delete()
    assert client.get(address).status_code == 200


def test_the_head_of_an_agency_asked_to_lead_does_not_answer_for_what_they_carry(both, of_the_region, head):
    neighbour = make_agency_body("76")
    make_post(Post.Role.HEAD, neighbour, of_the_region)
    associate(both.pk, neighbour, actor_of(head, NOW), NOW)
    ask_to_lead(both.pk, neighbour, "Essai", actor_of(head, NOW), NOW)
    with pytest.raises(NotAllowed):
        answer_to_lead(both.pk, accept=True, actor=actor_of(of_the_region, NOW), at=NOW)
    colleague = make_officer(neighbour, Post.Role.HEAD)
    assert answer_to_lead(both.pk, accept=True, actor=actor_of(colleague, NOW), at=NOW).accepted


def test_nobody_enters_a_request_for_their_own_organisation(client, of_the_region):
    own = make_organisation(of_the_region)
    client.force_login(of_the_region)
    answer = client.post("/instruction/saisir/", told(siret=own.siret))
    assert answer.status_code == 200
    assert "Vous êtes membre de cet organisme" in text_of(answer)
    assert not Dossier.objects.exists()
