"""The glossary: every word on one page, found whatever its accents, the homonyms told apart."""

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apist.sharing import PAGES
from levers.models import Term
from tests import register_factories as made
from tests.pages.reading import link, visit


def acronyms(page) -> list[str]:
    return [term.text for term in page.one("main").all("dt")]


def test_every_word_is_there_under_its_letter_with_its_source(catalogue, client):
    page = visit(client, "/glossaire/")
    assert [heading.text for heading in page.all("h1")] == ["Glossaire"]
    for term in Term.objects.select_related("source"):
        shown = page.one("dd", id=term.slug)
        assert term.text in shown.text
        assert term.source.title in shown.one("p", "portal-source").text
    letters = [heading.text for heading in page.one("main").all("h2") if len(heading.text) == 1]
    assert letters == sorted(set(letters))
    anchors = [anchor["href"] for anchor in page.one("nav", aria_label="Par lettre").all("a")]
    assert anchors == [f"#lettre-{letter.lower()}" for letter in letters]
    identifiers = [element["id"] for element in page if element.get("id")]
    assert len(identifiers) == len(set(identifiers))


def test_the_senses_of_a_homonym_stand_together_each_with_its_field(catalogue, client):
    page = visit(client, "/glossaire/")
    (group,) = [term.parent for term in page.all("dt") if term.text == "CSIS 2 sens"]
    assert [sense["id"] for sense in group.all("dd")] == ["csis-article-51", "csis-industries-de-sante"]
    assert "(article 51)" in group.text
    assert "(industries de santé)" in group.text


def test_a_slip_of_the_guide_is_said(catalogue, client):
    shown = visit(client, "/glossaire/").one("dd", id="caqes")
    assert "Le guide de 2020 écrit « Effizienz » au lieu d'« efficience »" in shown.text


def test_what_was_not_read_in_a_document_is_to_be_checked(catalogue, client):
    page = visit(client, "/glossaire/")
    assert "À vérifier" in page.one("dd", id="ph-metiers-de-lhopital").text
    assert "À vérifier" not in page.one("dd", id="ph-handicap").text


@pytest.mark.parametrize("typed", ["épisode de soins", "EPISODE DE SOINS", "episodes de soin", "épis"])
def test_a_word_is_found_whatever_its_accents_case_and_number(typed, catalogue, client):
    page = visit(client, f"/glossaire/?{urlencode({'q': typed})}")
    assert page.one("dd", id="eds-financement-des-soins")
    assert page.one("input", id="q")["value"] == typed
    assert page.one("input", id="recherche")["value"] == ""  # the box of the header looks for levers
    assert link(page, "Voir les 174")["href"] == "/glossaire/"


def test_an_acronym_typed_in_small_letters_finds_both_its_senses(catalogue, client):
    page = visit(client, "/glossaire/?q=csis")
    assert acronyms(page) == ["CSIS 2 sens"]
    assert "2 mots pour « csis »" in page.one("main").text


def test_nothing_found_says_what_to_try(catalogue, client):
    page = visit(client, "/glossaire/?q=xylophone")
    assert "Aucun mot ne répond à « xylophone »" in page.one("main").text
    assert link(page, "Chercher « xylophone » dans les leviers")["href"] == "/leviers/?q=xylophone"


def test_a_word_that_a_curator_adds_is_there_at_the_next_request_and_explained_in_pages(catalogue, client):
    lever = catalogue["fir"]
    type(lever).objects.filter(pk=lever.pk).update(objective="Il paie le ZRG et rien d'autre.")
    assert visit(client, "/leviers/fir/").all("span", "portal-gloss") == []
    made.make_term("ZRG", slug="zrg", meaning="<zorglub> régional")
    assert visit(client, "/glossaire/").one("dd", id="zrg").text.startswith("<zorglub> régional")
    added = [span.text for span in visit(client, "/leviers/fir/").all("span", "portal-gloss")]
    assert added == ["(<zorglub> régional)"]


@pytest.mark.parametrize(
    "address",
    [
        "/commande-publique/?amount=55000&buyer_type=other-public&on=2026-03-31",
        "/diagnostic/resultats/?actor_type=ehpad&region=01",
        "/leviers/achats-innovants/",
        "/appels/facilisoins-2022/",
    ],
)
def test_pages_explain_an_acronym_once_and_say_the_same_without_a_script(address, catalogue, client):
    page = visit(client, address).one("main")
    added = [span.text for span in page.all("span", "portal-gloss")]
    assert len(added) <= 2 * len(set(added))
    assert [span for span in page.all("span", "portal-gloss") if span.parent.tag in ("a", "h1", "h2", "h3")] == []


def test_a_sheet_explains_what_its_author_left_short(catalogue, client):
    text = visit(client, "/leviers/esms-numerique/").one("main").text
    assert "Resah (réseau des acheteurs hospitaliers)" in text
    assert "(établissement ou service social ou médico-social)" not in text  # its author wrote it out


@pytest.mark.parametrize("size", [1, 30])
def test_it_reads_the_words_once_then_only_asks_whether_they_changed(size, db, client, django_assert_num_queries):
    for _ in range(size):
        made.make_term()
    client.get("/glossaire/")
    PAGES.clear()
    with django_assert_num_queries(1):
        client.get("/glossaire/?q=sigle")
    made.make_term()
    with django_assert_num_queries(3):  # the version twice, the words
        client.get("/glossaire/")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(max_size=300), other=st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2))
def test_no_query_string_breaks_it(catalogue, client, text, other):
    assert client.get("/glossaire/", {"q": text, **other}).status_code == 200
