"""The texts that a project may cite: which still hold, what replaced the others, what each region aims at."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apist.sharing import PAGES
from levers.models import Policy
from tests import factories
from tests import register_factories as made
from tests.pages.reading import link, visit

ADDRESS = "/textes-et-strategies/"


def slugs(page) -> list[str]:
    return [
        text["id"] for block in page.all("ul", "portal-texts") for text in block.children if not isinstance(text, str)
    ]


def badge(page, slug: str) -> str:
    return page.one("li", id=slug).one("span", "fr-badge").text


def test_every_text_of_the_content_is_there_with_what_may_be_cited_and_its_source(catalogue, client):
    page = visit(client, ADDRESS)
    assert sorted(slugs(page)) == sorted(Policy.objects.values_list("slug", flat=True))
    for policy in Policy.objects.select_related("source"):
        shown = page.one("li", id=policy.slug)
        assert policy.source.title in shown.one("p", "portal-source").text
        assert "Ce que vous pouvez en citer :" in shown.text


@pytest.mark.parametrize(
    ("slug", "status"),
    [
        ("strategie-nationale-sante-2018-2022", "Remplacé"),
        ("strategie-nationale-sante-2023-2033", "À vérifier"),
        ("ma-sante-2022", "Terminé"),
        ("feuille-de-route-numerique-2019-2022", "Remplacé"),
        ("boite-a-outils-public-prive", "En vigueur"),
        ("pgssi-s", "En vigueur"),
        ("lfss-2018-article-51", "En vigueur"),
        ("loi-bien-vieillir-2024", "En vigueur"),
        ("esms-numerique-instruction-2022", "Remplacé"),
        ("prs-grand-est", "À vérifier"),
    ],
)
def test_each_text_says_where_it_stands(slug, status, catalogue, client):
    assert badge(visit(client, ADDRESS), slug) == status


def test_every_region_has_a_regional_project_if_only_to_be_checked(catalogue, client):
    regions = Policy.objects.filter(kind=Policy.Kind.REGIONAL_PROJECT).values_list("region", flat=True)
    assert len(set(regions)) == 18


def test_what_replaced_a_text_is_a_link_to_it(catalogue, client):
    page = visit(client, f"{ADDRESS}?status=replaced")
    replaced = page.one("li", id="feuille-de-route-numerique-2019-2022")
    assert "Remplacé par : Feuille de route du numérique en santé 2023-2027" in replaced.text
    assert link(page, "Feuille de route du numérique en santé 2023-2027")["href"] == (
        f"{ADDRESS}#feuille-de-route-numerique-2023-2027"
    )


def test_a_text_changes_by_itself_on_its_day(db, client):
    today = timezone.localdate()
    made.make_policy(slug="hier", valid_from=date(2020, 1, 1), valid_to=today - timedelta(days=1))
    made.make_policy(slug="aujourdhui", valid_from=today, valid_to=today)
    made.make_policy(slug="demain", valid_from=today + timedelta(days=1))
    page = visit(client, ADDRESS)
    assert [badge(page, slug) for slug in ("hier", "aujourdhui", "demain")] == ["Terminé", "En vigueur", "À venir"]
    assert slugs(visit(client, f"{ADDRESS}?status=upcoming")) == ["demain"]


def test_a_region_keeps_its_own_texts_and_the_national_ones_and_the_address_says_so(catalogue, client):
    page = visit(client, f"{ADDRESS}?region=76")
    shown = set(slugs(page))
    assert "prs-occitanie-2023-2028" in shown
    assert "pgssi-s" in shown
    assert "prs-corse-2023-2028" not in shown
    assert page.one("select", id="region").one("option", selected="")["value"] == "76"
    assert slugs(page)[0] == "prs-occitanie-2023-2028"
    only = slugs(visit(client, f"{ADDRESS}?region=76&kind=regional-project&status=in-force"))
    assert only == ["prs-occitanie-2023-2028"]


@pytest.mark.parametrize("query", ["kind=inconnue", "status=inconnu", "region=inconnue&kind=regional-project"])
def test_a_value_that_does_not_exist_finds_nothing_and_says_so(query, catalogue, client):
    page = visit(client, f"{ADDRESS}?{query}")
    assert slugs(page) == []
    assert "Aucun texte ne répond à ces trois choix ensemble." in page.one("main").text
    assert link(page, "Voir les 36 textes")["href"] == ADDRESS


def test_objectives_are_empty_until_curated_and_the_page_says_whom_to_ask(catalogue, client):
    page = visit(client, f"{ADDRESS}?region=93")
    part = page.one("section", aria_labelledby="objectifs")
    assert "Provence-Alpes-Côte d'Azur (0)" in part.text
    assert "Pas encore relevés. Demandez à l'agence" in part.text
    assert link(part, "ars-paca-innovations@ars.sante.fr")["href"] == "mailto:ars-paca-innovations@ars.sante.fr"


def test_the_objectives_of_a_region_are_shown_in_the_order_of_the_curators_while_they_hold(db, client):
    region = factories.make_region()
    factories.make_agency(region=region)
    policy = made.make_policy(title="Projet régional", region=region)
    made.make_objective(region=region, label="Deuxième", position=2)
    made.make_objective(region=region, label="Premier", position=1, policy=policy)
    made.make_objective(region=region, label="Ancien", valid_to=timezone.localdate() - timedelta(days=1))
    part = visit(client, f"{ADDRESS}?region=01").one("section", aria_labelledby="objectifs")
    assert [item.text for item in part.all("li")] == ["Premier (Projet régional)", "Deuxième"]


def test_what_a_curator_types_is_never_markup(db, client):
    made.make_policy(slug="balises", title="<b>gras</b>", text="<img src=x onerror=alert(1)>")
    page = visit(client, ADDRESS).one("main")
    assert page.all("b") == page.all("img") == []


@pytest.mark.parametrize("size", [1, 30])
def test_it_reads_the_texts_once_then_only_asks_whether_they_changed(size, db, client, django_assert_num_queries):
    for number in range(size):
        region = factories.make_region(code=f"{number:02d}")
        factories.make_agency(region=region)
        made.make_objective(region=region, policy=made.make_policy(region=region, replaced_by=made.make_policy()))
    client.get(ADDRESS)
    PAGES.clear()
    with django_assert_num_queries(1):
        client.get(f"{ADDRESS}?status=in-force")
    made.make_policy()
    client.get("/glossaire/")  # the words are kept already
    with django_assert_num_queries(5):  # the version twice, the texts, the objectives, the agencies
        client.get(ADDRESS)


ANYTHING = st.text(max_size=12) | st.sampled_from(["76", "in-force", "law", "\x00", "é" * 300])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=st.dictionaries(st.sampled_from(["status", "kind", "region", "utm", ""]), ANYTHING, max_size=4))
def test_no_query_string_breaks_it(catalogue, client, query):
    assert client.get(ADDRESS, query).status_code == 200
