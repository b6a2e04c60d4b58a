"""The page of a call: can I answer, until when, with what, where."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from apist.sharing import PAGES
from levers.models import CallRelation
from tests import factories
from tests.pages.reading import link, visit


@pytest.fixture(autouse=True)
def on_the_second_of_april(monkeypatch):
    """Stop the clocks."""
    for module in ("levers.views.calls", "levers.views.call_feeds", "apist.sharing"):
        monkeypatch.setattr(f"{module}.now", lambda: datetime(2026, 4, 2, 9, 0, tzinfo=UTC))
    monkeypatch.setattr("levers.views.calls.today", lambda: date(2026, 4, 2))


DATES = [
    ("opening", "2026-03-01"),
    ("letter", "2026-04-05", "17:30"),
    ("closing", "2026-04-30", "12:00"),
    ("results", "2026-06-15"),
]


def make(**fields):
    return factories.make_call(slug="appel", title="Appel", **{"events": DATES} | fields)


def test_the_page_says_whether_one_can_answer_and_what_comes_first(db, client):
    make()
    status = visit(client, "/appels/appel/").one("div", "fr-alert").text
    assert "Ouvert" in status
    assert "Jusqu'au 30 avril 2026 à 12 h (heure de Paris) compris" in status
    assert "Prochaine échéance : Lettre d'intention, 5 avril 2026 à 17 h 30 (heure de Paris)" in status


def test_each_date_is_there_with_its_hour_and_those_behind_say_so(db, client):
    make(time_zone="America/Guadeloupe")
    told = [item.text for item in visit(client, "/appels/appel/").one("ul", "portal-dates").all("li")]
    assert told == [
        "Ouverture : 1er mars 2026 (passé)",
        "Lettre d'intention : 5 avril 2026 à 17 h 30 (heure de Guadeloupe)",
        "Clôture : 30 avril 2026 à 12 h (heure de Guadeloupe)",
        "Résultats : 15 juin 2026",
    ]


def test_an_uncertain_date_is_said_as_it_is_known(db, client):
    call = make(events=[("opening", "2026-03-01")])
    factories.make_event(call, "closing", "2026-05-31", precision="month")
    page = visit(client, "/appels/appel/").text
    assert "Jusqu'à fin mai 2026" in page


def test_what_is_paid_judged_handed_in_and_read_is_there(db, client):
    call = make(envelope=Decimal("63000000"), deposit_title="Plateforme", deposit_url="https://exemple.invalid/depot")
    factories.make_call_amount(call, label="Animation", minimum=375000, maximum=1500000, unit="par lieu")
    factories.make_call_criterion(call, label="Faisabilité", weight=40)
    factories.make_call_piece(call, label="Budget", required=False)
    factories.make_call_document(call, title="Cahier des charges", url="https://exemple.invalid/cdc.pdf")
    page = visit(client, "/appels/appel/")
    assert "Animation : de 375 000 € à 1 500 000 € par lieu" in page.text
    assert "63 000 000 €" in page.text
    assert "Faisabilité : 40" in page.text
    assert "Budget (facultatif)" in page.text
    assert link(page, "Cahier des charges")["href"] == "https://exemple.invalid/cdc.pdf"
    assert link(page, "Ouvrir la page de dépôt : Plateforme")["href"] == "https://exemple.invalid/depot"
    assert "rien n'est déposé" in page.text


def test_what_the_sources_do_not_say_is_to_be_checked(db, client):
    make()
    page = visit(client, "/appels/appel/").text
    assert "Le lieu de dépôt n'est pas connu du portail : à vérifier" in page
    assert "Rôle recherché À vérifier" in page


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("ami", "L'organisateur pose le problème dans ses grandes lignes"),
        ("aap", "C'est vous qui imaginez la solution"),
        ("aac", "L'organisateur a déjà choisi la solution"),
        ("challenge", "Des structures de santé ont un problème précis"),
    ],
)
def test_the_page_says_who_defines_the_problem_and_who_the_solution(kind, words, db, client):
    make(kind=kind)
    assert words in visit(client, "/appels/appel/").text


def test_an_authorisation_is_not_taken_for_an_aid(db, client):
    make(purpose="authorisation")
    page = visit(client, "/appels/appel/").text
    assert "Autorisation médico-sociale" in page
    assert "Ce n'est pas une aide à un projet innovant" in page


def test_links_are_read_from_both_ends_and_never_lead_to_a_draft(db, client):
    first, second = make(), factories.make_call(slug="suite", title="La suite")
    draft = factories.make_call(slug="brouillon", title="Brouillon", publication="draft")
    factories.make_call_relation(first, second, kind=CallRelation.Kind.LED_TO)
    factories.make_call_relation(first, draft)
    assert "Cet appel a conduit à : La suite (fermé)" in visit(client, "/appels/appel/").text
    assert "Cet appel fait suite à : Appel (ouvert)" in visit(client, "/appels/suite/").text
    assert "Brouillon" not in visit(client, "/appels/appel/").text


@pytest.mark.parametrize("slug", ["inconnu", "brouillon"])
def test_a_call_that_is_not_published_is_not_there(slug, db, client):
    factories.make_call(slug="brouillon", publication="draft")
    assert client.get(f"/appels/{slug}/").status_code == 404
    assert client.get(f"/appels/{slug}.ics").status_code == 404


def test_the_sheet_of_a_lever_tells_its_calls_and_where_each_call_decides_all_the_open_ones(db, client):
    lever = factories.make_lever(slug="levier")
    wide = factories.make_lever(slug="tous", lists_calls=True)
    make(levers=[lever])
    factories.make_call(title="Appel d'ailleurs", events=[("opening", "2026-03-01")])
    own = visit(client, f"/leviers/{lever.slug}/")
    assert link(own, "Voir ces appels dans la liste")["href"] == "/appels/?lever=levier"
    assert "Appel d'ailleurs" not in own.text
    assert "Appel d'ailleurs" in visit(client, f"/leviers/{wide.slug}/").text


@pytest.mark.parametrize("size", [1, 20])
def test_the_page_asks_the_same_queries_at_any_length(size, db, client, django_assert_num_queries):
    call = make(
        regions=[factories.make_region()], actor_types=[factories.make_actor_type()], levers=[factories.make_lever()]
    )
    for number in range(size):
        source = factories.make_source(slug=f"s-{number}")
        for part in (
            factories.make_call_amount,
            factories.make_call_criterion,
            factories.make_call_piece,
            factories.make_call_document,
        ):
            part(call, source=source)
        factories.make_call_relation(call, factories.make_call())
        factories.make_call_relation(factories.make_call(), call)
    client.get("/appels/")
    client.get("/glossaire/")  # the words are kept already: a call does not read them again
    PAGES.clear()
    with django_assert_num_queries(17):
        assert client.get("/appels/appel/").status_code == 200
