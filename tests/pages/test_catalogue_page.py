"""The catalogue: what it finds, what it counts, what its address holds, what a spreadsheet gets."""

import csv
import re
from datetime import date
from io import StringIO
from urllib.parse import urlencode

import pytest

from actors.models import Audience
from apist.sharing import PAGES
from levers.catalogue import forget_catalogue
from levers.models import Lever
from tests import factories
from tests.pages.reading import fields, link, query, read, visit

FACETS = ["audience", "actor_type", "nature", "innovation_field", "sector", "maturity", "region", "status"]
SLUGS = [
    "fir",
    "cpom",
    "article-51",
    "ami-aap-aac",
    "mig-cooperation-internationale",
    "achats-innovants",
    "conference-des-financeurs",
    "tiga",
    "indemand",
    "structures-3-0",
    "esms-numerique",
    "grades",
]


def address(*parameters: tuple[str, str]) -> str:
    return f"/leviers/?{urlencode(parameters)}" if parameters else "/leviers/"


def found(page) -> list[str]:
    """Return the slugs of the levers that a list shows, in order."""
    return [card.one("h2").one("a")["href"].split("/")[-2] for card in page.all("li", "portal-card")]


def total(page) -> str:
    return page.one(id="resultats").text


def counts(page) -> dict[tuple[str, str], int]:
    """Return how many levers each value of each facet announces."""
    announced = {}
    for box in page.one("form", id="filtres").all("input", type="checkbox"):
        label = page.one("label", for_=box["id"]).text
        announced[box["name"], box["value"]] = int(re.search(r"\((\d+)\)$", label)[1])
    for select in page.one("div", id="choix").all("select"):
        for option in select.all("option")[1:]:
            announced[select["name"], option["value"]] = int(re.search(r"\((\d+)\)$", option.text)[1])
    return announced


def rows(answer) -> list[dict]:
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


# --- Everything is found --------------------------------------------------


def test_the_twelve_levers_are_there_in_the_order_of_the_guide(catalogue, client):
    page = visit(client, "/leviers/")
    assert found(page) == SLUGS
    assert total(page) == "12 leviers"


def test_a_card_says_what_who_how_much_who_decides_and_whether_it_is_open(catalogue, client):
    card = visit(client, "/leviers/").all("li", "portal-card")[0]
    assert [badge.text for badge in card.all("span", "fr-badge")] == ["Ouvert toute l'année", "Subvention"]
    foot = card.one("p", "portal-card__foot").text
    assert re.fullmatch(r"Qui peut porter : \w.+ Montant : \w.+ Décision : \w.+", foot)


def test_a_lever_without_money_says_so(db, client):
    factories.make_lever(amount_summary="")
    assert "Non financier" in visit(client, "/leviers/").one("li", "portal-card").text


def test_a_catalogue_without_any_lever_says_that_there_is_none(db, client):
    page = visit(client, "/leviers/")
    assert found(page) == []
    assert total(page) == "Aucun levier"


def test_drafts_never_show(db, client):
    factories.make_lever(slug="publie", title="Aide publiée")
    factories.make_lever(slug="cache", title="Aide cachée", publication=Lever.Publication.DRAFT)
    for parameters, expected in {
        "": ["publie"],
        "?q=aide": ["publie"],
        "?q=cachee": [],
        "?nature=subvention": ["publie"],
        "?sort=title": ["publie"],
    }.items():
        page = visit(client, f"/leviers/{parameters}")
        assert found(page) == expected, parameters
        assert [row["Adresse"].split("/")[-2] for row in rows(client.get(f"/leviers.csv{parameters}"))] == expected
    assert set(counts(visit(client, "/leviers/")).values()) == {1}


# --- Facets ---------------------------------------------------------------

CONTEXTS = {
    "nothing else": (),
    "a text and other filters": (("q", "projet"), ("audience", "industrie"), ("nature", "appel"), ("nature", "appui")),
}


@pytest.mark.parametrize("context", CONTEXTS)
def test_the_count_of_a_value_is_what_choosing_it_finds(context, catalogue, client):
    kept = CONTEXTS[context]
    announced = counts(visit(client, address(*kept)))
    assert {name for name, _ in announced} == set(FACETS)
    wrong = {}
    for (name, value), count in announced.items():
        others = [pair for pair in kept if pair[0] != name]
        answer = client.get(f"/leviers.csv?{urlencode([*others, (name, value)])}")
        if len(rows(answer)) != count:
            wrong[name, value] = (count, len(rows(answer)))
    assert wrong == {}


