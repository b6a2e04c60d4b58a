"""``/preparer/levier/<slug>/``: everything that a request for one lever takes, drawn from its rows."""

import re
from datetime import date

import pytest

from levers.models import Lever, Window
from tests import factories
from tests.pages.reading import fields, link, query, visit
from tests.pages.test_catalogue_page import SLUGS

MIG = "/preparer/levier/mig-cooperation-internationale/"
HOSPITAL = f"{MIG}?renewal=false&actor_type=etablissement-sante-public&region=76"
REPORT = "Renouvellement : le bilan de l'année précédente est transmis"
THE_TEN = (
    "La situation sanitaire et sociale du pays et ses besoins de santé sont documentés",
    "L'objectif est clair et correspond à une priorité du cahier des charges",
    "Les chefs de projet, en France et dans le pays partenaire, sont désignés",
    "La durée et le programme détaillé des actions sont donnés",
    "La composition de l'équipe est précisée",
    "L'ambassade et l'agence de développement ont été contactées",
    "Le plan de financement est cohérent avec les activités prévues",
    "Les résultats attendus sont donnés action par action",
    "Des indicateurs de suivi sont définis",
    "Une convention ou une lettre d'engagement commune est signée",
)


def section(page, name: str):
    return page.one("section", aria_labelledby=name)


def labels(page, name: str) -> list[str]:
    return [label.text for label in section(page, name).all("label")]


def form_of(page):
    (form,) = [form for form in page.one("main").all("form") if form.get("role") != "search"]
    return form


# --- A hospital prepares its first application ------------------------------


def test_a_first_application_sees_the_ten_criteria_in_the_order_of_the_guide(catalogue, client):
    asked = labels(visit(client, HOSPITAL), "obligatoire")
    assert asked == [
        "Le porteur est un établissement de santé",
        "Le projet est mené avec un établissement de soins étranger",
        *THE_TEN,
    ]


def test_the_eleventh_is_asked_only_for_a_renewal(catalogue, client):
    first, again = visit(client, HOSPITAL), visit(client, HOSPITAL.replace("renewal=false", "renewal=true"))
    assert REPORT not in first.one("main").text
    assert set(labels(again, "obligatoire")) - set(labels(first, "obligatoire")) == {REPORT}


def test_who_has_not_said_whether_it_is_a_renewal_is_told_on_what_the_eleventh_depends(catalogue, client):
    page = visit(client, MIG)
    assert REPORT not in labels(page, "obligatoire")
    (line,) = [item.text for item in section(page, "selon").all("li") if REPORT in item.text]
    assert line.endswith("Dépend de votre réponse : renouvellement.")


def test_each_criterion_says_its_number_on_the_sheet_and_its_source(catalogue, client):
    text = section(visit(client, HOSPITAL.replace("false", "true")), "obligatoire").text
    assert re.findall(r"Critère (\d+) sur 11 de la fiche", text) == [str(number) for number in range(1, 12)]
    assert text.count("Source : Guide pratique APIST") == 13


def test_overseas_hospitals_are_asked_one_thing_more(catalogue, client):
    overseas = "Outre-mer : les institutions multilatérales de la zone ont été contactées"
    assert overseas not in visit(client, HOSPITAL).one("main").text
    assert overseas in labels(visit(client, HOSPITAL.replace("region=76", "region=01")), "obligatoire")


def test_both_addressees_are_to_be_written_to_at_once(catalogue, client):
    place = section(visit(client, HOSPITAL), "deposer")
    assert "À envoyer en même temps à 2 destinataires :" in place.text
    first, second = [label.text for label in place.all("label")]
    assert first.startswith("Direction générale de l'offre de soins (ministère)")
    assert second.startswith("Agence régionale de santé dont dépend votre établissement")
    assert "Le dépôt ne se fait pas sur ce portail" in place.text


def test_the_dates_of_the_campaign_are_told_with_what_is_not_known(catalogue, client):
    page = visit(client, HOSPITAL)
    told = section(page, "quand").text
    assert "en octobre ou en novembre, pour des crédits de l'année suivante" in told
    assert "du 1er octobre 2024 au 30 novembre 2024 (au mois près)" in told
    assert "n'ont pas été trouvées : à vérifier" in told
    assert "Coopération hospitalière internationale (APCHI)" in told
    assert "La date de la prochaine campagne n'est pas connue du portail : à vérifier." in page.one("main").text


