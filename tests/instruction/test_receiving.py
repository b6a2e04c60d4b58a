"""What reaches the agency by post, by mail or in person for a dossier that is there, recorded for its applicant."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from actors.models import Post
from projects.depositing.acknowledging import acknowledgement_of
from projects.depositing.receipts import receipt_of
from projects.engine.door import NotAllowed, Refused, Request, advance
from projects.engine.people import actor_of
from projects.engine.reading import clock_of
from projects.engine.received import Received
from projects.engine.recording import as_the_portal
from projects.engine.verifying import verify
from projects.forms.receiving import ABOUT
from projects.instruction.entering import record
from projects.models import Adoption, Dossier, JournalText, MailPreference, Section
from projects.procedures.catalogue import LATEST
from projects.procedures.vocabulary import APPLICANTS, Party
from projects.retention.erasing import erase
from projects.rights.predicates import entering_party
from tests.dossier_factories import NOW, an_answer, drive, fill, make_dossier, make_officer
from tests.instruction.conftest import SECRET, text_of
from tests.people_factories import make_agency_body, make_organisation

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
ASKED_ON = datetime(2026, 11, 14, 9, tzinfo=UTC)
HOSTILE = '=cmd|"<script>alert(1)</script>\r\nBcc: voleur@exemple.invalid'


@pytest.fixture
def agent(client, of_the_region):
    """An officer of the region, signed in, where every procedure is deposited on the portal."""
    for procedure in LATEST.values():
        Adoption.objects.create(procedure_key=procedure.key, channel="portal", valid_from="2020-01-01")
    client.force_login(of_the_region)
    return of_the_region


@pytest.fixture
def letter(agent, head) -> Dossier:
    """A subsidy asked by post on the 10th, that the agency asked on the 14th to complete; nobody has an address."""
    dossier = make_dossier(
        agent, "fir", organisation=make_organisation(), origin="letter", received_on=date(2026, 11, 10)
    )
    dossier.project.owner = None
    dossier.project.save()
    at = datetime(2026, 11, 11, 9, tzinfo=UTC)
    record(dossier, uuid4(), actor_of(agent, at), at)
    drive(dossier, "acknowledge", head, at + timedelta(days=1))
    drive(dossier, "ask-completion", head, ASKED_ON, answer_by="2027-03-31")
    return dossier


@pytest.fixture
def asked(dossier, of_the_region, client) -> Dossier:
    """The dossier of somebody who has an account, to complete since yesterday; the officer is signed in."""
    drive(dossier, "ask", of_the_region, timezone.now() - timedelta(days=1), answer_by="2027-03-31")
    client.force_login(of_the_region)
    return dossier


def receive(dossier: Dossier, move: str, by, on: date, sender: str = "Camille Porteur", at: datetime = NOW):
    dossier.refresh_from_db()
    given = {one.key: an_answer(one) for one in dossier.procedure.move(move).fields}
    asked = Request(move, dossier.version, uuid4(), given, received=Received(on, "letter", sender))
    entry = advance(dossier.pk, asked, actor_of(by, at), at)
    dossier.refresh_from_db()
    return entry


def here(dossier: Dossier, *more: str) -> str:
    return f"/instruction/{dossier.reference}/recu/{''.join(f'{one}/' for one in more)}"


def sent(dossier: Dossier, **given) -> dict:
    dossier.refresh_from_db()
    day = timezone.localtime(timezone.now()).date()
    about = {"received_on": day.isoformat(), "received_way": "email", "received_from": "Camille Porteur"}
    return {"seen": dossier.version, "key": str(uuid4()), "content_seen": ""} | about | given


# --- The door ------------------------------------------------------------------


def test_an_answer_by_post_counts_from_the_day_it_came_and_says_how(letter, agent):
    entry = receive(letter, "complete", agent, date(2026, 11, 20))
    assert (letter.stage, entry.party, entry.data["received"]) == (
        "admissibility", Party.ENTERER, {"on": "2026-11-20", "way": "letter"},
    )  # fmt: skip
    assert entry.texts.get(field="received_from").text == "Camille Porteur"
    clock = clock_of(letter.procedure, letter.journal.order_by("seq"))
    pause = datetime(2026, 11, 20, 12, tzinfo=PARIS) - ASKED_ON
    assert clock.suspended == pause
    assert clock.due_at == datetime(2027, 1, 10, 12, tzinfo=PARIS) + pause
    assert letter.completion_requests.get().answered_at == NOW
    assert verify(letter).is_whole
    assert letter.entered_words == (
        "Saisi par l'agence, reçu par courrier le 10/11/2026 ; "
        "dernier envoi saisi par l'agence, reçu par courrier le 20/11/2026"
    )
    receipt = str(receipt_of(letter.snapshots.first()))
    assert "Saisi par l'agence, reçu par courrier le 20/11/2026" in receipt
    assert "Camille Porteur" in receipt


def test_the_stage_that_is_reached_is_due_from_the_day_of_receipt(letter, agent):
    delay = letter.procedure.stage("admissibility").due
    receive(letter, "complete", agent, date(2026, 11, 20))
    assert letter.due_at == datetime(2026, 11, 20, 12, tzinfo=PARIS) + timedelta(days=delay.count)


@pytest.mark.parametrize(
    ("move", "day", "words"),
    [
        ("complete", date(2026, 11, 13), "au plus tôt le 14/11/2026"),
        ("complete", date(2026, 11, 29), "pas encore venu"),
        ("withdraw", date(2026, 11, 9), "au plus tôt le 10/11/2026"),
    ],
)
def test_a_day_that_cannot_be_right_is_refused(letter, agent, move, day, words):
    with pytest.raises(Refused, match=words):
        receive(letter, move, agent, day)
    assert (letter.stage, letter.entered_on) == ("to-complete", None)


@pytest.mark.parametrize(("move", "day"), [("complete", 14), ("complete", 28), ("withdraw", 10), ("withdraw", 13)])
def test_an_answer_may_come_the_day_it_was_asked_and_a_withdrawal_before(letter, agent, move, day):
    assert receive(letter, move, agent, date(2026, 11, day)).move == move


def test_a_signature_on_paper_is_recorded_like_any_other_move_of_the_applicant(agent, applicant, dossier):
    signing = {
        key: move
        for key, procedure in LATEST.items()
        for move in procedure.moves
        if move.key == "sign-as-carrier" and Party.DEPOSITOR in move.by
    }
    assert {"fir", "grades-support"} <= set(signing)
    dossier = Dossier.objects.prefetch_related("participations", "recusals").get(pk=dossier.pk)
    assert {entering_party(one, actor_of(agent, NOW).holdings, dossier) for one in signing.values()} == {Party.ENTERER}


@pytest.mark.parametrize("role", [Post.Role.LEGAL, Post.Role.DIRECTOR, Post.Role.CURATOR])
def test_only_those_who_instruct_enter_for_the_applicant(letter, role):
    with pytest.raises(NotAllowed):
        receive(letter, "complete", make_officer(letter.body, role), date(2026, 11, 20))


def test_nobody_of_another_region_nor_who_stepped_back_enters_anything(letter, agent, of_another_region, applicant):
    letter.recusals.create(user=agent, since=NOW)
    for person in (of_another_region, agent, applicant):
        with pytest.raises(NotAllowed):
            receive(letter, "complete", person, date(2026, 11, 20))


def test_a_move_of_the_agency_is_not_entered_for_the_applicant(letter, agent):
    with pytest.raises(NotAllowed):
        receive(letter, "ask-completion-unanswered", agent, date(2026, 11, 20))


def test_no_move_of_the_applicant_has_a_field_named_like_those_of_the_receipt():
    moves = [move for procedure in LATEST.values() for move in procedure.moves if move.by & APPLICANTS]
    assert not {field.key for move in moves for field in move.fields} & set(ABOUT)


def test_the_name_of_the_sender_goes_with_the_dossier(letter, agent):
    receive(letter, "complete", agent, date(2026, 11, 20))
    with as_the_portal(letter.pk, NOW, actor_of(agent, NOW)) as desk:
        erase(desk, {})
    assert not JournalText.objects.filter(entry__dossier=letter).exists()
    assert [one.circumstances for one in letter.snapshots.all()] == [{}, {}]
    assert verify(letter).is_whole


# --- The pages -----------------------------------------------------------------


@pytest.mark.parametrize("more", [(), ("geste", "complete"), ("parties", "request")])
def test_a_page_opens_to_those_who_instruct_and_to_nobody_else(more, client, asked, applicant, stranger, legal, head):
    for person, status in ((head, 200), (applicant, 404), (stranger, 404), (legal, 404)):
        client.force_login(person)
        assert client.get(here(asked, *more)).status_code == status, person
    client.logout()
    assert client.get(here(asked, *more)).status_code == 302


def test_what_was_sent_is_typed_joined_and_recorded_and_the_applicant_is_told(client, asked, applicant, mailoutbox):
    page = text_of(client.get(here(asked)))
    assert "Envoyer les compléments" in page
    assert "sur papier" not in page
    form = client.get(here(asked, "parties", "request")).context["form"]
    client.post(
        here(asked, "parties", "request"),
        {"purpose": "Pour des plaies", "cost": "900", "base": form.base, "secret-purpose": "on", "base-secrets": form.base_secrets},
    )  # fmt: skip
    file = SimpleUploadedFile("lettre.txt", "Une lettre numérisée".encode())
    client.post(f"/dossiers/{asked.reference}/pieces/", {"piece": "libre", "libre-file": file})
    MailPreference.objects.create(user=applicant, pace="none")
    mailoutbox.clear()
    answer = client.post(here(asked, "geste", "complete"), sent(asked), follow=True)
    asked.refresh_from_db()
    assert asked.stage == "review"
    content = asked.snapshots.first().content
    assert content["answers"]["request"] == {"purpose": "Pour des plaies", "cost": "900"}
    assert "lettre.txt" in [one["name"] for one in content["files"]]
    assert "prévenu par courriel" in text_of(answer)
    told = [mail for mail in mailoutbox if mail.to == [applicant.email]]
    assert len(told) == 1
    assert "L'agence a saisi pour vous : « Envoyer les compléments »" in told[0].body
    assert [one.party for one in asked.journal.filter(kind__in=["section", "attached"])] == [Party.ENTERER] * 2
    day = timezone.localtime(timezone.now()).date()
    words = f"Envoi saisi par l'agence, reçu par courriel le {day:%d/%m/%Y}"
    for address in (f"/instruction/{asked.reference}/", f"/instruction/{asked.reference}/messages/", here(asked)):
        assert words in text_of(client.get(address))
    assert "lettre.txt" in text_of(client.get(here(asked)))
    client.force_login(applicant)
    html = text_of(client.get(f"/dossiers/{asked.reference}/"))
    assert words in html
    assert "Envoi au nom de :" in html
    assert "Dominique Instructeur (agent qui saisit pour quelqu'un)" in html


def test_whoever_has_no_address_is_sent_an_acknowledgement_on_paper(client, letter, agent, mailoutbox):
    assert "Imprimez chaque accusé" in text_of(client.get(here(letter)))
    answer = client.post(here(letter, "geste", "complete"), sent(letter), follow=True)
    assert "envoyez l'accusé de réception sur papier" in text_of(answer)
    assert not mailoutbox
    entry = letter.journal.get(move="complete")
    address = reverse("instruction-received-pdf", args=[letter.reference, entry.seq])
    assert address in text_of(answer)
    pdf = client.get(address)
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    document = str(acknowledgement_of(letter, entry))
    for words in ("Reçu par courriel le", "Camille Porteur", letter.reference, f"{letter.reference}-2"):
        assert words in document
    assert "Reçu par courrier le 10/11/2026" in str(acknowledgement_of(letter, letter.journal.get(move="enter")))
    refused = reverse("instruction-received-pdf", args=[letter.reference, letter.journal.get(move="acknowledge").seq])
    assert client.get(refused).status_code == 404


def test_a_double_click_records_once(client, asked):
    data = sent(asked)
    for _ in range(2):
        assert client.post(here(asked, "geste", "complete"), data).status_code == 302
    assert asked.journal.filter(move="complete").count() == 1


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("received_on", "hier"), ("received_on", "2126-01-01"), ("received_on", ""), ("received_way", "telephone"),
     ("received_from", " "), ("received_from", "x" * 201)],
)  # fmt: skip
def test_what_cannot_be_understood_comes_back_with_everything_that_was_typed(field, wrong, client, asked):
    answer = client.post(here(asked, "geste", "complete"), sent(asked, **{"received_from": "Camille", field: wrong}))
    assert (answer.status_code, field in answer.context["form"].errors) == (200, True)
    asked.refresh_from_db()
    assert asked.stage == "to-complete"


def test_a_dossier_that_moved_meanwhile_keeps_what_was_typed_to_be_confirmed(client, asked):
    answer = client.post(here(asked, "geste", "complete"), sent(asked, seen=1, received_from="Un nom à garder"))
    assert answer.status_code == 409
    assert "Un nom à garder" in text_of(answer)
    assert answer.context["possible"]


def test_a_hostile_name_is_words_everywhere(client, asked, applicant, mailoutbox):
    client.post(here(asked, "geste", "complete"), sent(asked, received_from=HOSTILE))
    entry = asked.journal.get(move="complete")
    assert entry.texts.get().text == " ".join(HOSTILE.split())
    pages = [client.get(one) for one in (here(asked), f"/instruction/{asked.reference}/")]
    client.force_login(applicant)
    pages.append(client.get(f"/dossiers/{asked.reference}/"))
    for page in pages:
        html = page.content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)" in html
    assert all("\n" not in mail.subject and "voleur" not in mail.subject + mail.body for mail in mailoutbox)
    assert client.get(f"/dossiers/{asked.reference}/recepisse-2.pdf").content[:5] == b"%PDF-"


def test_what_the_applicant_writes_and_did_not_send_is_neither_read_nor_sent_for_them(client, asked, applicant):
    Section.objects.filter(dossier=asked).update(
        answers={"purpose": "Pas encore envoyé Q5512", "cost": "1"}, changed_by=applicant
    )
    for more in ((), ("geste", "complete"), ("parties", "request")):
        html = text_of(client.get(here(asked, *more)))
        assert "Personne ne peut l'envoyer à sa place" in html
        assert "Q5512" not in html
    assert client.post(here(asked, "geste", "complete"), sent(asked)).status_code == 409
    answer = client.post(here(asked, "parties", "request"), {"purpose": "Tapé par l'agent", "base": "{}"})
    assert answer.status_code == 409
    assert "Tapé par l'agent" in text_of(answer)
    asked.refresh_from_db()
    assert (asked.stage, Section.objects.get(dossier=asked).answers["purpose"]) == (
        "to-complete",
        "Pas encore envoyé Q5512",
    )


def test_the_files_that_the_applicant_did_not_send_are_not_shown(client, asked, applicant):
    page = f"/dossiers/{asked.reference}/pieces/"
    client.force_login(applicant)
    file = SimpleUploadedFile("en-cours.txt", b"Pas encore")
    client.post(page, {"piece": "libre", "libre-file": file})
    assert "en-cours.txt" in text_of(client.get(page))
    row = asked.attachments.get(name="en-cours.txt")
    client.force_login(make_officer(make_agency_body()))
    assert "en-cours.txt" not in text_of(client.get(page))
    client.post(f"{page}{row.public_id}/retirer/")
    assert asked.attachments.present().filter(pk=row.pk).exists()
    assert client.get(f"/instruction/{asked.reference}/pieces/{row.public_id}/").status_code == 404


# --- Correcting ----------------------------------------------------------------


@pytest.fixture
def typed(agent) -> Dossier:
    """A first contact that an agent typed, with two figures the wrong way round."""
    dossier = make_dossier(
        agent, "first-contact", organisation=make_organisation(), origin="email", received_on=NOW.date()
    )
    dossier.project.owner = None
    dossier.project.save()
    fill(dossier, {"availability": "Le 21 mars"})
    Section.objects.filter(project=dossier.project).update(changed_by=agent)
    for section in Section.objects.filter(project=dossier.project):
        section.versions.create(number=1, answers=section.answers, written_at=NOW, written_by=agent)
    record(dossier, uuid4(), actor_of(agent, NOW), NOW)
    dossier.refresh_from_db()
    return dossier


def corrected(client, dossier: Dossier, **given):
    address = here(dossier, "corriger", "meeting")
    form = client.get(address).context["form"]
    data = {key: value for key, value in form.data.items() if key in form.fields} | {"base": form.base}
    return client.post(address, data | {"availability": "Le 12 mars", "reason": "Chiffres inversés"} | given)


def test_a_correction_is_a_version_with_its_reason_and_the_frozen_deposit_stays(client, typed, applicant):
    frozen = typed.snapshots.get().content
    assert corrected(client, typed)["Location"] == here(typed)
    row = Section.objects.get(dossier=typed, key="meeting")
    assert (row.version, row.answers["availability"]) == (2, "Le 12 mars")
    act = typed.journal.order_by("-seq").first()
    assert (act.kind, act.party, act.data["corrects"], act.texts.get().text) == (
        "section",
        "enterer",
        1,
        "Chiffres inversés",
    )
    assert typed.snapshots.get().content == frozen
    assert verify(typed).is_whole
    html = text_of(client.get(f"/instruction/{typed.reference}/"))
    assert "Quand êtes-vous disponible ? : Le 21 mars, corrigé en : Le 12 mars" in html
    assert "Chiffres inversés" in html
    typed.organisation.memberships.create(user=applicant, since=NOW)
    client.force_login(applicant)
    html = text_of(client.get(f"/dossiers/{typed.reference}/"))
    assert "Une faute de saisie de l'agence est corrigée" in html
    assert "Chiffres inversés" in html


def test_a_correction_without_a_reason_changes_nothing(client, typed):
    answer = corrected(client, typed, reason="")
    assert "une correction n'est jamais muette" in text_of(answer)
    assert "Le 12 mars" in text_of(answer)
    assert Section.objects.get(dossier=typed, key="meeting").version == 1


def test_a_correction_that_changes_nothing_leaves_no_trace(client, typed):
    before = typed.journal.count()
    corrected(client, typed, availability="Le 21 mars")
    assert typed.journal.count() == before


def test_what_the_applicant_sent_on_the_portal_is_not_corrected(client, dossier, of_the_region):
    client.force_login(of_the_region)
    assert client.get(here(dossier, "corriger", "request")).status_code == 404
    assert "Corriger une faute" not in text_of(client.get(here(dossier)))
    assert SECRET in text_of(client.get(f"/instruction/{dossier.reference}/"))


def test_a_hostile_correction_is_words(client, typed):
    corrected(client, typed, availability="<img src=x onerror=a()>", reason="<b>raison</b>")
    html = client.get(f"/instruction/{typed.reference}/").content.decode()
    assert "<img src=x" not in html
    assert "&lt;b&gt;raison" in html
