"""Where the content comes from: who wrote it, what was corrected, under which terms."""

import pytest

from actors.models import Source
from levers.views.sheet import SOURCES_A_PAGE
from tests import factories
from tests.pages.reading import visit


def founding(page) -> dict[str, str]:
    """Return the founding documents as the page shows them: what it says of each, by file."""
    parts = page.one("main").all("section", "portal-message")
    rows = {
        part: {row.one("dt").text: row.one("dd").text for row in part.all("div", "portal-summary__row")}
        for part in parts
    }
    return {said["Référence dans les données"].split(" ")[0]: (part, said) for part, said in rows.items()}


def test_the_page_says_that_a_company_took_part_in_the_guide(catalogue, client):
    text = visit(client, "/sources/").text
    assert "Novartis" in text
    assert "le portail lui-même n'est lié à aucune entreprise" in text


def test_the_five_founding_documents_are_named_with_their_publisher_and_terms(catalogue, client):
    documents = founding(visit(client, "/sources/"))
    assert sorted(documents) == [
        "000_d99033c1927da53e.txt",
        "001_a292a95f1130fd79.txt",
        "002_bff08bda7da91182.txt",
        "003_e61daca7517b4206.txt",
        "004_7f37c78e260fedb7.txt",
    ]
    for _, said in documents.values():
        assert said["Publié par"]
        assert said["Conditions de reprise"]


def test_what_was_corrected_in_each_document_is_said(catalogue, client):
    for file, (part, _) in founding(visit(client, "/sources/")).items():
        folded = part.one("details")
        assert folded.one("summary").text == "Ce que nous avons corrigé ou signalé"
        assert len(folded.all("li")) >= 1, file


def test_every_other_source_is_listed_with_its_reliability_and_its_last_check(catalogue, client):
    total = Source.objects.exclude(kind=Source.Kind.FOUNDING).count()
    pages = [visit(client, f"/sources/?page={number}") for number in range(1, -(-total // SOURCES_A_PAGE) + 1)]
    rows = [row for page in pages for row in page.one("table").one("tbody").all("tr")]
    assert f"{total} textes et pages" in pages[0].text
    assert len({row.text for row in rows}) == len(rows) == total > 100
    assert all(cell.text for row in rows for cell in row.all("td"))


def test_a_document_without_known_terms_says_that_they_are_to_be_checked(db, client):
    factories.make_source(kind=Source.Kind.FOUNDING, document="000.txt", licence="")
    ((_, said),) = founding(visit(client, "/sources/")).values()
    assert said["Conditions de reprise"] == "À vérifier"


@pytest.mark.parametrize("size", [1, 30])
def test_the_page_asks_two_queries_at_any_size(size, db, client, django_assert_num_queries):
    for _ in range(size):
        factories.make_source()
    with django_assert_num_queries(2):
        assert client.get("/sources/").status_code == 200
