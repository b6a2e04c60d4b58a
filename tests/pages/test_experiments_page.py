"""The register as a list: what is found, under which filters, on the map and beside it, in which order."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.models import Region
from levers.models import Category
from projects.register.board import FACET_LABELS, forget_register
from tests import factories, register_factories
from tests.pages.reading import link, visit

LIST = "/experimentations/"
NOW = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def on_the_second_of_april(monkeypatch):
    """Stop the clocks of the register, of its JSON and of what is shared."""
    for module in ("projects.views.experiments", "projects.api", "apist.sharing"):
        monkeypatch.setattr(f"{module}.now", lambda: NOW)
    monkeypatch.setattr("projects.views.experiments.today", lambda: date(2026, 4, 2))


@pytest.fixture
def some_experiments(db, on_the_second_of_april):
    """Fill the base with experiments that one may join, or not, in two regions."""
    north = factories.make_region(code="32", name="Hauts-de-France")
    south = factories.make_region(code="76", name="Occitanie")
    garonne = factories.make_department(code="31", name="Haute-Garonne", region=south)
    gers = factories.make_department(code="32", name="Gers", region=south)
    ehpad = factories.make_actor_type("ehpad")
    theme = factories.make_category(kind=Category.Kind.THEME, slug="theme-grand-age", label="Grand âge")
    teeth = register_factories.make_experiment(
        slug="dents", title="Prévention bucco-dentaire en établissement", short_name="ORALIEN", reach="national",
        regions=[south], departments=[garonne], actor_types=[ehpad], categories=[theme], joining="yes",
        join_roles=["site"], lever=factories.make_lever(slug="article-51", short_name="Article 51"),
    )  # fmt: skip
    register_factories.make_participant(teeth, name="UFSBD")
    register_factories.make_participant(teeth, name="Résidence des Lilas", role="site", place="Muret")
    register_factories.make_phase(teeth, start="day", starts_on=date(2023, 1, 1), months=48)
    call = factories.make_call(
        slug="appel-lymphe", title="Appel lymphœdème", events=[("opening", "2026-03-01"), ("closing", "2026-04-30")]
    )
    lymph = register_factories.make_experiment(
        slug="lymphe", title="Parcours du lymphœdème", short_name="LymphoRac", aliases="Lympho Rac\nParcours lymphœdème",
        regions=[south], joining="by-call", join_call=call, first_inclusion_on=date(2025, 1, 1),
    )  # fmt: skip
    register_factories.make_participant(lymph, name="CHU de Toulouse")
    register_factories.make_participant(lymph, name="Un site", role="site", departments=[gers])
    register_factories.make_phase(lymph, start="first-inclusion", months=24)
    old = register_factories.make_experiment(
        slug="vieille", title="Ancienne expérience", short_name="VIEILLE", regions=[north], joining="yes"
    )
    register_factories.make_phase(old, ends_on=date(2024, 9, 30))
    register_factories.make_experiment(slug="finie", title="Chose arrêtée", short_name="FINIE", outcome="ended")
    register_factories.make_experiment(
        slug="brouillon", title="Brouillon", publication="draft", regions=[south], joining="yes"
    )


def names(page) -> list[str]:
    return [card.one("h2").text for card in page.all("li", "portal-card")]


def slugs(page) -> str:
    return " ".join(card.one("h2").one("a")["href"].split("/")[2] for card in page.all("li", "portal-card"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "lymphe dents vieille finie"),
        ("joining=yes", "lymphe dents"),
        ("joining=to-check", "vieille"),
        ("joining=no", "finie"),
        ("status=running", "lymphe dents"),
        ("status=to-check", "vieille"),
        ("status=ended", "finie"),
        ("region=76", "lymphe dents"),
        ("region=32", "vieille"),
        ("department=31", "dents"),
        ("department=32", "lymphe"),
        ("theme=theme-grand-age", "dents"),
        ("actor_type=ehpad", "dents"),
        ("nature=national", "dents"),
        ("role=site", "dents"),
        ("lever=article-51", "dents"),
        ("region=76&region=32", "lymphe dents vieille"),
        ("q=oralien", "dents"),
        ("q=UFSBD", "dents"),
        ("q=Lilas", "dents"),
        ("q=Muret", "dents"),
        ("q=occitanie", "lymphe dents"),
        ("q=haute-garonne", "dents"),
        ("q=gers", "lymphe"),
        ("q=lympho+rac", "lymphe"),
        ("q=chu+toulouse", "lymphe"),
        ("sort=title", "finie lymphe dents vieille"),
        ("inconnu=1", "lymphe dents vieille finie"),
    ],
)
def test_the_list_finds_what_its_address_asks(query, found, some_experiments, client):
    assert slugs(visit(client, f"{LIST}?{query}")) == found


def test_a_card_says_whether_one_may_join_until_when_where_and_who_carries(some_experiments, client):
    card = visit(client, f"{LIST}?q=oralien").one("li", "portal-card")
    assert card.one("h2").text == "ORALIEN : Prévention bucco-dentaire en établissement"
    badges = [badge.text for badge in card.all("span", "fr-badge")]
    assert badges == ["La rejoindre : oui, jusqu'au 31 décembre 2026", "En cours"]
    foot = card.one("p", "portal-card__foot").text
    assert foot == "Jusqu'au 31 décembre 2026 Occitanie Porteur : UFSBD"


def test_a_past_term_is_said_and_never_a_yes(some_experiments, client):
    card = visit(client, f"{LIST}?q=vieille").one("li", "portal-card")
    assert [badge.text for badge in card.all("span", "fr-badge")] == [
        "La rejoindre : sans doute plus, à vérifier",
        "Le terme connu est passé : suite à vérifier",
    ]
    assert "Terme connu : 30 septembre 2024, passé" in card.text


def test_the_map_gives_each_region_its_number_and_a_link_that_filters(some_experiments, client):
    page = visit(client, f"{LIST}?joining=yes&joining=to-check")
    drawing = page.one("svg", "portal-map")
    places = {place["aria-label"]: place["href"] for place in drawing.all("a")}
    assert places == {
        "Hauts-de-France : 1 expérimentation": f"{LIST}?joining=yes&joining=to-check&region=32#resultats",
        "Occitanie : 2 expérimentations": f"{LIST}?joining=yes&joining=to-check&region=76#resultats",
    }
    assert sorted(text.text for text in drawing.all("text")) == ["1", "2"]
    assert not any(element.get("style") for element in drawing)


def test_the_map_is_said_as_a_list_and_a_chosen_region_is_taken_away_by_its_link(some_experiments, client):
    page = visit(client, f"{LIST}?region=76")
    listed = page.one("ul", "portal-regions__list")
    assert [item.text for item in listed.all("li")] == ["Hauts-de-France (1)", "Occitanie (2) choisie"]
    assert link(listed, "Occitanie")["href"] == f"{LIST}#resultats"
    assert page.one("details", "portal-regions").get("open") is None
    assert visit(client, LIST).one("details", "portal-regions").get("open") == ""


def test_experiments_without_a_known_region_are_counted_beside_the_map(some_experiments, client):
    assert "1 expérimentation sans région connue : à vérifier." in visit(client, LIST).text


def test_all_eighteen_regions_stand_on_the_map(catalogue, client):
    register_factories.make_experiment(regions=[Region.objects.get(code="06")])
    drawing = visit(client, LIST).one("svg", "portal-map")
    assert len(drawing.all("path")) == 18
    assert "licence MIT" in visit(client, LIST).text


def test_nothing_found_says_what_to_do(some_experiments, client):
    page = visit(client, f"{LIST}?joining=no&region=76")
    assert "Aucune expérimentation" in page.text
    assert link(page, "Voir toutes les expérimentations")["href"] == LIST


def test_without_experiments_the_page_says_so(db, client):
    forget_register()
    assert "Aucune expérimentation n'est publiée pour l'instant" in visit(client, LIST).text


def test_htmx_gets_the_part_that_changes(some_experiments, client):
    part = client.get(f"{LIST}?region=76", headers={"HX-Request": "true"}).content.decode()
    assert "<h1>" not in part
    assert 'id="choix" hx-swap-oob="innerHTML"' in part
    assert "2 expérimentations" in part


def test_counts_are_what_each_value_would_find(some_experiments, client):
    page = visit(client, f"{LIST}?joining=yes")
    labels = [label.text for label in page.all("label", "fr-label")]
    assert "Oui (2)" in labels
    assert "Non (1)" in labels
    assert "En cours (2)" in labels


@pytest.mark.parametrize("size", [1, 30])
def test_the_list_asks_the_same_number_of_queries_at_any_size(size, db, client, django_assert_num_queries):
    region = factories.make_region(code="76", name="Occitanie")
    department = factories.make_department(code="31", name="Haute-Garonne", region=region)
    for _ in range(size):
        one = register_factories.make_experiment(regions=[region], departments=[department])
        register_factories.make_participant(one, departments=[department])
        register_factories.make_target(one, region=region)
        register_factories.make_phase(one, start="day", starts_on=date(2025, 1, 1), months=12)
    visit(client, "/appels/")
    forget_register()
    with django_assert_num_queries(18):
        visit(client, LIST)
    with django_assert_num_queries(1):
        visit(client, f"{LIST}?region=76")


@pytest.mark.parametrize("path", [LIST, "/leviers/", "/appels/"])
def test_a_region_that_no_base_could_hold_finds_nothing_on_any_list(path, some_experiments, client):
    assert client.get(f"{path}?region=%00").status_code == 200


NAMES = st.sampled_from([*FACET_LABELS, "q", "sort", "page", "autre"])
VALUES = st.one_of(
    st.text(max_size=12), st.sampled_from(["76", "31", "yes", "to-check", "title", "-1", "99999", "\x00"])
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(NAMES, VALUES), max_size=5))
def test_no_address_breaks_the_list(some_experiments, client, pairs):
    assert client.get(LIST, pairs).status_code == 200
