"""The calendar of ends, its file, and the warnings that leave."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from actors.models import Body
from apist.models import OutgoingMail
from projects import guards
from projects.ending.calendar import ending, rows_of
from projects.ending.warnings import send_due
from projects.engine.people import actor_of
from projects.models import Adoption, Dossier, JournalEntry
from tests.dossier_factories import drive, fill, make_dossier, make_officer
from tests.people_factories import make_body, make_organisation

pytestmark = pytest.mark.django_db

PAGE, FILE = "/instruction/calendrier/", "/instruction/calendrier.ics"
SOON = datetime(2026, 7, 20, 9, 0, tzinfo=UTC)
QUERIES = 11


@pytest.fixture
def at_soon(monkeypatch):
    monkeypatch.setattr("projects.views.instruction_desk.now", lambda: SOON)
    return SOON


def test_the_page_says_the_end_and_what_the_law_allows(client, experiment, people, at_soon):
    client.force_login(people["officer"])
    page = client.get(PAGE).content.decode()
    assert "Janvier 2027" in page
    assert "14/01/2027" in page
    assert "14/01/2029" in page
    assert 'aria-label="Dossiers dont l&#x27;étape se termine ce mois : janvier 2027"' in page  # its own name


def test_who_is_brought_in_sees_it_too_and_a_stranger_nothing(client, experiment, people, stranger, at_soon):
    client.force_login(people["rapporteur"])
    assert experiment.reference in client.get(PAGE).content.decode()
    client.force_login(stranger)
    assert client.get(PAGE).status_code == 404
    assert client.get(FILE).status_code == 404


def test_an_end_further_than_twelve_months_is_not_there(experiment, people):
    holdings = actor_of(people["officer"], SOON).holdings
    assert not ending(holdings, datetime(2025, 12, 1, tzinfo=UTC)).exists()
    assert ending(holdings, datetime(2026, 2, 1, tzinfo=UTC)).exists()


def test_a_date_that_is_past_comes_first_and_is_said(experiment, people):
    holdings = actor_of(people["officer"], SOON).holdings
    late = datetime(2027, 3, 1, tzinfo=UTC)
    assert [row.is_over for row in rows_of(ending(holdings, late), late)] == [True]


def test_a_dossier_that_waits_for_an_opinion_is_not_granted_and_has_no_end_here(applicant):
    Adoption.objects.create(procedure_key="mig", channel="portal", valid_from=SOON.date())
    make_officer(make_body(Body.Kind.DGOS))
    dossier = fill(make_dossier(applicant, "mig", organisation=make_organisation(applicant), at=SOON), at=SOON)
    drive(dossier, "deposit", applicant, SOON)
    assert (dossier.macro, dossier.due_at is None) == ("opinion", False)
    assert not ending(actor_of(make_officer(dossier.body), SOON).holdings, SOON).exists()


def test_an_extension_moves_the_end(experiment, people):
    drive(experiment, "extend", people["director"], SOON, months_authorised="60")
    holdings = actor_of(people["officer"], SOON).holdings
    (row,) = rows_of(ending(holdings, datetime(2028, 6, 1, tzinfo=UTC)), SOON)
    assert (str(row.end.on), row.end.room) == ("2029-01-14", 0)


def test_the_file_holds_whole_days_and_nothing_that_was_written(client, experiment, people, at_soon):
    experiment.project.title = "Titre\r\nSUMMARY:injecté"
    experiment.project.save()
    client.force_login(people["officer"])
    events = Calendar.from_ical(client.get(FILE).content).walk("VEVENT")
    assert [(str(one["summary"]), str(one["dtstart"].dt)) for one in events] == [
        (f"{experiment.reference} : En cours", "2027-01-14")
    ]


def test_everybody_is_warned_once_a_step(experiment, people):
    def warned(day: datetime) -> set[str]:
        send_due(day)
        return set(OutgoingMail.objects.filter(cause__startswith="ending-").values_list("cause", flat=True))

    def of(step: int, *who: str) -> set[str]:
        return {f"ending-{experiment.reference}-20270114-{step}-{people[name].pk}" for name in who}

    told = ("carrier", "officer", "head", "rapporteur")
    assert warned(datetime(2026, 1, 13, 9, tzinfo=UTC)) == set()
    first = warned(datetime(2026, 1, 14, 9, tzinfo=UTC))
    assert of(12, *told) <= first
    assert not of(12, "director") & first
    assert warned(datetime(2026, 1, 14, 10, tzinfo=UTC)) == first
    assert warned(datetime(2026, 7, 14, 9, tzinfo=UTC)) - first >= of(6, *told)


def copies(dossier: Dossier, number: int) -> None:
    """Make dossiers like this one, by rows: what is counted is the queries of a list."""
    from_moves = list(dossier.journal.filter(kind="move"))
    fields = {field.attname: getattr(dossier, field.attname) for field in Dossier._meta.concrete_fields}
    for rank in range(number):
        own = {"id": None, "reference": f"COPY{rank:04d}", "stage": "", "version": 0, "journal_length": 0}
        row = Dossier.objects.create(**fields | own)
        JournalEntry.objects.bulk_create(
            JournalEntry(**{f.attname: getattr(one, f.attname) for f in JournalEntry._meta.concrete_fields} | {
                "id": None, "dossier_id": row.pk, "hash": f"{rank}-{one.seq}"}) for one in from_moves
        )  # fmt: skip
        with guards.maintenance("Essai", SOON):
            Dossier.objects.filter(pk=row.pk).update(stage=dossier.stage, version=dossier.version)


@pytest.mark.parametrize("more", [0, 29])
def test_the_number_of_queries_is_fixed(client, experiment, people, at_soon, django_assert_num_queries, more):
    copies(experiment, more)
    client.force_login(people["officer"])
    with django_assert_num_queries(QUERIES):
        page = client.get(PAGE).content.decode()
    assert page.count("14/01/2027") == 1 + more
