"""What the register adds to the sheet of a lever and to the results of the diagnostic."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from tests import factories, register_factories
from tests.pages.reading import link, query, visit

RESULTS = "/diagnostic/resultats/"


@pytest.fixture
def around_toulouse(db):
    """Fill the base with experiments of two regions that one may join, may be able to, or not."""
    south = factories.make_region(code="76", name="Occitanie")
    north = factories.make_region(code="32", name="Hauts-de-France")
    garonne = factories.make_department(code="31", name="Haute-Garonne", region=south)
    ehpad = factories.make_actor_type("ehpad")
    later = localdate() + timedelta(days=200)

    def experiment(name: str, **fields):
        one = register_factories.make_experiment(short_name=name, title=name, **fields)
        register_factories.make_phase(one, start="day", starts_on=date(2026, 1, 1), ends_on=later)
        return one

    experiment("Voisine", regions=[south], departments=[garonne], actor_types=[ehpad], joining="yes")
    experiment("Régionale", regions=[south], joining="yes")
    experiment("À demander", regions=[south])
    experiment("Fermée", regions=[south], joining="no")
    experiment("Lointaine", regions=[north], joining="yes")
    experiment("Pour les autres", regions=[south], actor_types=[factories.make_actor_type("grades")], joining="yes")
    over = register_factories.make_experiment(short_name="Passée", title="Passée", regions=[south], joining="yes")
    register_factories.make_phase(over, ends_on=date(2024, 9, 30))
    experiment("Brouillon", regions=[south], joining="yes", publication="draft")


def told(page) -> list[str]:
    section = page.one("section", aria_labelledby="experimentations")
    return [item.one("a").text for item in section.all("li")]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("actor_type=ehpad&region=76&department=31", ["Voisine", "Régionale", "À demander"]),
        ("actor_type=ehpad&region=32", ["Lointaine"]),
        ("actor_type=ehpad&region=11", []),
    ],
)
def test_a_small_actor_is_told_what_it_may_join_near_it(asked, names, around_toulouse, client):
    factories.make_region(code="11", name="Île-de-France")
    assert told(visit(client, f"{RESULTS}?{asked}")) == names


def test_each_one_says_whether_one_may_join_it_until_when_and_how_near(around_toulouse, client):
    page = visit(client, f"{RESULTS}?actor_type=ehpad&region=76&department=31")
    first, second, third = page.one("section", aria_labelledby="experimentations").all("li")
    assert first.text.startswith("Oui, jusqu'au")
    assert "dans votre département" in first.text
    assert "à vérifier" not in first.text
    assert "Les types d'acteurs qu'elle accueille sont à vérifier." in second.text
    assert third.text.startswith("À vérifier À demander , dans votre région.")
    address = link(page, "Voir les expérimentations à rejoindre ou à vérifier dans cette région")["href"]
    assert query(address) == [("joining", "soon"), ("joining", "to-check"), ("joining", "yes"), ("region", "76")]


def test_without_a_region_nothing_is_guessed_and_the_region_is_asked_for(around_toulouse, client):
    page = visit(client, f"{RESULTS}?actor_type=ehpad")
    assert told(page) == []
    assert "Dites votre région pour voir ici celles qui sont près de vous." in page.text
    address = link(page, "Voir les expérimentations à rejoindre ou à vérifier")["href"]
    assert query(address) == [("joining", "soon"), ("joining", "to-check"), ("joining", "yes")]


def test_on_another_day_the_answer_is_that_of_the_day(around_toulouse, client):
    after = localdate() + timedelta(days=300)
    assert told(visit(client, f"{RESULTS}?region=76&on={after}")) == []
    before = visit(client, f"{RESULTS}?region=76&on=2024-09-30")
    assert "Passée" in told(before)


def test_a_lever_lists_its_experiments_and_leads_to_all_of_them(db, client):
    lever = factories.make_lever(slug="article-51")
    for number in range(10):
        register_factories.make_experiment(lever=lever, short_name=f"Expé {number}")
    register_factories.make_experiment(lever=lever, short_name="SECRET", publication="draft")
    page = visit(client, "/leviers/article-51/")
    assert len([a for a in page.one("main").all("a") if a["href"].startswith("/experimentations/exp")]) == 5
    assert link(page, "Voir les 10 expérimentations de ce levier")["href"] == "/experimentations/?lever=article-51"
    assert "SECRET" not in page.text


def test_a_lever_without_experiments_says_nothing_of_them(db, client):
    factories.make_lever(slug="fir")
    assert "Les expérimentations de ce levier" not in visit(client, "/leviers/fir/").text


def test_a_sheet_changes_as_soon_as_one_of_its_experiments_does(db, client):
    lever = factories.make_lever(slug="article-51")
    one = register_factories.make_experiment(lever=lever, short_name="Première")
    assert "Première" in visit(client, "/leviers/article-51/").text
    one.short_name = one.title = "Renommée"
    one.save()
    assert "Renommée" in visit(client, "/leviers/article-51/").text