def test_what_is_paid_is_told_with_what_is_not(catalogue, client):
    money = section(visit(client, HOSPITAL), "argent")
    rows = {row.one("th").text: row.text for row in money.all("tr") if row.all("td")}
    assert "Le ministère chargé de la santé" in rows["Voyages et séjours des personnels hospitaliers en mission"]
    assert "Le ministère chargé de la santé" in rows["Accueil des partenaires étrangers"]
    assert "À trouver ailleurs" in rows["Autres dépenses (équipement, logiciel, salaires…)"]
    assert "de 10 000 € à 25 000 €" in money.text.replace("\u202f", " ").replace("\xa0", " ")


def test_priorities_are_told_apart_from_what_is_compulsory(catalogue, client):
    assert len(labels(visit(client, HOSPITAL), "indicatif")) == 5


def test_the_pieces_are_those_of_the_call(catalogue, client):
    assert labels(visit(client, HOSPITAL), "pieces") == [
        "Convention entre les deux hôpitaux, ou lettre d'engagement commune",
        "Bilan de l'année précédente",
    ]


def test_a_company_is_told_that_it_cannot_carry(catalogue, client):
    (line,) = section(visit(client, f"{MIG}?actor_type=entreprise-pme"), "obligatoire").all("div", "portal-criterion")[
        :1
    ]
    assert "D'après vos réponses : Non rempli" in line.text
    assert "rejoignez le projet d'un hôpital" in line.text


# --- The list ---------------------------------------------------------------


def test_what_is_ticked_stays_ticked_and_counts(catalogue, client):
    page = visit(client, f"{HOSPITAL}&fait=team&fait=programme&fait=double-envoi-2&fait=nulle-part")
    assert "Il reste 10 points sur 12." in section(page, "obligatoire").text
    ticked = [value for name, value in fields(form_of(page)) if name == "fait"]
    assert ticked == ["programme", "team", "double-envoi-2"]
    everything = "&".join(f"fait={box['value']}" for box in page.all("input", name="fait"))
    assert "Tout est coché." in section(visit(client, f"{HOSPITAL}&{everything}"), "obligatoire").text


def test_every_box_has_its_own_name_and_its_words(catalogue, client):
    page = visit(client, HOSPITAL)
    boxes = page.all("input", name="fait")
    assert len({box["value"] for box in boxes}) == len(boxes) > 15
    labelled = {label["for"] for label in page.all("label")}
    assert {box["id"] for box in boxes} <= labelled
    known = {element["id"] for element in page if element.get("id")}
    assert {box["aria-describedby"] for box in boxes if box.get("aria-describedby")} <= known


def test_the_address_of_the_list_gives_it_back(catalogue, client):
    page = visit(client, f"{HOSPITAL}&fait=team")
    address = page.one("input", id="adresse")["value"]
    assert query(address) == query(f"{HOSPITAL}&fait=team")


def test_the_rest_of_a_diagnostic_travels_along(catalogue, client):
    page = visit(client, f"{MIG}?trl=6&innovation_field=technologique-numerique&campaign=x")
    sent = fields(form_of(page))
    assert ("trl", "6") in sent
    assert ("innovation_field", "technologique-numerique") in sent
    assert "campaign" not in dict(sent)


def test_an_answer_that_is_none_is_told_at_its_field(catalogue, client):
    page = visit(client, f"{MIG}?renewal=peut-être")
    assert "Répondez par true (oui) ou false (non)." in page.one(role="alert").text
    assert REPORT in section(page, "selon").text


# --- Every lever ------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_every_lever_has_its_list_drawn_from_its_rows(slug, catalogue, client):
    lever, page = catalogue[slug], visit(client, f"/preparer/levier/{slug}/")
    assert page.one("h1").text == f"Préparer ma demande : {lever.short_name}"
    told = page.one("main").text
    for criterion in lever.criteria.all():
        if criterion.valid_from is None and criterion.valid_to is None:
            assert " ".join(criterion.label.split()) in told, criterion.key
    for name in ("obligatoire", "quand", "pieces", "deposer", "argent"):
        assert section(page, name).one("h2")
    money = section(page, "argent").text
    for row in lever.fundings.all():
        assert row.expense in money
    for amount in lever.amounts.all():
        assert " ".join(amount.label.split()) in money


