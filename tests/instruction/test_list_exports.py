"""Exports: exactly what the address finds, nothing that a spreadsheet takes for a formula, and a trace of who took it."""

import csv
import logging
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from projects.instruction import sheets
from projects.models import Dossier
from tests.instruction.conftest import deposited
from tests.instruction.list_builders import entrust_to, fir_dossier, make_label
from tests.people_factories import make_organisation

CSV, XLSX = "/instruction/dossiers/dossiers.csv", "/instruction/dossiers/dossiers.xlsx"
QUERIES = 13
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1", " =1", "＝1", '"=1"', "a\x00b\x0b", '=HYPERLINK("x")']


def taken(client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="dossiers-')
    return b"".join(answer.streaming_content)


def rows_of_csv(client, query: str = "") -> list[list[str]]:
    content = taken(client, f"{CSV}?{query}").decode("utf-8")
    assert content.startswith("\ufeff")
    return list(csv.reader(StringIO(content.removeprefix("\ufeff")), delimiter=";"))


def rows_of_xlsx(client, query: str = "") -> list[tuple]:
    sheet = load_workbook(BytesIO(taken(client, f"{XLSX}?{query}"))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "inlineStr"}
    return list(sheet.iter_rows(values_only=True))


def test_a_row_says_everything_that_the_list_knows(client, applicant, of_the_region):
    dossier = fir_dossier(applicant, asked=46_000, organisation=make_organisation(name="EHPAD des Fougères"))
    entrust_to(dossier, of_the_region)
    make_label(dossier, "Urgent")
    client.force_login(of_the_region)
    headers, row = rows_of_csv(client)
    said = dict(zip(headers, row, strict=True))
    assert tuple(headers) == sheets.HEADERS
    assert said["Référence"] == dossier.reference
    assert said["Organisme"] == "EHPAD des Fougères"
    assert said["SIRET"] == dossier.organisation.siret
    assert said["Responsable du dossier"] == "Dominique Instructeur"
    assert said["Étiquettes"] == "Urgent"
    assert (said["Montant demandé"], said["Montant accordé"]) == ("46000,00", "")
    assert said["Déposé le"] == "27/11/2026"
    assert rows_of_xlsx(client)[1][18] == 46_000


@pytest.mark.parametrize("query", ["", "macro=review", "q=introuvable", "standing=mine&sort=deposited"])
def test_what_is_exported_is_what_the_list_finds(query, client, applicant, of_the_region, tried):
    for _ in range(3):
        deposited(applicant, tried)
    client.force_login(of_the_region)
    listed = client.get(f"/instruction/dossiers/?{query}").content.decode()
    found = [row[0] for row in rows_of_csv(client, query)[1:]]
    assert [row[0] for row in rows_of_xlsx(client, query)[1:]] == found
    assert all(f'href="/instruction/{reference}/"' in listed for reference in found)
    assert len(found) == (0 if "introuvable" in query else 3)


def test_another_agency_exports_nothing_of_it(client, dossier, of_another_region, stranger):
    client.force_login(of_another_region)
    assert len(rows_of_csv(client)) == 1
    client.force_login(stranger)
    assert client.get(CSV).status_code == 404


def test_nothing_that_people_typed_is_a_formula(client, applicant, of_the_region, tried):
    for words in HOSTILE:
        one = deposited(applicant, tried, organisation=make_organisation(name=words.replace("\x00", "")))
        one.project.title = words.replace("\x00", "")
        one.project.save()
    client.force_login(of_the_region)
    cells = [cell for row in rows_of_csv(client)[1:] for cell in (row[1], row[2])]
    cells += [cell for row in rows_of_xlsx(client)[1:] for cell in (row[1], row[2])]
    assert len(cells) == 4 * len(HOSTILE)
    assert [cell for cell in cells if cell.lstrip()[:1] in ("=", "+", "-", "@", "＝")] == []


def test_beyond_the_limit_the_list_comes_back_and_says_so(client, applicant, of_the_region, tried, monkeypatch):
    monkeypatch.setattr(sheets, "MOST", 1)
    deposited(applicant, tried)
    client.force_login(of_the_region)
    assert len(rows_of_csv(client)) == 2
    deposited(applicant, tried)
    answer = client.get(f"{CSV}?macro=review", follow=True)
    assert answer.redirect_chain[0][0] == "/instruction/dossiers/?macro=review"
    assert "Ajoutez un filtre" in answer.content.decode()


def test_who_exported_what_is_in_the_log(client, dossier, of_the_region, caplog):
    client.force_login(of_the_region)
    with caplog.at_level(logging.INFO, logger="projects.exports"):
        taken(client, f"{CSV}?macro=review")
    assert caplog.messages == [f"Export csv par {of_the_region.pseudonym} : macro=review"]


def test_an_export_reads_a_thousand_rows_at_a_time(client, applicant, of_the_region, tried, django_assert_num_queries):
    client.force_login(of_the_region)
    for size in (1, 29):
        for _ in range(size):
            deposited(applicant, tried, organisation=make_organisation())
        with django_assert_num_queries(QUERIES):
            taken(client, CSV)
    assert Dossier.objects.count() == 30


@pytest.mark.parametrize("kind", ["ods", "pdf", "csvx"])
def test_there_is_no_other_kind(kind, client, of_the_region):
    client.force_login(of_the_region)
    assert client.get(f"/instruction/dossiers/dossiers.{kind}").status_code == 404
