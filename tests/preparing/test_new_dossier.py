"""Opening a dossier: from a lever, a call, a diagnostic, a checklist or nothing; nothing is asked twice."""

from dataclasses import replace

import pytest
from django.urls import reverse

from levers.models import Lever
from projects.models import Adoption, Dossier, Project, Section
from projects.preparing import opening
from projects.procedures.first_contact import FIRST_CONTACT
from tests import factories, people_factories
from tests.dossier_factories import make_project
from tests.pages.reading import read, visit

pytestmark = pytest.mark.django_db
NEW = "/dossiers/nouveau/"


@pytest.fixture
def agency(db):
    return people_factories.make_post().body


@pytest.fixture
def lever(monkeypatch):
    """Return a lever that has a procedure of its own."""
    procedure = replace(FIRST_CONTACT, key=FIRST_CONTACT.key, title="Demande", levers=("aide",), excludes=("contrat",))
    monkeypatch.setattr(opening, "for_lever", lambda slug: procedure if slug in ("aide", "contrat") else None)
    return open_lever("aide", title="Une aide")


def open_lever(slug: str, **fields) -> Lever:
    """Return a lever that one may enter all year."""
    lever = factories.make_lever(slug=slug, **fields)
    factories.make_window(lever)
    return lever


def send(client, address: str, **given):
    form = {one["name"]: one.get("value") or "" for one in visit(client, address).all("input", type="hidden")}
    return client.post(address, {"region": "01"} | form | given, follow=True)


def test_a_lever_and_a_diagnostic_become_a_project_and_a_draft_with_its_answers(mine, lever, agency, applicant):
    address = f"{NEW}?levier=aide&region=01&scale=regional&digital_solution=true&trl=6&needs_derogation=false"
    page = visit(mine, address)
    assert "Vos réponses au diagnostic sont reprises" in page.text
    assert "selected" in page.one("option", value="01").attributes
    page = read(send(mine, address, title="Soins des plaies"))
    dossier = Dossier.objects.get()
    assert (dossier.lever, dossier.body, dossier.region.code) == (lever, agency, "01")
    assert (dossier.project.title, dossier.project.owner) == ("Soins des plaies", applicant)
    assert Section.objects.get(key="idea").answers == {"scale": "regional", "digital_solution": "true", "trl": "6"}
    assert dossier.project.origin["facts"]["trl"] == ["6"]
    assert "Repris de votre diagnostic du" in page.text
    section = visit(mine, reverse("project-section", args=[dossier.project.public_id, "idea"]))
    assert section.text.count("Repris de votre diagnostic du") == 3


def test_what_the_diagnostic_says_wrongly_is_asked(mine, agency, applicant):
    send(mine, f"{NEW}?trl=douze&scale=lune\x00&digital_solution=peut-être", title="Projet")
    assert not Section.objects.exists()
    assert Dossier.objects.count() == 1


def test_a_checklist_is_kept_and_told(mine, agency):
    page = read(send(mine, f"{NEW}?contact_door=true&project_access=false", title="Projet"))
    assert "votre bilan de préparation" in page.text
    assert "1 étaient prêts et 1 manquaient" in page.text


def test_sent_twice_it_opens_one_project_and_one_dossier(mine, agency):
    form = {one["name"]: one["value"] for one in visit(mine, NEW).all("input", name="request")}
    for _ in range(2):
        mine.post(NEW, {"region": "01", "title": "Projet"} | form)
    assert (Project.objects.count(), Dossier.objects.count()) == (1, 1)


def test_a_second_dossier_of_the_project_asks_nothing_twice(mine, lever, agency, applicant):
    project = make_project(applicant)
    for _ in range(2):
        send(mine, f"{NEW}?levier=aide&projet={project.public_id}", project=str(project.public_id))
    assert [one.project for one in Dossier.objects.all()] == [project]
    send(mine, f"{NEW}?echange=oui&levier=aide&projet={project.public_id}", project=str(project.public_id))
    assert project.dossiers.count() == 1, "the same procedure for the same lever is the same request"


def test_in_the_name_of_an_organisation_of_mine_and_of_no_other(mine, agency, applicant):
    ours = people_factories.make_organisation(applicant)
    theirs = people_factories.make_organisation()
    answer = send(mine, NEW, title="Projet", organisation=str(theirs.pk))
    assert read(answer).one("select", name="organisation")["aria-invalid"] == "true"
    assert not Dossier.objects.exists()
    send(mine, NEW, title="Projet", organisation=str(ours.pk))
    assert Dossier.objects.get().organisation == ours


def test_a_project_of_somebody_else_is_not_proposed_and_not_taken(mine, agency, stranger, applicant):
    make_project(applicant)
    other = make_project(stranger)
    answer = send(mine, NEW, project=str(other.public_id))
    assert other.title not in answer.content.decode()
    assert not Dossier.objects.exists()


def test_a_project_without_a_name_is_asked_for_one(mine, agency):
    page = read(send(mine, NEW, title="  "))
    assert "Donnez un nom à votre projet." in page.text
    assert not Project.objects.exists()


def test_where_it_is_deposited_is_said_at_the_start_in_large_letters(mine, agency):
    assert "Se dépose ici, sur le portail." in visit(mine, f"{NEW}?region=01").text
    Adoption.objects.create(
        procedure_key="first-contact",
        body=agency,
        channel="external",
        place="Bureau des projets",
        valid_from="2026-01-01",
    )
    assert "dépend de la région" in visit(mine, NEW).text
    page = visit(mine, f"{NEW}?region=01")
    assert "Ne se dépose pas sur le portail : Bureau des projets." in page.text.replace(" ", " ")


def test_a_lever_that_is_bought_leads_to_public_procurement(mine):
    factories.make_lever(slug="achats", nature=Lever.Nature.PROCUREMENT)
    page = visit(mine, f"{NEW}?levier=achats&region=01")
    links = {one["href"] for one in page.one("main").all("a")}
    assert {"/commande-publique/", f"{NEW}?region=01&echange=oui"} <= links
    assert page.one("main").all("form") == []


def test_innovative_purchases_have_no_dossier(mine, catalogue):
    assert "pas de dossier" in visit(mine, f"{NEW}?levier=achats-innovants").one("h1").text


@pytest.mark.parametrize("query", ["levier=jamais", "appel=jamais", "levier=a%00b"])
def test_a_lever_that_does_not_exist_is_nowhere(query, mine):
    assert mine.get(f"{NEW}?{query}").status_code == 404


def test_a_draft_lever_is_nowhere(mine):
    factories.make_lever(slug="cache", publication=Lever.Publication.DRAFT)
    assert mine.get(f"{NEW}?levier=cache").status_code == 404


def test_the_page_of_other_levers_says_which_do_not_go_together(mine, lever, agency, applicant):
    open_lever("contrat", short_name="Contrat")
    send(mine, f"{NEW}?levier=aide", title="Projet")
    project = Project.objects.get()
    page = visit(mine, reverse("project-new-dossier", args=[project.public_id]))
    assert "Ce projet a déjà un dossier" in page.text
    assert f"{NEW}?levier=contrat&projet={project.public_id}" in {one["href"] for one in page.one("main").all("a")}
