"""What was learnt, for anyone to read: the list, its filters in the address, its words when nothing is found."""

import pytest

from projects.models import Feedback
from tests import factories, register_factories
from tests.pages.reading import link, visit

LIST = "/retours-d-experience/"


@pytest.fixture
def some_feedback(db):
    """Fill the base with a text about an experiment, one about a lever, one about nothing in particular."""
    one = register_factories.make_experiment(slug="dents", short_name="ORALIEN")
    draft = register_factories.make_experiment(slug="brouillon", short_name="SECRET", publication="draft")
    lever = factories.make_lever(slug="tiga", short_name="TIGA")
    register_factories.make_feedback(title="Rapport sur les dents", kind="evaluation", experiments=[one, draft])
    register_factories.make_feedback(title="Ce qu'en disent les territoires", levers=[lever], publisher="Une agence")
    register_factories.make_feedback(title="Bilan national", kind=Feedback.Kind.REPORT, url="https://exemple.invalid/b")


def titles(page) -> set[str]:
    return {article.one("h3").text for article in page.all("article")}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Rapport sur les dents", "Ce qu'en disent les territoires", "Bilan national"}),
        ("kind=evaluation", {"Rapport sur les dents"}),
        ("experiment=dents", {"Rapport sur les dents"}),
        ("lever=tiga", {"Ce qu'en disent les territoires"}),
        ("lever=tiga&kind=report", set()),
        ("experiment=brouillon", set()),
        ("kind=%00&page=jamais", set()),
    ],
)
def test_texts_are_chosen_by_kind_experiment_and_lever(query, found, some_feedback, client):
    assert titles(visit(client, f"{LIST}?{query}")) == found


def test_a_text_leads_to_what_it_is_about_and_never_to_a_draft(some_feedback, client):
    page = visit(client, LIST)
    assert link(page, "ORALIEN")["href"] == "/experimentations/dents/"
    assert link(page, "TIGA")["href"] == "/leviers/tiga/"
    assert "SECRET" not in page.text


def test_only_what_has_a_text_is_offered_and_the_choice_is_kept(some_feedback, client):
    page = visit(client, f"{LIST}?experiment=dents")
    options = page.one("select", name="experiment").all("option")
    assert [(option["value"], option.get("selected")) for option in options] == [("", None), ("dents", "")]


def test_nothing_found_leads_back_to_everything(some_feedback, client):
    page = visit(client, f"{LIST}?lever=tiga&kind=report")
    assert "Aucun texte" in page.text
    assert {a["href"] for a in page.all("a") if a.text == "Tout afficher"} == {LIST}


@pytest.mark.parametrize("size", [1, 30])
def test_the_list_asks_the_same_number_of_queries_at_any_size(size, db, client, django_assert_num_queries):
    for _ in range(size):
        register_factories.make_feedback(
            experiments=[register_factories.make_experiment()], levers=[factories.make_lever()]
        )
    with django_assert_num_queries(7):
        visit(client, LIST)
