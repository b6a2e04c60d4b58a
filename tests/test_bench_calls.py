"""The bench of the calls and of public procurement: its data, its addresses, what it says of a change."""

from datetime import UTC, datetime

from levers.calls.board import make_calls
from levers.calls.status import CallStatus
from levers.models import Call
from tests.bench import addresses, call_addresses, calls
from tests.bench.lines import LINES, for_calls
from tests.bench.names import MOST_CALLS, calls_wanted, real_calls
from tests.bench.targets import CHANGE_SIZE, change


def all_calls(at: datetime = datetime(2026, 11, 23, 12, tzinfo=UTC)):
    """Return every published call as the list knows it, by slug."""
    return {card.slug: card for card in make_calls(at, 0).cards.values()}


def test_calls_are_as_many_as_the_levers_at_least_the_real_ones_ten_thousand_at_most():
    assert calls_wanted(12) == len(real_calls()) > 12
    assert (calls_wanted(1_000), calls_wanted(10_000), calls_wanted(100_000)) == (1_000, 10_000, MOST_CALLS)
    assert [size for size in (12, 1_000, 5_000, 10_000, 20_000) if for_calls(size)] == [12, 1_000, 10_000, 20_000]


def test_the_calls_are_the_real_ones_and_invented_ones_of_every_status_that_dates_far_away_can_give(catalogue):
    real = set(all_calls())
    assert set(real_calls()) == real
    calls.fill(len(real) + 200)
    everything = all_calls()
    invented = [card for slug, card in everything.items() if slug not in real]
    assert len(invented) == 190
    assert {card.status for card in invented} == {CallStatus.OPEN, CallStatus.UPCOMING, CallStatus.CLOSED}
    assert 0.6 < sum(card.status == CallStatus.CLOSED for card in invented) / 190 < 0.9
    assert any(not card.events for card in invented)
    assert any(moment.hour for card in invented for moment in card.events)
    assert sum(len(c.text + c.applicants + c.selection + c.benefit) for c in Call.objects.all()[:100]) / 100 >= 1_000
    later = all_calls(datetime(2027, 11, 23, 12, tzinfo=UTC))
    assert {card.slug: card.status for card in invented} == {card.slug: later[card.slug].status for card in invented}


def test_the_same_size_always_gives_the_same_calls(catalogue):
    def rows() -> list[str]:
        values = ("slug", "title", "publication", "events__day", "events__hour", "regions__code", "levers__slug")
        return sorted(map(str, Call.objects.values_list(*values)))

    calls.fill(90)
    first = rows()
    Call.objects.filter(slug__startswith="appel-essai-").delete()
    calls.fill(90)
    assert rows() == first


def test_call_pages_are_spread_over_the_real_ones_and_the_published_invented_ones(catalogue):
    calls.fill(120)
    pages = call_addresses.call_pages(120)
    slugs = {path.removeprefix(call_addresses.LIST).strip("/") for path in pages}
    assert len(pages) == len(slugs) == addresses.ROTATION
    assert slugs <= set(all_calls())
    assert slugs & set(real_calls())


def test_the_bench_knows_the_values_of_the_facets_of_the_calls(catalogue, client):
    every = [(name, value) for name, values in call_addresses.FACETS.items() for value in values]
    assert client.get(addresses.address(call_addresses.API, every)).status_code == 200  # the API refuses unknown values


def test_every_need_that_the_bench_asks_about_has_an_answer(catalogue, client):
    for line in LINES:
        if line.key == "procurement-api":
            assert {client.get(path).status_code for path in line.make(12)} == {200}


def test_a_changed_call_that_is_not_shown_misses_its_target_whatever_the_time():
    def engine(stale: list[str]) -> dict:
        late = {"median": 9.0, "worst": 9.0, "stale": []}
        versions = {"answers": 1, "changes": 1, "mixed": 0, "stale": 0}
        found = {"rebuild": late, "calls": late | {"stale": stale}, "versions": versions}
        return {CHANGE_SIZE: {"lines": {}, "refusals": {}, "problems": {}, "change": found}}

    assert [verdict.met for verdict in change(engine([]))] == [False, True, True]
    shown = change(engine(["flux"]))[1]
    assert (shown.met, shown.measured) == (False, "9,00 s (au pire 9,00 s) ; périmé : flux")
