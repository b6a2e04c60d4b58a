"""The page of an organisation: for its members alone, each seeing what is theirs to see."""

import pytest

from actors import actions
from actors.models import Organisation
from tests import factories
from tests.actors.conftest import page_of
from tests.pages.reading import fields, link, read, visit
from tests.people_factories import invented_siret, make_invitation, make_membership, make_organisation

ADDRESSES = ["", "modifier/", "inviter/", "membres/1/", "membres/1/retirer/", "quitter/"]
BUTTONS = ["invitations/1/renvoyer/", "invitations/1/retirer/"]


@pytest.mark.parametrize("rest", ADDRESSES + BUTTONS)
def test_a_stranger_finds_nothing_whether_the_organisation_exists_or_not(rest, organisation, stranger, client):
    client.force_login(stranger)
    nowhere = Organisation(pk=organisation.pk + 1000)
    for address in (page_of(organisation, rest), page_of(nowhere, rest)):
        assert client.post(address, {}).status_code == (404 if rest else 405)
        assert client.get(address).status_code == (405 if rest in BUTTONS else 404)


@pytest.mark.parametrize("pk", [0, 2**31, 2**63, 10**40])
def test_a_number_that_no_base_can_hold_is_not_found(pk, applicant, client):
    client.force_login(applicant)
    assert client.get(page_of(Organisation(pk=pk))).status_code == 404


@pytest.mark.parametrize("rest", ADDRESSES[1:5] + BUTTONS)
def test_a_member_who_does_not_manage_is_refused_what_managing_opens(rest, organisation, colleague, client):
    client.force_login(colleague)
    assert client.post(page_of(organisation, rest), {}).status_code == 403


@pytest.mark.parametrize("rest", ["membres/{}/", "membres/{}/retirer/"])
def test_the_member_of_another_organisation_is_not_found_here(rest, organisation, applicant, client):
    elsewhere = make_membership(make_organisation(), factories.make_user())
    client.force_login(applicant)
    assert client.get(page_of(organisation, rest.format(elsewhere.pk))).status_code == 404
    assert client.post(page_of(organisation, rest.format(elsewhere.pk)), {}).status_code == 404


def test_who_manages_sees_members_addresses_and_invitations(organisation, applicant, client):
    make_invitation(organisation, "attendue@exemple.invalid", may_deposit=True, mandate="Délégation du 3 mars")
    client.force_login(applicant)
    main = visit(client, page_of(organisation)).one("main")
    assert all(
        word in main.text for word in ("collegue@exemple.invalid", "attendue@exemple.invalid", "Délégation du 3")
    )
    assert link(main, "Inviter quelqu'un")["href"] == page_of(organisation, "inviter/")
    assert link(main, "Modifier la fiche")["href"] == page_of(organisation, "modifier/")
    assert len([a for a in main.all("a") if a.text.startswith("Retirer")]) == 1  # nobody takes themselves out there


def test_another_member_sees_names_and_neither_addresses_nor_invitations(organisation, colleague, applicant, client):
    make_invitation(organisation, "attendue@exemple.invalid")
    nameless = make_membership(organisation, factories.make_user("sans-nom@exemple.invalid")).user
    client.force_login(colleague)
    main = visit(client, page_of(organisation)).one("main")
    assert applicant.full_name in main.text
    assert not any(secret in main.text for secret in (applicant.email, nameless.email, "attendue@exemple.invalid"))
    assert not [a for a in main.all("a") if "modifier" in a["href"] or "membres" in a["href"] or "inviter" in a["href"]]


def test_answered_and_revoked_invitations_are_not_shown_and_a_dead_one_says_so(organisation, applicant, client):
    make_invitation(organisation, "acceptee@exemple.invalid", accepted_at=organisation.created_at)
    make_invitation(organisation, "retiree@exemple.invalid", revoked_at=organisation.created_at)
    make_invitation(organisation, "morte@exemple.invalid", expires_at=organisation.created_at)
    client.force_login(applicant)
    section = visit(client, page_of(organisation)).one("section", aria_labelledby="invitations")
    assert [row.text for row in section.all("dt")] == ["morte@exemple.invalid"]
    assert "Expirée depuis le 5 janvier 2026" in section.text


