"""Essential data after an amendment, another year, a correction: one line an agreement, in the year of its signature.

The law obliges above 23,000 € a year with a private body (law 2000-321, article 10; decrees 2001-495 and 2017-779);
a smaller or a public one that was signed is published all the same (docs/decisions/0017-essential-data.md).
"""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client

from projects.engine.door import Refused
from projects.views.essential_data import KEPT
from tests.deciding.builders import lever as lever_named
from tests.deciding.paper_builders import authorised
from tests.dossier_factories import NOW, drive
from tests.following.builders import amend, granted, make_cast, plan, row, running
from tests.following.test_essential_data import errors_of
from tests.people_factories import invented_siret

NEXT_YEAR = datetime(2027, 3, 1, 9, tzinfo=UTC)
MORE = (row(40000, rank=1), row(20000, "balance", year=2028, due="2028-06-30", rank=2), row(9000.5, due="2029-02-01"))
LESS = (row(25000, "balance", due="2027-09-15", rank=1),)
TITLES = ("montant", "conditionsVersement", "datesPeriodeVersement", "dateConvention")


@pytest.fixture(autouse=True)
def siret(cast):
    cast.body.siret = invented_siret(77)
    cast.body.save()


@pytest.fixture
def in_time(monkeypatch):
    """Ask for the files in the spring of 2027."""
    monkeypatch.setattr("projects.views.essential_data.now", lambda: NEXT_YEAR)


def published(year: int = 2026, code: str = "ars-01") -> dict[str, dict]:
    """Return the lines of a file, by reference, as they are now."""
    KEPT.clear()
    answer = Client().get(f"/donnees-essentielles/{code}/{year}.csv")
    assert answer.status_code == 200
    return {one["referenceDecision"]: one for one in csv.DictReader(io.StringIO(answer.content.decode()))}


def said(dossier, year: int = 2026) -> tuple:
    return tuple(published(year)[dossier.reference][name] for name in TITLES)


def amended(cast, dossier, *rows, **given) -> None:
    drive(dossier, "open-amendment", cast.officer, NEXT_YEAR)
    amend(cast, dossier, *rows, at=NEXT_YEAR, **given)
    drive(dossier, "sign-amendment", cast.director, NEXT_YEAR)


