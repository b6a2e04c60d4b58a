"""A decision: its words frozen by the signature, its number, its notification once; nothing of it leaves before."""

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from pypdf import PdfReader

from actors.models import Post
from projects import guards
from projects.engine.door import Refused, Stale
from projects.engine.people import actor_of
from projects.engine.reading import digest_of_content
from projects.engine.recording import as_the_portal
from projects.engine.verifying import verify
from projects.models import Decision, DecisionDraft
from projects.retention.erasing import erase
from projects.retention.export import members_of
from tests.deciding.builders import REFUSAL, checked, notified, proposed, signed
from tests.dossier_factories import NOW, drive
from tests.people_factories import make_post

UNKNOWN = 10**9
SECRET = "Motif tenu secret Q77120"
MARKUP = (
    '#eval("1") $x$ \\u{41} *gras* _bas_ @cite <b>gras</b> {{request}} {% load %} = titre // fin `code` ~ " \' <script>'
)


def pages_of(dossier, number=1) -> list[str]:
    return [
        reverse("dossier", args=[dossier.reference]),
        reverse("dossier-decision", args=[dossier.reference, number]),
        reverse("dossier-decision-pdf", args=[dossier.reference, number]),
        reverse("dossier-messages", args=[dossier.reference]),
        "/instruction/" + dossier.reference + "/decision/",
        "/instruction/" + dossier.reference + "/decision/projet.pdf",
        "/instruction/" + dossier.reference + "/note/",
    ]


def seen_by(client, user, dossier, number=1) -> str:
    client.force_login(user)
    return "\n".join(client.get(address).content.decode("latin-1") for address in pages_of(dossier, number))


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def exported(user) -> str:
    parts = [one.content for one in members_of(user, NOW)]
    return "\n".join(part.decode("utf-8-sig") if isinstance(part, bytes) else "" for part in parts)


@pytest.mark.parametrize("until", ["proposed", "checked", "signed"])
def test_nothing_of_a_decision_reaches_the_applicant_before_it_is_notified(
    until, client, fir, people, applicant, mailoutbox
):
    DecisionDraft.objects.create(dossier=fir, subject=SECRET, text=SECRET, written_at=NOW)
    mailoutbox.clear()
    {"proposed": proposed, "checked": checked, "signed": signed}[until](fir, people, motives=SECRET)
    number = fir.decisions.decided().get().number if until == "signed" else "ARS-01-2026-"
    signed_one = fir.decisions.decided().values_list("pk", flat=True).first() or UNKNOWN
    seen = seen_by(client, applicant, fir, signed_one)
    assert SECRET not in seen
    assert number not in seen
    client.force_login(applicant)
    answers = [client.get(address).status_code for address in pages_of(fir, signed_one)[1:3]]
    assert answers == [404, 404]
    assert [mail for mail in mailoutbox if applicant.email in mail.to] == []
    assert SECRET not in exported(applicant)
    assert number not in client.get("/api/v1/experiments/").content.decode()


def test_once_notified_the_applicant_reads_and_keeps_it_and_the_mail_leads_there(
    client, fir, people, applicant, mailoutbox
):
    decision = notified(fir, people, motives=SECRET)
    client.force_login(applicant)
    address = reverse("dossier-decision", args=[fir.reference, decision.pk])
    mail = mailoutbox[-1]
    assert mail.to == [applicant.email]
    assert address in mail.body
    assert decision.number in mail.body
    assert SECRET not in mail.body + mail.alternatives[0][0]
    assert address in client.get(reverse("dossier", args=[fir.reference])).content.decode()
    page = client.get(address).content.decode()
    assert SECRET in page
    assert "son empreinte est celle du journal" in page
    file = client.get(reverse("dossier-decision-pdf", args=[fir.reference, decision.pk]))
    assert (file["Content-Type"], file["Cache-Control"]) == ("application/pdf", "private, no-store")
    text = text_of(file.content)
    assert decision.number in text
    assert SECRET in text
    assert "Comment contester" in text
    assert "deux mois qui suivent sa notification" in text
    assert "Tribunal administratif compétent : à vérifier" in text
    assert decision.number in exported(applicant)


def test_a_stranger_and_another_agency_find_nothing(client, fir, people, stranger):
    decision = notified(fir, people, motives=SECRET)
    client.force_login(stranger)
    assert {client.get(address).status_code for address in pages_of(fir, decision.pk)} == {404}


def test_the_frozen_words_are_those_of_the_draft_and_of_the_journal(fir, people):
    proposed(fir, people)
    DecisionDraft.objects.create(dossier=fir, subject="Objet écrit", text="Texte écrit", written_at=NOW)
    drive(fir, "check", people["legal"])
    entry = drive(fir, "sign", people["director"])
    decision = fir.decisions.decided().get()
    assert (decision.content["subject"], decision.content["text"]) == ("Objet écrit", "Texte écrit")
    assert entry.data["decision"] == {"number": decision.number, "sha256": decision.sha256}
    assert digest_of_content(decision.content) == decision.sha256
    assert not DecisionDraft.objects.exists()
    assert verify(fir).is_whole


