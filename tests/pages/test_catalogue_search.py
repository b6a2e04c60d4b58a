"""Searching the catalogue: what is forgiven, what is said of it, what to do when nothing is found."""

import unicodedata
from urllib.parse import urlencode

import pytest

from tests import factories
from tests.pages.reading import Element, fields, link, query, read, visit
from tests.pages.test_catalogue_page import SLUGS, address, found, rows, total

TYPED = "subvantion inovation ehpad guadloupe"
REPORT = "/recherche-sans-resultat/"
HTMX = {"HX-Request": "true"}


def search(client, text: str, *others: tuple[str, str]) -> Element:
    return visit(client, address(("q", text), *others))


def unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def in_table(client, *parameters: tuple[str, str]) -> list[str]:
    lines = rows(client.get(f"/leviers.csv?{urlencode(parameters)}"))
    return [line["Adresse"].split("/")[-2] for line in lines]


def in_api(client, *parameters: tuple[str, str]) -> list[str]:
    answer = client.get(f"/api/v1/levers/?{urlencode(parameters)}")
    assert answer.status_code == 200
    return [lever["slug"] for lever in answer.json()["results"]]


def marks(element: Element) -> list[str]:
    return [mark.text for mark in element.all("mark")]


def ways_out(page: Element) -> dict[str, tuple[str, int]]:
    """Return the filters that it is enough to remove: the address without each, and how many it announces."""
    lines = [line for line in page.one("div", "portal-empty").all("li") if line.text.startswith("Retirer «")]
    return {line.one("a").text: (line.one("a")["href"], int(line.text.rsplit(":", 1)[1].split()[0])) for line in lines}


def reports(page: Element) -> list[Element]:
    return page.all("form", action=REPORT)


def shape(element: Element) -> list:
    """Return an element whole, to be compared with another."""
    inside = [child if isinstance(child, str) else shape(child) for child in element.children]
    return [element.tag, element.attributes, *inside]


# --- What is forgiven ---------------------------------------------------------


def test_three_slips_bring_the_regional_fund_first_and_are_told(catalogue, client):
    page = search(client, TYPED)
    assert found(page)[0] == "fir"
    told = [p.text for p in page.one("div", id="liste").all("p") if "Résultats pour" in p.text]
    assert told == [
        "Aucune fiche ne contient « subvantion », « inovation », « guadloupe ». "
        "Résultats pour « subvention », « innovation », « guadeloupe »."
    ]
    assert page.one("input", id="q")["value"] == TYPED


def test_what_is_written_right_is_not_corrected(catalogue, client):
    page = search(client, "subvention innovation ehpad guadeloupe")
    assert "Résultats pour" not in page.text
    assert found(page) == found(search(client, TYPED))


@pytest.mark.parametrize(
    "text",
    [
        TYPED,
        "télésurveillance à l'hôpital",
        "prévention de la perte d'autonomie des personnes âgées",
        "coopération hospitalière internationale",
        "médico-social numérique",
        "télésuvi", "ségur de la santé",
    ],
)  # fmt: skip
def test_no_accent_and_capitals_change_nothing(text, catalogue, client):
    lists = [found(search(client, said)) for said in (text, unaccented(text), text.upper(), unaccented(text).upper())]
    assert lists[0] != []
    assert lists == [lists[0]] * 4


def test_the_order_of_the_words_changes_nothing(catalogue, client):
    backwards = " ".join(reversed(TYPED.split()))
    assert found(search(client, backwards)) == found(search(client, TYPED))


@pytest.mark.parametrize("about", ["télésurveillance", "dossier informatisé", "coopération internationale"])
def test_saying_what_one_wants_spoils_nothing(about, catalogue, client):
    plain = found(search(client, about))
    assert plain != []
    for sentence in (
        "je cherche à financer la {}",
        "comment créer une {} ?",
        "JE VEUX DEVELOPPER LA {}",
        "besoin d'argent pour la {}",
    ):
        assert found(search(client, sentence.format(about))) == plain, sentence


