"""The catalogue that a process keeps: what is read again, when, and that it is never half of one and half of another."""

from datetime import date
from threading import Barrier, Thread
from time import sleep

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from actors.models import ContentVersion
from levers import catalogue as module
from levers.catalogue import current_catalogue, forget_catalogue, make_catalogue
from levers.models import Lever, Window
from levers.search import Query
from tests import factories

TODAY = date(2026, 6, 1)


def now(at: date = TODAY):
    """The catalogue as a request gets it."""
    return current_catalogue(at, ContentVersion.current())


def titles(catalogue) -> list[str]:
    return sorted(card.title for card in catalogue.cards.values())


@pytest.fixture
def levers(db) -> list[Lever]:
    forget_catalogue()
    return [factories.make_lever(title=title) for title in ("Alpha", "Bêta", "Gamma")]


def test_nothing_moves_nothing_is_made_again(levers):
    assert now() is now()


def test_only_what_moved_is_read_again(levers):
    before = now()
    Lever.objects.filter(pk=levers[1].pk).update(title="Delta")
    after = now()
    assert titles(after) == ["Alpha", "Delta", "Gamma"]
    assert after.cards[levers[0].pk] is before.cards[levers[0].pk]
    assert titles(before) == ["Alpha", "Bêta", "Gamma"]


def test_a_change_costs_three_queries_whatever_the_size(levers, django_assert_num_queries):
    for _ in range(30):
        factories.make_lever()
    now()
    factories.make_step(levers[0])
    token = ContentVersion.current()
    with django_assert_num_queries(3):  # the version again, the stamps, what moved
        current_catalogue(TODAY, token)


def test_a_lever_that_comes_goes_or_is_hidden_is_seen(levers):
    now()
    added = factories.make_lever(title="Epsilon")
    assert "Epsilon" in titles(now())
    Lever.objects.filter(pk=levers[0].pk).update(publication=Lever.Publication.DRAFT)
    assert titles(now()) == ["Bêta", "Epsilon", "Gamma"]
    added.delete()
    levers[1].delete()
    assert titles(now()) == ["Gamma"]
    assert now().index.search(Query()).total == 1


def test_many_changes_at_once_are_read_whole(levers, monkeypatch):
    now()
    monkeypatch.setattr(module, "TOO_MANY", 1)
    for lever in levers:
        Lever.objects.filter(pk=lever.pk).update(title=f"{lever.title} changé")
    assert titles(now()) == ["Alpha changé", "Bêta changé", "Gamma changé"]


def test_taking_over_gives_what_reading_everything_gives(levers):
    factories.make_window(levers[0], kind=Window.Kind.CAMPAIGN, opens_on=date(2026, 6, 2), closes_on=date(2026, 6, 9))
    now()
    factories.make_step(levers[2], text="Un oiseau vole.")
    Lever.objects.filter(pk=levers[1].pk).update(position=1)
    taken_over, anew = now(), make_catalogue(TODAY, ContentVersion.current())
    assert taken_over.cards == anew.cards
    assert taken_over.until == anew.until == date(2026, 6, 2)
    assert taken_over.index.search(Query()).keys == anew.index.search(Query()).keys


@pytest.mark.parametrize(
    ("day", "status"),
    [("2026-05-31", "upcoming"), ("2026-06-01", "open"), ("2026-06-05", "open"), ("2026-06-06", "closed")],
)
def test_a_status_changes_on_its_day_though_nothing_was_written(day, status, levers):
    opens, closes = date(2026, 6, 1), date(2026, 6, 5)
    factories.make_window(levers[0], kind=Window.Kind.CAMPAIGN, opens_on=opens, closes_on=closes)
    for at in ("2026-05-30", day):  # kept on the first day, asked again on the other
        kept = now(date.fromisoformat(at))
    assert kept.cards[levers[0].pk].status == status


def test_an_earlier_day_is_never_answered_from_a_later_one(levers):
    factories.make_window(levers[0], kind=Window.Kind.CAMPAIGN, opens_on=date(2026, 6, 1), closes_on=date(2026, 6, 5))
    assert now(date(2026, 7, 1)).cards[levers[0].pk].status == "closed"
    assert now(date(2026, 6, 2)).cards[levers[0].pk].status == "open"


def test_a_version_newer_than_the_caller_saw_is_not_made_twice(levers):
    old = ContentVersion.current()
    now()
    factories.make_step(levers[0])
    newer = now()
    assert current_catalogue(TODAY, old) is newer


def insist(action):
    """Do it again until it is done: the tests' SQLite, in memory, refuses where one in a file waits its turn."""
    while True:
        try:
            return action()
        except OperationalError:
            sleep(0.01)


@pytest.mark.django_db(transaction=True)
def test_a_change_in_two_rows_is_seen_whole_or_not_at_all(transactional_db):
    forget_catalogue()
    first, second = (factories.make_lever(title="Avant") for _ in range(2))
    start, seen = Barrier(2), []

    def write() -> None:
        start.wait()
        for number in range(20):
            insist(lambda number=number: rename(number))
        connection.close()

    def rename(number: int) -> None:
        with transaction.atomic():
            Lever.objects.filter(pk=first.pk).update(title=f"Après {number}")
            Lever.objects.filter(pk=second.pk).update(title=f"Après {number}")

    writer = Thread(target=write)
    writer.start()
    start.wait()
    while writer.is_alive():
        seen.append(titles(insist(now)))
    writer.join()
    assert [pair for pair in seen if pair[0] != pair[1]] == []
    assert titles(now()) == ["Après 19", "Après 19"]


def test_the_first_reading_of_a_process_takes_two_queries(levers):
    token = ContentVersion.current()
    forget_catalogue()
    with CaptureQueriesContext(connection) as queries:
        current_catalogue(TODAY, token)
    assert len(queries) == 2  # the stamps, then everything
