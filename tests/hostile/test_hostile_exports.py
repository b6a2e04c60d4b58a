"""No sheet, calendar, document or mail runs, breaks or loses what somebody hostile typed."""

import io
import json
import zipfile
from pathlib import PurePosixPath

import icalendar
import openpyxl
import pypdf
import pytest
from django.urls import reverse

from apist.delivery import message_of
from apist.models import OutgoingMail
from tests.hostile.corpus import (
    COMPUTED,
    MARK,
    MARKUP,
    cells_of,
    faults_of_cells,
    faults_of_headers,
    faults_of_html,
    literal,
)
from tests.hostile.test_hostile_pages import names_of

SHEETS = """
officer /instruction/dossiers/dossiers.csv
officer /instruction/jurys/{jury}/classement.csv
"""
DOCUMENTS = """
owner /dossiers/{reviewed}/recepisse-1.pdf
officer /instruction/{waiting}/decision/projet.pdf
owner /dossiers/{running}/decision/{running_decision}.pdf
owner /dossiers/{refused}/decision/{refused_decision}.pdf
"""
ARCHIVES = """
officer POST /instruction/{reviewed}/preuve/
owner POST /dossiers/{running}/preuve/
owner GET /dossiers/{outside}/a-deposer.zip
owner GET /compte/donnees/export.zip
expert GET /compte/donnees/export.zip
chair GET /compte/donnees/export.zip
"""


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def taken(world, signed_in, who: str, address: str, method: str = "GET"):
    """Return what is answered and its bytes."""
    answer = getattr(signed_in(who), method.lower())(address.format(**names_of(world)))
    assert answer.status_code == 200
    assert faults_of_headers(answer.headers) == []
    return answer, b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("line", lines(SHEETS))
def test_no_cell_of_a_sheet_is_run(world, signed_in, line):
    _, data = taken(world, signed_in, *line.split())
    assert faults_of_cells(cells_of(data)) == []
    assert MARK in data.decode()


def test_every_table_of_steering_gives_a_sheet_without_a_formula(world, signed_in):
    page = signed_in("officer").get("/instruction/pilotage/")
    keys = [one.block.key for one in page.context["blocks"]]
    assert keys
    for key in keys:
        _, data = taken(world, signed_in, "officer", reverse("steering-table", args=[key]))
        head, *rows = cells_of(data)  # the head says, in one cell more, when these figures were worked out
        assert faults_of_cells([head]) == []
        assert not rows or faults_of_cells(rows) == []


def test_no_cell_of_the_workbook_is_a_formula(world, signed_in):
    _, data = taken(world, signed_in, "officer", "/instruction/dossiers/dossiers.xlsx")
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert any(MARK in str(cell.value) for cell in cells)


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_the_essential_data_hold_the_name_of_a_receiver_as_a_text(world, signed_in, kind):
    body = world.body
    body.siret = "13000733200018"
    body.save()
    year = world.dossiers["running"].journal.last().at.year
    _, data = taken(world, signed_in, "visitor", f"/donnees-essentielles/{body.code}/{year}.{kind}")
    assert MARK in data.decode()
    if kind == "json":
        json.loads(data)
    else:
        assert faults_of_cells(cells_of(data, ",")) == []


def test_the_calendar_of_ends_holds_no_line_that_somebody_typed(world, signed_in):
    _, data = taken(world, signed_in, "officer", "/instruction/calendrier.ics")
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert any(world.dossiers["experiment"].reference in str(event["SUMMARY"]) for event in events)
    assert MARK not in data.decode()


@pytest.mark.parametrize("line", lines(DOCUMENTS))
def test_a_document_shows_what_was_typed_and_runs_nothing(world, signed_in, line):
    _, data = taken(world, signed_in, *line.split())
    text = literal("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages))
    assert COMPUTED not in text
    for typed in (MARKUP[0], MARKUP[2], MARKUP[3]):
        assert literal(typed) in text


@pytest.mark.parametrize("line", lines(ARCHIVES))
def test_an_archive_has_quiet_names_pages_and_sheets(world, signed_in, line):
    who, method, address = line.split()
    _, data = taken(world, signed_in, who, address, method)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        read = b""
        for name in archive.namelist():
            path = PurePosixPath(name)
            assert not path.is_absolute()
            assert ".." not in path.parts
            assert literal(name) == name.replace(" ", "")
            content = archive.read(name)
            read += content
            if path.suffix == ".html":
                assert faults_of_html(content.decode()) == []
            elif path.suffix == ".csv":
                assert faults_of_cells(cells_of(content)) == []
            elif path.suffix == ".json":
                json.loads(content)
    assert MARK.encode() in read


def test_the_name_of_a_file_makes_no_header(world, signed_in):
    reviewed = world.dossiers["reviewed"]
    piece = reviewed.attachments.exclude(piece="").first()
    paper = reviewed.papers.free().get()
    for who, address in (
        ("owner", reverse("dossier-piece", args=[reviewed.reference, piece.public_id])),
        ("officer", reverse("instruction-piece", args=[reviewed.reference, piece.public_id])),
        ("owner", reverse("dossier-paper", args=[reviewed.reference, paper.public_id]) + "?ouvrir=oui"),
        ("officer", reverse("instruction-paper", args=[reviewed.reference, paper.public_id]) + "?ouvrir=oui"),
    ):
        answer, _ = taken(world, signed_in, who, address)
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_no_mail_has_a_header_or_markup_that_somebody_typed(world, db):
    mails = list(OutgoingMail.objects.all())
    assert len(mails) > len(world.people)
    for mail in mails:
        sent = message_of(mail).message()
        assert "\n" not in mail.subject
        assert "Bcc" not in sent
        assert "SUMMARY" not in sent
        assert faults_of_html(mail.html) == []
        assert COMPUTED not in mail.text


def test_the_json_of_the_register_is_json(world, signed_in):
    answer, data = taken(world, signed_in, "visitor", reverse("api-experiments"))
    assert answer.headers["Content-Type"].startswith("application/json")
    assert any(MARK in str(row) for row in json.loads(data)["results"])
