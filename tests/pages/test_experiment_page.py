"""The page of an experiment: may one join it, who, where, how large, until when, and what the sources say against it."""

from datetime import date

import pytest

from projects.models import Experiment
from projects.register.board import forget_register
from tests import factories, register_factories
from tests.pages.reading import link, visit
from tests.pages.test_experiments_page import on_the_second_of_april, some_experiments

__all__ = ["on_the_second_of_april", "some_experiments"]


def page_of(client, slug: str):
    return visit(client, f"/experimentations/{slug}/")


def part(page, heading: str) -> str:
    """Return the words between a heading of the page and the next one."""
    text = page.one("main").text
    titles = [title.text for title in page.one("main").all("h2")]
    after = text.rsplit(f" {heading} ", 1)[1]
    following = [after.find(f" {title} ") for title in titles if f" {title} " in after]
    return after[: min(following)] if following else after


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        (
            "dents",
            ["Oui, jusqu'au 31 décembre 2026", "De nouveaux participants peuvent entrer.", "lieu d'expérimentation"],
        ),
        ("lymphe", ["Oui, jusqu'au 30 avril 2026", "répondant à un appel, ouvert en ce moment", "Appel lymphœdème"]),
        ("vieille", ["Sans doute plus, à vérifier", "le 30 septembre 2024"]),
        ("finie", ["Non", "Elle est arrêtée."]),
    ],
)
def test_the_first_thing_said_is_whether_one_may_join_it(slug, words, some_experiments, client):
    section = page_of(client, slug).one("section", "portal-join")
    assert section.one("p", "portal-join__answer").text == words[0]
    assert [word for word in words if word not in section.text] == []


def test_the_call_by_which_one_joins_is_linked(some_experiments, client):
    assert link(page_of(client, "lymphe"), "Appel lymphœdème")["href"] == "/appels/appel-lymphe/"


def test_who_takes_part_is_told_by_role_and_the_lever_is_linked(some_experiments, client):
    page = page_of(client, "dents")
    assert part(page, "Qui y prend part") == "Porteur UFSBD Lieu d'expérimentation Résidence des Lilas , Muret"
    assert link(page, "Article 51")["href"] == "/leviers/article-51/"
    assert "Occitanie Départements connus : Haute-Garonne (31)" in page.one("aside").text


def test_dates_say_how_they_were_worked_out(some_experiments, client):
    page = page_of(client, "lymphe")
    dates = part(page, "Les dates")
    assert "1er janvier 2025, jour de la première inclusion" in dates
    assert "Fin calculée : 24\u00a0mois (2\u00a0ans) depuis le 1er janvier 2025.".replace("\u00a0", " ") in dates
    assert "Une expérimentation dure cinq ans au plus : ici, jusqu'au 31 décembre 2029." in dates


def test_the_picture_says_in_words_what_it_draws(some_experiments, client):
    drawing = page_of(client, "lymphe").one("svg", "portal-chart")
    assert "du 1er janvier 2025 au 31 décembre 2026" in drawing.one("desc").text
    assert [text.text for text in drawing.all("text")][-2:] == ["aujourd'hui", "au plus cinq ans"]


def test_an_optional_phase_beyond_five_years_needs_another_authorisation(db, on_the_second_of_april, client):
    home = register_factories.make_experiment(slug="home")
    register_factories.make_phase(home, start="day", starts_on=date(2022, 9, 27), months=40, position=1)
    register_factories.make_phase(
        home, start="previous", months=24, is_optional=True, condition="Selon l'évaluation.", position=2
    )
    dates = part(page_of(client, "home"), "Les dates")
    assert "elle irait au-delà (26 janvier 2028) : il faudrait une nouvelle autorisation." in dates
    assert "Condition : Selon l'évaluation." in dates


def test_an_end_that_its_months_contradict_is_told(db, on_the_second_of_april, client):
    one = register_factories.make_experiment(slug="ecart")
    register_factories.make_phase(one, start="day", starts_on=date(2025, 1, 1), months=12, ends_on=date(2026, 12, 31))
    assert "mèneraient au 31 décembre 2025 : les deux ne s'accordent pas" in part(page_of(client, "ecart"), "Les dates")