@pytest.mark.parametrize("size", [1, 30])
def test_the_page_asks_the_base_five_questions(size, applicant, client, django_assert_num_queries):
    organisation = make_organisation(applicant)
    for _ in range(size):
        make_membership(organisation, factories.make_user(full_name="Membre"), may_manage=False)
        make_invitation(organisation)
    client.force_login(applicant)
    with django_assert_num_queries(5):  # the session, the person, their part, the members, the invitations
        page = visit(client, page_of(organisation))
    assert [len(page.one("section", aria_labelledby=name).all("dt")) for name in ("membres", "invitations")] == [
        size + 1, size,
    ]  # fmt: skip


def test_the_sheet_that_is_shown_can_be_sent_back_as_it_is_and_changed(organisation, applicant, client):
    client.force_login(applicant)
    form = visit(client, page_of(organisation, "modifier/")).one("main").one("form")
    said = dict(fields(form)) | {"name": "Résidence des Marronniers", "finess": "12 345 678 9", "status": "public"}
    assert client.post(page_of(organisation, "modifier/"), said).headers["Location"] == page_of(organisation)
    siret = organisation.siret
    organisation.refresh_from_db()
    assert (organisation.name, organisation.finess, organisation.status) == (
        "Résidence des Marronniers", "123456789", "public",
    )  # fmt: skip
    assert organisation.siret == siret


def test_the_number_of_an_organisation_does_not_change_whatever_is_sent(organisation, applicant, client):
    client.force_login(applicant)
    said = dict(fields(visit(client, page_of(organisation, "modifier/")).one("main").one("form")))
    client.post(page_of(organisation, "modifier/"), said | {"siret": invented_siret(77), "rpps": "1", "created_at": ""})
    siret = organisation.siret
    organisation.refresh_from_db()
    assert (organisation.siret, organisation.rpps) == (siret, "")


def test_a_wrong_change_is_told_keeps_what_was_typed_and_writes_nothing(organisation, applicant, client):
    client.force_login(applicant)
    said = dict(fields(visit(client, page_of(organisation, "modifier/")).one("main").one("form")))
    page = read(
        client.post(page_of(organisation, "modifier/"), said | {"name": "", "signatory_name": "Autre Personne"})
    )
    assert page.one("title").text.startswith("Erreur : Modifier la fiche de Résidence des Tilleuls")
    assert page.one("input", name="signatory_name")["value"] == "Autre Personne"
    organisation.refresh_from_db()
    assert organisation.name == "Résidence des Tilleuls"


def test_a_person_alone_is_not_asked_for_a_legal_status(applicant, client):
    alone = make_organisation(applicant, status="person")
    client.force_login(applicant)
    form = visit(client, page_of(alone, "modifier/")).one("main").one("form")
    said = dict(fields(form))
    assert "status" not in said
    assert client.post(page_of(alone, "modifier/"), said).status_code == 302


def test_whoever_lost_the_right_to_manage_meanwhile_is_told_and_keeps_what_was_typed(
    organisation, applicant, client, monkeypatch
):
    client.force_login(applicant)
    said = dict(fields(visit(client, page_of(organisation, "modifier/")).one("main").one("form")))
    door = actions.change

    def late(*args, **kwargs):
        organisation.memberships.filter(user=applicant).update(may_manage=False)
        return door(*args, **kwargs)

    monkeypatch.setattr(actions, "change", late)
    page = read(client.post(page_of(organisation, "modifier/"), said | {"name": "Autre nom"}))
    assert "Seules les personnes qui gèrent" in page.one("div", "fr-alert--error").text
    assert page.one("input", name="name")["value"] == "Autre nom"
    organisation.refresh_from_db()
    assert organisation.name == "Résidence des Tilleuls"
