"""Another year of an aid: an amendment that is prepared, signed by another, numbered, and read once it is signed."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects.deciding.folder import folder_of
from projects.engine.committing import number_of
from projects.engine.door import NotAllowed, Refused
from projects.engine.paying import sums_of
from projects.engine.verifying import verify
from projects.evidence.archive import decisions_of
from projects.following.reading import owed_by_each
from projects.guards import maintenance
from projects.models import LetterTemplate
from projects.retention.export import members_of
from tests.deciding.test_decisions import text_of as pdf_text_of
from tests.dossier_factories import NOW, drive
from tests.following.builders import amend, make_envelope, plan, row
from tests.instruction.conftest import text_of

PAID = {"instalment": "1", "paid": "40000", "paid_on": "2026-11-28"}
BALANCE = {"settlement": "paid", "instalment": "2", "settled_amount": "20000"}
ROWS = (
    row(40000, rank=1), row(20000, "balance", year=2028, due="2028-06-30", rank=2),
    row(30000, year=2028, due="2028-01-31"),
)  # fmt: skip
SECOND = {"amount": 90000, "per_year": 30000, "ends": "2027-12-31", "seen": (1, 0), "reason": "L'action continue."}


@pytest.fixture
def settled(cast, in_progress):
    """Return a dossier whose first year is paid, reported and settled."""
    plan(cast, in_progress)
    drive(in_progress, "pay-advance", cast.officer, **PAID)
    drive(in_progress, "ask-report", cast.officer)
    drive(in_progress, "report", cast.owner)
    drive(in_progress, "settle", cast.officer, **BALANCE)
    return in_progress


@pytest.fixture
def opened(cast, settled):
    drive(settled, "open-next-year", cast.officer)
    return settled


@pytest.fixture
def prepared(cast, opened):
    amend(cast, opened, *ROWS, **SECOND)
    return opened


def made_of(dossier):
    return dossier.decisions.get(key="continuation")


def test_it_is_numbered_says_before_and_after_and_opens_the_year(cast, prepared, mailoutbox):
    mailoutbox.clear()
    entry = drive(prepared, "next-year", cast.director)
    made = made_of(prepared)
    assert entry.data["decision"] == {"number": made.number, "sha256": made.sha256}
    assert made.number == "ARS-01-2026-0003", "after the decision and the agreement"
    agreement = prepared.decisions.get(key="agreement")
    for words in (agreement.number, "L'action continue.", "31 décembre 2027", "30\u202f000,00\u00a0€"):
        assert words in made.content["text"]
    parts = {part["title"]: part for part in made.content["parts"]}
    assert ["Montant accordé", "60\u202f000,00\u00a0€", "90\u202f000,00\u00a0€"] in parts["Ce qui change"]["rows"]
    assert len(parts["Échéancier des versements, version 2"]["rows"]) == 3
    assert "Compte rendu financier : au plus tard le 30 juin 2028." in parts["Ce que rend le porteur"]["lines"]
    assert (made.content["appeal"], made.content["source"]) == ("", "Guide APIST (000), ligne 143")
    assert (prepared.stage, number_of(prepared), sums_of(prepared)) == ("running", 2, (Decimal(90000), Decimal(60000)))
    assert timezone.localtime(prepared.due_at - timezone.timedelta(seconds=1)).date() == date(2027, 12, 31)
    assert {(one.on, one.is_done) for one in owed_by_each([prepared])[prepared.pk]} == {(date(2028, 6, 30), False)}
    assert [mail.to for mail in mailoutbox] == [[cast.owner.email]]
    assert f"Avenant annuel n° {made.number}" in mailoutbox[0].body
    assert verify(prepared).is_whole


def test_the_carrier_reads_nothing_of_it_before_the_signature_and_then_the_whole(cast, prepared, client, stranger):
    client.force_login(cast.owner)
    page = reverse("dossier", args=[prepared.reference])
    before = text_of(client.get(page))
    for words in ("L'action continue.", "Année suivante", "Avenant annuel"):
        assert words not in before
    assert "continuation" not in {one.key for one in decisions_of(prepared, for_applicant=True)}
    drive(prepared, "next-year", cast.director)
    made = made_of(prepared)
    assert f"lire l&#x27;avenant annuel n° {made.number}" in client.get(page).content.decode()
    shown = client.get(reverse("dossier-decision", args=[prepared.reference, made.pk]))
    assert "Avenant annuel n°" in text_of(shown)
    file = client.get(reverse("dossier-decision-pdf", args=[prepared.reference, made.pk]))
    assert file["Content-Disposition"] == f'attachment; filename="avenant-annuel-{made.number}.pdf"'
    assert made.number in pdf_text_of(file.content)
    assert made in decisions_of(prepared, for_applicant=True)
    client.force_login(stranger)
    assert client.get(reverse("dossier-decision", args=[prepared.reference, made.pk])).status_code == 404


def test_a_tampered_word_of_it_is_found(cast, prepared):
    drive(prepared, "next-year", cast.director)
    made = made_of(prepared)
    with maintenance("Essai", NOW):
        type(made).objects.filter(pk=made.pk).update(content=made.content | {"text": "Autre"})
    assert made.number in verify(prepared).broken.reason


def test_without_a_preparation_nobody_signs_and_it_may_be_dropped(cast, opened):
    with pytest.raises(Refused, match="n'est pas préparé"):
        drive(opened, "next-year", cast.director)
    with pytest.raises(NotAllowed):
        drive(opened, "next-year", cast.officer)
    drive(opened, "drop-next-year", cast.officer)
    assert opened.stage == "settled"
    drive(opened, "open-next-year", cast.officer)
    drive(opened, "drop-next-year", cast.officer)
    drive(opened, "close", cast.officer)
    assert opened.stage == "closed"


RULES = {
    "an end that has come": (ROWS[:2], {"ends": "2026-11-28", "seen": (1, 0)}, "déjà passée"),
    "less than what is paid": (ROWS, SECOND | {"amount": 59999}, "inférieur à ce qui est déjà versé"),
}


@pytest.mark.parametrize("case", RULES)
def test_what_cannot_be_a_year_is_refused(case, cast, opened):
    rows, given, words = RULES[case]

    def make() -> None:
        amend(cast, opened, *rows, **given)
        drive(opened, "next-year", cast.director)

    with pytest.raises(Refused, match=words):
        make()


def test_an_envelope_holds_for_another_year_as_for_the_first(cast, opened, lever):
    make_envelope(cast.body, lever, year=2028, amount=49999)
    with pytest.raises(Refused, match="Enveloppe 2028"):
        amend(cast, opened, *ROWS, **SECOND)


def test_an_officer_prepares_it_on_its_pages_and_the_director_signs_it_from_the_folder(cast, opened, client):
    client.force_login(cast.officer)
    words = reverse("instruction-continuation", args=[opened.reference])
    content = reverse("instruction-amending", args=[opened.reference])
    assert content in client.get(words).content.decode()
    assert content not in client.get(reverse("instruction-amendment", args=[opened.reference])).content.decode()
    page = client.get(content)
    lines, form = page.context["lines"], page.context["form"]
    data = {"ligne-TOTAL_FORMS": len(lines.forms), "ligne-INITIAL_FORMS": 0}
    for line in lines.forms:
        data |= {line.add_prefix(name): line[name].value() or "" for name in line.fields if name != "DELETE"}
    data |= {name: form[name].value() or 0 for name in form.fields}
    answer = client.post(content, data | {"reason": "Une année de plus.", "ends_on": "31/12/2027"})
    assert answer["Location"] == words, text_of(answer)
    assert "Une année de plus." in text_of(client.get(words))
    assert client.get(reverse("instruction-continuation-draft", args=[opened.reference])).status_code == 200
    assert opened in folder_of(cast.actor(cast.director))
    client.force_login(cast.director)
    folder = reverse("instruction-signing")
    tokens = [token for _, token in client.post(folder, {"dossier": [opened.reference]}).context["rows"]]
    assert "C'est fait" in text_of(client.post(folder, {"confirme": tokens}))
    assert made_of(opened).notice
    assert not folder_of(cast.actor(cast.director)).filter(pk=opened.pk).exists()


def test_its_words_are_never_those_of_another_amendment(cast, prepared):
    officer = Client()
    officer.force_login(cast.officer)
    officer.post(
        reverse("instruction-amendment", args=[prepared.reference]), {"subject": "x", "text": "Autre", "seen": 0}
    )
    LetterTemplate.objects.create(key="continuation", subject="S", text="Modèle de l'agence.", valid_from="2026-01-01")
    drive(prepared, "next-year", cast.director)
    assert made_of(prepared).content["text"] == "Modèle de l'agence."
    assert not prepared.decisions.filter(key="amendment").exists()


def test_the_export_of_the_carrier_holds_it(cast, prepared):
    drive(prepared, "next-year", cast.director)
    assert any(made_of(prepared).number in str(one) for one in members_of(cast.owner, NOW))