def test_everything_around_it_is_on_the_page(db, on_the_second_of_april, client):
    region = factories.make_region(code="76", name="Occitanie")
    factories.make_agency(region=region, entry_email="innovation@ars.exemple.invalid")
    one = register_factories.make_experiment(
        slug="entiere", regions=[region], outcome="rework", outcome_text="Le modèle économique est à revoir.", population="Les aînés."
    )  # fmt: skip
    register_factories.make_target(one, number=17, unit="EHPAD", region=region, note="Dans deux départements.")
    register_factories.make_act(
        one, title="Arrêté du 3 juin", published_in="Journal officiel", url="https://exemple.invalid/a"
    )
    register_factories.make_discrepancy(one, said="Douze mois ou quinze.", kept="Quinze mois.")
    register_factories.make_twin(one, name="Une jumelle", where="Marseille", reason="Le même suivi.")
    register_factories.make_feedback(title="Rapport final", experiments=[one])
    page = page_of(client, "entiere")
    for heading, words in {
        "Pour qui": "Les aînés.",
        "Ce qu'elle devient": "Le modèle économique est à revoir.",
        "Les actes publiés": "Arrêté du 3 juin",
        "Ce que les sources disent différemment": "Quinze mois.",
        "Ailleurs, des expérimentations qui lui ressemblent": "Une jumelle (Marseille). Le même suivi.",
        "Ce qu'on en a appris": "Rapport final",
        "À qui demander": "innovation@ars.exemple.invalid",
        "Sources de cette fiche": "vérifiée le",
    }.items():
        assert words in part(page, heading), heading
    assert "17 EHPAD (Occitanie). Dans deux départements." in page.one("aside").text


def test_a_twin_of_the_register_is_linked_from_both_and_a_draft_from_none(db, on_the_second_of_april, client):
    one, other = (register_factories.make_experiment(slug=slug, short_name=slug) for slug in ("une", "autre"))
    draft = register_factories.make_experiment(slug="brouillon", publication="draft")
    register_factories.make_twin(one, other=other)
    register_factories.make_twin(one, other=draft)
    pages = {slug: page_of(client, slug) for slug in ("une", "autre")}
    links = {slug: [a["href"] for a in page.one("main").all("a")] for slug, page in pages.items()}
    assert "/experimentations/autre/" in links["une"]
    assert "/experimentations/une/" in links["autre"]
    assert "/experimentations/brouillon/" not in links["une"]


def test_drafts_and_unknown_slugs_are_not_found(some_experiments, client):
    for slug in ("brouillon", "nulle-part"):
        assert client.get(f"/experimentations/{slug}/").status_code == 404


def test_what_is_withdrawn_is_gone_at_once(some_experiments, client):
    page_of(client, "dents")
    Experiment.objects.filter(slug="dents").update(publication="draft")
    assert client.get("/experimentations/dents/").status_code == 404


@pytest.mark.parametrize("who", [None, "applicant", "officer", "stranger"])
def test_everybody_reads_the_same_page(who, some_experiments, client, request):
    if who:
        client.force_login(request.getfixturevalue(who))
    assert page_of(client, "dents").one("h1").text.startswith("ORALIEN")


@pytest.mark.parametrize("size", [1, 30])
def test_the_page_asks_the_same_number_of_queries_at_any_size(size, db, client, django_assert_num_queries):
    region = factories.make_region(code="76", name="Occitanie")
    department = factories.make_department(code="31", name="Haute-Garonne", region=region)
    one = register_factories.make_experiment(slug="grande", regions=[region], departments=[department])
    for _ in range(size):
        register_factories.make_participant(one, departments=[department], region=region)
        register_factories.make_target(one, region=region)
        register_factories.make_phase(one, start="day", starts_on=date(2025, 1, 1), months=12)
        register_factories.make_act(one)
        register_factories.make_discrepancy(one)
        register_factories.make_twin(one)
        register_factories.make_feedback(experiments=[one])
    forget_register()
    for kept in ("/experimentations/", "/glossaire/"):  # kept already: the page reads none of them again
        client.get(kept)
    with django_assert_num_queries(22):
        page_of(client, "grande")
