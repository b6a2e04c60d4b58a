"""The document of a record: the committee's opinion (article 51) is not written without it; a report may have one."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse

from apist.clock import now
from projects.engine.door import Refused, Request, advance
from projects.engine.people import actor_of
from projects.instruction.evaluating import name_evaluator
from projects.instruction.together import is_for_several
from projects.models import Dossier, JournalEntry, Paper
from projects.procedures import catalogue
from projects.procedures.asked import Document
from projects.procedures.catalogue import LATEST
from projects.procedures.types import Move
from projects.procedures.vocabulary import APPLICANTS
from tests.dossier_factories import an_answer, drive, fill, make_dossier
from tests.ending.conftest import BEGAN, LONG_AGO, PROJECT
from tests.factories import make_user
from tests.files import samples
from tests.hostile.corpus import FILE_NAME, faults_of_html
from tests.instruction.conftest import text_of
from tests.instruction.procedure import TRIED
from tests.papers.builders import BAD, PDF, bytes_of, files_in, sent
from tests.people_factories import make_organisation

pytestmark = pytest.mark.django_db

SAID = {
    "committee_sense": "reserved", "committee_on": "2026-11-20", "committee_words": "Le comité 61530 est favorable",
    "committee_reservations": "Suivre le coût",
}  # fmt: skip
BEFORE = (
    ("deposit", "carrier"), ("acknowledge", "officer"), ("admit", "officer"), ("submit-specification", "carrier"),
    ("consult", "officer"), ("insurance-opinion", "officer"), ("director-opinion", "director"),
    ("submit-to-committee", "rapporteur"),
)  # fmt: skip


@pytest.fixture
def submitted(experiment, people, applicant) -> Dossier:
    """Return a second project, before the committee."""
    dossier = make_dossier(applicant, "article-51", organisation=make_organisation(applicant), at=LONG_AGO)
    fill(dossier, PROJECT, at=LONG_AGO)
    for move, who in BEFORE:
        drive(dossier, move, people[who], BEGAN)
    return dossier


def page(dossier, move: str = "committee-opinion") -> str:
    return reverse("instruction-move", args=[dossier.reference, move])


def given(dossier, **more) -> dict:
    return SAID | {"seen": dossier.version, "key": str(uuid4()), "content_seen": ""} | more


def address(paper: Paper, side: str = "instruction-paper") -> str:
    return reverse(side, args=[paper.dossier.reference, paper.public_id])


def status(client, user, path: str) -> int:
    client.force_login(user)
    return client.get(f"{path}?ouvrir=oui").status_code


def test_the_committee_s_opinion_is_recorded_with_its_document(client, submitted, people, applicant):
    client.force_login(people["rapporteur"])
    assert 'enctype="multipart/form-data"' in client.get(page(submitted)).content.decode()
    assert client.post(page(submitted), given(submitted, enclosed=sent("avis.pdf"))).status_code == 302
    submitted.refresh_from_db()
    paper = submitted.papers.get()
    assert (submitted.stage, paper.entry.move, paper.name, paper.shown) == (
        "review", "committee-opinion", "avis.pdf", False,
    )  # fmt: skip
    act = submitted.journal.filter(kind=JournalEntry.Kind.FILED).get()
    assert (act.data["act"], act.data["sha256"], act.party) == (paper.entry.seq, paper.sha256, "rapporteur")
    for who in ("rapporteur", "officer", "director", "legal"):
        assert status(client, people[who], address(paper)) == 200
    assert bytes_of(client.get(f"{address(paper)}?ouvrir=oui")) == PDF
    client.force_login(people["officer"])
    html = text_of(client.get(reverse("instruction-papers", args=[submitted.reference])))
    assert all(
        words in html for words in ("avis.pdf", "Consigner l'avis du comité", "Les administrations de ce dossier")
    )
    assert status(client, applicant, address(paper, "dossier-paper")) == 404
    html = text_of(client.get(reverse("dossier", args=[submitted.reference])))
    assert ("61530" in html, "avis.pdf" in html) == (True, False)


def test_it_is_shown_to_the_applicant_where_the_record_says_so(client, submitted, people, applicant):
    client.force_login(people["rapporteur"])
    client.post(page(submitted), given(submitted, enclosed=sent("avis.pdf"), enclosed_shown="on"))
    paper = submitted.papers.get()
    assert status(client, applicant, address(paper, "dossier-paper")) == 200
    assert "avis.pdf" in text_of(client.get(reverse("dossier", args=[submitted.reference])))


@pytest.mark.parametrize(
    ("files", "said"),
    [({}, "Joignez le document."), ({"enclosed": sent("avis.docx", BAD)}, "« avis.docx » est refusé")],
    ids=["none", "refused"],
)
def test_without_a_document_that_is_accepted_nothing_is_recorded_and_nothing_typed_is_lost(
    files, said, client, submitted, people, own_storage
):
    client.force_login(people["rapporteur"])
    html = text_of(client.post(page(submitted), given(submitted, **files)))
    assert all(words in html for words in (said, SAID["committee_words"], SAID["committee_reservations"]))
    submitted.refresh_from_db()
    assert (submitted.stage, submitted.papers.exists(), files_in(own_storage)) == ("committee", False, [])


def test_the_door_itself_refuses_a_record_without_its_document(submitted, people):
    fields = {one.key: an_answer(one) for one in submitted.procedure.move("committee-opinion").fields}
    asked = Request("committee-opinion", submitted.version, uuid4(), fields)
    with pytest.raises(Refused) as refused:
        advance(submitted.pk, asked, actor_of(people["rapporteur"], now()), now())
    assert [reason.key for reason in refused.value.reasons] == ["no-document"]


def test_a_double_click_joins_one_document(client, submitted, people, own_storage):
    client.force_login(people["rapporteur"])
    key = str(uuid4())
    for _ in range(2):
        client.post(page(submitted), given(submitted, key=key, enclosed=sent("avis.pdf")))
    assert (submitted.papers.count(), len(files_in(own_storage))) == (1, 1)


def test_whoever_comes_too_late_keeps_their_words_and_chooses_the_file_again(client, submitted, people, own_storage):
    client.force_login(people["rapporteur"])
    answer = client.post(page(submitted), given(submitted, seen=submitted.version - 1, enclosed=sent("avis.pdf")))
    html = text_of(answer)
    assert answer.status_code == 409
    assert all(words in html for words in (SAID["committee_words"], "choisissez-les à nouveau", "multipart/form-data"))
    assert (submitted.papers.exists(), files_in(own_storage)) == (False, [])


def test_a_hostile_name_stays_words(client, submitted, people, applicant):
    client.force_login(people["rapporteur"])
    refused = client.post(page(submitted), given(submitted, enclosed=sent(FILE_NAME, samples.HTML)))
    client.post(page(submitted), given(submitted, enclosed=sent(FILE_NAME), enclosed_shown="on"))
    client.force_login(applicant)
    theirs = client.get(reverse("dossier", args=[submitted.reference]))
    for answer in (refused, theirs):
        assert "zq7" in answer.content.decode()
        assert faults_of_html(answer.content.decode()) == []


@pytest.mark.parametrize("with_file", [True, False])
def test_an_evaluator_hands_in_the_report_with_a_file_or_without(with_file, client, experiment, people):
    drive(experiment, "end-experiment", people["officer"], now(), experiment_ended_on="2026-10-31")
    evaluator = make_user()
    name_evaluator(experiment.pk, evaluator.email, actor_of(people["head"], now()), now())
    client.force_login(evaluator)
    fields = {
        "evaluated_on": "2026-11-20", "evaluation": "Le parcours 61530 est utile", "seen": experiment.version,
        "key": str(uuid4()), "content_seen": "",
    }  # fmt: skip
    files = {"enclosed": sent("rapport.pdf")} if with_file else {}
    assert client.post(page(experiment, "evaluation-report"), fields | files).status_code == 302
    experiment.refresh_from_db()
    assert (experiment.stage, experiment.papers.filter(entry__move="evaluation-report").count()) == (
        "exit",
        int(with_file),
    )


def test_the_moves_that_take_a_document_are_those_and_are_made_on_one_dossier_at_a_time():
    taking = {
        (procedure.key, move.key): move for procedure in LATEST.values() for move in procedure.moves if move.document
    }
    assert set(taking) == {
        ("article-51", "insurance-opinion"),
        ("article-51", "committee-opinion"), ("article-51", "committee-opinion-national"),
        ("article-51", "evaluation-report"), ("grades-support", "report-use"), ("mig", "report"),
    }  # fmt: skip
    assert not any(is_for_several(move) for move in taking.values())
    assert {key for key, move in taking.items() if move.document.required} == {
        ("article-51", "committee-opinion"), ("article-51", "committee-opinion-national"),
    }  # fmt: skip


def test_an_evaluation_noted_after_a_grant_carries_its_report_for_both_sides(client, experiment, people, applicant):
    client.force_login(people["officer"])
    page_of_it = reverse("instruction-evaluation", args=[experiment.reference])
    said = {"kind": "mid-term", "on": "2026-11-20", "by": "Un service", "summary": "Utile 61530"}
    refused = client.post(page_of_it, said | {"report": sent("bilan.docx", BAD)})
    assert all(words in text_of(refused) for words in ("« bilan.docx » est refusé", "Utile 61530"))
    assert client.post(page_of_it, said | {"report": sent("bilan.pdf")}).status_code == 302
    paper = experiment.papers.get(name="bilan.pdf")
    assert paper.entry == experiment.evaluations.get().entry
    assert "Évaluation notée" in text_of(client.get(reverse("instruction-papers", args=[experiment.reference])))
    for user, side, suivi in (
        (people["officer"], "instruction-paper", "instruction-following"),
        (applicant, "dossier-paper", "dossier-following"),
    ):
        assert status(client, user, address(paper, side)) == 200
        assert address(paper, side) in client.get(reverse(suivi, args=[experiment.reference])).content.decode()


def test_what_the_applicant_joins_to_a_report_is_read_by_both_sides(
    client, dossier, of_the_region, applicant, monkeypatch
):
    move = Move("report", "Rendre compte", ("review",), "review", APPLICANTS, document=Document("Le compte rendu"))
    reporting = replace(TRIED, moves=(*TRIED.moves, move))
    monkeypatch.setitem(catalogue._BY_VERSION, (TRIED.key, TRIED.version), reporting)
    client.force_login(applicant)
    form = reverse("dossier-move", args=[dossier.reference, "report"])
    html = client.get(form).content.decode()
    assert ("multipart/form-data" in html, "Montrer ce document" in html) == (True, False)
    hidden = {"seen": dossier.version, "key": str(uuid4()), "content_seen": ""}
    assert "« bilan.docx » est refusé" in text_of(client.post(form, hidden | {"enclosed": sent("bilan.docx", BAD)}))
    assert client.post(form, hidden | {"enclosed": sent("bilan.pdf")}).status_code == 302
    paper = dossier.papers.get()
    assert (paper.shown, paper.added_by) == (True, applicant)
    assert "bilan.pdf" in text_of(client.get(reverse("dossier", args=[dossier.reference])))
    assert status(client, applicant, address(paper, "dossier-paper")) == 200
    assert status(client, of_the_region, address(paper)) == 200
    assert client.post(f"{address(paper)}retirer/").status_code == 404
