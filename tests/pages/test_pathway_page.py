"""``/leviers/parcours/``: which lever at which stage; and one's own pathway at the end of a diagnostic."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from levers.models import Category
from tests import factories
from tests.pages.reading import link, read, visit

ADDRESS = "/leviers/parcours/"
PROFILE = "actor_type=ehpad&region=76&needs_derogation=false"


def stages(page) -> dict[str, list[str]]:
    """Return what each stage of the list holds."""
    found, name = {}, ""
    for element in page.one("section", aria_labelledby="etapes").children:
        if not isinstance(element, str):
            if element.tag == "h3":
                name = element.text
                found[name] = []
            elif element.tag == "ul":
                found[name] = [item.text for item in element.all("li")]
    return found


def test_everybody_sees_every_lever_at_its_stages_in_the_picture_and_in_the_list(catalogue, client):
    page = visit(client, ADDRESS)
    picture = page.one("svg", "portal-pathway")
    assert {one["href"] for one in picture.all("a")} == {f"/leviers/{slug}/" for slug in catalogue}
    assert all(one.text for one in picture.all("a"))
    assert picture["aria-label"]
    labels = [one.label for one in Category.objects.filter(kind=Category.Kind.MATURITY)]
    assert list(stages(page)) == labels
    expected = {
        label: {lever.short_name for lever in catalogue.values() if lever.categories.filter(label=label).exists()}
        for label in labels
    }
    assert {label: {name.split(" (")[0] for name in names} for label, names in stages(page).items()} == expected
    assert picture.all("g", "portal-pathway__row--kept") == []


def test_every_link_of_the_picture_is_also_said_with_its_reason(catalogue, client):
    page = visit(client, ADDRESS)
    said = page.one("section", aria_labelledby="liens").text
    for lever in catalogue.values():
        for relation in lever.relations.all():
            assert " ".join(relation.reason.split()) in said
    assert page.one("g", "portal-pathway__links")["aria-hidden"] == "true"


def test_the_picture_holds_no_style_of_its_own(catalogue, client):
    assert [one for one in visit(client, ADDRESS).one("svg", "portal-pathway") if one.get("style")] == []


def test_ones_own_pathway_tells_apart_what_is_kept_in_words(catalogue, client):
    page = visit(client, f"{ADDRESS}?{PROFILE}")
    assert page.one("h1").text == "Votre parcours, de l'idée au déploiement"
    rows = page.all("g", "portal-pathway__row")
    kept = {row.one("a").text for row in page.all("g", "portal-pathway__row--kept")}
    assert all("retenu" in row.text for row in rows if row.one("a").text in kept)
    assert all("écarté" in row.text for row in rows if row.one("a").text not in kept)
    assert "Subvention FIR" in kept
    assert "Territoires d'innovation" not in kept
    results = visit(client, link(page, "Revoir les résultats et leurs raisons")["href"])
    shown = {row.one("a").text for row in results.all("g", "portal-pathway__row")}
    assert shown == kept


def test_the_results_lead_to_the_whole_pathway_of_the_same_profile(catalogue, client):
    results = visit(client, f"/diagnostic/resultats/?{PROFILE}")
    address = link(results, "Le même parcours en liste, avec les leviers écartés")["href"]
    assert visit(client, address).one("h1").text.startswith("Votre parcours")


def test_without_answers_the_results_show_no_pathway_of_ones_own(catalogue, client):
    assert visit(client, "/diagnostic/resultats/").all("svg", "portal-pathway") == []


def test_an_answer_that_is_not_understood_counts_as_none(catalogue, client):
    assert visit(client, f"{ADDRESS}?trl=zz&on=hier").one("h1").text.startswith("De l'idée au déploiement")


def test_a_lever_of_which_nobody_says_the_stage_is_to_check(db, client):
    factories.make_category(kind=Category.Kind.MATURITY, label="Idée")
    lever = factories.make_lever()
    page = visit(client, ADDRESS)
    assert stages(page)["Étape à vérifier"] == [f"{lever.short_name} (fermé)"]


def test_an_empty_catalogue_has_its_page(db, client):
    page = visit(client, ADDRESS)
    assert page.all("svg", "portal-pathway") == []


def test_beyond_forty_levers_the_page_says_where_the_others_are(db, client):
    factories.make_category(kind=Category.Kind.MATURITY)
    for _ in range(43):
        factories.make_lever()
    page = visit(client, ADDRESS)
    assert len(page.all("g", "portal-pathway__row")) == 40
    assert "3 autres sont dans" in page.one("main").text


def test_the_page_costs_one_query_with_1_and_30_levers(db, client, django_assert_num_queries):
    for number in (1, 29):
        for _ in range(number):
            factories.make_lever()
        client.get(ADDRESS)
        for address in (f"{ADDRESS}?utm=1", f"{ADDRESS}?actor_type=ehpad"):
            client.get(address)
            with django_assert_num_queries(1):
                client.get(address)


def test_the_page_is_kept_until_the_content_moves(catalogue, client):
    seal = client.get(ADDRESS).headers["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": seal}).status_code == 304
    catalogue["fir"].relations.first().delete()
    assert client.get(ADDRESS, headers={"If-None-Match": seal}).status_code == 200


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    parameters=st.dictionaries(
        st.sampled_from(["actor_type", "region", "trl", "on", "esms_count", "purchase_amount", "levier"]),
        st.text(max_size=12) | st.sampled_from(["ehpad", "76", "9", "2020-01-01", "true"]),
    )
)
def test_no_address_is_a_fault_of_ours(parameters, catalogue, client):
    answer = client.get(ADDRESS, parameters)
    assert answer.status_code == 200
    assert len(read(answer).all("h1")) == 1
