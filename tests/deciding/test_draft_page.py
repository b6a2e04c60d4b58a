"""The page « Décision »: who reads and writes the words, until when; nothing typed is lost."""

import pytest
from django.urls import reverse

from projects.models import DecisionDraft, JournalEntry, OpinionRequest, Participation
from tests.deciding.builders import checked, proposed, signed
from tests.dossier_factories import NOW, drive, fill, make_dossier


def address(dossier) -> str:
    return reverse("instruction-decision", args=[dossier.reference])


def written(client, dossier, seen=0, **fields):
    return client.post(address(dossier), {"subject": "Objet écrit", "text": "Texte écrit", "seen": seen} | fields)


def test_an_officer_writes_from_the_template_and_comes_back_to_it(client, fir, people):
    proposed(fir, people)
    client.force_login(people["officer"])
    page = client.get(address(fir)).content.decode()
    assert "Le texte proposé par le modèle" in page
    assert "12\u202f500,00\u00a0€" in page
    assert written(client, fir).status_code == 302
    draft = DecisionDraft.objects.get()
    assert (draft.subject, draft.text, draft.version) == ("Objet écrit", "Texte écrit", 1)
    entry = fir.journal.order_by("-seq").first()
    assert entry.kind == JournalEntry.Kind.LETTER
    assert "Texte écrit" not in str(entry.data)
    page = client.get(address(fir)).content.decode()
    assert "Texte écrit" in page
    afresh = client.get(address(fir) + "?modele=1").content.decode()
    assert "décide :" in afresh


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [("officer", 200, 302), ("head", 200, 302), ("legal", 200, 302), ("director", 200, 403)],
)
def test_who_reads_and_writes(role, reads, writes, client, fir, people):
    proposed(fir, people)
    client.force_login(people[role])
    assert client.get(address(fir)).status_code == reads
    assert written(client, fir).status_code == writes


def test_an_expert_reads_nothing_of_it_before_the_notification(client, fir, people, stranger):
    Participation.objects.create(dossier=fir, capacity="expert", user=stranger, since=NOW)
    decision = signed(fir, people)
    client.force_login(stranger)
    assert client.get(f"/instruction/{fir.reference}/").status_code == 200
    for path in ("decision/", "decision/projet.pdf", "note/"):
        assert client.get(f"/instruction/{fir.reference}/{path}").status_code == 404
    assert client.get(reverse("dossier-decision", args=[fir.reference, decision.pk])).status_code == 404


def test_once_attested_the_words_are_locked(client, fir, people):
    checked(fir, people)
    client.force_login(people["officer"])
    assert "Enregistrer le texte" not in client.get(address(fir)).content.decode()
    answer = written(client, fir)
    assert answer.status_code == 409
    assert "Texte écrit" in answer.content.decode()
    assert not DecisionDraft.objects.exists()


def test_what_somebody_else_wrote_meanwhile_is_not_lost(client, fir, people):
    proposed(fir, people)
    client.force_login(people["officer"])
    written(client, fir, text="Le premier")
    answer = written(client, fir, text="Le second")
    assert answer.status_code == 409
    assert "Le second" in answer.content.decode()
    assert DecisionDraft.objects.get().text == "Le premier"
    assert written(client, fir, seen=1, text="Le second").status_code == 302


@pytest.mark.parametrize("fields", [{"subject": ""}, {"text": ""}, {"subject": "x" * 201}, {"text": "x" * 20_001},
                                    {"text": "a\x00b"}, {"seen": "x"}])  # fmt: skip
def test_what_cannot_be_kept_is_answered_in_words(fields, client, fir, people):
    proposed(fir, people)
    client.force_login(people["officer"])
    answer = written(client, fir, **fields)
    assert answer.status_code == 200
    assert "fr-input-group--error" in answer.content.decode() or "La page était incomplète" in answer.content.decode()
    assert not DecisionDraft.objects.exists()


def test_words_older_than_the_proposal_are_not_attested(client, fir, people):
    DecisionDraft.objects.create(dossier=fir, subject="x", text="x", written_at=NOW.replace(hour=1))
    proposed(fir, people)
    client.force_login(people["legal"])
    page = client.get(reverse("instruction-move", args=[fir.reference, "check"])).content.decode()
    assert "a été écrit avant la proposition actuelle" in page
    written(client, fir, seen=1)
    drive(fir, "check", people["legal"])
    assert fir.stage == "checked"


def test_words_changed_since_the_page_was_opened_are_not_attested(client, fir, people):
    proposed(fir, people)
    client.force_login(people["legal"])
    move = reverse("instruction-move", args=[fir.reference, "check"])
    hidden = client.get(move).context["form"].initial
    DecisionDraft.objects.create(dossier=fir, subject="Autre", text="Autre", written_at=NOW)
    assert client.post(move, hidden).status_code == 409
    fir.refresh_from_db()
    assert fir.stage == "proposed"


def test_the_note_says_on_one_page_what_one_signs(client, fir, people):
    checked(fir, people, motives="Parce que cela sert.")
    client.force_login(people["director"])
    page = client.get(reverse("instruction-one-page", args=[fir.reference])).content.decode()
    for words in ("12\u202f500", "Parce que cela sert.", "Personne officer", "Personne legal", "fiche de qualification",
                  "aucune enveloppe", "Le texte qui sera signé", "Signer la décision"):  # fmt: skip
        assert words in page.replace("&#x27;", "'"), words


def test_the_note_gives_the_opinions_and_says_which_the_carrier_does_not_read(client, fir, people):
    checked(fir, people)
    given = {"question": "Utile ?", "due_on": NOW.date(), "asked_at": NOW, "answered_at": NOW, "capacity": "expert",
             "email": "sachante@exemple.invalid", "sense": "reserved", "text": "Oui, si le nombre est sûr."}  # fmt: skip
    OpinionRequest.objects.create(dossier=fir, confidential=True, **given)
    client.force_login(people["director"])
    page = client.get(reverse("instruction-one-page", args=[fir.reference])).content.decode()
    for words in ("favorable avec réserves", "Oui, si le nombre est sûr.", "Avis confidentiel"):
        assert words in page, words


def test_the_note_of_a_stage_where_nothing_is_signed_says_so(client, fir, people):
    dossier = fill(make_dossier(fir.project.owner, body=fir.body))
    drive(dossier, "deposit", dossier.project.owner)
    client.force_login(people["director"])
    page = client.get(reverse("instruction-one-page", args=[dossier.reference])).content.decode()
    assert "Aucun : rien ne se signe à cette étape." in page
