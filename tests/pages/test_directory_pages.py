"""``/annuaire/``: what an EHPAD's director, a company and somebody who knows nothing yet read there."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.models import Agency, Audience, LocalBody, Source
from apist.sharing import PAGES
from levers.directory.reading import forget_book
from tests import factories
from tests import register_factories as made
from tests.pages.reading import Element, fields, link, query, read, visit

ADDRESS = "/annuaire/"
DIRECTOR = f"{ADDRESS}?region=76&department=31&subject=grand-age&audience=acteur-de-sante"
COMPANY = f"{ADDRESS}?region=11&subject=numerique&audience=industrie"


def steps(page: Element) -> dict[str, str]:
    """Return each step by its kind, in the order of the page, with its words."""
    return {item["id"]: item.text for item in page.one("ol", "portal-steps").children if isinstance(item, Element)}


def section(page: Element, name: str) -> Element:
    return page.one("section", aria_labelledby=name)


def test_without_a_question_there_are_the_agencies_the_national_doors_and_no_reproach(catalogue, client):
    page = visit(client, ADDRESS)
    assert page.one("h1").text == "À qui parler de mon projet ?"
    assert page.all(role="alert") == page.all(id="reponse") == []
    names = [row.text for row in section(page, "agences").all("th", scope="row")]
    assert len(names) == 18
    assert names[:2] == ["Auvergne-Rhône-Alpes", "Bourgogne-Franche-Comté"]
    assert names.index("Île-de-France") == names.index("Hauts-de-France") + 1
    assert [door.text for door in section(page, "national").all("h3")] == [
        "L'Agence de l'innovation en santé",
        "L'Agence du numérique en santé, et son guichet G_NIUS",
        "La Caisse nationale de solidarité pour l'autonomie (CNSA)",
        "La direction générale de l'offre de soins (DGOS)",
        "Le rapporteur général de l'article 51",
    ]
    assert fields(page.one("form", "portal-form")) == [
        ("region", ""),
        ("department", ""),
        ("subject", ""),
        ("audience", ""),
    ]


def test_the_director_of_an_ehpad_sees_the_pair_then_the_delegation(catalogue, client):
    page = visit(client, DIRECTOR)
    assert page.one("h2", id="reponse").text == "Occitanie, Haute-Garonne : grand âge"
    found = steps(page)
    assert list(found) == ["door", "expert", "delegation"]
    assert "besoin de vos patients ou résidents" in found["door"]
    assert "Référent personnes âgées" in found["expert"]
    assert "Délégation départementale de la Haute-Garonne" in found["delegation"]
    assert "grand âge" in page.one("textarea", id="message").text.lower()
    assert "Haute-Garonne" in page.one("textarea", id="message").text


def test_a_company_is_sent_to_the_officer_the_e_health_group_the_networks_and_those_who_buy(catalogue, client):
    page = visit(client, COMPANY)
    found = steps(page)
    assert list(found) == ["door", "expert", "e-health", "network", "buyer"]
    assert "ne parlez pas encore de partenariat" in found["door"]
    assert "Direction de l'innovation et du numérique" in found["expert"]
    assert "SESAN" in found["e-health"]
    assert "Medicen Paris Region" in found["network"]
    assert link(page, "Qui achète, et à qui parler d'abord")["href"] == "/commande-publique/#acheteurs"


def test_the_same_question_is_answered_differently_to_each(catalogue, client):
    texts = [str(steps(visit(client, f"{ADDRESS}?region=93&audience={who}"))) for who in Audience.values]
    assert len(set(texts)) == 3


def test_a_department_alone_tells_its_region(catalogue, client):
    page = visit(client, f"{ADDRESS}?department=31")
    assert page.one("h2", id="reponse").text == "Occitanie, Haute-Garonne"


def test_without_a_region_the_order_is_told_and_the_region_asked(catalogue, client):
    page = visit(client, f"{ADDRESS}?subject=medicaments")
    assert page.one("h2", id="reponse").text == "Partout en France : médicaments et produits de santé"
    assert "Choisissez votre région" in section(page, "reponse").text
    assert "pas encore connue" not in str(steps(page))


def test_the_whole_state_is_in_the_address_and_the_form_shows_it(catalogue, client):
    page = visit(client, DIRECTOR)
    assert sorted(fields(page.one("form", "portal-form"))) == query(DIRECTOR)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ("region=99", ["Votre région : Cette région n'existe pas"]),
        ("department=20", ["Votre département : Ce département n'existe pas"]),
        ("subject=inconnu", ["De quoi voulez-vous parler ? : Ce sujet n'existe pas"]),
        ("audience=personne", ["Vous êtes : Cette réponse n'existe pas"]),
        ("region=53&department=31", ["Haute-Garonne (31) est dans une autre région : Occitanie"]),
        ("region=99&subject=inconnu", ["Cette région n'existe pas", "Ce sujet n'existe pas"]),
    ],
)
def test_what_is_not_understood_is_said(parameters, said, catalogue, client):
    told = visit(client, f"{ADDRESS}?{parameters}").one(role="alert").text
    for words in said:
        assert words in told


def test_what_is_understood_is_answered_beside_what_is_not(catalogue, client):
    page = visit(client, f"{ADDRESS}?region=76&subject=inconnu")
    assert page.one("h2", id="reponse").text == "Occitanie"
    assert page.one(role="alert")


VALUES = st.one_of(
    st.sampled_from(["76", "31", "2A", "", "numerique", "industrie", "\x00", "<b>"]), st.text(max_size=20)
)
SAID = st.dictionaries(
    st.sampled_from(["region", "department", "subject", "audience", "page", "q"]), st.lists(VALUES, max_size=2)
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=SAID)
def test_any_query_string_gives_a_page(data, catalogue, client):
    answer = client.get(ADDRESS, data)
    assert answer.status_code == 200
    assert read(answer).one("h1")


def test_the_page_of_a_region_says_what_is_known_and_what_is_not(catalogue, client):
    page = visit(client, "/annuaire/76/")
    assert page.one("h1").text == "Occitanie : à qui parler ?"
    assert "Montpellier" in section(page, "agence").text
    assert "adresse confirmée" in section(page, "agence").text
    assert len(section(page, "departements").all("li")) == 13
    assert "e-santé Occitanie" in section(page, "esante").text
    around = section(page, "autour").text
    assert "Eurobiomed" in around
    assert "France Assos Santé" in around
    assert "Pas encore connu ici." in around
    subjects = [row.text for row in section(page, "sujets").all("th", scope="row")]
    assert len(subjects) == 8
    link(page, "Vous vendez une solution : qui achète, et à qui parler d'abord")


def test_where_nothing_is_known_it_is_said_and_one_can_tell(catalogue, client, settings):
    page = visit(client, "/annuaire/03/")
    assert "Pas encore connue" in section(page, "agence").text
    assert "adresse à vérifier" in section(page, "agence").text
    assert "délégation à vérifier" in section(page, "departements").text
    assert "pas encore connu" in section(page, "esante").text
    assert "à compléter par l'exploitant" in section(page, "signaler").text
    settings.CONTACT_EMAIL = "annuaire@exemple.invalid"
    PAGES.clear()
    told = section(visit(client, "/annuaire/03/"), "signaler")
    assert link(told, "annuaire@exemple.invalid")["href"] == "mailto:annuaire@exemple.invalid"


def test_the_form_of_a_region_offers_its_departments_and_leads_to_the_answer(catalogue, client):
    form = visit(client, "/annuaire/94/").one("form", "portal-form")
    codes = [option["value"] for option in form.one("select", name="department").all("option")]
    assert codes == ["", "2A", "2B"]
    assert form["action"] == ADDRESS
    assert ("region", "94") in fields(form)


@pytest.mark.parametrize("code", ["00", "ARS-76", "31", "xyz"])
def test_another_region_is_not_found(code, catalogue, client):
    visit(client, f"/annuaire/{code}/", status=404)


def test_a_doubtful_address_is_said_to_be(db, client):
    agency = factories.make_agency()
    doubtful = factories.make_source(reliability=Source.Reliability.TO_CHECK)
    made.make_referent(agency=agency, email="innovation@ars.example", source=doubtful)
    made.make_referent(agency=agency, email="projets@ars.example")
    doors = steps(visit(client, f"{ADDRESS}?region=01"))["door"]
    assert "innovation@ars.example (adresse à vérifier)" in doors
    assert "projets@ars.example" in doors
    assert "projets@ars.example (adresse" not in doors


@pytest.mark.parametrize("address", [ADDRESS, DIRECTOR, "/annuaire/76/"])
def test_a_page_may_be_kept_until_the_content_changes(address, catalogue, client):
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    Agency.objects.filter(region__code="76").update(note="Autre chose.")
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200


def directory_of(size: int) -> None:
    subjects = [made.make_subject() for _ in range(size)]
    for number in range(size):
        region = factories.make_region(code=f"{number:02d}")
        department = factories.make_department(code=f"{number:03d}", region=region)
        agency = factories.make_agency(region=region, source=factories.make_source())
        made.make_delegation(agency=agency, departments=[department], source=factories.make_source())
        made.make_referent(agency=agency, subject=subjects[number], source=factories.make_source())
        made.make_local_body(regions=[region], source=factories.make_source())
        made.make_local_body(kind=LocalBody.Kind.AUTHORITY, source=factories.make_source())


@pytest.mark.parametrize("size", [1, 30])
@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}?region=00&department=000", "/annuaire/00/"])
def test_a_page_asks_the_same_queries_at_any_size(address, size, db, client, django_assert_num_queries):
    directory_of(size)
    client.get("/glossaire/")  # the words are kept already: the page does not read them
    forget_book()
    PAGES.clear()
    with django_assert_num_queries(9):
        assert client.get(address).status_code == 200
    PAGES.clear()
    with django_assert_num_queries(1):
        client.get(address)


def test_a_sheet_a_result_and_a_call_lead_to_the_page_of_the_agency(catalogue, client):
    sheet = visit(client, "/leviers/fir/")
    assert link(section_of_contact(sheet), "Occitanie")["href"] == "/annuaire/76/"
    results = visit(client, "/diagnostic/resultats/?actor_type=ehpad&region=76")
    assert link(results, "Agence régionale de santé Occitanie")["href"] == "/annuaire/76/"


def section_of_contact(page: Element) -> Element:
    """Return the list of agencies of a sheet."""
    (found,) = [one for one in page.all("ul", "portal-contents") if "Occitanie" in one.text]
    return found
