"""``/leviers/comparer/``: levers side by side, as somebody who hesitates reads them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from levers.views.compare import OFFERED
from tests import factories
from tests.pages.reading import fields, link, read, visit

ADDRESS = "/leviers/comparer/"


def table(page) -> dict[str, list[str]]:
    """Return the cells of the comparison by point."""
    return {row.one("th").text: [cell.text for cell in row.all("td")] for row in page.one("tbody").all("tr")}


def test_two_levers_side_by_side_say_what_their_rows_say(catalogue, client):
    page = visit(client, f"{ADDRESS}?levier=fir&levier=article-51")
    assert [cell.text for cell in page.one("thead").all("th")] == [
        "Point comparé",
        catalogue["fir"].title,
        catalogue["article-51"].title,
    ]
    assert all(cell["scope"] == "col" for cell in page.one("thead").all("th"))
    assert all(cell["scope"] == "row" for cell in page.one("tbody").all("th"))
    rows = table(page)
    assert rows["Nature"] == ["Subvention", "Expérimentation dérogatoire"]
    assert rows["Qui décide"] == [catalogue[slug].get_decision_level_display() for slug in ("fir", "article-51")]
    assert "Votre rôle" not in rows
    assert all(len(cells) == 2 for cells in rows.values())
    together = [item.text for item in page.one("section", aria_labelledby="ensemble").all("li")]
    assert any(text.startswith("Subvention FIR peut se combiner avec Article 51 .") for text in together)


def test_the_table_slides_and_the_keyboard_reaches_it(catalogue, client):
    page = visit(client, f"{ADDRESS}?levier=fir&levier=article-51")
    region = page.one("div", "portal-compare")
    assert (region["role"], region["tabindex"]) == ("region", "0")
    assert region["aria-label"]
    assert page.one("caption").text == "2 leviers, point par point"


@pytest.mark.parametrize(
    ("actor_type", "roles"),
    [
        ("ehpad", ["Vous pouvez le porter", "Vous pouvez le porter"]),
        ("entreprise-start-up", ["Vous y prenez part avec un partenaire qui porte", "Vous pouvez le porter"]),
        ("departement", ["Vous pouvez le porter", "Vous pouvez le porter"]),
    ],
)
def test_three_people_are_told_their_own_role(actor_type, roles, catalogue, client):
    page = visit(client, f"{ADDRESS}?levier=fir&levier=article-51&actor_type={actor_type}")
    found = [cell.split(" Une structure ")[0] for cell in table(page)["Votre rôle"]]
    assert found == roles


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "Choisissez deux à quatre leviers"),
        ("?levier=", "Choisissez deux à quatre leviers"),
        ("?levier=fir", "Un seul levier est choisi"),
        ("?levier=fir&levier=fir", "Un seul levier est choisi"),
        ("?levier=fir&levier=cpom&levier=tiga&levier=grades&levier=indemand", "4 leviers au plus"),
        ("?levier=inconnu", "« inconnu »"),
        ("?levier=<script>&levier=fir", "« <script> »"),
    ],
)
def test_what_cannot_be_compared_is_said_and_the_form_is_there(query, message, catalogue, client):
    page = visit(client, ADDRESS + query)
    assert page.all("table") == []
    assert any(message in alert.text for alert in page.all("div", "fr-alert"))
    form = page.one("form", "portal-form")
    assert len(form.all("input", name="levier")) == len(catalogue)


def test_an_unknown_lever_does_not_hide_the_others(catalogue, client):
    page = visit(client, f"{ADDRESS}?levier=fir&levier=inconnu&levier=cpom")
    assert "« inconnu »" in page.one("div", "fr-alert").text
    assert len(page.one("thead").all("th")) == 3


def test_the_form_keeps_what_is_chosen_and_one_lever_can_be_taken_away(catalogue, client):
    page = visit(client, f"{ADDRESS}?levier=tiga&levier=fir&levier=cpom&actor_type=ehpad")
    assert fields(page.one("form", "portal-form")) == [
        ("levier", "fir"),
        ("levier", "cpom"),
        ("levier", "tiga"),
        ("actor_type", "ehpad"),
    ]
    fewer = visit(client, link(page, f"Retirer {catalogue['tiga'].short_name}")["href"])
    assert [cell.text for cell in fewer.one("thead").all("th")][1:] == [catalogue["fir"].title, catalogue["cpom"].title]
    assert [one for one in fewer.all("a") if one.text.startswith("Retirer")] == []


def test_what_the_sources_do_not_say_is_to_check(db, client):
    one, other = factories.make_lever(), factories.make_lever()
    page = visit(client, f"{ADDRESS}?levier={one.slug}&levier={other.slug}")
    rows = table(page)
    for point in ("Délais", "Où déposer", "Pièces à fournir, manière de déposer", "Avec quels autres leviers"):
        assert rows[point] == ["À vérifier", "À vérifier"]
    assert rows["Montants"] == ["Non financier", "Non financier"]
    assert "à vérifier auprès de l'agence" in page.one("section", aria_labelledby="ensemble").text


def test_beyond_forty_levers_the_form_has_a_field_to_search_them(db, client):
    levers = [factories.make_lever(title=f"Aide numéro {n}") for n in range(OFFERED + 2)]
    wanted = factories.make_lever(title="Xylophone thérapeutique")
    plain = visit(client, f"{ADDRESS}?levier={levers[-1].slug}").one("form", "portal-form")
    assert len(plain.all("input", name="levier")) == OFFERED + 1
    found = visit(client, f"{ADDRESS}?levier={levers[-1].slug}&q=xylophone").one("form", "portal-form")
    assert [box["value"] for box in found.all("input", name="levier")] == [levers[-1].slug, wanted.slug]
    nothing = visit(client, f"{ADDRESS}?q=zzzz").one("form", "portal-form")
    assert "Aucun levier ne correspond à « zzzz »" in nothing.text


@pytest.mark.parametrize("number", [2, 4])
def test_a_comparison_costs_the_same_whatever_it_holds(number, catalogue, client, django_assert_num_queries):
    address = f"{ADDRESS}?{'&'.join(f'levier={slug}' for slug in list(catalogue)[:number])}"
    client.get(address)
    with django_assert_num_queries(1):
        client.get(address)


def test_the_form_alone_costs_one_query_with_1_and_30_levers(db, client, django_assert_num_queries):
    for number in (1, 29):
        for _ in range(number):
            factories.make_lever()
        client.get(ADDRESS)
        with django_assert_num_queries(1):
            client.get(ADDRESS)


def test_a_comparison_is_kept_until_the_content_moves(catalogue, client):
    address = f"{ADDRESS}?levier=fir&levier=cpom"
    seal = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": seal}).status_code == 304
    lever = catalogue["cpom"]
    lever.summary = "Autre chose."
    lever.save()
    assert client.get(address, headers={"If-None-Match": seal}).status_code == 200


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    values=st.lists(
        st.sampled_from(["fir", "cpom", "tiga", "grades", "", "é", "\x00"]) | st.text(max_size=20), max_size=9
    ),
    actor_type=st.text(max_size=10),
    text=st.text(max_size=20),
)
def test_no_address_is_a_fault_of_ours(values, actor_type, text, catalogue, client):
    answer = client.get(ADDRESS, {"levier": values, "actor_type": actor_type, "q": text})
    assert answer.status_code == 200
    assert len(read(answer).all("h1")) == 1


def test_the_sheet_and_the_results_lead_here(catalogue, client):
    sheet = visit(client, "/leviers/fir/")
    assert link(sheet, "Comparer avec d'autres leviers")["href"] == f"{ADDRESS}?levier=fir"
    results = visit(client, "/diagnostic/resultats/?actor_type=ehpad")
    (door,) = [one for one in results.all("a") if (one.get("href") or "").startswith(ADDRESS)]
    page = visit(client, door["href"])
    assert len(page.one("thead").all("th")) == 5
    assert "Votre rôle" in table(page)
