"""Whatever happens and whichever runs are missed: each thing is told once, and nothing that lasts is lost.

The histories are drawn at random. A reader who sees nothing but the mails keeps what they
say; at each run, this reader must know what is true.
"""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from levers.alerts.news import CLOSED, CLOSING_SOON, FIELDS, UPCOMING, Call, Fact, Kind, Told, compare, remember

STATUSES = (UPCOMING, "open", CLOSING_SOON, CLOSED)
DAYS = ("", "2026-03-15", "2026-03-30")

calls = st.builds(
    lambda status, closes, title, amount: Call(
        slug="a",
        title=title,
        status=status,
        dates="",
        closes=closes if status == CLOSING_SOON and closes else "2026-03-15" if status == CLOSING_SOON else closes,
        facts={"title": Fact(title, title), "amounts": Fact(amount, f"{amount} €")},
    ),
    st.sampled_from(STATUSES),
    st.sampled_from(DAYS),
    st.sampled_from(["Appel", "Appel corrigé"]),
    st.sampled_from([0, 1]),
)
worlds = st.dictionaries(st.integers(1, 4), st.tuples(calls, st.booleans()), max_size=4)
"""At a moment: the published calls by number, and whether each matches the search."""

histories = st.lists(st.tuples(worlds, st.booleans()), min_size=1, max_size=12)
"""Moments one after the other, and whether a run took place then."""


@dataclass
class Reader:
    """Somebody who knows the list of the day they subscribed, then what the mails say, and nothing else."""

    known: dict[int, dict[str, str]] = field(default_factory=dict)
    answerable: set[int] = field(default_factory=set)

    def see(self, key: int, call: Call) -> None:
        self.known[key] = {name: fact.words for name, fact in call.facts.items()}
        (self.answerable.add if call.can_answer else self.answerable.discard)(key)

    def read(self, items) -> None:
        for item in items:
            if item.kind in (Kind.WITHDRAWN, Kind.ELSEWHERE):
                del self.known[item.key]
                self.answerable.discard(item.key)
            elif item.kind in (Kind.CHANGED, Kind.OPENED, Kind.CLOSING):
                known = self.known[item.key]
                for change in item.changes:
                    name = next(name for name, label in FIELDS.items() if label == change.name)
                    assert known[name] == change.before, "a change starts from what the reader knows"
                    known[name] = change.after
            else:
                self.see(item.key, item.call)


def matching(world: dict) -> dict[int, Call]:
    return {key: call for key, (call, matches) in world.items() if matches}


@given(histories)
def test_the_mails_alone_tell_every_fact_of_what_can_be_answered(history):
    start = matching(history[0][0])
    memory, reader = remember(start), Reader()
    for key, call in start.items():
        reader.see(key, call)
    for world, runs in history[1:]:
        if not runs:
            continue
        news = compare(memory, matching(world), world)
        reader.read(news.items)
        memory = news.memory
        now = {key: call for key, call in matching(world).items() if call.can_answer}
        for key, call in now.items():
            assert reader.known[key] == {name: fact.words for name, fact in call.facts.items()}
            assert key in reader.answerable
        closed = {key for key, call in matching(world).items() if not call.can_answer}
        assert reader.answerable <= now.keys() | closed, "nobody believes in a call that went away"
        reader.answerable -= closed  # what a date said beforehand: a closing is not told when it comes


@given(histories)
def test_a_second_run_at_the_same_moment_tells_nothing(history):
    memory = remember(matching(history[0][0]))
    for world, runs in history[1:]:
        if runs:
            memory = compare(memory, matching(world), world).memory
            again = compare(memory, matching(world), world)
            assert again.items == ()
            assert again.memory == memory


@given(histories)
def test_what_is_told_is_true_and_is_a_difference(history):
    memory: dict[int, Told] = remember(matching(history[0][0]))
    for world, runs in history[1:]:
        if not runs:
            continue
        news = compare(memory, matching(world), world)
        assert len({item.key for item in news.items}) == len(news.items), "a call is told once in a mail"
        for item in news.items:
            told, call = memory.get(item.key), matching(world).get(item.key)
            match item.kind:
                case Kind.NEW:
                    assert told is None
                    assert call.can_answer
                case Kind.REOPENED:
                    assert not told.call.can_answer
                    assert call.can_answer
                case Kind.OPENED:
                    assert (told.call.status, call.status in ("open", CLOSING_SOON)) == (UPCOMING, True)
                case Kind.CHANGED:
                    assert told.call.facts != call.facts
                case Kind.CLOSING:
                    assert call.status == CLOSING_SOON
                    assert told.closing_told != call.closes
                case Kind.WITHDRAWN:
                    assert item.key not in world
                case Kind.ELSEWHERE:
                    assert call is None
                    assert item.key in world
        memory = news.memory


@given(st.lists(st.sampled_from(DAYS[1:]), min_size=1, max_size=8), st.lists(st.booleans(), min_size=8, max_size=8))
def test_each_closing_comes_near_once_however_often_it_is_looked_at(days, runs):
    """The date may move there and back: each move is told as a change, and no near end is told beside it."""
    call = Call("a", "A", CLOSING_SOON, "", days[0], {"closing": Fact(days[0], days[0])})
    memory, told = {1: Told(replace(call, status="open"))}, []
    for day, runs_now in zip(days, runs, strict=False):
        if runs_now:
            now = replace(call, closes=day, facts={"closing": Fact(day, day)})
            news = compare(memory, {1: now}, {1})
            told += [(item.kind, day) for item in news.items]
            memory = news.memory
    for (first, day), (second, next_day) in pairwise(told):
        assert (second, day != next_day) == (Kind.CHANGED, True)
        assert first in (Kind.CLOSING, Kind.CHANGED)