def test_a_synonym_that_a_curator_adds_is_known_at_the_next_request(catalogue, client):
    assert found(search(client, "xylophone")) == []
    group = factories.make_synonym("xylophone", "télésurveillance")
    wanted = found(search(client, "télésurveillance"))
    assert found(search(client, "xylophone")) == wanted
    assert in_table(client, ("q", "xylophone")) == in_api(client, ("q", "xylophone")) == wanted
    group.expressions = "xylophone\ncoopération internationale"
    group.save()
    assert found(search(client, "xylophone")) == found(search(client, "coopération internationale")) != wanted
    group.delete()
    assert found(search(client, "xylophone")) == []


@pytest.mark.parametrize(
    "parameters",
    [
        [("q", TYPED)],
        [("q", "JE CHERCHE A FINANCER LA TELESURVEILLANCE"), ("sort", "title")],
        [("q", "projet"), ("audience", "industrie"), ("nature", "appel"), ("nature", "appui")],
        [("q", "maison de retraite"), ("region", "94"), ("status", "permanent"), ("sort", "updated")],
        [("q", "xylophone")],
    ],
)
def test_the_page_the_table_and_the_api_agree(parameters, catalogue, client):
    page = visit(client, address(*parameters))
    assert found(page) == in_table(client, *parameters) == in_api(client, *parameters)
    count = client.get(f"/api/v1/levers/?{urlencode(parameters)}").json()["count"]
    assert total(page).split()[0] == (str(count) if count else "Aucun")


# --- What was looked for is shown -----------------------------------------------


def test_what_was_looked_for_is_marked_in_titles_and_sentences(catalogue, client):
    cards = dict(zip(found(page := search(client, TYPED)), page.all("li", "portal-card"), strict=True))
    assert marks(cards["fir"].one("h2")) == ["Subvention"]
    assert marks(cards["cpom"].one("p", "portal-card__text")) == ["innovation"]
    assert marks(cards["achats-innovants"].one("h2")) == ["innovants"]


def test_words_that_only_the_sheet_holds_are_told(catalogue, client):
    page = search(client, TYPED)
    told = page.all("li", "portal-card")[0].one("p", "portal-card__found")
    assert told.text == "Dans la fiche : innovation, ehpad, guadeloupe"


def test_nothing_is_marked_where_nothing_is_looked_for(catalogue, client):
    page = visit(client, "/leviers/?nature=subvention")
    assert marks(page) == []
    assert page.all("p", "portal-card__found") == []


def test_a_mark_never_lets_markup_through(db, client):
    factories.make_lever(title="Robot <b>& cie</b>", summary='<script src="x">robots</script>')
    page = search(client, '<b>robot</b> & "cie"')
    card = page.one("li", "portal-card")
    assert card.one("h2").text == "Robot <b>& cie</b>"
    assert card.one("p", "portal-card__text").text == '<script src="x">robots</script>'
    assert marks(card) == ["Robot", "b", "cie", "b", "robots"]
    assert card.all("b") == card.all("script") == []


# --- Choices --------------------------------------------------------------------


def test_a_value_chosen_in_a_drop_down_list_comes_back_as_a_box_that_is_ticked(catalogue, client):
    form = visit(client, "/leviers/").one("form", id="filtres")
    regions = form.one("select", name="region")
    assert ("94", None) in [(option["value"], option.get("selected")) for option in regions.all("option")]
    assert form.all("input", name="region") == []
    form = visit(client, "/leviers/?region=94").one("form", id="filtres")
    box = form.one("input", name="region")
    assert (box["value"], box.get("checked")) == ("94", "")
    assert "94" not in [option["value"] for option in form.one("select", name="region").all("option")]


def test_an_address_may_hold_a_box_and_its_drop_down_list_together(catalogue, client):
    once = visit(client, "/leviers/?region=94&actor_type=ehpad")
    for same in ("region=94&region=94&actor_type=ehpad", "region=94&region=&actor_type=ehpad&actor_type="):
        assert shape(visit(client, f"/leviers/?{same}")) == shape(once)
    page = visit(client, "/leviers/?region=94&region=01")
    assert [box["value"] for box in page.all("input", name="region")] == ["94", "01"]  # by name: Corse, Guadeloupe
    assert len(page.one("ul", "fr-tags-group").all("a")) == 2


def test_a_value_that_does_not_exist_given_twice_has_one_box(catalogue, client):
    page = visit(client, "/leviers/?nature=rien&nature=rien")
    assert len(page.all("input", id="nature-rien")) == 1


