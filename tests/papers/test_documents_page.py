"""The documents of a dossier: joined by the agency, for itself unless shown; who lists, opens and takes away."""

import pytest
from django.urls import reverse

from apist.clock import now
from apist.models import OutgoingMail
from projects.depositing.scanning import scan, scan_left
from projects.engine.people import actor_of
from projects.instruction.recusing import step_back
from projects.models import DigestLine, JournalEntry, Paper, Participation
from projects.papers.rules import AT_ONCE, MOST
from tests import clamd as antivirus
from tests.files import samples
from tests.hostile.corpus import FILE_NAME, faults_of_html
from tests.instruction.conftest import text_of
from tests.papers.builders import BAD, PDF, PNG, bytes_of, files_in, joined, sent

pytestmark = pytest.mark.django_db

LETTER = {"sort": "letter", "words": "Du maire, sur les locaux 40917"}


def page(dossier) -> str:
    return reverse("instruction-papers", args=[dossier.reference])


def address(paper: Paper) -> str:
    return reverse("instruction-paper", args=[paper.dossier.reference, paper.public_id])


def for_applicant(paper: Paper) -> str:
    return reverse("dossier-paper", args=[paper.dossier.reference, paper.public_id])


def test_an_officer_joins_several_files_at_once_and_the_journal_holds_their_digests(
    client, dossier, of_the_region, own_storage
):
    client.force_login(of_the_region)
    files = [sent(), sent("photo.png", PNG)]
    assert client.post(page(dossier), LETTER | {"files": files})["Location"] == page(dossier)
    rows = list(dossier.papers.order_by("pk"))
    assert [(row.name, row.shown, row.added_by) for row in rows] == [
        ("courrier.pdf", False, of_the_region),
        ("photo.png", False, of_the_region),
    ]
    assert (own_storage / rows[0].file.name).read_bytes() == PDF
    acts = list(dossier.journal.filter(kind=JournalEntry.Kind.FILED))
    assert [act.data["sha256"] for act in acts] == [row.sha256 for row in rows]
    assert "courrier" not in str([act.data for act in acts])
    html = text_of(client.get(page(dossier)))
    assert all(words in html for words in ("courrier.pdf", "photo.png", LETTER["words"], "L'agence qui instruit"))


def test_the_same_file_twice_is_there_once(client, dossier, of_the_region, own_storage):
    client.force_login(of_the_region)
    client.post(page(dossier), LETTER | {"files": [sent(), sent("copie.pdf")]})
    assert "étaient déjà là" in text_of(client.post(page(dossier), LETTER | {"files": [sent()]}, follow=True))
    assert (dossier.papers.count(), len(files_in(own_storage))) == (1, 1)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("tableau.docx", BAD, "« tableau.docx » est refusé"),
        ("page.pdf", samples.HTML, "page web"),
        ("vide.pdf", b"", "est vide"),
        ("bombe.docx", samples.nested_bomb(), "« bombe.docx » est refusé"),
        ("serrure.pdf", samples.pdf(password="x"), "mot de passe"),
    ],
)
def test_a_refused_file_is_named_nothing_is_kept_and_what_was_typed_comes_back(
    name, data, said, client, dossier, of_the_region, own_storage
):
    client.force_login(of_the_region)
    html = text_of(client.post(page(dossier), LETTER | {"files": [sent(), sent(name, data)]}))
    assert all(words in html for words in (said, LETTER["words"], "choisissez à nouveau", "Erreur : "))
    assert (dossier.papers.count(), files_in(own_storage)) == (0, [])


def test_there_is_a_limit_to_the_files_of_one_sending_and_to_those_of_a_dossier(client, dossier, of_the_region):
    client.force_login(of_the_region)
    several = [sent(f"{rank}.pdf") for rank in range(AT_ONCE + 1)]
    html = text_of(client.post(page(dossier), LETTER | {"files": several}))
    assert f"{AT_ONCE} au plus" in html
    row = joined(dossier, of_the_region)
    for rank in range(MOST - 1):
        row.pk, row.public_id, row.sha256 = None, f"00000000-0000-4000-8000-{rank:012d}", f"{rank:064d}"
        row.save(force_insert=True)
    answer = client.post(page(dossier), LETTER | {"files": [sent("photo.png", PNG)]})
    assert answer.status_code == 409
    html = text_of(answer)
    assert all(words in html for words in (f"déjà {MOST} documents", LETTER["words"], "choisissez-les à nouveau"))
    assert dossier.papers.count() == MOST


def test_the_applicant_neither_reads_nor_is_told_of_what_is_internal(client, dossier, applicant, of_the_region):
    row = joined(dossier, of_the_region, "note-40917.pdf")
    client.force_login(applicant)
    html = text_of(client.get(reverse("dossier", args=[dossier.reference])))
    for words in ("40917", "Un document", "Reçu le 12"):
        assert words not in html
    for path in (address(row), for_applicant(row), page(dossier)):
        assert client.get(f"{path}?ouvrir=oui").status_code == 404
    assert not OutgoingMail.objects.filter(to=applicant.email, subject__contains="document").exists()


def test_what_is_shown_is_read_by_the_applicant_who_is_told_of_it(client, dossier, applicant, of_the_region):
    row = joined(dossier, of_the_region, "pour-vous.pdf", shown=True)
    client.force_login(applicant)
    html = text_of(client.get(reverse("dossier", args=[dossier.reference])))
    assert all(
        words in html for words in ("Documents joints à l'instruction", "pour-vous.pdf", "Un document est joint")
    )
    assert bytes_of(client.get(f"{for_applicant(row)}?ouvrir=oui")) == PDF
    assert OutgoingMail.objects.filter(to=applicant.email, subject__contains="Un document est joint").exists()


