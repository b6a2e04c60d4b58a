"""A lever's sheet: complete, sourced, dated, honest about what is closed or too old."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from apist.sharing import PAGES
from levers.models import Deposit, Lever, Role, Step, Window
from tests import factories
from tests.pages.reading import link, visit
from tests.pages.test_catalogue_page import SLUGS


def sheet(client, slug: str):
    return visit(client, f"/leviers/{slug}/")


def part(page, heading: str):
    """Return the words between the heading with this id and the next one of its level."""
    title = page.one(id=heading)
    siblings = [child for child in title.parent.children if not isinstance(child, str)]
    after = siblings[siblings.index(title) + 1 :]
    until = next((n for n, element in enumerate(after) if element.tag == title.tag), len(after))
    return after[:until]


def words(elements) -> str:
    return " ".join(element.text for element in elements)


# --- The twelve sheets ----------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_the_sheet_shows_everything_the_lever_holds(slug, catalogue, client):
    lever, page = catalogue[slug], sheet(client, slug)
    assert [heading.text for heading in page.all("h1")] == [lever.title]
    assert page.one("title").text == f"{lever.title} · Portail APIST"
    steps = [step.one("h3").text for step in page.one("ol", "portal-steps").all("li") if step.parent.tag == "ol"]
    assert steps == [" ".join(title.split()) for title in lever.steps.values_list("title", flat=True)]
    assert len(steps) >= 3
    deposits = [element.one("h3").text for element in part(page, "deposer") if "portal-message" in element.classes]
    assert deposits == [" ".join(title.split()) for title in lever.deposits.values_list("title", flat=True)]
    assert deposits
    for criterion in lever.criteria.all():
        if criterion.holds(timezone.localdate()):
            assert " ".join(criterion.label.split()) in page.one("main").text
    (roles,) = [element for element in part(page, "qui") if element.tag == "dl"]
    assert [term.text for term in roles.all("dt")] == ["Acteur de santé", "Industrie de santé", "Autres acteurs"]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_sheet_says_where_everything_comes_from_and_when_it_was_checked(slug, catalogue, client):
    page = sheet(client, slug)
    sources = part(page, "sources")
    listed = sources[-1].all("li")
    assert listed
    assert all(re.search(r" · vérifié le \d\d/\d\d/\d{4}$", item.text) for item in listed)
    assert re.match(r"Fiche vérifiée le \d+(er)? \w+ \d{4}, à revoir avant le \d+(er)? \w+ \d{4}\.", sources[0].text)
    for deposit in part(page, "deposer"):
        if "portal-message" in deposit.classes:
            assert re.match(r"Source : .+ · vérifié le .+ \d{4}$", deposit.one("p", "portal-source").text)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_link_inside_the_sheet_leads_somewhere(slug, catalogue, client):
    page = sheet(client, slug)
    identifiers = [element["id"] for element in page if element.get("id")]
    assert len(identifiers) == len(set(identifiers))
    inner = [anchor["href"] for anchor in page.one("main").all("a")]
    assert [href for href in inner if href.startswith("#") and href[1:] not in identifiers] == []
    for href in {href.split("#")[0] for href in inner if href.startswith("/")}:
        assert client.get(href, follow=True).status_code == 200, href
    assert [href for href in inner if not re.match(r"(#|/|https?://|mailto:)", href)] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_no_placeholder_or_code_is_left_on_a_sheet(slug, catalogue, client):
    text = sheet(client, slug).one("main").text
    assert re.findall(r"(?i)\bNone\b|\bnan\b|lorem|todo|\{\{|\{%|&amp;|&lt;|<p>|<li>", text) == []


def test_a_draft_is_nowhere(db, client):
    factories.make_lever(slug="cache", publication=Lever.Publication.DRAFT)
    assert client.get("/leviers/cache/").status_code == 404
    assert client.get("/leviers/nulle-part/").status_code == 404


# --- Open, closed, replaced -----------------------------------------------

CLOSED = {"tiga": "Fermé", "structures-3-0": "Fermé", "indemand": "Terminé", "esms-numerique": "Terminé"}


@pytest.mark.parametrize("slug", CLOSED)
def test_a_lever_that_is_closed_says_so_first(slug, catalogue, client):
    warning = sheet(client, slug).one("div", "fr-alert--warning")
    assert warning.one("h2").text == CLOSED[slug]
    assert len(warning.all("p")) >= 1


@pytest.mark.parametrize("slug", sorted(set(SLUGS) - set(CLOSED)))
def test_a_lever_that_is_not_closed_raises_no_alarm(slug, catalogue, client):
    assert sheet(client, slug).all("div", "fr-alert--warning") == []


def test_what_succeeds_a_closed_lever_is_named_and_linked(catalogue, client):
    warning = sheet(client, "structures-3-0").one("div", "fr-alert--warning")
    assert "Ce qui lui succède : Tiers-lieux d'expérimentation (France 2030)" in warning.text


def test_a_successor_with_an_address_is_a_link(db, client):
    factories.make_lever(
        slug="ancien", ended_on=date(2024, 1, 1), successor_name="Le nouveau", successor_url="https://exemple.invalid/n"
    )
    assert link(sheet(client, "ancien"), "Le nouveau")["href"] == "https://exemple.invalid/n"


def test_a_campaign_says_until_when_it_is_open(db, client):
    lever = factories.make_lever(slug="campagne")
    today = timezone.localdate()
    factories.make_window(
        lever, kind=Window.Kind.CAMPAIGN, label="Campagne 1", opens_on=today, closes_on=today + timedelta(days=400)
    )
    page = sheet(client, "campagne")
    assert page.one("div", "fr-alert--info").one("h2").text == "Ouvert"
    assert f"jusqu'au {(today + timedelta(days=400)).day}" in page.one("div", "fr-alert--info").text.replace("1er", "1")


def test_a_yearly_campaign_without_a_date_says_that_the_date_is_not_known(db, client):
    factories.make_lever(slug="annuel", annual=True)
    status = sheet(client, "annuel").one("div", "fr-alert--info")
    assert status.one("h2").text == "À venir"
    assert "La date de la prochaine campagne n'est pas connue du portail : à vérifier." in status.text


# --- Up to date -----------------------------------------------------------


def test_a_sheet_whose_review_is_overdue_warns(db, client):
    factories.make_lever(slug="vieux", review_due=timezone.localdate() - timedelta(days=1))
    warning = sheet(client, "vieux").all("div", "fr-alert--warning")[0]
    assert warning.one("h2").text == "Fiche à revoir"
    assert "vérifiez chaque point auprès de l'agence" in warning.text


def test_a_sheet_to_be_reviewed_today_does_not_warn_yet(db, client):
    factories.make_lever(slug="frais", review_due=timezone.localdate())
    assert "Fiche à revoir" not in sheet(client, "frais").text


def test_amounts_of_another_time_are_folded_away_from_those_of_today(db, client):
    lever = factories.make_lever(slug="montants")
    factories.make_amount(lever, label="Forfait d'hier", maximum=100, valid_to=date(2021, 12, 31))
    factories.make_amount(lever, label="Forfait d'aujourd'hui", minimum="25000.00", maximum="25000.00")
    page = sheet(client, "montants")
    (folded,) = [
        element for element in page.one("main").all("details") if "autres périodes" in element.one("summary").text
    ]
    assert "Forfait d'hier" in folded.text
    assert "Forfait d'aujourd'hui" not in folded.text
    assert "25\u202f000\u00a0€" in client.get("/leviers/montants/").content.decode()


def test_a_criterion_that_is_over_is_not_asked_any_more(db, client):
    lever = factories.make_lever(slug="regles")
    factories.make_criterion(lever, label="Condition d'hier", valid_to=date(2021, 12, 31))
    factories.make_criterion(lever, label="Condition de demain", valid_from=date(2098, 1, 1))
    factories.make_criterion(lever, label="Condition d'aujourd'hui")
    text = sheet(client, "regles").text
    assert "Condition d'aujourd'hui" in text
    assert "Condition d'hier" not in text
    assert "Condition de demain" not in text


# --- What one does there --------------------------------------------------


def test_the_sheet_says_that_nothing_is_deposited_here_and_where_to_deposit(db, client):
    lever = factories.make_lever(slug="depot")
    factories.make_window(lever)
    factories.make_deposit(
        lever,
        title="Guichet régional",
        channel=Deposit.Channel.EXTERNAL,
        addressees="Le département\nL'agence",
        url="https://exemple.invalid/depot",
        email="guichet@exemple.invalid",
        form="Cerfa 12156",
        form_url="https://exemple.invalid/cerfa",
    )
    page = sheet(client, "depot")
    assert "Le dépôt ne se fait pas sur ce portail" in page.text
    assert link(page, "Ouvrir la page de dépôt : Guichet régional")["href"] == "https://exemple.invalid/depot"
    assert link(page, "guichet@exemple.invalid")["href"] == "mailto:guichet@exemple.invalid"
    assert link(page, "Cerfa 12156")["href"] == "https://exemple.invalid/cerfa"
    (together,) = [
        element for element in page.all("ul") if [li.text for li in element.all("li")] == ["Le département", "L'agence"]
    ]
    assert together


def test_the_diagnostic_of_the_sheet_asks_about_that_lever(catalogue, client):
    page = sheet(client, "fir")
    start = link(page.one("main"), "Suis-je concerné ?")["href"]
    assert start == "/diagnostic/?levier=fir"
    assert link(visit(client, start).one("main"), "Subvention du fonds d'intervention régional (FIR)")


@pytest.mark.parametrize("slug", SLUGS)
def test_the_diagnostic_of_every_sheet_has_something_to_ask(slug, catalogue, client):
    page = visit(client, f"/diagnostic/?levier={slug}")
    assert page.one("main").one("form").all("fieldset") + page.one("main").one("form").all("select")


def test_every_agency_is_listed_under_its_region(catalogue, client):
    (folded,) = [
        element for element in sheet(client, "fir").all("details") if element.one("summary").text == "Dans ma région"
    ]
    assert len(folded.all("li")) == 18


def test_what_a_curator_types_is_never_markup(db, client):
    lever = factories.make_lever(
        slug="balises", title="<b>gras</b>", description="<script>alert(1)</script>\n- un\n- deux"
    )
    factories.make_step(lever, text="<img src=x onerror=alert(1)>")
    page = sheet(client, "balises")
    assert page.one("h1").text == "<b>gras</b>"
    assert [script.get("src") for script in page.all("script")] == ["/static/js/portal.js"]
    assert page.one("main").all("img") == []
    assert page.one("main").all("b") == []
    assert ["un", "deux"] in [[item.text for item in element.all("li")] for element in page.all("ul")]


# --- What it costs --------------------------------------------------------

PARTS = (
    factories.make_role,
    factories.make_step,
    factories.make_amount,
    factories.make_funding,
    factories.make_example,
    factories.make_reference,
    factories.make_deposit,
    factories.make_window,
)


@pytest.mark.parametrize("size", [1, 20])
def test_a_sheet_asks_one_query_cold_or_warm_at_any_length(size, db, client, django_assert_num_queries):
    lever = factories.make_lever(slug="longue", categories=[factories.make_category() for _ in range(size)])
    for number in range(size):
        region = factories.make_region(code=f"{number + 1:02d}")
        lever.regions.add(region)
        factories.make_agency(region=region)
        for make in PARTS:
            make(lever, source=factories.make_source())
        factories.make_relation(lever, factories.make_lever(), source=factories.make_source())
        criterion = factories.make_criterion(
            lever, about="actor", fact="actor_type", operator="in", values=["ehpad"], source=factories.make_source()
        )
        factories.make_condition(criterion)
        factories.make_path(criterion, actor_types=[factories.make_actor_type()], source=factories.make_source())
    for example in lever.examples.all():
        example.region = factories.make_region()
        example.save()
    for kept in (
        "/appels/",
        "/experimentations/",
        "/glossaire/",
        "/statistiques/",
    ):  # kept already: a sheet reads none of them again
        client.get(kept)
    PAGES.clear()
    for queries in (1, 1):
        with django_assert_num_queries(queries):
            answer = client.get("/leviers/longue/")
    assert answer.status_code == 200
    assert lever.steps.count() == Step.objects.count() == Role.objects.count() == size
