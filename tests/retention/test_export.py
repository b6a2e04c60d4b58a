"""One's own data in an archive: everything of oneself, nothing of the others, nothing hostile."""

import csv
import json
import zipfile
from io import BytesIO, StringIO

import pytest

from levers.models import Alert
from projects.engine.people import actor_of
from projects.engine.recording import act_on
from projects.models import JournalEntry, Message, SavedView, SectionVersion
from projects.rights.table import Act
from tests.dossier_factories import NOW, fill, make_dossier, make_officer
from tests.people_factories import make_agency_body, make_organisation
from tests.retention.builders import SECRET, full_dossier, make_stored
from tests.retention.test_accounts import make_share

pytestmark = pytest.mark.django_db

ADDRESS = "/compte/donnees/export.zip"
OTHERS = "Ce qu'une autre personne a écrit"


def taken(client, user) -> zipfile.ZipFile:
    client.force_login(user)
    answer = client.get(ADDRESS)
    assert answer.streaming
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="mes-donnees-')
    archive = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    return archive


def read(archive: zipfile.ZipFile, name: str):
    return json.loads(archive.read(name))


def everything(archive: zipfile.ZipFile) -> str:
    return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def test_everything_of_the_person_is_there(client, applicant):
    dossier = full_dossier(applicant, organisation=make_organisation(applicant, name="Résidence Invention"))
    Alert.objects.create(
        email=applicant.email, query="region=01", frequency="daily", state="active", key="a", created_at=NOW
    )
    archive = taken(client, applicant)
    folder = f"dossiers/{dossier.reference}"
    assert read(archive, "compte.json")["email"] == applicant.email
    assert read(archive, "organismes.json")[0]["organisation__name"] == "Résidence Invention"
    assert read(archive, f"{folder}/dossier.json")["answers"]["meeting"]["availability"] == SECRET
    assert (
        read(archive, f"{folder}/dossier.json")["deposits"][0]["content"]["answers"]["meeting"]["availability"]
        == SECRET
    )
    assert SECRET in archive.read(f"{folder}/dossier.html").decode()
    assert (
        read(archive, f"projets/{dossier.project.public_id}.json")["versions_that_i_wrote"][0]["answers"][
            "availability"
        ]
        == SECRET
    )
    assert [one["text"] for one in read(archive, "messages.json")] == [SECRET]
    assert [one["query"] for one in read(archive, "alertes.json")] == ["region=01"]
    assert archive.read("pieces/0001-note.pdf").decode() == SECRET
    acts = list(csv.reader(StringIO(archive.read("mes-actes.csv").decode("utf-8-sig")), delimiter=";"))
    assert [row[1] for row in acts[1:]] == ["1", "2", "3"]


def test_nothing_of_anybody_else_is_there(client, applicant, stranger):
    dossier = full_dossier(stranger)
    make_share(dossier.project, applicant, "editor")
    section = dossier.sections.get()
    SectionVersion.objects.create(
        section=section, number=2, answers={"availability": OTHERS}, written_at=NOW, written_by=stranger
    )
    SectionVersion.objects.create(
        section=section, number=3, answers={"availability": "De moi"}, written_at=NOW, written_by=applicant
    )
    with act_on(dossier.pk, Act.MESSAGE, actor_of(stranger, NOW), NOW) as desk:
        entry = desk.write(JournalEntry.Kind.MESSAGE)
        Message.objects.create(
            dossier=dossier, entry=entry, author=stranger, from_agency=False, text=OTHERS, sent_at=NOW
        )
    make_stored(dossier, added_by=stranger)
    full_dossier(stranger)
    Alert.objects.create(
        email=stranger.email, query="q=autre", frequency="daily", state="active", key="b", created_at=NOW
    )
    archive = taken(client, applicant)
    text = everything(archive)
    assert "De moi" in text
    for theirs in (OTHERS, SECRET, stranger.email, stranger.full_name, str(stranger.pseudonym), "q=autre"):
        assert theirs not in text
    assert [name for name in archive.namelist() if name.startswith(("dossiers/", "pieces/"))] == []


def test_one_s_own_saved_views_are_there_and_not_those_that_the_team_shares(client):
    body = make_agency_body()
    officer, colleague = make_officer(body), make_officer(body)
    for owner, name, shared in ((officer, "À moi", None), (officer, "À nous", body), (colleague, OTHERS, body)):
        SavedView.objects.create(owner=owner, name=name, query="standing=late", body=shared, created_at=NOW)
    archive = taken(client, officer)
    views = [(one["name"], one["query"], one["body__name"]) for one in read(archive, "vues.json")]
    assert views == [("À moi", "standing=late", None), ("À nous", "standing=late", body.name)]
    assert OTHERS not in everything(archive)
    assert "vues.json" in archive.read("lisez-moi.html").decode()


def test_an_alert_that_waits_for_its_confirmation_is_not_shown(client, applicant):
    Alert.objects.create(
        email=applicant.email, query="q=attente", frequency="daily", state="waiting", key="c", created_at=NOW
    )
    assert read(taken(client, applicant), "alertes.json") == []


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..\\..\\autoexec.bat",
        "/absolu.pdf",
        "CON.pdf",
        "a\u202efdp.exe",
        "=HYPERLINK(1).pdf",
        "." * 50,
        "é" * 200,
    ],
)
def test_a_hostile_name_stays_in_its_folder(name, client, applicant):
    make_stored(full_dossier(applicant), added_by=applicant, name=name[:200])
    names = taken(client, applicant).namelist()
    assert len(names) == len(set(names))
    for path in names:
        assert not path.startswith("/")
        assert ".." not in path.split("/")
        assert "\\" not in path


@pytest.mark.parametrize("scan", ["waiting", "infected"])
def test_a_file_that_may_not_be_opened_is_named_and_not_given(scan, client, applicant):
    make_stored(make_dossier(applicant), added_by=applicant, scan=scan)
    archive = taken(client, applicant)
    assert [one["in_this_archive"] for one in read(archive, "pieces.json")] == [None]
    assert [name for name in archive.namelist() if name.startswith("pieces/")] == []


def test_a_file_that_the_storage_lost_does_not_break_the_archive(client, applicant):
    row = make_stored(make_dossier(applicant), added_by=applicant)
    row.file.storage.delete(row.file.name)
    assert read(taken(client, applicant), "pieces.json")[0]["in_this_archive"] is None


def test_what_was_written_is_escaped_in_the_page_to_read(client, applicant):
    dossier = fill(make_dossier(applicant), {"availability": "<script>alert(1)</script>"})
    page = taken(client, applicant).read(f"dossiers/{dossier.reference}/dossier.html").decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_text_that_looks_like_a_formula_is_only_a_text_in_the_sheet(client, applicant):
    dossier = make_dossier(applicant)
    JournalEntry.objects.create(
        dossier=dossier, seq=2, kind="move", at=NOW, actor=applicant.pseudonym, party="carrier", move="=1+1", hash="h"
    )
    sheet = taken(client, applicant).read("mes-actes.csv").decode("utf-8-sig")
    assert ";'=1+1;" in sheet


def test_somebody_who_did_nothing_has_an_archive_too(client, stranger):
    archive = taken(client, stranger)
    assert read(archive, "pieces.json") == []


def test_the_archive_costs_the_same_few_queries_a_dossier(client, applicant, django_assert_max_num_queries):
    for _ in range(3):
        make_dossier(applicant)
    client.force_login(applicant)
    with django_assert_max_num_queries(46):
        b"".join(client.get(ADDRESS).streaming_content)