def test_without_a_draft_the_template_serves_with_what_was_proposed(fir, people):
    decision = signed(fir, people, motives="Parce que.")
    assert "12\u202f500,00\u00a0€" in decision.content["text"]
    assert "Parce que." in decision.content["text"]
    assert decision.content["signed_by"] == "Personne director"


def test_the_database_refuses_that_a_decision_changes(fir, people):
    decision = signed(fir, people)
    for change in (lambda: Decision.objects.update(content={}), Decision.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    decision.refresh_from_db()
    assert decision.content["number"] == decision.number


def test_a_decision_that_was_tampered_with_says_so(client, fir, people):
    decision = notified(fir, people)
    with guards.maintenance("Essai", NOW):
        Decision.objects.update(content=decision.content | {"text": "Autre chose"})
    client.force_login(people["officer"])
    page = client.get(reverse("dossier-decision", args=[fir.reference, decision.pk])).content.decode()
    assert "n'est pas celui qui a été signé" in page.replace("&#x27;", "'")


def test_what_is_refused_takes_no_number(fir, people, agency):
    make_post(Post.Role.DIRECTOR, agency, people["officer"])
    checked(fir, people)
    for _ in range(2):
        with pytest.raises(Refused):
            drive(fir, "sign", people["officer"])
    drive(fir, "sign", people["director"])
    assert fir.decisions.decided().get().number == "ARS-01-2026-0001"


def test_numbers_begin_again_with_the_year_on_the_clocks_of_france(fir, people):
    checked(fir, people)
    drive(fir, "sign", people["director"], at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    assert fir.decisions.decided().get().number == "ARS-01-2027-0001"


def test_it_is_notified_once(fir, people, mailoutbox):
    notified(fir, people)
    before = len(mailoutbox)
    with pytest.raises(Stale):
        drive(fir, "notify-grant", people["second"])
    assert len(mailoutbox) == before
    assert fir.decisions.notified().decided().count() == 1


def test_a_refusal_is_one_and_gives_its_reasons(client, fir, people, applicant):
    decision = notified(fir, people, **REFUSAL | {"motives": "Hors du champ."})
    assert decision.key == "refuse"
    client.force_login(applicant)
    assert (
        "Hors du champ." in client.get(reverse("dossier-decision", args=[fir.reference, decision.pk])).content.decode()
    )


@pytest.mark.parametrize("field", ["title", "motives", "draft"])
def test_what_looks_like_markup_comes_out_as_text(field, client, fir, people):
    if field == "title":
        fir.project.title = MARKUP
        fir.project.save()
    given = {"motives": MARKUP} if field == "motives" else {}
    proposed(fir, people, **given)
    if field == "draft":
        DecisionDraft.objects.create(dossier=fir, subject=MARKUP, text=MARKUP, written_at=NOW)
    client.force_login(people["director"])
    draft = client.get(f"/instruction/{fir.reference}/decision/projet.pdf")
    page = client.get(f"/instruction/{fir.reference}/decision/").content.decode()
    assert "<script>" not in page.replace('<script src="', "").replace("<script defer", "")
    text = text_of(draft.content).replace(" ", "")
    for part in ('#eval("1")', "$x$", "*gras*", "_bas_", "@cite", "<b>gras</b>", "{{request}}", "{%load%}", "<script>"):
        assert part in text, part
    assert "Projet,nonsigné" in text


def test_the_pdf_is_accessible_and_comes_out_the_same(client, fir, people, applicant):
    decision = notified(fir, people)
    client.force_login(applicant)
    address = reverse("dossier-decision-pdf", args=[fir.reference, decision.pk])
    first, again = client.get(address).content, client.get(address).content
    assert first == again
    reader = PdfReader(BytesIO(first))
    assert "pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert reader.trailer["/Root"]["/Lang"].startswith("fr")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_erasing_the_dossier_takes_the_words_and_leaves_the_number(client, fir, people, applicant):
    decision = notified(fir, people)
    with as_the_portal(fir.pk, NOW, actor_of(people["director"], NOW)) as desk:
        erase(desk, {})
    decision.refresh_from_db()
    assert (decision.content, bool(decision.number), bool(decision.sha256)) == ({}, True, True)
    client.force_login(applicant)
    assert client.get(reverse("dossier-decision", args=[fir.reference, decision.pk])).status_code == 404
    fir.refresh_from_db()
    assert verify(fir).is_whole


def test_the_journal_keeps_numbers_and_digests_and_no_words(fir, people):
    notified(fir, people, motives=SECRET)
    assert SECRET not in json.dumps([entry.data for entry in fir.journal.all()])


def test_no_template_of_ours_is_filled_by_the_engine_of_django():
    root = Path(__file__).resolve().parent.parent.parent / "projects"
    for path in [*(root / "letters").glob("*.py"), *(root / "deciding").glob("*.py"), root / "engine/decisions.py"]:
        assert "Template(" not in path.read_text(encoding="utf-8").replace("LetterTemplate(", "")