def test_the_page_finds_what_the_facet_announces(catalogue, client):
    announced = counts(visit(client, "/leviers/"))
    natures = {value: count for (name, value), count in announced.items() if name == "nature"}
    assert natures == {
        "subvention": 4,
        "contrat": 1,
        "derogation": 1,
        "appel": 3,
        "commande-publique": 1,
        "co-conception": 1,
        "appui": 1,
    }
    for value, count in natures.items():
        page = visit(client, address(("nature", value)))
        assert len(found(page)) == count
        assert total(page) == f"{count} levier" + ("s" if count > 1 else "")


def test_two_values_of_a_facet_add_up_and_two_facets_narrow(catalogue, client):
    assert found(visit(client, address(("status", "ended"), ("status", "closed")))) == [
        "tiga",
        "indemand",
        "structures-3-0",
        "esms-numerique",
    ]
    assert found(visit(client, address(("status", "ended"), ("nature", "subvention")))) == ["esms-numerique"]


def test_a_value_that_does_not_exist_finds_nothing_and_the_page_says_so(catalogue, client):
    for name in FACETS:
        page = visit(client, address((name, "inexistante")))
        assert found(page) == [], name
        assert total(page) == "Aucun levier"
        assert "Rien ne correspond à tous ces choix" in page.one("div", "portal-empty").text
        assert link(page, "Retirer le filtre « inexistante » (valeur inconnue)")["href"] == "/leviers/"
        assert link(page, "Voir tous les leviers")["href"] == "/leviers/"


def test_a_parameter_that_does_not_exist_changes_nothing(catalogue, client):
    page = visit(client, address(("utm_source", "lettre"), ("nature", "appui"), ("fbclid", "x")))
    assert found(page) == ["grades"]
    assert found(visit(client, address(("utm_source", "lettre")))) == SLUGS


def test_each_filter_is_taken_away_alone(catalogue, client):
    chosen = [("audience", "industrie"), ("nature", "appel"), ("nature", "subvention"), ("q", "projet")]
    tags = visit(client, address(*chosen, ("sort", "title"))).one("ul", "fr-tags-group").all("a")
    left = [query(tag["href"]) for tag in tags]
    expected = [[pair for pair in (*chosen, ("sort", "title")) if pair != taken] for taken in chosen]
    assert sorted(left) == sorted(sorted(pairs) for pairs in expected)
    assert all(tag.text.startswith("Retirer le filtre ") for tag in tags)


def test_everything_is_cleared_at_once(catalogue, client):
    page = visit(client, address(("q", "projet"), ("nature", "appel")))
    assert link(page, "Tout effacer")["href"] == "/leviers/"


def test_the_form_shows_what_the_address_holds_and_sends_it_again(catalogue, client):
    held = [("audience", "industrie"), ("nature", "appel"), ("q", "projet"), ("sort", "title"), ("status", "closed")]
    form = visit(client, address(*held)).one("form", id="filtres")
    assert form.get("method") in (None, "get")
    assert sorted(pair for pair in fields(form) if pair[1]) == held


# --- Text -----------------------------------------------------------------


@pytest.mark.parametrize(
    "spellings",
    [
        ["prévention", "PREVENTION", "prevention", "Prévention"],
        ["médico-social", "MEDICO SOCIAL", "medico-social"],
        ["ségur", "SEGUR"],
        ["l'hôpital", "l’hopital", "hôpital"],
    ],
)
def test_accents_case_and_apostrophes_do_not_matter(spellings, catalogue, client):
    results = [found(visit(client, address(("q", spelling)))) for spelling in spellings]
    assert results[0]
    assert all(result == results[0] for result in results)


@pytest.mark.parametrize(
    ("acronym", "first"),
    [
        ("FIR", "fir"),
        ("cpom", "cpom"),
        ("AMI", "ami-aap-aac"),
        ("AAP", "ami-aap-aac"),
        ("APCHI", "mig-cooperation-internationale"),
        ("MIG", "mig-cooperation-internationale"),
        ("MAPA", "achats-innovants"),
        ("CFPPA", "conference-des-financeurs"),
        ("TIGA", "tiga"),
        ("DUI", "esms-numerique"),
        ("GRADeS", "grades"),
        ("art. 51", "article-51"),
    ],
)
def test_an_acronym_finds_its_lever_first(acronym, first, catalogue, client):
    assert found(visit(client, address(("q", acronym))))[0] == first