def test_empty_parameters_say_nothing(catalogue, client):
    sent = fields(visit(client, "/leviers/").one("form", id="filtres"))
    assert {value for _, value in sent} == {""}
    page = visit(client, address(*sent))
    assert found(page) == SLUGS
    assert page.all("ul", "fr-tags-group") == []
    assert page.one("span", id="nombre-filtres").text == ""


def test_no_link_of_a_list_carries_empty_parameters(db, client):
    for number in range(21):
        factories.make_lever(slug=f"aide-{number:02d}")
    page = visit(client, "/leviers/?q=&audience=&nature=subvention&region=&sort=")
    links = [a.get("href") or "" for a in page.one("div", id="liste").all("a")]
    assert any("page=2" in href for href in links)
    assert [(href, name) for href in links for name, value in query(href) if not value] == []


def test_the_number_of_filters_is_told_beside_the_button_that_opens_them(catalogue, client):
    page = search(client, "projet", ("region", "94"), ("nature", "appel"), ("nature", "subvention"))
    assert page.one("span", id="nombre-filtres").text == "(4)"
    assert len(page.one("ul", "fr-tags-group").all("a")) == 4


def test_the_first_facet_is_open_and_those_in_which_something_is_chosen(catalogue, client):
    def opened(where: str) -> list[str]:
        parts = visit(client, where).one("div", id="choix").all("details")
        return [part.one("summary").text for part in parts if part.get("open") is not None]

    assert opened("/leviers/") == ["Vous êtes"]
    assert opened("/leviers/?region=94&status=permanent") == ["Vous êtes", "Région", "Situation"]


def test_each_page_of_a_list_has_its_own_title(db, client):
    for number in range(21):
        factories.make_lever(slug=f"aide-{number:02d}", title="Aide")
    titles = [visit(client, f"/leviers/?q=aide&page={number}").one("title").text for number in (1, 2)]
    assert titles == [
        "« aide » : 21 leviers d'innovation en santé · Portail APIST",
        "« aide » : 21 leviers d'innovation en santé (page 2 sur 2) · Portail APIST",
    ]


# --- The part that htmx asks for --------------------------------------------------

LISTS = [
    "/leviers/",
    f"/leviers/?q={TYPED}&nature=subvention&sort=title",
    "/leviers/?region=94&actor_type=ehpad&page=3",
    "/leviers/?nature=inexistante",
]


@pytest.mark.parametrize("where", LISTS)
def test_the_part_holds_the_list_the_facets_and_the_heading_of_the_page(where, catalogue, client):
    page, answer = visit(client, where), client.get(where, headers=HTMX)
    part = read(answer)
    assert shape(part.one(id="liste")) == shape(page.one(id="liste"))
    assert shape(part.one(id="choix"))[2:] == shape(page.one(id="choix"))[2:]
    assert part.one(id="annonce").text == total(page)
    assert part.one("title").text == page.one("title").text
    assert part.one(id="nombre-filtres").text == page.one(id="nombre-filtres").text
    assert part.all("h1") == part.all("html") == part.all("header") == []
    assert "HX-Request" in answer.headers["Vary"]


def test_what_moves_outside_of_the_list_says_so(catalogue, client):
    part = read(client.get("/leviers/", headers=HTMX))
    moved = {element["id"]: element["hx-swap-oob"] for element in part if element.get("hx-swap-oob")}
    assert moved == dict.fromkeys(("choix", "annonce", "nombre-filtres"), "innerHTML")
    page = visit(client, "/leviers/")
    assert page.one(id="annonce")["role"] == "status"
    assert page.one(id="annonce").text == ""


def test_going_back_asks_for_the_whole_page(catalogue, client):
    whole = client.get("/leviers/?nature=appel")
    restored = client.get("/leviers/?nature=appel", headers=HTMX | {"HX-History-Restore-Request": "true"})
    assert restored.content == whole.content
    assert b"<h1>" in restored.content
    assert "HX-History-Restore-Request" in restored.headers["Vary"]


# --- Nothing is found -------------------------------------------------------------


