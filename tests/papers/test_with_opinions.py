"""Documents joined to an opinion, by link or with an account: read where the opinion is read, nowhere else."""

import pytest
from django.urls import reverse

from actors.models import Post
from apist.clock import now
from projects.engine.people import actor_of
from projects.instruction.recusing import step_back
from projects.models import JournalEntry, Paper
from projects.opinions.asking import withdraw
from projects.opinions.running import run_due
from projects.papers.rules import AT_ONCE
from tests.dossier_factories import make_officer
from tests.files import samples
from tests.hostile.corpus import FILE_NAME, faults_of_html
from tests.instruction.conftest import text_of
from tests.opinions.builders import WORDS, colleague, decide, insurance, link, put
from tests.papers.builders import BAD, PDF, PNG, bytes_of, files_in, sent

pytestmark = pytest.mark.django_db

NONE = {"act": "declare", "interets-interest": "none"}
OPINION = {"act": "answer", "avis-sense": "reserved", "avis-text": WORDS}


def opined(client, address: str, *files) -> object:
    """Declare no interest, then answer with files, as the page does."""
    client.post(address, NONE)
    return client.post(address, OPINION | {"avis-files": list(files)})


def of_agency(paper: Paper) -> str:
    return reverse("instruction-paper", args=[paper.dossier.reference, paper.public_id])


def of_applicant(paper: Paper) -> str:
    return reverse("dossier-paper", args=[paper.dossier.reference, paper.public_id])


def mine(asked) -> str:
    return reverse("instruction-opinion", args=[asked.dossier.reference, asked.pk])


def status(client, user, path: str) -> int:
    client.force_login(user)
    return client.get(f"{path}?ouvrir=oui").status_code


def test_an_answer_by_link_carries_its_documents_and_the_journal_their_digests(
    client, dossier, of_the_region, own_storage
):
    asked = put(dossier, of_the_region)
    address = link()
    assert "Documents à l'appui" in text_of(client.get(address)) or client.post(address, NONE)
    assert opined(client, address, sent("etude.pdf"), sent("carte.png", PNG))["Location"] == "/avis/merci/"
    rows = list(asked.papers.order_by("pk"))
    assert [(row.name, row.added_by, row.shown) for row in rows] == [
        ("etude.pdf", None, True),
        ("carte.png", None, True),
    ]
    acts = dossier.journal.filter(kind=JournalEntry.Kind.FILED).order_by("seq")
    assert [(act.party, act.actor, act.data["sha256"]) for act in acts] == [
        ("expert", None, row.sha256) for row in rows
    ]
    assert len(files_in(own_storage)) == 2
    client.force_login(of_the_region)
    html = text_of(client.get(reverse("instruction-opinions", args=[dossier.reference])))
    assert all(words in html for words in ("etude.pdf", "carte.png", WORDS))
    assert bytes_of(client.get(f"{of_agency(rows[0])}?ouvrir=oui")) == PDF


def test_a_refused_file_keeps_the_words_of_the_opinion_and_the_link_alive(client, dossier, of_the_region, own_storage):
    put(dossier, of_the_region)
    address = link()
    html = text_of(opined(client, address, sent("etude.pdf"), sent("calcul.docx", BAD)))
    assert all(words in html for words in ("« calcul.docx » est refusé", WORDS, "choisissez à nouveau", "Erreur : "))
    assert "« etude.pdf »" not in html
    assert (Paper.objects.exists(), files_in(own_storage)) == (False, [])
    assert opined(client, address, sent("etude.pdf"))["Location"] == "/avis/merci/"
    assert Paper.objects.get().name == "etude.pdf"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([sent(f"{rank}.pdf") for rank in range(AT_ONCE + 1)], f"{AT_ONCE} au plus"),
        ([sent(f"{rank}.pdf", b"%PDF-" + b"x" * 13_000_000) for rank in range(2)], "plus de 25 Mo"),
    ],
    ids=["too many", "too heavy"],
)
def test_there_is_a_limit_to_the_number_and_to_the_weight(files, said, client, dossier, of_the_region, own_storage):
    put(dossier, of_the_region)
    html = text_of(opined(client, link(), *files))
    assert all(words in html for words in (said, WORDS))
    assert (Paper.objects.exists(), files_in(own_storage)) == (False, [])


def test_where_something_else_is_missing_the_page_says_to_choose_the_files_again(client, dossier, of_the_region):
    put(dossier, of_the_region)
    client.post(link(), NONE)
    sending = OPINION | {"avis-sense": "", "avis-files": [sent()]}
    html = text_of(client.post(link(), sending))
    assert all(words in html for words in ("À remplir.", WORDS, "choisissez-les à nouveau"))


def test_no_file_is_kept_before_interests_are_declared(client, dossier, of_the_region, own_storage):
    put(dossier, of_the_region)
    answer = client.post(link(), OPINION | {"avis-files": [sent()]})
    assert (answer.status_code, Paper.objects.exists(), files_in(own_storage)) == (409, False, [])


