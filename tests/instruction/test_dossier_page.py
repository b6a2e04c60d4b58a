"""The page of a dossier before those who instruct it: what it shows, and to whom it does not exist."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from projects.engine.people import actor_of
from projects.engine.recording import act_on
from projects.instruction.notes import put_label
from projects.models import Assignment, Attachment, FinancingLine, JournalEntry, Note, Section
from projects.rights.table import Act
from tests.dossier_factories import NOW, drive, fill, make_attachment, make_dossier
from tests.instruction.conftest import SECRET, TITLE, deposited, leaks

QUERIES = 29


def address(dossier) -> str:
    return reverse("instruction-dossier", args=[dossier.reference])


def page(client, user, dossier) -> str:
    client.force_login(user)
    answer = client.get(address(dossier))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("who", ["of_the_region", "head", "legal"])
def test_those_of_the_agency_read_what_was_deposited(who, client, dossier, request):
    html = page(client, request.getfixturevalue(who), dossier)
    assert leaks(html) == [SECRET, TITLE, "Organisme nommé Q48213"]
    assert "Secret des affaires" in html
    assert dossier.snapshots.get().sha256 in html


@pytest.mark.parametrize("who", ["of_another_region", "content_curator", "stranger", "applicant"])
def test_to_the_others_it_does_not_exist(who, client, dossier, request):
    client.force_login(request.getfixturevalue(who))
    answer = client.get(address(dossier))
    assert answer.status_code == 404
    assert leaks(answer.content.decode()) == []


def test_a_draft_is_not_read_by_the_agency(client, applicant, of_the_region, tried):
    client.force_login(of_the_region)
    draft = fill(make_dossier(applicant, tried), {"purpose": SECRET})
    answer = client.get(address(draft))
    assert answer.status_code == 404
    assert leaks(answer.content.decode()) == []


def test_what_is_written_after_the_deposit_is_not_read(client, dossier, of_the_region):
    Section.objects.filter(dossier=dossier).update(answers={"purpose": "Tout autre chose", "cost": "1"})
    html = page(client, of_the_region, dossier)
    assert "Tout autre chose" not in html
    assert "12 500,00" in html.replace("\u202f", " ").replace("\xa0", " ")
    assert SECRET in html


def test_what_an_applicant_wrote_is_shown_as_text(client, applicant, of_the_region, tried):
    hostile = deposited(applicant, tried)
    drive(hostile, "ask", of_the_region, answer_by="2027-01-01")
    Section.objects.filter(dossier=hostile).update(answers={"purpose": "<script>alert(1)</script>", "cost": "1"})
    drive(hostile, "complete", applicant)
    assert "<script>alert(1)" not in page(client, of_the_region, hostile)


@pytest.mark.parametrize(
    ("scan", "words", "opens"),
    [
        ("clean", "Aucun virus trouvé", True),
        ("waiting", "Analyse en attente", False),
        ("infected", "Virus trouvé", False),
    ],
)
def test_a_file_says_its_digest_and_what_the_scanner_said(scan, words, opens, client, dossier, of_the_region):
    file = dossier.attachments.get()
    Attachment.objects.filter(pk=file.pk).update(scan=scan)
    html = page(client, of_the_region, dossier)
    assert file.sha256 in html
    assert words in html
    assert (f"/pieces/{file.public_id}/" in html) is opens


def test_a_file_joined_after_the_deposit_is_not_shown(client, dossier, of_the_region):
    late = make_attachment(dossier, name="apres-coup.pdf")
    html = page(client, of_the_region, dossier)
    assert late.name not in html


def test_the_clock_is_a_ledger_with_its_grounds(client, dossier, applicant, of_the_region):
    drive(dossier, "ask", of_the_region, NOW, answer_by="2027-01-01")
    drive(dossier, "complete", applicant, NOW + timedelta(days=10))
    html = page(client, of_the_region, dossier)
    for words in ("Le délai commence (2 mois)", "Article 2 d&#x27;essai", "Le délai est suspendu", "Le délai reprend"):
        assert words in html


def test_the_journal_names_people_and_says_which_account_is_gone(client, dossier, applicant, of_the_region):
    assert "Camille Porteur" in page(client, of_the_region, dossier)
    dossier.project.owner = None
    dossier.project.save()
    applicant.delete()
    html = page(client, of_the_region, dossier)
    assert "Camille Porteur" not in html
    assert "Compte effacé" in html


def test_moves_are_offered_refused_with_why_or_left_to_others(client, dossier, of_the_region):
    html = page(client, of_the_region, dossier)
    assert reverse("instruction-move", args=[dossier.reference, "ask"]) in html
    assert reverse("instruction-move", args=[dossier.reference, "propose"]) not in html
    assert "Demandez d&#x27;abord des compléments." in html
    assert "Accorder : Direction de l&#x27;agence" in html


def test_the_lawyer_reads_and_is_offered_nothing(client, dossier, legal):
    assert "Rien pour vous à cette étape." in page(client, legal, dossier)


def test_where_it_is_deposited_is_said(client, dossier, of_the_region):
    assert "Sur le portail" in page(client, of_the_region, dossier)


def test_nothing_of_another_dossier_of_the_project_is_on_the_page(client, dossier, applicant, of_the_region, tried):
    other = deposited(applicant, tried, project=dossier.project)
    Section.objects.filter(dossier=other).update(answers={"purpose": "Réservé à l'autre dossier"})
    other.messages.create(
        entry=other.journal.first(), author=applicant, from_agency=False, text="Mot pour l'autre", sent_at=NOW
    )
    html = page(client, of_the_region, dossier)
    assert "Réservé" not in html
    assert "Mot pour" not in html


def test_the_number_of_queries_does_not_grow(client, dossier, of_the_region, django_assert_num_queries):
    def read():
        with django_assert_num_queries(QUERIES):
            assert client.get(address(dossier)).status_code == 200

    client.force_login(of_the_region)
    Assignment.objects.create(dossier=dossier, user=of_the_region, role="lead", since=NOW)
    read()
    for rank in range(30):
        Note.objects.create(dossier=dossier, body=dossier.body, author=of_the_region, text="Mot", written_at=NOW)
        put_label(dossier.pk, f"Étiquette {rank}", actor_of(of_the_region, NOW), NOW)
        make_dossier(of_the_region, organisation=dossier.organisation, project=dossier.project, body=dossier.body)
        make_attachment(dossier)
        FinancingLine.objects.create(project=dossier.project, expense="care", amount=1, payer="fir")
        with act_on(dossier.pk, Act.MESSAGE, actor_of(of_the_region, NOW), NOW) as desk:
            entry = desk.write(JournalEntry.Kind.MESSAGE)
        dossier.messages.create(entry=entry, author=of_the_region, from_agency=True, text="Un mot", sent_at=NOW)
    read()


def test_an_unknown_reference_does_not_exist(client, of_the_region):
    client.force_login(of_the_region)
    assert client.get(f"/instruction/{uuid4().hex[:8]}/").status_code == 404
