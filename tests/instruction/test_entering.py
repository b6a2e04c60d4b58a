"""What somebody wrote, said on the telephone or came to say, entered for them by an agent."""

from html import unescape
from uuid import uuid4

import pytest

from actors.models import Body, Organisation, Post
from projects.engine.people import actor_of
from projects.engine.verifying import verify
from projects.instruction.entering import known_organisation, record
from projects.models import Adoption, Dossier, Project, Section
from tests import factories
from tests.dossier_factories import NOW, drive, make_officer
from tests.people_factories import invented_siret, make_agency_body, make_body, make_organisation

pytestmark = pytest.mark.django_db
ADDRESS = "/instruction/saisir/"


def told(**given) -> dict:
    """Return what the form sends for a call that somebody made."""
    body = make_agency_body()
    defaults = {
        "key": str(uuid4()), "body": body.pk, "origin": "telephone", "received_on": "2026-11-20", "organisation_name": "EHPAD Les Fougères",
        "siret": "", "actor_type": factories.make_actor_type("ehpad").pk, "status": "private-non-profit",
        "region": body.region_id, "contact_email": "accueil@fougeres.invalid", "title": "Plaies à distance",
        "reponse-need": "Des résidents hospitalisés pour une plaie", "reponse-purposes": ["need", "people"],
    }  # fmt: skip
    return defaults | given


@pytest.fixture
def agent(client, of_the_region):
    """An officer of the region, signed in."""
    client.force_login(of_the_region)
    return of_the_region


def test_a_call_becomes_a_dossier_that_says_who_entered_it(client, agent, mailoutbox):
    answer = client.post(ADDRESS, told())
    dossier = Dossier.objects.get()
    assert answer["Location"] == f"/instruction/{dossier.reference}/"
    assert (dossier.stage, dossier.origin, dossier.entered_by) == ("received", "telephone", agent)
    assert (dossier.project.owner, dossier.organisation.name) == (None, "EHPAD Les Fougères")
    assert dossier.snapshots.get().content["answers"]["meeting"]["purposes"] == ["need", "people"]
    assert [entry.party for entry in dossier.journal.all()] == ["enterer"] * 4
    assert verify(dossier).is_whole
    assert [mail.to for mail in mailoutbox] == [["accueil@fougeres.invalid"]]
    html = client.get(answer["Location"]).content.decode()
    assert "Saisi par l'agence, reçu par téléphone le 20/11/2026, pour EHPAD Les Fougères" in unescape(html)
    assert "Proposer une date" in html
    assert "saisi par l" in client.get("/instruction/dossiers/").content.decode()


def test_a_double_click_is_one_dossier(client, agent):
    data = told()
    first, second = client.post(ADDRESS, data), client.post(ADDRESS, data)
    assert first["Location"] == second["Location"]
    assert (Dossier.objects.count(), Project.objects.count(), Organisation.objects.count()) == (1, 1, 1)
    assert Dossier.objects.get().version == 2


def test_what_is_refused_stays_a_draft_that_its_enterer_alone_sees(client, agent):
    Adoption.objects.create(
        procedure_key="first-contact", channel="external", place="Ailleurs", valid_from="2020-01-01"
    )
    assert "restera un brouillon" in client.get(ADDRESS).content.decode()
    answer = client.post(ADDRESS, told(), follow=True)
    dossier = Dossier.objects.get()
    html = answer.content.decode()
    assert dossier.stage == "draft"
    assert "brouillon" in html
    assert "ne se dépose pas sur le portail" in html
    assert Section.objects.filter(dossier=None, key="idea").get().answers["need"]
    colleague = make_officer(dossier.body)
    client.force_login(colleague)
    assert client.get(f"/instruction/{dossier.reference}/").status_code == 404


def test_a_draft_is_recorded_later_from_its_page(client, agent):
    adoption = Adoption.objects.create(
        procedure_key="first-contact", channel="external", place="Ailleurs", valid_from="2020-01-01"
    )
    client.post(ADDRESS, told())
    adoption.delete()
    dossier = Dossier.objects.get()
    assert "Enregistrer le dossier reçu" in client.get(f"/instruction/{dossier.reference}/").content.decode()
    data = {"seen": dossier.version, "key": str(uuid4()), "content_seen": "", "received_on": "2026-11-20"}
    assert client.post(f"/instruction/{dossier.reference}/geste/enter/", data).status_code == 302
    dossier.refresh_from_db()
    assert dossier.stage == "received"


WRONG = {
    "no way": ({"origin": "portal"}, "origin"),
    "no name": ({"organisation_name": ""}, "organisation_name"),
    "a wrong SIRET": ({"siret": "12345678901234"}, "siret"),
    "a wrong address": ({"contact_email": "accueil"}, "contact_email"),
    "an unknown kind": ({"actor_type": "0"}, "actor_type"),
    "a key that is none": ({"key": "clé"}, "key"),
    "an answer that is none": ({"reponse-scale": "lunaire"}, "reponse-scale"),
    "a body of others": ({"body": "other"}, "body"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_understood_comes_back_and_opens_nothing(case, client, agent):
    given, field = WRONG[case]
    if given.get("body") == "other":
        given = {"body": make_agency_body("76").pk}
    answer = client.post(ADDRESS, told(**given))
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert "Plaies à distance" in answer.content.decode()
    assert ">Key<" not in answer.content.decode()
    assert not Dossier.objects.exists()


def test_somebody_else_s_key_opens_nothing(client, agent):
    data = told()
    client.post(ADDRESS, data)
    client.force_login(make_officer(make_agency_body()))
    assert client.post(ADDRESS, data).status_code == 404
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize("role", [Post.Role.LEGAL, Post.Role.DIRECTOR])
def test_roles_that_do_not_instruct_enter_nothing(role, client):
    client.force_login(make_officer(make_agency_body(), role))
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, told()).status_code == 404
    assert not Dossier.objects.exists()


def test_an_unknown_procedure_is_not_a_page(client, agent):
    assert client.get(f"{ADDRESS}?procedure=inconnue").status_code == 404


def test_a_national_body_asks_for_the_region_of_whoever_asks(client):
    body = make_body(Body.Kind.DGOS)
    client.force_login(make_officer(body))
    assert client.get(ADDRESS).status_code == 200
    client.post(ADDRESS, told(body=body.pk))
    assert Dossier.objects.get().region.code == "01"


def test_a_siret_reaches_the_organisation_that_has_it_however_it_is_written(client, agent):
    siret = invented_siret(1)
    known = make_organisation(siret=siret)
    client.post(ADDRESS, told(siret=f"{siret[:3]} {siret[3:]}"))
    assert Dossier.objects.get().organisation == known


def test_a_name_alone_never_reaches_an_organisation_that_somebody_holds(applicant):
    region = factories.make_region()
    make_organisation(applicant, name="EHPAD Tenu", region=region, siret="")
    make_organisation(name="EHPAD Tenu", region=region)
    assert known_organisation("EHPAD Tenu", "", region.pk) is None
    noted = make_organisation(name="EHPAD Tenu", region=region, siret="")
    assert known_organisation("ehpad tenu", "", region.pk) == noted


def test_what_was_moved_since_is_not_recorded_again(client, agent):
    data = told()
    client.post(ADDRESS, data)
    dossier = Dossier.objects.get()
    drive(dossier, "plan", agent)
    again = record(dossier, data["key"], actor_of(agent, NOW), NOW)
    dossier.refresh_from_db()
    assert (again.move, dossier.stage) == ("enter", "planned")