@pytest.mark.parametrize(
    ("parameters", "labels"),
    [
        (
            [("nature", "appui"), ("audience", "industrie"), ("status", "closed")],
            {"Retirer « Nature du levier : Structure d'appui »", "Retirer « Situation : Fermé »"},
        ),
        (
            [("q", "télésurveillance"), ("nature", "commande-publique"), ("status", "ended"), ("sort", "title")],
            {"Retirer « Nature du levier : Commande publique »", "Retirer « Situation : Terminé »"},
        ),
        ([("q", "xylophone"), ("region", "94")], {"Retirer « recherche : xylophone »"}),
        (
            [("q", "APCHI"), ("nature", "appel"), ("nature", "appui")],
            {
                "Retirer « recherche : APCHI »",
                "Retirer « Nature du levier : Appel à projets ou à candidatures, Structure d'appui »",
            },
        ),
    ],
)
def test_the_filter_in_the_way_is_shown_with_what_would_be_found_without_it(parameters, labels, catalogue, client):
    page = visit(client, address(*parameters))
    assert found(page) == in_table(client, *parameters) == in_api(client, *parameters) == []
    assert page.one("div", "portal-empty").one("h3").text == "Rien ne correspond à tous ces choix"
    ways = ways_out(page)
    assert set(ways) == labels
    for way, announced in ways.values():
        assert announced > 0
        assert len(found(visit(client, way))) == announced == len(in_table(client, *query(way))), way
        removed = {name for name, _ in parameters} - {name for name, _ in query(way)}
        assert len(removed) == 1, way
    numbers = [announced for _, announced in ways.values()]
    assert numbers == sorted(numbers, reverse=True)


def test_near_words_are_offered_and_each_finds_something(catalogue, client):
    page = search(client, "xylophone")
    near = page.one("div", "portal-empty").one("ul", "fr-tags-group").all("a")
    assert [word.text for word in near] == ["téléphone"]
    assert found(visit(client, near[0]["href"]))
    sentence = search(client, "hélicoptère pour un ehpad").one("div", "portal-empty")
    assert link(sentence, "ehpad")["href"] == "/leviers/?q=ehpad"


def test_a_near_word_keeps_the_filters_only_where_it_finds_something_with_them(db, client):
    factories.make_lever(title="Téléphone", nature="subvention")
    factories.make_lever(title="Autre", nature="appui")
    for nature, kept in (("subvention", [("nature", "subvention")]), ("appui", [])):
        page = search(client, "xylophone", ("nature", nature))
        where = link(page, "téléphone")["href"]
        assert query(where) == [*kept, ("q", "téléphone")]
        assert len(found(visit(client, where))) == 1


def test_a_slip_without_a_result_is_told_for_what_it_is(catalogue, client):
    page = search(client, "guadloupe xylophone")
    text = page.one("div", id="liste").text
    assert "Nous avons cherché « guadeloupe »." in text
    assert "Résultats pour" not in text


def test_whom_to_ask_is_the_agency_of_the_region_that_is_chosen(catalogue, client):
    text = search(client, "xylophone", ("region", "94")).one("div", "portal-empty").text
    assert "Demandez à l'agence régionale de santé, Corse" in text
    assert "Bretagne" not in text


def test_whom_to_ask_is_any_agency_where_no_region_is_chosen(catalogue, client):
    details = search(client, "xylophone").one("div", "portal-empty").one("details")
    assert details.one("summary").text == "Demander à l'agence de votre région"
    names = [line.one("strong").text for line in details.all("li")]
    assert len(names) == 18
    assert {"Bretagne", "Corse", "Guadeloupe"} < set(names)


@pytest.mark.parametrize(
    ("parameters", "offered"),
    [
        ([("q", "xylophone")], True),
        ([("q", "xylophone"), ("sort", "title")], True),
        ([("q", "xylophone"), ("region", "")], True),
        ([("q", "xylophone"), ("region", "94")], False),
        ([("q", "télésurveillance"), ("nature", "commande-publique"), ("status", "ended")], False),
        ([("nature", "inexistante")], False),
        ([("q", "télésurveillance")], False),
        ([], False),
    ],
)
def test_a_search_is_reported_only_where_its_text_alone_finds_nothing(parameters, offered, catalogue, client):
    forms = reports(visit(client, address(*parameters)))
    assert len(forms) == offered
    if offered:
        assert ("q", "xylophone") in fields(forms[0])


def test_an_empty_catalogue_does_not_blame_the_words(db, client):
    page = visit(client, "/leviers/")
    assert page.one("div", "portal-empty").one("h3").text == "Le catalogue est vide pour l'instant"
    assert reports(page) == []
