"""The document of an opinion goes with the move that records it: the same bytes, chosen beforehand, never sent again."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse

from apist.clock import now
from projects.engine.door import Refused, Request, advance
from projects.engine.enclosing import carried
from projects.engine.people import actor_of
from projects.models import Dossier, JournalEntry, OpinionRequest, Paper
from projects.procedures import catalogue
from projects.procedures.asked import Document
from projects.procedures.catalogue import LATEST
from projects.retention.erasing import left_files, remove_files
from tests.instruction.conftest import deposited, text_of
from tests.instruction.procedure import TRIED
from tests.opinions.builders import WORDS, insurance, put
from tests.papers.builders import PDF, PNG, bytes_of, files_in, sent
from tests.papers.test_with_opinions import opined

pytestmark = pytest.mark.django_db

INSURANCE = replace(LATEST["article-51"].move("insurance-opinion"), from_stages=("review",), to="review")
COMMITTEE = replace(
    LATEST["article-51"].move("committee-opinion"), from_stages=("review",), to="review", conditions=(),
    by=INSURANCE.by, letter="",
)  # fmt: skip
CONSULTING = replace(TRIED, key="consulting", moves=(*TRIED.moves, INSURANCE, COMMITTEE))
SAID = {"insurance_sense": "favourable", "insurance_words": WORDS, "insurance_on": "2026-11-20"}
OF_COMMITTEE = {"committee_sense": "favourable", "committee_on": "2026-11-20", "committee_words": "Favorable"}


@pytest.fixture
def consulting(monkeypatch, applicant) -> Dossier:
    """A dossier at a stage where the opinion of the Assurance maladie, or of the committee, is recorded."""
    monkeypatch.setitem(catalogue._BY_VERSION, (CONSULTING.key, CONSULTING.version), CONSULTING)
    monkeypatch.setitem(catalogue.LATEST, CONSULTING.key, CONSULTING)
    return deposited(applicant, CONSULTING)


def answered(client, dossier, officer, name: str = "avis.pdf", **fields) -> OpinionRequest:
    """Return an opinion of the Assurance maladie, given with a document."""
    body, member = insurance()
    asked = put(dossier, officer, body=body, **fields)
    client.force_login(member)
    opined(client, reverse("instruction-opinion", args=[dossier.reference, asked.pk]), sent(name))
    asked.refresh_from_db()
    assert asked.answered_at
    return asked


def page(dossier, move: str = INSURANCE.key, asked=None) -> str:
    address = reverse("instruction-move", args=[dossier.reference, move])
    return f"{address}?avis={asked.pk}" if asked else address


def given(dossier, said: dict, **more) -> dict:
    dossier.refresh_from_db()
    return said | {"seen": dossier.version, "key": str(uuid4()), "content_seen": ""} | more


def test_the_document_is_chosen_already_and_recorded_without_being_sent_again(
    client, consulting, of_the_region, own_storage
):
    asked = answered(client, consulting, of_the_region)
    original = asked.papers.get()
    client.force_login(of_the_region)
    answer = client.get(page(consulting, asked=asked))
    assert answer.context["form"]["enclosed_carried"].value() == str(original.public_id)
    assert f'<option value="{original.public_id}" selected>avis.pdf (Avis : ' in answer.content.decode()
    sent_in = given(consulting, SAID, enclosed_carried=str(original.public_id))
    assert client.post(page(consulting), sent_in).status_code == 302
    paper = consulting.papers.get(entry__move=INSURANCE.key)
    assert (paper.file.name, paper.sha256, paper.name) == (original.file.name, original.sha256, original.name)
    assert len(files_in(own_storage)) == 1
    act = consulting.journal.filter(kind=JournalEntry.Kind.FILED).last()
    assert (act.data["same"], act.data["act"]) == (str(original.public_id), paper.entry.seq)
    address = reverse("instruction-paper", args=[consulting.reference, paper.public_id])
    assert bytes_of(client.get(f"{address}?ouvrir=oui")) == PDF
    original.refresh_from_db()
    assert original.request == asked


def test_it_satisfies_a_move_that_is_not_recorded_without_its_document(client, consulting, of_the_region, own_storage):
    original = answered(client, consulting, of_the_region).papers.get()
    client.force_login(of_the_region)
    address = page(consulting, COMMITTEE.key)
    assert "Joignez le document." in text_of(client.post(address, given(consulting, OF_COMMITTEE)))
    sent_in = given(consulting, OF_COMMITTEE, enclosed_carried=str(original.public_id), enclosed_shown="on")
    assert client.post(address, sent_in).status_code == 302
    paper = consulting.papers.get(entry__move=COMMITTEE.key)
    assert (paper.shown, len(files_in(own_storage))) == (True, 1)


def test_a_file_that_is_sent_takes_its_place(client, consulting, of_the_region, own_storage):
    original = answered(client, consulting, of_the_region).papers.get()
    client.force_login(of_the_region)
    sent_in = given(consulting, OF_COMMITTEE, enclosed_carried=str(original.public_id), enclosed=sent("autre.png", PNG))
    assert client.post(page(consulting, COMMITTEE.key), sent_in).status_code == 302
    assert consulting.papers.get(entry__move=COMMITTEE.key).name == "autre.png"
    assert len(files_in(own_storage)) == 2


def test_what_is_typed_and_chosen_comes_back_with_a_refusal(client, consulting, of_the_region):
    original = answered(client, consulting, of_the_region).papers.get()
    client.force_login(of_the_region)
    sent_in = given(consulting, SAID | {"insurance_on": ""}, enclosed_carried=str(original.public_id))
    html = client.post(page(consulting), sent_in).content.decode()
    assert f'<option value="{original.public_id}" selected>' in html
    late = given(consulting, SAID, enclosed_carried=str(original.public_id)) | {"seen": 0}
    answer = client.post(page(consulting), late)
    assert answer.status_code == 409
    assert f'<option value="{original.public_id}" selected>' in answer.content.decode()


def test_nobody_carries_what_they_may_not_open(client, consulting, of_the_region, applicant, tried):
    asked = answered(client, consulting, of_the_region)
    other = deposited(applicant, tried)
    foreign = Paper.objects.get(pk=asked.papers.get().pk)
    foreign.pk, foreign.public_id, foreign.dossier, foreign.request = None, uuid4(), other, None
    foreign.save()
    member = asked.body.posts.first().user
    mine = put(consulting, of_the_region)
    mine.papers.create(
        dossier=consulting, name="externe.pdf", content_type="application/pdf", size=1, sha256="0" * 64, file="x",
        scan=Paper.Scan.UNSCANNED, added_at=now(),
    )  # fmt: skip
    theirs = mine.papers.get()
    client.force_login(member)
    assert "externe.pdf" not in client.get(page(consulting)).content.decode()
    for public_id in (theirs.public_id, foreign.public_id, "x", uuid4()):
        client.post(page(consulting), given(consulting, SAID, enclosed_carried=str(public_id)))
    assert not consulting.papers.exclude(entry=None).exists()
    client.force_login(of_the_region)
    client.post(page(consulting), given(consulting, SAID, enclosed_carried=str(foreign.public_id)))
    assert not consulting.papers.exclude(entry=None).exists()


def test_a_confidential_opinion_s_document_is_never_shown_to_the_applicant(client, consulting, of_the_region):
    original = answered(client, consulting, of_the_region, confidential=True).papers.get()
    client.force_login(of_the_region)
    chosen = {"enclosed_carried": str(original.public_id)}
    answer = client.post(page(consulting), given(consulting, SAID, **chosen, enclosed_shown="on"))
    assert (answer.status_code, "Cet avis est confidentiel" in text_of(answer)) == (409, True)
    assert not consulting.papers.exclude(entry=None).exists()
    assert client.post(page(consulting), given(consulting, SAID, **chosen)).status_code == 302
    assert not consulting.papers.for_the_applicant().exists()


def test_an_infected_document_is_neither_offered_nor_taken_by_the_door(client, consulting, of_the_region):
    original = answered(client, consulting, of_the_region).papers.get()
    Paper.objects.filter(pk=original.pk).update(scan=Paper.Scan.INFECTED)
    client.force_login(of_the_region)
    assert "avis.pdf" not in client.get(page(consulting)).content.decode()
    consulting.refresh_from_db()
    asked = Request(INSURANCE.key, consulting.version, uuid4(), SAID, enclosed=carried(original))
    with pytest.raises(Refused) as refused:
        advance(consulting.pk, asked, actor_of(of_the_region, now()), now())
    assert [reason.key for reason in refused.value.reasons] == ["document-gone"]


def test_bytes_that_two_rows_name_are_removed_once_and_both_rows_go(client, consulting, of_the_region, own_storage):
    original = answered(client, consulting, of_the_region).papers.get()
    client.force_login(of_the_region)
    client.post(page(consulting), given(consulting, SAID, enclosed_carried=str(original.public_id)))
    Dossier.objects.filter(pk=consulting.pk).update(erased_at=now())
    assert remove_files(left_files([consulting.pk])) >= 2
    assert (consulting.papers.count(), files_in(own_storage)) == (0, [])


def test_a_move_without_a_document_offers_none(client, consulting, of_the_region):
    answered(client, consulting, of_the_region)
    client.force_login(of_the_region)
    assert "déjà au dossier" not in client.get(page(consulting, "ask")).content.decode()
    assert INSURANCE.document == Document("L'avis, en fichier")
