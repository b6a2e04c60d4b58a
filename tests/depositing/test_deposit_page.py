"""Depositing: what is said before, once and only once, and what a person who comes too late is told."""

import re
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apist.models import OutgoingMail
from projects.models import Section, Snapshot
from tests import factories
from tests.dossier_factories import drive, fill, make_dossier, make_officer
from tests.files import samples
from tests.people_factories import make_membership

pytestmark = pytest.mark.django_db


def hidden(html: str) -> dict[str, str]:
    """Return what the form of a page hides."""
    found = dict(re.findall(r'<input type="hidden" name="(seen|key|content_seen)"(?: value="([^"]*)")?', html))
    assert set(found) == {"seen", "key", "content_seen"}
    return found


def page_of(dossier, move: str = "") -> str:
    return f"/dossiers/{dossier.reference}/" + (f"geste/{move}/" if move else "deposer/")


def opened(client, dossier, move: str = "") -> dict[str, str]:
    return hidden(client.get(page_of(dossier, move)).content.decode())


@pytest.fixture
def ready(draft, applicant, client):
    """Return a draft in which nothing is missing, before its depositor."""
    client.force_login(applicant)
    return fill(draft)


def test_everything_that_will_be_frozen_is_read_again_with_who_deposits(client, ready, organisation):
    text = client.get(page_of(ready)).content.decode()
    for words in ("Un texte plus long", "12 500,00 €", "Sorte A", "Budget prévisionnel", organisation.name,
                  "Représentation légale", "Camille Porteur", "Ceci est un brouillon, rien n'est déposé."):  # fmt: skip
        assert words in text.replace("\u202f", " ").replace("\xa0", " "), words


def test_a_deposit_leads_to_the_dossier_with_its_number(client, ready, mailoutbox):
    answer = client.post(page_of(ready), opened(client, ready), follow=True)
    assert answer.redirect_chain == [(f"/dossiers/{ready.reference}/", 302)]
    assert f"porte le numéro {ready.reference}-1" in answer.content.decode()
    assert len(mailoutbox) >= 1