def test_every_word_must_be_found(catalogue, client):
    assert found(visit(client, address(("q", "coopération étranger hôpital")))) == ["mig-cooperation-internationale"]
    assert found(visit(client, address(("q", "coopération zzzz")))) == []


def test_what_was_searched_is_shown_as_it_was_typed_and_never_as_markup(catalogue, client):
    page = visit(client, address(("q", '<b id="x">"été"</b>')))
    assert page.all(id="x") == []
    assert page.one("input", id="q")["value"] == '<b id="x">"été"</b>'
    assert '« <b id="x">"été"</b> »' in total(page)


def test_a_text_that_is_too_long_or_strange_is_no_error(catalogue, client):
    for text in ("x" * 5000, "\x00", "%%%", "' OR 1=1", "   ", "🦄", "-" * 200):
        assert client.get("/leviers/", {"q": text}).status_code == 200, text[:10]
        assert client.get("/leviers.csv", {"q": text}).status_code == 200, text[:10]


# --- Order and pages ------------------------------------------------------


def test_the_order_can_be_chosen(db, client):
    factories.make_lever(slug="b", title="Éclair", position=1, verified_on=date(2026, 1, 2))
    factories.make_lever(slug="a", title="zèbre", position=2, verified_on=date(2026, 1, 3))
    factories.make_lever(slug="c", title="Arbre", position=3, verified_on=date(2026, 1, 1))
    assert found(visit(client, "/leviers/")) == ["b", "a", "c"]
    assert found(visit(client, "/leviers/?sort=title")) == ["c", "b", "a"]
    assert found(visit(client, "/leviers/?sort=updated")) == ["a", "b", "c"]
    assert found(visit(client, "/leviers/?sort=inconnu")) == ["b", "a", "c"]


def test_a_long_list_has_pages_that_keep_the_search(db, client):
    for number in range(30):
        factories.make_lever(slug=f"aide-{number:02d}", title=f"Aide {number:02d}", position=number)
    first = visit(client, "/leviers/?q=aide&sort=title")
    assert found(first) == [f"aide-{number:02d}" for number in range(20)]
    assert query(link(first, "Page suivante")["href"]) == [("page", "2"), ("q", "aide"), ("sort", "title")]
    second = visit(client, "/leviers/?q=aide&sort=title&page=2")
    assert found(second) == [f"aide-{number:02d}" for number in range(20, 30)]
    assert total(second) == "30 leviers pour « aide »"
    assert second.one("nav", "fr-pagination").one("a", aria_current="page").text == "2"


@pytest.mark.parametrize(("page", "shown"), [("99", "aide-20"), ("2", "aide-20"), ("abc", "aide-00"), ("", "aide-00")])
def test_a_page_that_does_not_exist_is_the_nearest_one(page, shown, db, client):
    for number in range(21):
        factories.make_lever(slug=f"aide-{number:02d}", position=number)
    assert found(visit(client, f"/leviers/?page={page}"))[0] == shown


def test_a_new_choice_starts_from_the_first_page(db, client):
    for number in range(21):
        factories.make_lever(position=number)
    tags = visit(client, "/leviers/?nature=subvention&page=2").one("ul", "fr-tags-group").all("a")
    assert [tag["href"] for tag in tags] == ["/leviers/"]


# --- The table ------------------------------------------------------------


@pytest.mark.parametrize(
    "parameters",
    ["", "?q=numérique", "?sort=title", "?status=permanent&audience=industrie", "?nature=rien", "?utm_source=x"],
)
def test_the_table_holds_the_same_levers_in_the_same_order(parameters, catalogue, client):
    page = visit(client, f"/leviers/{parameters}")
    lines = rows(client.get(f"/leviers.csv{parameters}"))
    titles = [card.one("h2").text for card in page.all("li", "portal-card")]
    assert [line["Levier"] for line in lines] == titles
    assert [line["Adresse"] for line in lines] == [f"http://testserver/leviers/{slug}/" for slug in found(page)]


def test_the_table_of_a_long_list_holds_every_page(db, client):
    for number in range(30):
        factories.make_lever(slug=f"aide-{number:02d}", position=number)
    assert [line["Adresse"].split("/")[-2] for line in rows(client.get("/leviers.csv?page=2"))] == [
        f"aide-{number:02d}" for number in range(30)
    ]