def test_who_writes_no_note_joins_nothing_and_reads_nothing_internal(
    client, dossier, of_the_region, of_another_region, stranger, expert
):
    row = joined(dossier, of_the_region)
    Participation.objects.create(dossier=dossier, capacity="expert", user=expert, since=now())
    for user, status in ((of_another_region, 404), (stranger, 404), (expert, 200)):
        client.force_login(user)
        answer = client.get(page(dossier))
        assert answer.status_code == status
        assert "courrier.pdf" not in text_of(answer)
        assert client.get(address(row)).status_code == 404
        assert client.post(page(dossier), LETTER | {"files": [sent("x.png", PNG)]}).status_code == 404
        assert client.post(f"{address(row)}retirer/").status_code == 404
    assert dossier.papers.present().count() == 1


def test_whoever_steps_back_opens_nothing_any_more_not_even_what_they_joined(client, dossier, of_the_region):
    row = joined(dossier, of_the_region)
    step_back(dossier.pk, "", actor_of(of_the_region, now()), now())
    client.force_login(of_the_region)
    assert {client.get(path).status_code for path in (page(dossier), f"{address(row)}?ouvrir=oui")} == {404}


def test_a_document_is_taken_away_and_its_digest_stays(client, dossier, of_the_region, head, own_storage):
    row = joined(dossier, of_the_region)
    client.force_login(head)
    assert "est retiré" in text_of(client.post(f"{address(row)}retirer/", follow=True))
    assert client.get(f"{address(row)}?ouvrir=oui").status_code == 404
    last = dossier.journal.last()
    assert (last.kind, last.data["step"], last.data["sha256"]) == ("filed", "removed", row.sha256)
    assert len(files_in(own_storage)) == 1
    assert client.post(f"{address(row)}retirer/").status_code == 404


@pytest.mark.parametrize(("state", "status"), [("clean", 200), ("waiting", 503), ("infected", 403), ("unscanned", 503)])
def test_with_an_antivirus_only_a_clean_document_is_open(
    state, status, client, dossier, of_the_region, applicant, settings
):
    row = joined(dossier, of_the_region, shown=True)
    settings.CLAMAV_ADDRESS = "tcp://127.0.0.1:1"
    Paper.objects.update(scan=state)
    for user, path in ((of_the_region, address(row)), (applicant, for_applicant(row))):
        client.force_login(user)
        assert client.get(f"{path}?ouvrir=oui").status_code == status
    assert dossier.journal.filter(kind="downloaded").count() == (status == 200)


def test_it_is_handed_over_as_a_file_and_never_as_a_page_and_the_reading_is_written(client, dossier, of_the_region):
    row = joined(dossier, of_the_region)
    client.force_login(of_the_region)
    assert "Fichier non analysé" in text_of(client.get(address(row)))
    Paper.objects.update(scan="clean")
    answer = client.get(address(row))
    assert bytes_of(answer) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="courrier.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    assert dossier.journal.last().data == {"file": str(row.public_id), "sha256": row.sha256}


def test_a_virus_is_found_by_the_clock_and_the_agency_is_told(clamd, dossier, of_the_region, applicant, settings):
    settings.CLAMAV_ADDRESS = clamd.address
    bad = joined(dossier, of_the_region, "sommes.csv", b"Depense;Montant\n" + antivirus.MARK + b";1\n")
    good = joined(dossier, of_the_region)
    Paper.objects.update(added_at=dossier.deposited_at)
    assert {bad.scan, good.scan} == {"waiting"}
    assert scan_left(now()) == "2 pièce(s) examinée(s)"
    assert [row.scan for row in dossier.papers.order_by("pk")] == ["infected", "clean"]
    assert DigestLine.objects.filter(user=of_the_region, text__contains="a trouvé un virus").exists()
    assert not OutgoingMail.objects.filter(to=applicant.email, subject__contains="dangereux").exists()
    verdicts = dossier.journal.filter(kind="filed", data__step="scanned")
    assert [act.data["verdict"] for act in verdicts] == ["infected", "clean"]
    assert scan(good.pk, now(), Paper) == ""


def test_a_hostile_name_and_hostile_words_stay_words_on_both_sides(client, dossier, applicant, of_the_region):
    client.force_login(of_the_region)
    given = {"sort": "other", "words": "</td><script>zq7(1)</script>", "shown": "on", "files": [sent(FILE_NAME)]}
    assert client.post(page(dossier), given).status_code == 302
    refused = client.post(page(dossier), given | {"files": [sent(FILE_NAME, samples.HTML)]})
    mine = client.get(page(dossier))
    client.force_login(applicant)
    theirs = client.get(reverse("dossier", args=[dossier.reference]))
    for answer in (refused, mine, theirs):
        assert "zq7" in answer.content.decode()
        assert faults_of_html(answer.content.decode()) == []


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_asks_as_many_queries_for_one_document_as_for_thirty(
    rows, client, dossier, of_the_region, django_assert_num_queries
):
    row = joined(dossier, of_the_region)
    for rank in range(rows - 1):
        row.pk, row.public_id = None, f"00000000-0000-4000-8000-{rank:012d}"
        row.save(force_insert=True)
    client.force_login(of_the_region)
    client.get(page(dossier))
    with django_assert_num_queries(11):
        assert client.get(page(dossier)).content.decode().count("courrier.pdf</a>") == rows
