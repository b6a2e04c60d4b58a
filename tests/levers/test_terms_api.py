"""``/api/v1/terms/``: the words of the page, in its order; nothing is guessed."""

import pytest

from levers.models import Term
from tests.pages.reading import visit

ADDRESS = "/api/v1/terms/"


def slugs(client, **parameters) -> list[str]:
    found, page = [], 1
    while page:
        answer = client.get(ADDRESS, {**parameters, "page": page}).json()
        found += [row["slug"] for row in answer["results"]]
        page = page + 1 if answer["next"] else 0
    assert len(found) == answer["count"]
    return found


def shown(client, address: str) -> list[str]:
    return [sense["id"] for sense in visit(client, address).one("main").all("dd")]


@pytest.mark.parametrize("asked", [{}, {"q": "csis"}, {"q": "soins"}, {"q": "é"}, {"q": "xylophone"}])
def test_it_gives_what_the_page_shows_in_the_same_order(asked, catalogue, client):
    address = "/glossaire/" + (f"?q={asked['q']}" if asked else "")
    assert slugs(client, **asked) == shown(client, address)


def test_a_word_says_all_that_the_page_says(catalogue, client):
    (row,) = [row for row in client.get(ADDRESS, {"q": "caqes"}).json()["results"] if row["slug"] == "caqes"]
    assert row["meaning"] == "contrat d'amélioration de la qualité et de l'efficience des soins"
    assert row["source"] == {
        "document": "000_d99033c1927da53e.txt",
        "locator": "Glossaire, ligne 960",
        "url": Term.objects.get(slug="caqes").source.url,
    }
    assert row["url"] == "/glossaire/#caqes"
    assert "Effizienz" in row["slip"]


def test_the_two_senses_of_a_homonym_are_two_rows_with_their_field(catalogue, client):
    rows = client.get(ADDRESS, {"q": "csis"}).json()["results"]
    assert [(row["acronym"], row["field"]) for row in rows] == [("CSIS", "article 51"), ("CSIS", "industries de santé")]


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({"letter": "a"}, "letter"),
        ({"q": ""}, "q"),
        ({"q": "a" * 201}, "q"),
        ({"page": "0"}, "page"),
        ({"page": "99"}, "page"),
        ({"page": "deux"}, "page"),
        ({"q": ["a", "b"]}, "q"),
    ],
)
def test_what_is_unknown_malformed_or_out_of_range_is_refused_in_french(parameters, name, catalogue, client):
    answer = client.get(ADDRESS, parameters)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [name]
    assert answer.json()["errors"][name][0].endswith((".", "»."))