@pytest.mark.parametrize("slug", SLUGS)
def test_the_sheet_leads_to_the_list_and_back(slug, catalogue, client):
    sheet = visit(client, f"/leviers/{slug}/")
    inner = [anchor["href"] for anchor in sheet.one("main").all("a")]
    assert inner.count(f"/preparer/levier/{slug}/") == 1
    assert (
        link(visit(client, f"/preparer/levier/{slug}/"), "Lire la fiche entière de ce levier")["href"]
        == f"/leviers/{slug}/"
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_every_link_leads_somewhere(slug, catalogue, client):
    inner = {anchor["href"] for anchor in visit(client, f"/preparer/levier/{slug}/").one("main").all("a")}
    for href in {href.split("#")[0] for href in inner if href.startswith("/")}:
        assert client.get(href, follow=True).status_code == 200, href


@pytest.mark.parametrize("slug", ["tiga", "indemand", "structures-3-0", "esms-numerique"])
def test_a_closed_lever_says_that_nothing_can_be_deposited(slug, catalogue, client):
    page = visit(client, f"/preparer/levier/{slug}/")
    assert "On ne peut rien déposer aujourd'hui." in page.one("main").text
    assert page.one(id="deposer").text == "Pour mémoire : où l'on déposait"


def test_a_place_of_deposit_of_another_region_is_left_out(db, client):
    lever = factories.make_lever(slug="a")
    here = factories.make_agency(region=factories.make_region(code="76", name="Ici"))
    factories.make_window(lever)
    factories.make_deposit(lever, title="Partout")
    factories.make_deposit(lever, title="Ici seulement", agency=here)
    factories.make_region(code="01")

    def places(region: str) -> list[str]:
        page = visit(client, f"/preparer/levier/a/{region}")
        return [heading.text for heading in section(page, "deposer").all("h3", "fr-h6")]

    assert places("") == ["Partout", "Ici seulement"]
    assert places("?region=76") == ["Partout", "Ici seulement"]
    assert places("?region=01") == ["Partout"]


def test_a_lever_without_conditions_asks_nothing(db, client):
    lever = factories.make_lever(slug="a", amount_summary="")
    factories.make_criterion(lever, label="Une condition")
    page = visit(client, "/preparer/levier/a/")
    assert page.all("section", aria_labelledby="cas") == []
    assert labels(page, "obligatoire") == ["Une condition"]
    assert "Ce levier n'apporte pas d'argent par lui-même." in page.one("main").text


def test_periods_are_told_the_latest_first_and_the_older_ones_folded(db, client):
    lever = factories.make_lever(slug="a", annual=True)
    for year in range(2019, 2025):
        factories.make_window(
            lever,
            label=f"Campagne {year}",
            kind=Window.Kind.CAMPAIGN,
            opens_on=date(year, 10, 1),
            closes_on=date(year, 11, 30),
        )
    when = section(visit(client, "/preparer/levier/a/"), "quand")
    shown = [item.text.split(" :")[0] for item in when.all("li")]
    assert shown == [f"Campagne {year}" for year in range(2024, 2018, -1)]
    assert len(when.one("details").all("li")) == 3


@pytest.mark.parametrize("slug", ["inconnu", "brouillon"])
def test_what_is_not_published_is_not_found(slug, db, client):
    factories.make_lever(slug="brouillon", publication=Lever.Publication.DRAFT)
    assert client.get(f"/preparer/levier/{slug}/").status_code == 404


@pytest.mark.parametrize("slug", ["article-51", "ami-aap-aac", "mig-cooperation-internationale"])
def test_a_list_costs_as_many_queries_whatever_it_holds(slug, catalogue, client, django_assert_num_queries):
    address = f"/preparer/levier/{slug}/"
    client.get(address)
    with django_assert_num_queries(2):
        client.get(f"{address}?region=76")