@pytest.mark.parametrize("how", ["withdrawn", "decided", "answered"])
def test_a_link_that_is_over_takes_no_file_and_shows_the_page_of_one_that_never_was(
    how, client, dossier, of_the_region, own_storage
):
    asked = put(dossier, of_the_region)
    address = link()
    client.post(address, NONE)
    if how == "withdrawn":
        withdraw(asked.pk, actor_of(of_the_region, now()), now())
    elif how == "decided":
        decide(dossier)
    else:
        client.post(address, OPINION)
    acts, never = dossier.journal.count(), client.get("/avis/jamais-donne/").content
    answer = client.post(address, OPINION | {"avis-files": [sent("calcul.docx", BAD)]})
    assert (answer.status_code, answer.content) == (404, never)
    assert client.post(address, OPINION | {"avis-files": [sent()]}).content == never
    assert (dossier.journal.count(), Paper.objects.exists(), files_in(own_storage)) == (acts, False, [])


def test_the_link_opens_no_document_once_the_answer_is_given(client, dossier, of_the_region):
    put(dossier, of_the_region)
    address = link()
    opined(client, address, sent())
    paper = Paper.objects.get()
    for path in (f"{address}pieces/{paper.public_id}/", of_agency(paper), of_applicant(paper)):
        assert client.get(f"{path}?ouvrir=oui").status_code in (302, 404)
    assert client.get(f"{address}pieces/{paper.public_id}/").status_code == 404


def test_an_expert_with_an_account_reads_their_own_documents_until_the_decision(client, dossier, of_the_region, expert):
    asked = put(dossier, of_the_region, email=expert.email, confidential=True)
    client.force_login(expert)
    opined(client, mine(asked), sent("etude.pdf"))
    paper = asked.papers.get()
    assert "etude.pdf" in text_of(client.get(mine(asked)))
    own = reverse("instruction-opinion-paper", args=[dossier.reference, asked.pk, paper.public_id])
    assert (status(client, expert, own), status(client, expert, of_agency(paper))) == (200, 200)
    decide(dossier)
    run_due(now())
    assert (status(client, expert, own), status(client, expert, of_agency(paper))) == (404, 404)


def test_a_confidential_opinion_s_documents_are_for_those_who_ask_and_those_who_answer(
    client, dossier, of_the_region, applicant, expert, legal, of_another_region, stranger
):
    asked = put(dossier, of_the_region, email=expert.email, confidential=True)
    put(dossier, of_the_region, email="autre@exemple.invalid")
    client.force_login(expert)
    opined(client, mine(asked), sent("etude-Q90817.pdf"))
    paper = asked.papers.get()
    director = make_officer(dossier.body, Post.Role.DIRECTOR)
    readers = {
        user: status(client, user, of_agency(paper))
        for user in (of_the_region, expert, legal, director, of_another_region, stranger, applicant)
    }
    assert list(readers.values()) == [200, 200, 404, 404, 404, 404, 404]
    assert status(client, applicant, of_applicant(paper)) == 404
    html = text_of(client.get(reverse("dossier", args=[dossier.reference])))
    for words in ("Q90817", "Un document"):
        assert words not in html
    client.force_login(director)
    for name in ("instruction-dossier", "instruction-papers"):
        assert "Q90817" not in text_of(client.get(reverse(name, args=[dossier.reference])))


def test_the_applicant_reads_the_documents_of_an_opinion_that_they_read(client, dossier, of_the_region, applicant):
    put(dossier, of_the_region)
    opined(client, link(), sent("etude.pdf"))
    paper = Paper.objects.get()
    client.force_login(applicant)
    html = text_of(client.get(reverse("dossier", args=[dossier.reference])))
    assert all(words in html for words in ("Avis rendus", "etude.pdf"))
    assert bytes_of(client.get(f"{of_applicant(paper)}?ouvrir=oui")) == PDF


def test_the_people_of_a_body_read_what_one_of_them_joined_and_whoever_steps_back_does_not(
    client, dossier, of_the_region
):
    body, member = insurance()
    asked = put(dossier, of_the_region, body=body, confidential=True)
    client.force_login(member)
    opined(client, mine(asked), sent("etude.pdf"))
    own = reverse("instruction-opinion-paper", args=[dossier.reference, asked.pk, asked.papers.get().public_id])
    other = colleague(body)
    assert (status(client, other, own), status(client, member, own)) == (200, 200)
    step_back(dossier.pk, "", actor_of(member, now()), now())
    assert status(client, member, own) == 404
    assert status(client, member, of_agency(asked.papers.get())) == 404


def test_a_document_stays_closed_until_the_verdict_for_everybody(client, dossier, of_the_region, applicant, settings):
    settings.CLAMAV_ADDRESS = "tcp://127.0.0.1:1"
    put(dossier, of_the_region)
    opined(client, link(), sent())
    paper = Paper.objects.get()
    assert paper.scan == "waiting"
    assert status(client, of_the_region, of_agency(paper)) == 503
    assert status(client, applicant, of_applicant(paper)) == 503
    assert not dossier.journal.filter(kind="downloaded").exists()


def test_a_hostile_name_stays_words_for_whoever_reads_the_opinion(client, dossier, of_the_region, applicant, expert):
    asked = put(dossier, of_the_region, email=expert.email)
    client.force_login(expert)
    refused = opined(client, mine(asked), sent(FILE_NAME, samples.HTML))
    opined(client, mine(asked), sent(FILE_NAME))
    pages = [refused, client.get(mine(asked))]
    client.force_login(of_the_region)
    pages += [
        client.get(reverse(name, args=[dossier.reference])) for name in ("instruction-opinions", "instruction-papers")
    ]
    client.force_login(applicant)
    pages.append(client.get(reverse("dossier", args=[dossier.reference])))
    for answer in pages:
        assert "zq7" in answer.content.decode()
        assert faults_of_html(answer.content.decode()) == []
