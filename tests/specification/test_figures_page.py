"""The figures of the financing model: typed, counted, frozen with each version, compared, never overwritten."""

from datetime import timedelta

import pytest
from django.test import Client

from projects.engine.reading import frozen_content, known
from projects.models import FinancialModelLine, JournalEntry
from projects.specification.figures import seen
from projects.specification.reading import current_figures, versions_of
from tests import factories
from tests.dossier_factories import NOW, drive, make_dossier, make_officer
from tests.instruction.conftest import text_of
from tests.specification_factories import sent, to_write

pytestmark = pytest.mark.django_db


def address(dossier) -> str:
    """The page."""
    return f"/dossiers/{dossier.reference}/cahier-des-charges/chiffres/"


def typed(*lines: dict, shown: str = "") -> dict:
    """What the form sends: each line, by the names of its fields."""
    found = {"annee-TOTAL_FORMS": len(lines), "annee-INITIAL_FORMS": 0, "seen": shown}
    return found | {f"annee-{rank}-{name}": value for rank, line in enumerate(lines) for name, value in line.items()}


LINE = {"year": "2027", "patients": "120", "package": "180,50", "substituted": "1 000", "other": ""}


@pytest.fixture
def dossier(applicant):
    """A dossier whose specification is to be written, with the figures of two years."""
    return to_write(applicant)


@pytest.fixture
def client(applicant) -> Client:
    """The applicant's browser."""
    client = Client()
    client.force_login(applicant)
    return client


def test_the_years_are_replaced_as_a_whole_and_counted(dossier, client):
    shown = seen(current_figures(dossier))
    assert client.post(address(dossier), typed(LINE, {}, shown=shown)).status_code == 302
    row = dossier.model_lines.get()
    assert (row.year, row.patients, str(row.package), str(row.substituted), row.other) == (
        2027,
        120,
        "180.50",
        "1000.00",
        0,
    )
    page = text_of(client.get(address(dossier)))
    assert "à partir de 2027" in page
    assert 'role="img"' in page
    entry = dossier.journal.filter(kind=JournalEntry.Kind.SECTION).last()
    assert entry.data == {"section": "model", "figures": seen(current_figures(dossier))}


def test_saving_what_is_there_already_writes_nothing(dossier, client):
    lines = [{name: str(value) for name, value in one.items()} for one in current_figures(dossier)]
    before = dossier.journal.count()
    assert client.post(address(dossier), typed(*lines, shown=seen(current_figures(dossier)))).status_code == 302
    assert dossier.journal.count() == before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (LINE | {"year": ""}, "Écrivez ce chiffre"),
        (LINE | {"year": "1999"}, "2020"),
        (LINE | {"patients": "-1"}, "0"),
        (LINE | {"patients": "beaucoup"}, "nombre"),
        (LINE | {"package": ""}, "Écrivez ce chiffre"),
        (LINE | {"package": "-5"}, "Modèle"),
        (LINE | {"other": "1e400"}, "Modèle"),
        (LINE | {"substituted": "<script>alert(1)</script>"}, "Modèle"),
    ],
)
def test_a_wrong_figure_comes_back_as_it_was_typed(dossier, client, line, said):
    answer = client.post(address(dossier), typed(line, shown=seen(current_figures(dossier))))
    page = text_of(answer)
    assert answer.status_code == 200
    assert "Les chiffres ne sont pas enregistrés" in page
    assert said in page
    assert "<script>alert" not in answer.content.decode()
    assert all(value in page for value in line.values())
    assert dossier.model_lines.count() == 2


def test_the_same_year_twice_is_told_on_the_line_that_repeats_it(dossier, client):
    page = text_of(client.post(address(dossier), typed(LINE, LINE, shown=seen(current_figures(dossier)))))
    assert "Cette année est déjà décrite plus haut." in page
    assert dossier.model_lines.count() == 2


def test_what_somebody_changed_meanwhile_is_shown_and_not_overwritten(dossier, client):
    shown = seen(current_figures(dossier))
    FinancialModelLine.objects.filter(dossier=dossier, year=2028).update(patients=999)
    answer = client.post(address(dossier), typed(LINE, shown=shown))
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Quelqu'un a changé les chiffres entre-temps" in page
    assert "999" in page
    assert "180,50" in page
    assert dossier.model_lines.count() == 2
    assert client.post(address(dossier), typed(LINE, shown=seen(current_figures(dossier)))).status_code == 302


def test_only_who_writes_the_specification_fills_its_figures_and_only_while_it_is_written(dossier, client, applicant):
    officer, stranger, browser = make_officer(dossier.body), factories.make_user(), Client()
    for user in (officer, stranger):
        browser.force_login(user)
        assert browser.get(address(dossier)).status_code == 404
    drive(dossier, "submit-specification", applicant)
    assert client.get(address(dossier)).status_code == 404
    assert client.post(address(dossier), typed(LINE)).status_code == 404
    other = make_dossier(applicant)
    assert client.get(address(other)).status_code == 404


def test_figures_are_frozen_with_the_version_and_compared_with_the_next_one(applicant):
    dossier = sent(applicant)
    drive(dossier, "return-specification", make_officer(dossier.body), NOW - timedelta(hours=2))
    dossier.model_lines.filter(year=2027).delete()
    dossier.model_lines.filter(year=2028).update(patients=400)
    drive(dossier, "submit-specification", applicant)
    last, first = versions_of(dossier)
    assert [one["year"] for one in first.content["figures"]] == [2027, 2028]
    assert last.content["figures"] == [
        {"year": 2028, "patients": 400, "package": "200.00", "substituted": "300.00", "other": "15000.00"}
    ]
    browser = Client()
    browser.force_login(make_officer(dossier.body))
    page = text_of(browser.get(f"/instruction/{dossier.reference}/cahier-des-charges/?version=2&avec=1"))
    assert "Année retirée" in page
    assert "Chiffres modifiés" in page


def test_a_procedure_without_a_model_freezes_no_figures(applicant):
    assert "figures" not in frozen_content(known(make_dossier(applicant), NOW))
    assert "figures" in frozen_content(known(to_write(applicant), NOW))
