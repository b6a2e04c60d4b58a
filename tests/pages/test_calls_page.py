"""The list of calls: what it finds, in which order, under which filters, as cards and as a month."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.models import ContentVersion
from apist.sharing import PAGES
from levers.calls import board
from levers.calls.board import FACET_LABELS, current_calls, forget_calls
from levers.calls.filters import AskedOfCalls
from levers.models import Category
from tests import factories
from tests.pages.reading import link, visit

NOW = datetime(2026, 4, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def on_the_second_of_april(monkeypatch):
    """Stop the clocks of the list, of the pages and of what is shared."""
    for module in ("levers.views.calls", "levers.views.call_feeds", "levers.api_calls", "apist.sharing"):
        monkeypatch.setattr(f"{module}.now", lambda: NOW)
    monkeypatch.setattr("levers.views.calls.today", lambda: date(2026, 4, 2))


@pytest.fixture
def some_calls(db, on_the_second_of_april):
    """Fill the base with a call of each status, in two regions, for two kinds of actors."""
    north, south = (
        factories.make_region(code="32", name="Hauts-de-France"),
        factories.make_region(code="76", name="Occitanie"),
    )
    ehpad, startup = (
        factories.make_actor_type("ehpad"),
        factories.make_actor_type("entreprise-start-up", audience="industrie"),
    )
    factories.make_agency(region=south)
    theme = factories.make_category(kind=Category.Kind.THEME, slug="theme-grand-age", label="Grand âge")
    others = [factories.make_category(), factories.make_category(kind=Category.Kind.SECTOR)]
    factories.make_call(slug="clos", title="Appel clos", events=[("opening", "2025-01-01"), ("closing", "2025-03-31")])
    factories.make_call(slug="vieux", title="Appel ancien", events=[("closing", "2019-03-31")], regions=[north])
    factories.make_call(
        slug="long", title="Appel long", events=[("opening", "2026-03-01"), ("closing", "2026-09-30")], regions=[south]
    )
    factories.make_call(
        slug="bref", title="Appel bref", kind="aac", events=[("opening", "2026-03-01"), ("closing", "2026-04-10", "12:00")],
        actor_types=[ehpad], categories=[theme, *others], levers=[factories.make_lever(slug="un-levier")], roles=["carrier"],
    )  # fmt: skip
    factories.make_call(
        slug="futur", title="Appel futur", events=[("opening", "2026-06-01")], actor_types=[startup], regions=[south]
    )
    factories.make_call(slug="attendu", title="Appel attendu", expected=True, events=[("closing", "2025-05-31")])
    factories.make_call(
        slug="brouillon", title="Appel brouillon", publication="draft", events=[("opening", "2026-03-01")]
    )


def titles(page) -> list[str]:
    return [card.one("h2").text.removeprefix("Appel ") for card in page.all("li", "portal-card")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "bref long futur attendu clos ancien"),
        ("status=open", "bref long"),
        ("status=closing-soon", "bref"),
        ("status=upcoming", "futur attendu"),
        ("status=closed", "clos ancien"),
        ("region=76", "bref long futur attendu clos"),
        ("region=32&status=closed", "clos ancien"),
        ("actor_type=ehpad", "bref long attendu clos ancien"),
        ("audience=industrie&status=upcoming", "futur attendu"),
        ("nature=aac", "bref"),
        ("theme=theme-grand-age", "bref"),
        ("role=carrier", "bref"),
        ("period=2026-04", "bref long"),
        ("period=2026-05", "long"),
        ("period=2025", "attendu clos"),
        ("period=2026-06", "long futur"),
        ("q=grand+age", "bref"),
        ("q=BREF", "bref"),
        ("q=occitanie+ouvert", ""),
        ("sort=title&status=open", "bref long"),
        ("sort=title", "ancien attendu bref clos futur long"),
        ("utm_source=lettre&status=open", "bref long"),
        ("status=inconnu", ""),
        ("period=hier", ""),
        ("page=99", "bref long futur attendu clos ancien"),
        ("page=x", "bref long futur attendu clos ancien"),
    ],
)
def test_the_address_decides_what_is_found_and_in_which_order(query, found, some_calls, client):
    assert titles(visit(client, f"/appels/?{query}")) == found.split()


def test_a_call_without_region_or_actors_is_for_all_of_them(some_calls, client):
    assert "clos" in titles(visit(client, "/appels/?region=32&actor_type=entreprise-start-up"))


@pytest.mark.parametrize("name", FACET_LABELS)
def test_each_count_is_what_choosing_the_value_finds(name, some_calls, client):
    calls = current_calls(NOW, ContentVersion.current())
    counts = calls.index.search(AskedOfCalls({}, calls).query()).counts[name]
    assert counts
    for value, number in counts.items():
        assert len(titles(visit(client, f"/appels/?{name}={value}"))) == number, value


def test_a_card_says_until_when_one_may_answer_on_whose_clocks(some_calls, client):
    cards = {card.one("h2").text: card.text for card in visit(client, "/appels/").all("li", "portal-card")}
    assert "Jusqu'au 10 avril 2026 à 12 h (heure de Paris) compris" in cards["Appel bref"]
    assert "Se termine bientôt" in cards["Appel bref"]
    assert "Ouvre le 1er juin 2026" in cards["Appel futur"]
    assert "Date inconnue ; dernière campagne : 31 mai 2025" in cards["Appel attendu"]
    assert "Fermé depuis le 31 mars 2025" in cards["Appel clos"]


def test_the_status_changes_at_the_very_hour(some_calls, client, monkeypatch):
    for hour, found in ((10, ["bref"]), (11, [])):
        monkeypatch.setattr(
            "levers.views.calls.now",
            lambda hour=hour: datetime(2026, 4, 10, hour - 0, 0 if hour == 10 else 1, tzinfo=UTC),
        )
        PAGES.clear()
        assert titles(visit(client, "/appels/?status=closing-soon")) == found


def test_nothing_found_says_what_to_remove_and_still_offers_to_follow(some_calls, client):
    page = visit(client, "/appels/?nature=aac&region=32&status=upcoming")
    assert link(page, "Retirer « Situation : À venir »")["href"] == "/appels/?nature=aac&region=32"
    assert link(page, "Voir tous les appels")["href"] == "/appels/"
    assert link(page, "Dans votre agenda")["href"] == "/appels.ics?nature=aac&region=32&status=upcoming"


def test_htmx_is_given_the_part_that_a_filter_changes(some_calls, client):
    part = client.get("/appels/?status=open", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert part.count("portal-card__title") == 2
    assert '<p id="annonce" hx-swap-oob="innerHTML">2 appels</p>' in part


def test_the_month_tells_each_day_and_keeps_the_filters(some_calls, client):
    page = visit(client, "/appels/?view=month&month=2026-04&status=open")
    days = {
        day.one("span").text: [item.text for item in day.one("ul").all("li")]
        for day in page.one("ul", "portal-month").all("li")
        if day.all("ul")
    }
    assert days == {"vendredi 10": ["Clôture : Appel bref"]}
    assert link(page, "Mois suivant")["href"] == "/appels/?view=month&month=2026-05&status=open"
    assert link(page, "Mois précédent")["href"] == "/appels/?view=month&month=2026-03&status=open"
    assert link(page, "Voir la liste")["href"] == "/appels/?status=open"
    assert ("view", "month") in {(field["name"], field["value"]) for field in page.all("input", type="hidden")}


@pytest.mark.parametrize("written", ["", "2026-13", "hier", "2026-4", "9999-12", "٢٠٢٦-٠٤"])
def test_a_month_that_is_not_one_is_this_month(written, some_calls, client):
    assert "Avril 2026 : 1 date" in visit(client, f"/appels/?view=month&month={written}").text


@pytest.mark.parametrize("size", [1, 30])
@pytest.mark.parametrize("view", ["", "?view=month"])
def test_the_list_asks_the_same_queries_cold_and_one_warm_at_any_size(
    size, view, db, client, django_assert_num_queries
):
    for number in range(size):
        call = factories.make_call(
            events=[("opening", "2026-01-01"), ("closing", "2030-01-01")], regions=[factories.make_region()],
            levers=[factories.make_lever()], actor_types=[factories.make_actor_type()],
            categories=[factories.make_category()], source=factories.make_source(slug=f"une-{number}"),
        )  # fmt: skip
        factories.make_call_amount(call, maximum=100)
    forget_calls()
    PAGES.clear()
    for queries in (12, 1):  # the version of the content each time
        with django_assert_num_queries(queries):
            assert client.get(f"/appels/{view}").status_code == 200
        PAGES.clear()


def test_a_change_reads_again_the_call_that_moved_and_no_other(some_calls, client, django_assert_num_queries):
    visit(client, "/appels/")
    call = factories.make_call(title="Appel nouveau", events=[("opening", "2026-04-01")])
    with django_assert_num_queries(13):
        assert titles(visit(client, "/appels/?status=open")) == ["bref", "long", "nouveau"]
    call.title = "Appel renommé"
    call.save()
    assert titles(visit(client, "/appels/?status=open")) == ["bref", "long", "renommé"]
    call.delete()
    assert titles(visit(client, "/appels/?status=open")) == ["bref", "long"]


def test_content_that_moves_while_the_calls_are_read_is_read_again(some_calls, client, monkeypatch):
    forget_calls()
    entries = board._entries

    def and_meanwhile(*arguments):
        yield from entries(*arguments)
        monkeypatch.setattr(board, "_entries", entries)
        factories.make_call(title="Appel de dernière minute", events=[("opening", "2026-04-01")])

    monkeypatch.setattr(board, "_entries", and_meanwhile)
    calls = current_calls(NOW, ContentVersion.current())
    assert calls.token == ContentVersion.current()
    assert "Appel de dernière minute" in {card.title for card in calls.cards.values()}


TEXTS = st.text(max_size=30)
PAIRS = st.lists(
    st.tuples(
        st.sampled_from([*FACET_LABELS, "q", "page", "sort", "view", "month", "autre"]),
        TEXTS | st.sampled_from(["open", "76", "2026-04", "month", "1"]),
    ),
    max_size=6,
)


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(pairs=PAIRS)
def test_no_query_string_breaks_a_page_a_calendar_or_a_feed(pairs, some_calls, client):
    data: dict[str, list[str]] = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    for address in ("/appels/", "/appels.ics", "/appels.rss"):
        assert client.get(address, data).status_code == 200
    assert client.get("/api/v1/calls/", data).status_code in (200, 400)
