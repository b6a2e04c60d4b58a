"""The front page: the doors, the search, what opens and what closes."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from apist.sharing import PAGES
from levers.calls.board import forget_calls
from levers.catalogue import forget_catalogue
from levers.models import Lever, Window
from tests import factories
from tests.pages.reading import link, visit


def coming_and_going(page) -> list[str]:
    titles = [element for element in page.all("h2") if element.text == "Les leviers qui ouvrent et qui ferment"]
    siblings = [child for child in titles[0].parent.children if not isinstance(child, str)]
    return [item.text for item in siblings[siblings.index(titles[0]) + 1].all("li")]


def test_a_person_who_knows_no_acronym_finds_the_three_doors(catalogue, client):
    page = visit(client, "/")
    assert [heading.text for heading in page.all("h1")] == [
        "Quel appui de l'agence régionale de santé pour votre projet ?"
    ]
    assert [door.one("h3").text for door in page.all("li", "portal-door")] == [
        "Je soigne ou j'accompagne",
        "Je développe une solution",
        "Je travaille dans une agence",
    ]


def test_each_door_leads_to_a_page_that_opens(catalogue, client):
    hrefs = [[anchor["href"] for anchor in door.all("a")] for door in visit(client, "/").all("li", "portal-door")]
    assert hrefs == [
        [
            "/diagnostic/?porte=acteur-de-sante",
            "/leviers/?audience=acteur-de-sante&status=permanent&status=open&status=upcoming",
        ],
        ["/diagnostic/?porte=industrie", "/leviers/?audience=industrie&status=permanent&status=open&status=upcoming"],
        ["/instruction/", "/admin/"],
    ]
    for href in (href for pair in hrefs for href in pair):
        assert client.get(href, follow=True).status_code == 200, href


def test_the_page_counts_the_levers_and_forgets_drafts(db, client):
    factories.make_lever(title="Aide une")
    factories.make_lever(title="Aide deux")
    factories.make_lever(title="Aide cachée", annual=True, publication=Lever.Publication.DRAFT)
    page = visit(client, "/")
    assert "Ce site décrit les 2 façons" in page.text
    assert "cachée" not in page.text


def test_the_search_of_the_page_leads_to_the_catalogue(catalogue, client):
    form = visit(client, "/").one("main").one("form", role="search")
    assert form["action"] == "/leviers/"
    assert form.one("input", type="search")["name"] == "q"


def test_what_closes_is_listed_with_its_last_day(db, client):
    lever = factories.make_lever(title="Aide pressée")
    factories.make_window(
        lever,
        label="Campagne 2026",
        kind=Window.Kind.CAMPAIGN,
        opens_on=date(2020, 1, 1),
        closes_on=date(2098, 3, 31),
    )
    assert coming_and_going(visit(client, "/"))[0] == "Aide pressée : Campagne 2026, ouvert jusqu'au 31 mars 2098."


def test_what_opens_is_listed_with_its_first_day_or_says_that_it_is_not_known(db, client):
    dated = factories.make_lever(title="Aide datée", position=1)
    factories.make_window(dated, label="Campagne 2098", kind=Window.Kind.CAMPAIGN, opens_on=date(2098, 1, 2))
    vague = factories.make_lever(title="Aide vague", annual=True, position=2)
    factories.make_window(
        vague,
        label="Campagne 2020",
        kind=Window.Kind.CAMPAIGN,
        opens_on=date(2020, 1, 1),
        closes_on=date(2020, 2, 1),
    )
    assert coming_and_going(visit(client, "/"))[:2] == [
        "Aide datée : Campagne 2098, à partir du 2 janvier 2098.",
        "Aide vague : prochaine campagne à une date à vérifier ; dernière connue : Campagne 2020.",
    ]


def test_the_calls_that_can_be_answered_come_first_then_those_to_come_and_never_those_that_are_over(db, client):
    today = timezone.localdate()
    day = {name: (today + timedelta(days=days)).isoformat() for name, days in (("past", -9), ("soon", 5), ("late", 90))}
    factories.make_call(title="Appel à venir", events=[("opening", day["late"])])
    factories.make_call(title="Appel long", events=[("opening", day["past"]), ("closing", day["late"])])
    factories.make_call(title="Appel pressé", events=[("opening", day["past"]), ("closing", day["soon"])])
    factories.make_call(title="Appel passé", events=[("closing", day["past"])])
    factories.make_call(title="Appel caché", events=[("opening", day["past"])], publication="draft")
    page = visit(client, "/")
    title = next(element for element in page.all("h2") if element.text == "Les appels en cours et à venir")
    siblings = [child for child in title.parent.children if not isinstance(child, str)]
    told = siblings[siblings.index(title) + 1].all("a")
    assert [anchor.text for anchor in told] == ["Appel pressé", "Appel long", "Appel à venir"]


def test_a_window_that_closed_yesterday_is_not_announced(db, client):
    lever = factories.make_lever(title="Aide passée")
    factories.make_window(lever, kind=Window.Kind.CAMPAIGN, closes_on=timezone.localdate() - timedelta(days=1))
    assert "Aide passée" not in visit(client, "/").text


def test_what_is_always_open_is_counted_and_listed_behind_a_link(catalogue, client):
    page = visit(client, "/")
    assert coming_and_going(page)[-1] == "6 leviers sont ouverts toute l'année : les voir ."
    assert link(page, "les voir")["href"] == "/leviers/?status=permanent"
    assert len(visit(client, "/leviers/?status=permanent").all("li", "portal-card")) == 6


@pytest.mark.parametrize("size", [1, 30])
def test_the_front_page_asks_the_same_queries_at_any_size_and_one_warm(size, db, client, django_assert_num_queries):
    for _ in range(size):
        factories.make_window(factories.make_lever())
        factories.make_call(events=[("opening", "2026-01-01")])
    forget_catalogue()
    forget_calls()
    PAGES.clear()
    for queries in (3 + 11, 1):  # what the calls are made from, besides the levers
        with django_assert_num_queries(queries):
            assert client.get("/").status_code == 200


def test_the_menu_and_the_footer_lead_to_pages_that_open(catalogue, client):
    page = visit(client, "/")
    here = [anchor["href"] for part in (page.one("header"), page.one("footer")) for anchor in part.all("a")]
    assert {"/", "/leviers/", "/diagnostic/", "/plan-du-site/", "/accessibilite/", "/mentions-legales/"} <= set(here)
    for href in {href for href in here if href.startswith("/")}:
        assert client.get(href).status_code == 200, href


def test_the_footer_says_how_accessible_the_site_is_as_the_law_asks(catalogue, client):
    assert link(visit(client, "/"), "Accessibilité : non conforme (audit à venir)")["href"] == "/accessibilite/"


def test_the_three_skip_links_lead_to_parts_of_the_page(catalogue, client):
    page = visit(client, "/")
    skips = page.one("nav", aria_label="Accès rapide").all("a")
    assert [(skip.text, skip["href"]) for skip in skips] == [
        ("Contenu", "#contenu"),
        ("Recherche", "#recherche"),
        ("Pied de page", "#pied"),
    ]
    for skip in skips:
        assert page.one(id=skip["href"][1:])
