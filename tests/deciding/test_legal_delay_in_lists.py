"""The legal delay in lists: shown, filtered, sorted, counted as late, exported; everywhere with one meaning."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from projects.access import holdings_of
from projects.engine.reading import clock_of
from projects.instruction.board import columns_of
from projects.instruction.conditions import desk_of
from projects.instruction.filters import found
from projects.instruction.rows import rows_of
from projects.instruction.sheets import HEADERS, lines_of
from projects.instruction.tallies import standings, tally
from projects.models import Dossier, SteeringCell
from projects.steering.running import refresh
from projects.views.instruction_rows import columns_html, lines_html
from tests.deciding.builders import adopt, fir_dossier, notified
from tests.dossier_factories import NOW, drive, fill, make_dossier

DAY = timedelta(days=1)


def desk(people, at):
    return desk_of(holdings_of(people["officer"], at), at)


def row(dossier, people, at):
    return rows_of([dossier.pk], desk(people, at))[0]


def line(one) -> str:
    return lines_html([one], lambda reference: f"/instruction/{reference}/")


@pytest.fixture
def legal(applicant, organisation, agency, people) -> dict[str, Dossier]:
    """Three dossiers received and one decided, whose stages have no date left: only the law's delay may pass."""
    made = {name: fir_dossier(applicant, organisation, agency, people) for name in ("first", "decided")}
    adopt("fir", agency)
    for name, days in (("second", 10), ("third", 60)):
        made[name] = fill(make_dossier(applicant, "fir", organisation=organisation, body=agency))
        drive(made[name], "deposit", applicant, NOW + days * DAY)
        drive(made[name], "acknowledge", people["officer"], NOW + days * DAY)
    notified(made["decided"], people)
    Dossier.objects.update(due_at=None)
    for one in made.values():
        one.refresh_from_db()
    return made


def named(legal, query: str, people, at) -> list[str]:
    """Return which dossiers an address finds, in its order."""
    numbers = found(desk(people, at), query).in_order().values_list("pk", flat=True)
    return [next(name for name, one in legal.items() if one.pk == pk) for pk in numbers]


def test_a_delay_that_runs_is_said_beside_that_of_the_stage(fir, people):
    one = row(fir, people, NOW + DAY)
    assert NOW < one.legal_due_at < NOW + timedelta(days=130)
    assert not one.is_silent
    assert "Délai légal\u00a0: " in line(one)


def test_a_delay_that_is_over_without_an_answer_is_told_apart(fir, people):
    one = row(fir, people, NOW + timedelta(days=200))
    assert (one.is_silent, one.is_late) == (True, True)
    assert "<strong>Délai légal passé le " in line(one)


def test_nothing_is_said_of_it_once_it_is_stopped(fir, people):
    notified(fir, people)
    one = row(fir, people, NOW + DAY)
    assert one.legal_due_at is None
    assert "Délai légal" not in line(one)


def test_what_the_dossier_keeps_is_what_its_journal_says(legal):
    for name, one in legal.items():
        clock = clock_of(one.procedure, one.journal.order_by("seq"))
        assert (one.legal_due_at is None) == (name == "decided")
        assert one.legal_due_at == (clock.due_at if clock.is_running else None)


def test_a_suspended_delay_is_none_until_it_runs_again_later(legal, people, applicant):
    one = legal["second"]
    before = one.legal_due_at
    drive(one, "ask-completion", people["officer"], NOW + 12 * DAY, answer_by="2030-01-01")
    assert one.legal_due_at is None
    drive(one, "complete", applicant, NOW + 17 * DAY)
    assert one.legal_due_at == before + 5 * DAY


def test_the_facet_keeps_what_is_over_and_what_is_near_to_the_second(legal, people):
    due = legal["first"].legal_due_at
    second = timedelta(seconds=1)
    cases = (
        (due - 15 * DAY - second, [], []),
        (due - 15 * DAY, [], ["first"]),
        (due - second, [], ["first", "second"]),
        (due, ["first"], ["second"]),
        (legal["third"].legal_due_at, ["first", "second", "third"], []),
    )
    for at, over, near in cases:
        assert named(legal, "due=legal-late&sort=legal", people, at) == over
        assert named(legal, "due=legal-soon&sort=legal", people, at) == near
        facet = {one.value: one.total for one in tally(found(desk(people, at), "")).facets["due"]}
        assert (facet.get("legal-late", 0), facet.get("legal-soon", 0)) == (len(over), len(near))


def test_the_nearest_legal_delay_comes_first_and_what_has_none_last(legal, people):
    assert named(legal, "sort=legal", people, NOW) == ["first", "second", "third", "decided"]


def test_late_is_one_thing_in_the_list_on_the_first_page_on_the_board_and_in_the_steering(legal, people, agency):
    at = legal["second"].legal_due_at
    here = desk(people, at)
    late = {legal["first"].pk, legal["second"].pk}
    listed = found(here, "standing=late")
    assert set(listed.rows().values_list("pk", flat=True)) == late
    assert set(Dossier.objects.late(at).values_list("pk", flat=True)) == late
    assert set(Dossier.objects.silent(at).values_list("pk", flat=True)) == late
    assert not Dossier.objects.past_stage(at).exists()
    assert standings(found(here, ""))["late"] == 2
    assert tally(listed).total == 2
    rows = rows_of([one.pk for one in legal.values()], here)
    assert {one.reference for one in rows if one.is_late} == {legal["first"].reference, legal["second"].reference}
    board = columns_html(
        columns_of(found(here, ""), tally(found(here, "")), "/", QueryDict(""), lambda one: f"/{one}/")
    )
    assert board.count("En retard depuis le ") == board.count(", délai légal passé</strong>") == 2
    run = refresh(at)
    cells = SteeringCell.objects.filter(run=run, scope=str(agency.pk), block="dossiers")
    assert sum(cells.values_list("late", flat=True)) == 2


def test_an_export_says_the_day_of_the_law_beside_that_of_the_stage(legal, people):
    asked = found(desk(people, NOW), "sort=legal")
    column = HEADERS.index("Délai légal")
    assert HEADERS[column - 1] == "Échéance"
    days = [one[column] for one in lines_of(asked)]
    assert days[-1] is None
    assert days[:3] == sorted(days[:3])


def test_the_clock_s_moves_wait_for_the_date_of_the_stage_alone(legal, people):
    at = legal["third"].legal_due_at + DAY
    Dossier.objects.filter(pk=legal["first"].pk).update(due_at=NOW)
    assert list(Dossier.objects.past_stage(at)) == [legal["first"]]
