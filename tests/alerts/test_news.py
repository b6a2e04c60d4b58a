"""What an alert tells, call by call: new, opened, opened again, changed, near its end, gone. And nothing else."""

from dataclasses import replace

import pytest

from levers.alerts.news import FIELDS, Call, Change, Fact, Kind, Told, compare, remember
from levers.calls.sentences import NAMES

CALL = Call(
    slug="appel",
    title="Un appel",
    status="open",
    dates="Jusqu'au 15 mars 2026 compris",
    closes="2026-03-15",
    facts={"title": Fact("Un appel", "Un appel"), "closing": Fact([["", "2026-03-15", "", "day"]], "15 mars 2026")},
)
LATER = Fact([["", "2026-03-30", "", "day"]], "30 mars 2026")


def with_status(status: str, **fields) -> Call:
    return replace(CALL, status=status, **fields)


def postponed(status: str = "open") -> Call:
    return replace(CALL, status=status, closes="2026-03-30", facts={**CALL.facts, "closing": LATER})


def kinds(before: Call | None, after: Call | None, *, published=(1,)) -> list[str]:
    """What is told of one call between two moments, either of which may not know it."""
    memory = {} if before is None else {1: Told(before)}
    news = compare(memory, {} if after is None else {1: after}, published)
    return [item.kind.value for item in news.items]


@pytest.mark.parametrize("status", ["upcoming", "open", "closing-soon"])
def test_a_call_that_was_never_told_is_new_whether_it_is_open_or_to_come(status):
    assert kinds(None, with_status(status)) == ["new"]


def test_a_call_that_is_already_closed_is_learnt_without_a_word():
    news = compare({}, {1: with_status("closed")}, {1})
    assert news.items == ()
    assert news.memory == {1: Told(with_status("closed"))}


@pytest.mark.parametrize("status", ["upcoming", "open", "closing-soon"])
def test_a_closed_call_that_comes_back_is_told_again(status):
    assert kinds(with_status("closed"), with_status(status)) == ["reopened"]


@pytest.mark.parametrize("status", ["open", "closing-soon"])
def test_an_announced_call_that_opens_is_told(status):
    assert kinds(with_status("upcoming"), with_status(status)) == ["opened"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("open", "open"),
        ("upcoming", "upcoming"),
        ("closed", "closed"),
        ("open", "closed"),
        ("upcoming", "closed"),
        ("closing-soon", "closed"),
        ("open", "upcoming"),
    ],
)
def test_what_days_do_by_themselves_is_not_news(before, after):
    assert kinds(with_status(before), with_status(after)) == []


def test_a_change_is_told_with_what_it_was_and_what_it_is():
    (item,) = compare({1: Told(CALL)}, {1: postponed()}, {1}).items
    assert (item.kind, item.changes) == (Kind.CHANGED, (Change("Clôture", "15 mars 2026", "30 mars 2026"),))


def test_a_closing_brought_forward_is_told_although_the_call_is_over():
    assert kinds(CALL, postponed("closed")) == ["changed"]


def test_a_change_in_a_call_that_was_and_is_closed_is_learnt_without_a_word():
    assert kinds(with_status("closed"), postponed("closed")) == []


def test_a_reopening_says_what_changed_too():
    (item,) = compare({1: Told(with_status("closed"))}, {1: postponed()}, {1}).items
    assert (item.kind, [change.name for change in item.changes]) == (Kind.REOPENED, ["Clôture"])


def test_words_that_change_without_the_fact_are_not_a_change():
    reworded = {**CALL.facts, "closing": replace(CALL.facts["closing"], words="le dimanche 15 mars")}
    assert kinds(CALL, replace(CALL, facts=reworded)) == []


def test_a_fact_that_an_older_version_did_not_remember_is_not_a_change():
    older = replace(CALL, facts={"title": CALL.facts["title"]})
    assert kinds(older, CALL) == kinds(CALL, older) == []


def test_an_empty_fact_is_called_not_specified():
    none = replace(CALL, facts={**CALL.facts, "closing": Fact([], "")})
    (item,) = compare({1: Told(CALL)}, {1: none}, {1}).items
    assert item.changes == (Change("Clôture", "15 mars 2026", "non précisé"),)


def test_a_near_end_is_told_once_for_each_closing():
    soon = with_status("closing-soon")
    first = compare({1: Told(CALL)}, {1: soon}, {1})
    assert [item.kind for item in first.items] == ["closing"]
    assert compare(first.memory, {1: soon}, {1}).items == ()
    later = postponed("closing-soon")
    second = compare(first.memory, {1: later}, {1})
    assert [item.kind for item in second.items] == ["changed"], "one line says both"
    assert compare(second.memory, {1: later}, {1}).items == ()


def test_a_near_end_is_told_again_when_the_call_comes_back_another_year():
    closed = compare({1: Told(CALL, "2026-03-15")}, {1: with_status("closed")}, {1})
    again = compare(closed.memory, {1: with_status("open", closes="2027-03-15")}, {1})
    soon = compare(again.memory, {1: with_status("closing-soon", closes="2027-03-15")}, {1})
    assert [[item.kind for item in news.items] for news in (closed, again, soon)] == [[], ["reopened"], ["closing"]]


def test_what_the_list_showed_at_the_start_is_not_told_not_even_its_near_end():
    shown = {1: with_status("closing-soon"), 2: with_status("closed"), 3: with_status("upcoming")}
    assert compare(remember(shown), shown, {1, 2, 3}).items == ()


@pytest.mark.parametrize(("published", "kind"), [((), "withdrawn"), ((1,), "elsewhere")])
def test_a_call_that_goes_is_told_once_and_says_whether_it_left_the_portal_or_the_search(published, kind):
    news = compare({1: Told(CALL)}, {}, published)
    assert [item.kind for item in news.items] == [kind]
    assert compare(news.memory, {}, published).items == ()


def test_a_closed_call_that_goes_is_forgotten_without_a_word():
    assert kinds(with_status("closed"), None) == []


def test_a_call_that_comes_back_after_it_was_told_gone_is_new():
    gone = compare({1: Told(CALL)}, {}, ())
    assert [item.kind for item in compare(gone.memory, {1: CALL}, {1}).items] == ["new"]


def test_calls_come_in_the_order_of_kinds_then_of_what_ends_first():
    matching = {
        1: with_status("open", closes=""),
        2: with_status("open", closes="2026-05-01"),
        3: with_status("open", closes="2026-04-01"),
        4: with_status("open"),
    }
    items = compare({4: Told(with_status("closed"))}, matching, matching).items
    assert [(item.kind.value, item.key) for item in items] == [("new", 3), ("new", 2), ("new", 1), ("reopened", 4)]


def test_every_nature_of_date_can_be_told():
    assert NAMES.keys() <= FIELDS.keys()
