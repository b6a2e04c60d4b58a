"""The button that checks a journal: intact, or where it first breaks, in words."""

import pytest
from django.urls import reverse

from projects import guards
from projects.models import JournalText, Snapshot
from tests.dossier_factories import NOW, drive
from tests.instruction.conftest import SECRET, leaks


def address(dossier) -> str:
    return reverse("instruction-verify", args=[dossier.reference])


@pytest.mark.parametrize("who", ["of_the_region", "head", "legal", "applicant"])
def test_a_journal_that_holds_is_said_intact(who, client, dossier, request):
    client.force_login(request.getfixturevalue(who))
    html = client.get(address(dossier)).content.decode()
    assert "Le journal est intact" in html
    assert dossier.journal.last().hash in html
    assert SECRET not in html


@pytest.mark.parametrize("who", ["of_another_region", "stranger", "content_curator"])
def test_others_cannot_ask(who, client, dossier, request):
    client.force_login(request.getfixturevalue(who))
    answer = client.get(address(dossier))
    assert answer.status_code == 404
    assert leaks(answer.content.decode()) == []


BREAKS = {
    "son contenu a changé": lambda one: one.journal.filter(seq=2).update(party="system"),
    "l'acte n° 2 manque": lambda one: (
        Snapshot.objects.all()._raw_delete("default"),
        one.journal.filter(seq=2)._raw_delete("default"),
    ),
    "un texte a changé": lambda one: JournalText.objects.update(text="Autre chose"),
    "le dépôt figé a changé": lambda one: one.snapshots.update(content={"answers": {}}),
}


@pytest.mark.parametrize("reason", BREAKS)
def test_the_first_broken_link_is_named_in_words(reason, client, dossier, of_the_region, monkeypatch):
    drive(dossier, "ask", of_the_region, answer_by="2027-01-01")
    if reason.startswith("un texte"):
        entry = dossier.journal.last()
        JournalText.objects.create(entry=entry, field="reason", text="Un mot", salt="sel")
    with guards.maintenance("Essai", NOW):
        BREAKS[reason](dossier)
    client.force_login(of_the_region)
    html = client.get(address(dossier)).content.decode().replace("&#x27;", "'")
    assert "n'est pas intact" in html
    assert reason in html