def test_the_page_leads_to_the_table_of_what_it_shows(catalogue, client):
    page = visit(client, "/leviers/?q=projet&nature=appel")
    table = link(page, "Télécharger cette liste (CSV)")["href"]
    assert query(table) == [("nature", "appel"), ("q", "projet")]
    assert [line["Adresse"].split("/")[-2] for line in rows(client.get(table))] == found(page)


def test_the_table_opens_in_a_spreadsheet(catalogue, client):
    answer = client.get("/leviers.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="leviers.csv"'
    assert answer.content.startswith("\ufeffLevier;En une phrase;".encode())
    assert list(rows(answer)[0]) == [
        "Levier",
        "En une phrase",
        "Nature",
        "Situation",
        "Porteurs",
        "Montant",
        "Décision",
        "Vérifié le",
        "Adresse",
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝"])
def test_no_cell_of_the_table_is_a_formula(start, db, client):
    hostile = f"{start}cmd|' /C calc'!A0"
    factories.make_lever(title=hostile, summary=hostile, amount_summary=hostile)
    (line,) = rows(client.get("/leviers.csv"))
    cells = [line["Levier"], line["En une phrase"], line["Montant"]]
    assert [cell[0] for cell in cells] == ["'", "'", "'"]


# --- What it costs, how it is built ---------------------------------------


@pytest.mark.parametrize("size", [1, 30])
@pytest.mark.parametrize("start", ["/leviers/", "/leviers.csv", "/leviers/?q=aide&status=permanent&sort=title&page=2"])
def test_the_list_asks_three_queries_cold_and_one_warm_at_any_size(start, size, db, client, django_assert_num_queries):
    for _ in range(size):
        make_full_lever()
    forget_catalogue()
    PAGES.clear()
    for queries in (3, 1, 1):
        with django_assert_num_queries(queries):
            answer = client.get(start)
        assert answer.status_code == 200


def make_full_lever():
    """Return a lever with one part of each kind that a list reads."""
    lever = factories.make_lever(categories=[factories.make_category()], regions=[factories.make_region()])
    kind = factories.make_actor_type()
    criterion = factories.make_criterion(lever, about="actor", fact="actor_type", operator="in", values=["ehpad"])
    factories.make_condition(criterion)
    factories.make_path(criterion, actor_types=[kind])
    for make in (
        factories.make_window,
        factories.make_role,
        factories.make_step,
        factories.make_example,
        factories.make_amount,
    ):
        make(lever)
    return lever


def test_the_page_has_one_title_one_first_heading_and_its_landmarks(catalogue, client):
    page = visit(client, "/leviers/")
    assert page.one("title").text == "12 leviers d'innovation en santé · Portail APIST"
    assert [heading.text for heading in page.all("h1")] == ["Les leviers d'innovation"]
    assert page.one("html")["lang"] == "fr"
    for tag in ("header", "main", "footer"):
        assert len([element for element in page.all(tag) if element.parent.tag in ("body", "div")]) == 1, tag
    names = [nav["aria-label"] for nav in page.all("nav")]
    assert names == ["Accès rapide", "Menu principal", "Vous êtes ici"]
    assert [form["aria-label"] for form in page.all("form", role="search")] == ["Recherche dans l'en-tête"]
    assert page.one("nav", aria_label="Menu principal").one("a", aria_current="page").text == "Les leviers"


def test_the_title_says_what_was_searched_and_how_many_were_found(catalogue, client):
    page = visit(client, "/leviers/?q=APCHI&nature=subvention")
    assert page.one("title").text == "« APCHI » : 1 levier d'innovation en santé · Portail APIST"


def test_the_audiences_of_the_front_page_lead_to_levers(catalogue, client):
    for audience in Audience.values:
        assert found(visit(client, address(("audience", audience)))), audience


def test_every_field_has_its_label(catalogue, client):
    page = read(client.get("/leviers/"))
    identifiers = [element["id"] for element in page if element.get("id")]
    named = {label["for"] for label in page.all("label")}
    controls = [element for element in page.all("input") + page.all("select") if element.get("type") != "hidden"]
    unnamed = [c for c in controls if c.get("id") not in named and c.get("aria-labelledby") not in identifiers]
    assert [str(control) for control in unnamed] == []
    assert len(identifiers) == len(set(identifiers))