AMENDMENTS = {
    "more": (
        MORE, {"amount": Decimal("69000.50"), "seen": (1, 0), "ends": "2029-06-30"},
        ("69000.50", "échelonné", "2027-01-15/2029-02-01", "2026-11-28"),
    ),
    "less": (
        LESS, {"amount": 25000, "per_year": 25000, "seen": (1, 0), "ends": "2027-12-31"},
        ("25000.00", "unique", "2027-09-15", "2026-11-28"),
    ),
    "later alone": (
        MORE[:2], {"seen": (1, 0), "ends": "2029-06-30"},
        ("60000.00", "échelonné", "2027-01-15/2028-06-30", "2026-11-28"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", AMENDMENTS)
def test_an_amendment_changes_the_sum_and_the_days_of_the_one_line_of_its_year(
    case, cast, in_progress, in_time, tmp_path
):
    rows, given, expected = AMENDMENTS[case]
    plan(cast, in_progress)
    assert said(in_progress) == ("60000.00", "échelonné", "2027-01-15/2028-06-30", "2026-11-28")
    drive(in_progress, "open-amendment", cast.officer, NEXT_YEAR)
    amend(cast, in_progress, *rows, at=NEXT_YEAR, **given)
    assert said(in_progress)[0] == "60000.00", "what is only prepared is not published"
    drive(in_progress, "sign-amendment", cast.director, NEXT_YEAR)
    assert said(in_progress) == expected
    assert in_progress.reference not in published(2027), "its agreement is of the year before"
    assert errors_of(Client().get("/donnees-essentielles/ars-01/2026.csv").content, "csv", tmp_path) == []


def test_without_a_schedule_the_period_follows_the_end_as_it_moves(cast, in_progress, in_time):
    assert said(in_progress)[2] == "2026-11-28/2026-12-31"
    amended(cast, in_progress, ends="2027-10-31")
    assert said(in_progress)[1:3] == ("Selon la convention", "2026-11-28/2027-10-31")
    drive(
        in_progress,
        "correct-running",
        cast.director,
        NEXT_YEAR,
        corrected_amount="55000",
        corrected_ends_on="2027-08-31",
    )
    assert said(in_progress)[0::2] == ("55000.00", "2026-11-28/2027-08-31")


def test_an_agreement_that_takes_the_place_of_another_leaves_one_line_of_the_first_day(cast, in_time):
    people = {"officer": cast.officer, "director": cast.director, "legal": cast.lawyer}
    dossier = authorised(cast.owner, cast.organisation, cast.body, people, lever=lever_named("article-51"))
    given = {"amount_granted": "40000", "amount_per_year": "40000", "exercise_ends_on": "2027-06-30"}
    for at in (NOW, NEXT_YEAR):
        drive(dossier, "send-agreement", cast.officer, at, **given)
        drive(dossier, "sign-as-carrier", cast.owner, at)
        drive(dossier, "sign-agreement", cast.director, at)
    assert said(dossier)[3] == "2026-11-28"
    assert published(2027) == {}


def test_each_agency_has_its_own(cast, in_progress, in_time):
    other = make_cast("02")
    other.body.siret = invented_siret(78)
    other.body.save()
    theirs = running(other, lever=in_progress.lever)
    amended(other, theirs, amount=70000, ends="2027-12-31")
    assert set(published()) == {in_progress.reference}
    assert {ref: one["montant"] for ref, one in published(code="ars-02").items()} == {theirs.reference: "70000.00"}


@pytest.mark.parametrize(
    ("amount", "must"), [(Decimal("23000.00"), False), (Decimal("23000.01"), True)], ids=["up to", "above"]
)
def test_above_the_threshold_a_private_body_has_an_agreement_and_every_agreement_is_published(
    amount, must, cast, lever
):
    dossier = granted(cast, amount, lever=lever)
    assert published() == {}, "a decision alone is no agreement"
    if must:
        with pytest.raises(Refused, match="Au-delà de 23"):
            drive(dossier, "start", cast.officer)
    drive(dossier, "send-agreement", cast.officer)
    drive(dossier, "sign-as-carrier", cast.owner)
    assert published() == {}, "the agency has not signed"
    drive(dossier, "sign-agreement", cast.director)
    assert said(dossier)[0] == f"{amount:.2f}"


def test_what_began_without_agreement_is_never_published(cast, lever):
    dossier = granted(cast, Decimal(23000), lever=lever)
    drive(dossier, "start", cast.officer)
    assert published() == {}


def test_an_amendment_past_the_threshold_waits_for_an_agreement(cast, lever, in_time):
    dossier = granted(cast, Decimal(23000), lever=lever)
    drive(dossier, "start", cast.officer)
    drive(dossier, "open-amendment", cast.officer, NEXT_YEAR)
    amend(cast, dossier, amount=30000, per_year=30000, ends="2027-12-31", at=NEXT_YEAR)
    with pytest.raises(Refused, match="Au-delà de 23"):
        drive(dossier, "sign-amendment", cast.director, NEXT_YEAR)
    drive(dossier, "refuse-amendment", cast.director, NEXT_YEAR)
    drive(dossier, "send-agreement", cast.officer, NEXT_YEAR)
    drive(dossier, "sign-as-carrier", cast.owner, NEXT_YEAR)
    drive(dossier, "sign-agreement", cast.director, NEXT_YEAR)
    amended(cast, dossier, amount=30000, per_year=30000, ends="2027-12-31")
    assert said(dossier, 2027)[0::3] == ("30000.00", "2027-03-01")


def test_the_start_up_agreement_of_an_experiment_is_published_with_its_amount(cast):
    people = {"officer": cast.officer, "director": cast.director, "legal": cast.lawyer}
    dossier = authorised(cast.owner, cast.organisation, cast.body, people, lever=lever_named("article-51"))
    given = {"amount_granted": "40000", "amount_per_year": "40000", "exercise_ends_on": "2027-06-30"}
    drive(dossier, "send-agreement", cast.officer, **given)
    drive(dossier, "sign-as-carrier", cast.owner)
    drive(dossier, "sign-agreement", cast.director)
    assert said(dossier)[:3] == ("40000.00", "Selon la convention", "2026-11-28/2027-06-30")
