"""An agreement: prepared, sent to be signed, signed by both sides, numbered, frozen; read whole once it is signed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from projects.deciding.drafting import Wording, write_draft
from projects.engine.door import NotAllowed, Refused
from projects.engine.people import actor_of
from projects.engine.verifying import verify
from projects.following.scheduling import write_schedule
from projects.models import LetterTemplate
from tests.deciding.builders import notified
from tests.deciding.test_decisions import text_of
from tests.deciding.test_folder import FOLDER, pick, tokens
from tests.dossier_factories import NOW, drive
from tests.following.builders import row

HOSTILE = '<script>alert(1)</script> #eval("1") $x$ *gras* {{montant}} {% load x %}'
SECRET = "Mots de la convention en préparation"


def planned(dossier, people, condition: str = "À la signature", seen: int = 0):
    rows = [row(10000, condition=condition), row(2500, "balance", year=2028, due="2028-06-30")]
    return write_schedule(dossier.pk, rows, seen, actor_of(people["officer"], NOW), NOW)


def worded(dossier, who, text: str = SECRET, seen: int = 0):
    return write_draft(dossier.pk, Wording("Convention", text, seen), actor_of(who, NOW), NOW, "agreement")


@pytest.fixture
def granted(fir, people):
    notified(fir, people, exercise_ends_on="2027-12-31")
    planned(fir, people)
    return fir


@pytest.fixture
def sent(granted, people):
    worded(granted, people["officer"])
    drive(granted, "send-agreement", people["officer"])
    return granted


@pytest.fixture
def countersigned(sent, applicant):
    drive(sent, "sign-as-carrier", applicant)
    return sent


def agreement(dossier):
    return dossier.decisions.filter(key="agreement").latest("pk")


def documents(dossier, number: int) -> list[str]:
    return [reverse(f"dossier-decision{kind}", args=[dossier.reference, number]) for kind in ("", "-pdf")]


def test_it_holds_amounts_schedule_reports_signatures_and_what_the_texts_say(countersigned, people):
    entry = drive(countersigned, "sign-agreement", people["director"])
    made = agreement(countersigned)
    assert made.number == "ARS-01-2026-0002"
    assert entry.data["decision"] == {"number": made.number, "sha256": made.sha256}
    content = made.content
    assert (content["text"], content["carrier"]) == (SECRET, {"on": "2026-11-28", "how": "sur le portail"})
    parts = {part["title"]: part for part in content["parts"]}
    assert parts["Ce que verse l'agence"]["lines"][0] == "Montant accordé : 12\u202f500,00\u00a0€."
    table = parts["Échéancier des versements, version 1"]["rows"]
    assert table[0] == [
        "1", "Avance", "10\u202f000,00\u00a0€", "2027", "15 janvier 2027", "À la signature"
    ]  # fmt: skip
    due = parts["Ce que rend le porteur"]
    assert "Compte rendu financier : au plus tard le 30 juin 2028." in due["lines"]
    assert "2000-321" in due["source"]
    assert any("à vérifier" in words for words in parts["Ce que prévoient les textes"]["lines"])
    assert (content["appeal"], content["court"]) == ("", "")
    assert verify(countersigned).is_whole


def test_the_folder_says_that_an_agreement_was_signed_and_not_a_decision(client, countersigned, people):
    client.force_login(people["director"])
    (token,) = tokens(pick(client, countersigned))
    page = client.post(FOLDER, {"confirme": [token]}).content.decode()
    assert f"fait : convention n° {agreement(countersigned).number}." in page


def test_nothing_of_it_exists_before_the_agency_signs_and_it_leaves_once(
    client, granted, people, applicant, mailoutbox
):
    worded(granted, people["officer"])
    mailoutbox.clear()
    client.force_login(applicant)
    sent_pdf = reverse("dossier-agreement-pdf", args=[granted.reference])
    page = reverse("dossier", args=[granted.reference])
    assert client.get(sent_pdf).status_code == 404
    assert SECRET not in client.get(page).content.decode()
    drive(granted, "send-agreement", people["officer"])
    text = text_of(client.get(sent_pdf).content)
    assert SECRET in text
    assert "Projet, non signé" in text
    assert "ARS-01-2026-0002" not in text
    assert sent_pdf in client.get(page).content.decode()
    assert not granted.decisions.filter(key="agreement").exists()
    assert SECRET in client.get(reverse("dossier-move", args=[granted.reference, "sign-as-carrier"])).content.decode()
    drive(granted, "sign-as-carrier", applicant)
    mailoutbox.clear()
    drive(granted, "sign-agreement", people["director"])
    made = agreement(granted)
    assert [mail.to for mail in mailoutbox] == [[applicant.email]]
    assert f"Convention n° {made.number}" in mailoutbox[0].body
    assert "ne répond pas" not in mailoutbox[0].body + mailoutbox[0].alternatives[0].content
    shown, file = (client.get(address) for address in documents(granted, made.pk))
    assert SECRET in shown.content.decode()
    assert "Convention n°" in shown.content.decode()
    assert file["Content-Disposition"] == f'attachment; filename="convention-{made.number}.pdf"'
    text = text_of(file.content)
    for words in (made.number, SECRET, "À la signature", "30 juin 2028", "Pour le porteur : le 28 novembre 2026",
                  "Signée pour l'agence", "En cas de désaccord"):  # fmt: skip
        assert words in text.replace("’", "'"), words
    assert client.get(sent_pdf).status_code == 404
    with pytest.raises(Exception, match="no longer"):
        drive(granted, "sign-agreement", people["director"])
    assert made.notice.entry.move == "sign-agreement"


def test_a_stranger_and_an_expert_find_nothing_of_it(client, sent, stranger):
    client.force_login(stranger)
    for name in ("dossier-agreement-pdf", "instruction-agreement", "instruction-agreement-draft"):
        assert client.get(reverse(name, args=[sent.reference])).status_code == 404


def test_while_it_is_out_neither_its_words_nor_its_schedule_change(client, sent, people):
    with pytest.raises(Refused, match="parti à la signature"):
        worded(sent, people["officer"], "Autre", seen=1)
    with pytest.raises(Refused, match="La convention est envoyée"):
        planned(sent, people, "Autre", seen=1)
    client.force_login(people["officer"])
    page = reverse("instruction-agreement", args=[sent.reference])
    assert "Enregistrer le texte" not in client.get(page).content.decode()
    assert client.post(page, {"subject": "x", "text": "Gardé", "seen": 1}).status_code == 409
    drive(sent, "take-back-agreement", people["officer"])
    worded(sent, people["officer"], "Autre", seen=1)
    planned(sent, people, "Autre", seen=1)


def test_a_template_that_changes_after_the_sending_changes_no_word(granted, people, applicant):
    drive(granted, "send-agreement", people["officer"])
    kept = granted.drafts.get(sort="agreement").text
    LetterTemplate.objects.create(key="agreement", subject="Autre", text="Tout autre.", valid_from="2026-01-01")
    drive(granted, "sign-as-carrier", applicant)
    drive(granted, "sign-agreement", people["director"])
    assert agreement(granted).content["text"] == kept
    assert "Tout autre." not in kept


def test_an_officer_notes_the_day_of_a_signature_on_paper_and_not_of_tomorrow(sent, people, applicant):
    with pytest.raises(Refused, match="pas encore venu"):
        drive(sent, "record-carrier-signature", people["officer"], carrier_signed_on="2026-11-29")
    with pytest.raises(NotAllowed):
        drive(sent, "record-carrier-signature", applicant, carrier_signed_on="2026-11-20")
    drive(sent, "record-carrier-signature", people["officer"], carrier_signed_on="2026-11-20")
    drive(sent, "sign-agreement", people["director"])
    assert agreement(sent).content["carrier"] == {"on": "2026-11-20", "how": "noté par l'agence"}


def test_a_signature_of_what_was_taken_back_is_no_signature_of_what_follows(countersigned, people, applicant):
    drive(countersigned, "take-back-agreement", people["officer"])
    worded(countersigned, people["officer"], "Autre texte", seen=1)
    later = NOW + timedelta(days=3)
    drive(countersigned, "send-agreement", people["officer"], at=later)
    drive(countersigned, "sign-as-carrier", applicant, at=later)
    drive(countersigned, "sign-agreement", people["director"], at=later)
    assert agreement(countersigned).content["carrier"]["on"] == "2026-12-01"


@pytest.mark.parametrize(("ceiling", "is_signed"), [(12500, True), (12499, False)])
def test_a_delegation_lets_it_be_signed_up_to_its_amount(ceiling, is_signed, countersigned, people, delegation):
    given = delegation(ceiling=Decimal(ceiling))
    if is_signed:
        drive(countersigned, "sign-agreement", people["head"])
        assert agreement(countersigned).content["delegation"] == given.reference
        return
    with pytest.raises(Refused, match="dépasse la limite"):
        drive(countersigned, "sign-agreement", people["head"])
    assert not countersigned.decisions.filter(key="agreement").exists()


def test_one_that_is_signed_is_not_sent_again_an_amendment_changes_it(countersigned, people):
    drive(countersigned, "sign-agreement", people["director"])
    first = agreement(countersigned)
    with pytest.raises(Refused, match="passe par un avenant"):
        drive(countersigned, "send-agreement", people["officer"])
    assert agreement(countersigned) == first
    assert countersigned.decisions.notified().filter(key="agreement").count() == 1


def test_a_correction_of_the_decision_takes_no_word_of_the_agreement(granted, people):
    worded(granted, people["officer"])
    drive(granted, "correct-granted", people["director"], corrected_amount="10000", corrected_ends_on="")
    corrected = granted.decisions.get(key="correction")
    assert SECRET not in corrected.content["text"]
    assert granted.drafts.get().sort == "agreement"


def test_what_looks_like_markup_comes_out_as_text_on_the_page_and_in_the_pdf(client, fir, people, applicant):
    fir.project.title = HOSTILE[:200]
    fir.project.save()
    notified(fir, people)
    planned(fir, people, HOSTILE)
    drive(fir, "send-agreement", people["officer"])
    drive(fir, "sign-as-carrier", applicant)
    drive(fir, "sign-agreement", people["director"])
    client.force_login(applicant)
    shown, file = (client.get(address) for address in documents(fir, agreement(fir).pk))
    assert "<script>alert" not in shown.content.decode()
    text = text_of(file.content).replace(" ", "")
    for part in ("<script>alert(1)</script>", '#eval("1")', "$x$", "*gras*", "{{montant}}", "{%loadx%}"):
        assert text.count(part) >= 2, part


def test_without_a_schedule_it_says_that_none_is_written(fir, people, applicant):
    notified(fir, people)
    drive(fir, "send-agreement", people["officer"])
    drive(fir, "sign-as-carrier", applicant)
    drive(fir, "sign-agreement", people["director"])
    lines = agreement(fir).content["parts"][0]["lines"]
    assert lines[-1] == "Calendrier des versements : à vérifier, aucun n'est écrit."