def test_a_double_click_is_one_deposit_and_both_end_well(client, ready):
    sent = opened(client, ready)
    answers = [client.post(page_of(ready), sent) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert Snapshot.objects.count() == 1
    assert ready.journal.filter(move="deposit", kind="move").count() == 1
    assert OutgoingMail.objects.filter(cause__startswith=f"dossier-{ready.reference}-").count() == 1


def test_two_windows_are_one_deposit_and_the_second_is_told_who_did_what_when(client, ready):
    first, second = opened(client, ready), opened(client, ready)
    client.post(page_of(ready), first)
    answer = client.post(page_of(ready), second)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Vous-même, peut-être depuis une autre fenêtre" in text
    assert "Déposer le dossier : « Dossier déposé »" in text
    assert re.search(r"\d{4} à \d+\xa0h", text)
    assert Snapshot.objects.count() == 1


def test_somebody_else_who_was_quicker_is_named(client, ready, organisation):
    sent = opened(client, ready)
    colleague = make_membership(organisation, factories.make_user(full_name="Sacha Collègue")).user
    drive(ready, "deposit", colleague)
    answer = client.post(page_of(ready), sent)
    assert (answer.status_code, "Sacha Collègue, le " in answer.content.decode()) == (409, True)


def test_a_content_that_changed_meanwhile_is_shown_again_to_be_confirmed(client, ready):
    sent = opened(client, ready)
    Section.objects.filter(dossier=ready).update(answers={"amount": "99", "why": "Autre chose", "kind": "b"})
    answer = client.post(page_of(ready), sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Rien n'a été déposé" in text
    assert "Autre chose" in text
    assert client.post(page_of(ready), hidden(text)).status_code == 302
    assert Snapshot.objects.get().content["answers"]["need"]["why"] == "Autre chose"


def test_what_is_missing_is_said_before_with_its_place_and_refused_after(client, draft, applicant):
    client.force_login(applicant)
    text = client.get(page_of(draft)).content.decode()
    assert "Ce n'est pas encore possible" in text
    assert f'href="/dossiers/{draft.reference}/pieces/#piece-budget"' in text
    assert 'name="content_seen"' not in text
    answer = client.post(page_of(draft), {"seen": "1", "key": str(uuid4())})
    assert (answer.status_code, "Ce n'est pas fait" in answer.content.decode()) == (409, True)
    assert Snapshot.objects.count() == 0


def test_somebody_who_may_prepare_and_not_deposit_is_told_before_and_refused_after(client, ready, organisation):
    colleague = make_membership(organisation, may_deposit=False).user
    client.force_login(colleague)
    assert "Vous ne pouvez pas déposer vous-même" in client.get(page_of(ready)).content.decode()
    assert "Vous ne pouvez pas le faire vous-même" in client.get(f"/dossiers/{ready.reference}/").content.decode()
    answer = client.post(page_of(ready), {"seen": "1", "key": str(uuid4())})
    assert answer.status_code == 403
    assert "Personne habilitée à déposer" in answer.content.decode()
    assert Snapshot.objects.count() == 0


def test_a_page_whose_hidden_fields_were_changed_comes_back_and_deposits_nothing(client, ready):
    for sent in ({}, {"seen": "beaucoup", "key": "x"}, {"seen": "-1", "key": str(uuid4())}):
        answer = client.post(page_of(ready), sent)
        assert answer.status_code == 200
        assert hidden(answer.content.decode())["key"]
    assert Snapshot.objects.count() == 0


@pytest.mark.parametrize(("days", "status"), [(1, 302), (-1, 409)])
def test_a_call_that_is_over_is_said_and_refused_on_the_clocks_of_its_place(
    days, status, client, applicant, organisation
):
    call = factories.make_call(time_zone="America/Guadeloupe")
    here = datetime.now(ZoneInfo("America/Guadeloupe"))
    factories.make_event(call, "closing", (here.date() + timedelta(days=days)).isoformat(), "12:00")
    dossier = fill(make_dossier(applicant, "workshop", organisation=organisation, call=call))
    client.force_login(applicant)
    text = client.get(page_of(dossier)).content.decode()
    assert "heure de Guadeloupe" in text
    assert ("Le dépôt est clos depuis le" in text) == (days < 0)
    sent = {"seen": "1", "key": str(uuid4())}
    assert client.post(page_of(dossier), sent).status_code == status
    assert Snapshot.objects.count() == (days > 0)


def test_a_stranger_finds_nothing_and_an_officer_has_another_page(client, ready, stranger):
    addresses = [page_of(ready), page_of(ready, "withdraw"), f"/dossiers/{ready.reference}/"]
    client.force_login(stranger)
    for address in addresses:
        assert client.get(address).status_code == 404
        if address != addresses[-1]:
            assert client.post(address, {"seen": "1", "key": str(uuid4())}).status_code == 404
    drive(ready, "deposit", ready.project.owner)
    client.force_login(make_officer(ready.body))
    for address in addresses:
        assert client.get(address)["Location"] == f"/instruction/{ready.reference}/"


# --- The other moves ---------------------------------------------------------


def test_a_withdrawal_asks_for_confirmation_and_is_told_in_the_history(client, ready):
    text = client.get(page_of(ready, "withdraw")).content.decode()
    assert "Un dossier retiré ne revient pas." in text
    client.post(page_of(ready, "withdraw"), {**hidden(text), "why": "Autre financement trouvé."})
    ready.refresh_from_db()
    assert ready.stage == "withdrawn"
    told = client.get(f"/dossiers/{ready.reference}/").content.decode()
    assert "Retirer le dossier : « Retiré »" in told
    assert "Autre financement trouvé." in told


def test_what_was_written_with_a_move_that_is_too_late_is_shown_to_be_kept(client, ready, organisation):
    sent = opened(client, ready, "withdraw") | {"why": "Une longue explication <b>."}
    drive(ready, "withdraw", make_membership(organisation).user)
    answer = client.post(page_of(ready, "withdraw"), sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Ce que vous aviez écrit" in text
    assert "Une longue explication &lt;b&gt;." in text


def test_what_was_written_with_a_move_that_is_still_possible_comes_back_in_the_form(client, ready):
    sent = opened(client, ready, "withdraw") | {"why": "Une longue explication."}
    drive(ready, "deposit", ready.project.owner)
    answer = client.post(page_of(ready, "withdraw"), sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Une longue explication.</textarea>" in text
    assert client.post(page_of(ready, "withdraw"), hidden(text) | {"why": "Une longue explication."}).status_code == 302


def test_a_field_that_is_missing_or_wrong_is_asked_again_and_nothing_typed_is_lost(client, away, applicant):
    client.force_login(applicant)
    sent = opened(client, away, "note") | {"place": "Le département", "deposited_on": "31/02/2027"}
    text = client.post(page_of(away, "note"), sent).content.decode()
    assert "Écrivez une date qui existe" in text
    assert 'value="Le département"' in text
    assert away.outside_deposits.count() == 0


def test_a_deposit_made_elsewhere_is_noted_with_its_receipt(client, away, applicant):
    client.force_login(applicant)
    sent = opened(client, away, "note") | {
        "place": "Département",
        "deposited_on": "20/11/2026",
        "receipt_number": "A-12",
    }
    sent["receipt"] = SimpleUploadedFile("accuse.pdf", samples.pdf())
    assert client.post(page_of(away, "note"), sent).status_code == 302
    outside = away.outside_deposits.get()
    assert (outside.place, outside.deposited_on, outside.receipt_number) == ("Département", date(2026, 11, 20), "A-12")
    assert outside.receipt.name == "accuse.pdf"
    text = client.get(f"/dossiers/{away.reference}/").content.decode()
    assert "Déposé ailleurs le 20/11/2026 : Département, accusé n° A-12" in text


def test_a_hostile_receipt_is_refused_before_anything_is_noted(client, away, applicant):
    client.force_login(applicant)
    sent = opened(client, away, "note") | {"place": "Département", "deposited_on": "2026-11-20"}
    sent["receipt"] = SimpleUploadedFile("accuse.pdf", samples.HTML)
    assert "page web" in client.post(page_of(away, "note"), sent).content.decode()
    assert away.outside_deposits.count() == 0


def test_a_move_that_does_not_exist_is_not_found_and_one_of_the_agency_is_refused(client, ready):
    assert client.get(page_of(ready, "inconnu")).status_code == 404
    drive(ready, "deposit", ready.project.owner)
    answer = client.post(page_of(ready, "propose"), {"seen": "2", "key": str(uuid4()), "opinion": "Non"})
    assert answer.status_code == 403
    assert "Instructeur de l&#x27;agence" in answer.content.decode()


def test_a_request_for_completion_is_answered_point_by_point_and_the_clock_goes_on(client, ready, applicant):
    drive(ready, "deposit", applicant)
    officer = make_officer(ready.body)
    drive(ready, "ask", officer, answer_by="2027-01-15")
    asked = ready.completion_requests.get()
    asked.points = [
        {"about": "question:need.why", "words": "Dites pour qui."},
        {"about": "piece:budget", "words": "Le total manque."},
        {"about": "", "words": "Merci."},
    ]
    asked.save()
    for address in (f"/dossiers/{ready.reference}/", page_of(ready, "answer")):
        text = client.get(address).content.decode()
        for words in ("Le besoin : Pourquoi ?", "Dites pour qui.", "#piece-budget", "15/01/2027", "Merci."):
            assert words in text, (address, words)
    assert "Il est suspendu depuis le" in client.get(f"/dossiers/{ready.reference}/").content.decode()
    sent = opened(client, ready, "answer") | {"said": "C'est complété."}
    assert client.post(page_of(ready, "answer"), sent).status_code == 302
    asked.refresh_from_db()
    assert asked.answered_at is not None
    assert [one.number for one in ready.snapshots.order_by("pk")] == [f"{ready.reference}-1", f"{ready.reference}-2"]
    told = client.get(f"/dossiers/{ready.reference}/").content.decode()
    assert "Le délai reprend le" in told
