"""The file of essential data: real dossiers, hostile titles, checked by ``frictionless`` against the national schema."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.test import Client
from frictionless import Resource, Schema
from stdnum.fr import siret as siret_number

from actors.models import Organisation
from projects.following.essential import COLUMNS
from projects.models import Dossier
from tests.following.builders import HOSTILE, make_cast, plan, running, twins
from tests.instruction.conftest import text_of
from tests.people_factories import invented_siret, make_agency_body, make_organisation

SCHEMA = Path("projects/following/schema/subventions.json")
YEAR = 2026
PAGE = "/instruction/donnees-essentielles/"


def address(code: str = "ars-01", kind: str = "csv", year: int = YEAR) -> str:
    return f"/donnees-essentielles/{code}/{year}.{kind}"


@pytest.fixture
def siret(cast) -> str:
    """Give the agency a SIRET."""
    cast.body.siret = invented_siret(77)
    cast.body.save()
    return cast.body.siret


@pytest.fixture
def officer(cast, client) -> Client:
    """Return the browser of an officer."""
    client.force_login(cast.officer)
    return client


def rows_of(answer) -> list[dict]:
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def errors_of(content: bytes, kind: str, folder: Path) -> list:
    """Return what frictionless says of a file."""
    path = folder / f"subventions.{kind}"
    path.write_bytes(content)
    resource = Resource(
        path=path.name, basepath=str(folder), schema=Schema.from_descriptor(json.loads(SCHEMA.read_text()))
    )
    report = resource.validate()
    return report.flatten(["rowNumber", "fieldName", "type", "note"])


def custom_errors(rows: list[dict]) -> list[tuple]:
    """Return what the checks of the schema that are not about one field alone find: frictionless has none of these."""
    checks = {
        "french-siret-value": lambda row, one: not row[one["column"]] or siret_number.is_valid(row[one["column"]]),
        "one-of-required": lambda row, one: bool(row[one["column"]] or row[one["column2"]]),
    }
    return [
        (rank, one["name"], one["params"]["column"])
        for rank, row in enumerate(rows)
        for one in json.loads(SCHEMA.read_text())["custom_checks"]
        if not checks[one["name"]](row, one["params"])
    ]


def test_the_columns_are_those_of_the_schema():
    assert tuple(field["name"] for field in json.loads(SCHEMA.read_text())["fields"]) == COLUMNS


def test_the_download_of_real_dossiers_with_hostile_titles_is_valid_and_reads_back(cast, lever, siret, tmp_path):
    first = running(cast, lever=lever)
    dossiers = [first, *twins(first, [words[:200] for words in HOSTILE])]
    plan(cast, dossiers[0])
    answer = Client().get(address())
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert errors_of(answer.content, "csv", tmp_path) == []
    assert custom_errors(rows_of(answer)) == []
    rows = {row["referenceDecision"]: row for row in rows_of(answer)}
    assert len(rows) == len(dossiers)
    assert all(row["objet"][0] not in "=+-@\t\r" for row in rows.values())
    first = rows[first.reference]
    assert first["datesPeriodeVersement"] == "2027-01-15/2028-06-30"
    assert (first["idAttribuant"], first["montant"], first["conditionsVersement"]) == (siret, "60000.00", "échelonné")
    as_json = Client().get(address(kind="json"))
    listed = json.loads(as_json.content)
    assert [set(row) <= set(COLUMNS) for row in listed] == [True] * len(dossiers)
    assert {row["montant"] for row in listed} == {60000.0}
    assert errors_of(as_json.content, "json", tmp_path) == []


@pytest.mark.parametrize(
    ("column", "value", "found"),
    [
        ("idBeneficiaire", "", "one-of-required"),
        ("idBeneficiaire", "12345678901234", "french-siret-value"),
        ("idAttribuant", "12345678901234", "french-siret-value"),
    ],
)
def test_the_checks_of_the_schema_find_a_line_that_is_wrong(column, value, found, cast, lever, siret):
    running(cast, lever=lever)
    (row,) = rows_of(Client().get(address()))
    assert custom_errors([row | {column: value}]) == [(0, found, column)]


@pytest.mark.parametrize(
    ("column", "value"),
    [("idAttribuant", "123"), ("montant", "60 000"), ("dateConvention", "28/11/2026"), ("notificationUE", "peut-être")],
)
def test_the_check_finds_a_file_that_is_wrong(column, value, cast, lever, siret, tmp_path):
    running(cast, lever=lever)
    rows = rows_of(Client().get(address()))
    rows[0][column] = value
    text = io.StringIO()
    sheet = csv.DictWriter(text, COLUMNS)
    sheet.writeheader()
    sheet.writerows(rows)
    assert errors_of(text.getvalue().encode(), "csv", tmp_path)


def test_a_confidential_dossier_a_person_alone_and_a_draft_are_never_published(cast, lever, siret, officer, dossier):
    hidden = running(cast, lever=lever)
    Dossier.objects.filter(pk=hidden.pk).update(confidential=True)
    alone = make_cast(status=Organisation.Status.PERSON, name="Une Personne Nommée Q48213")
    running(alone, lever=lever)
    assert rows_of(Client().get(address())) == []
    page = text_of(officer.get(PAGE))
    assert "1 convention avec une personne seule" in page
    assert "Q48213" not in page


def test_without_the_siret_of_the_agency_nothing_is_published_and_the_page_says_why(cast, lever, officer):
    running(cast, lever=lever)
    assert Client().get(address()).status_code == 404
    page = text_of(officer.get(PAGE))
    assert "SIRET de l'agence à vérifier" in page
    assert "Télécharger" not in page


def test_a_receiver_without_siret_is_named_to_the_agency_and_not_published(cast, lever, siret, officer):
    dossier = running(cast, lever=lever)
    Organisation.objects.filter(pk=cast.organisation.pk).update(siret="")
    assert rows_of(Client().get(address())) == []
    assert "Dossiers sans SIRET du bénéficiaire" in text_of(officer.get(PAGE))
    assert dossier.reference in text_of(officer.get(PAGE))


def test_an_erased_dossier_keeps_its_line_without_its_title(cast, lever, siret):
    dossier = running(cast, lever=lever)
    Dossier.objects.filter(pk=dossier.pk).update(erased_at=dossier.opened_at)
    (row,) = rows_of(Client().get(address()))
    assert row["objet"] == dossier.procedure.title


@pytest.mark.parametrize(
    "wrong", [address("inconnue"), address(year=2016), address(year=2099), address(year=99999999), address("ars-02")]
)
def test_what_cannot_be_is_not_found(wrong, cast):
    assert Client().get(wrong).status_code == 404


def test_an_agency_without_a_seat_here_signed_nothing_here(cast):
    agency = make_agency_body("76").agency
    agency.body.delete()
    answer = Client().get(address(agency.code.lower()))
    assert (answer.status_code, rows_of(answer)) == (200, [])


def test_the_file_is_worked_out_once_an_hour_and_takes_five_queries(cast, lever, siret, django_assert_num_queries):
    running(cast, lever=lever)
    with django_assert_num_queries(5):
        first = Client().get(address())
    with django_assert_num_queries(0):
        assert Client().get(address()).content == first.content
    assert first["Cache-Control"] == "public, no-cache"
    assert Client().get(address(), headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_takes_the_same_queries_for_one_agreement_and_for_thirty(
    count, cast, lever, siret, officer, django_assert_num_queries
):
    first = running(cast, lever=lever)
    twins(first, [f"Projet {rank}" for rank in range(count - 1)])
    officer.get(PAGE)
    with django_assert_num_queries(13):
        page = officer.get(PAGE)
    assert len(page.context["rows"]) == count


def test_who_instructs_nowhere_finds_no_page(client, stranger):
    make_organisation(stranger)
    client.force_login(stranger)
    assert client.get(PAGE).status_code == 404
