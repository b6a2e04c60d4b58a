"""Checking a journal checks the words that were signed: one missing, altered or renumbered is named."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from projects import guards
from projects.engine.people import THE_PORTAL
from projects.engine.reading import digest_of_content
from projects.engine.recording import as_the_portal
from projects.engine.verifying import verify
from projects.models import Decision, DecisionNotice
from projects.retention.erasing import erase
from tests.deciding.builders import notified
from tests.dossier_factories import NOW, drive

ALTERED = "Accordé : un million."


def _remove(decision: Decision) -> None:
    DecisionNotice.objects.filter(decision=decision)._raw_delete("default")
    Decision.objects.filter(pk=decision.pk)._raw_delete("default")


def _alter(decision: Decision) -> None:
    Decision.objects.filter(pk=decision.pk).update(content=decision.content | {"text": ALTERED})


def _alter_with_its_digest(decision: Decision) -> None:
    content = decision.content | {"text": ALTERED}
    Decision.objects.filter(pk=decision.pk).update(content=content, sha256=digest_of_content(content))


def _renumber(decision: Decision) -> None:
    Decision.objects.filter(pk=decision.pk).update(number="ARS-01-2026-0099")


def _empty(decision: Decision) -> None:
    Decision.objects.filter(pk=decision.pk).update(content={})


def _forge(decision: Decision) -> None:
    """Hang another decision on an act that signed none."""
    decision.pk, decision.number, decision.rank = None, "ARS-01-2026-0098", 98
    decision.entry = decision.dossier.journal.get(move="check")
    decision.save(force_insert=True)


TAMPERING = {
    "missing": (_remove, "sign", "la décision n° ARS-01-2026-0001 manque"),
    "altered": (_alter, "sign", "les mots de la décision n° ARS-01-2026-0001 ont changé"),
    "altered with its digest": (
        _alter_with_its_digest,
        "sign",
        "l'empreinte de la décision n° ARS-01-2026-0001 n'est pas celle du journal",
    ),
    "renumbered": (
        _renumber,
        "sign",
        "la décision n° ARS-01-2026-0001 porte un autre numéro : ARS-01-2026-0099",
    ),
    "emptied": (_empty, "sign", "les mots de la décision n° ARS-01-2026-0001 ont changé"),
    "forged": (_forge, "check", "la décision n° ARS-01-2026-0098 ne vient pas d'une signature"),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_what_became_of_a_signed_decision_is_named_by_the_command_and_by_the_button(name, client, fir, people, capsys):
    decision = notified(fir, people)
    assert verify(fir).is_whole
    tamper, move, said = TAMPERING[name]
    seq = fir.journal.get(move=move).seq
    with guards.maintenance("Essai", NOW):
        tamper(decision)
    found = verify(fir)
    assert (found.is_whole, found.broken.seq, found.broken.reason) == (False, seq, said)
    with pytest.raises(CommandError, match="1 défaut"):
        call_command("verify_journal", fir.reference)
    assert f"{fir.reference}, acte n° {seq} : {said}." in capsys.readouterr().err
    client.force_login(people["officer"])
    page = client.get(reverse("instruction-verify", args=[fir.reference])).content.decode()
    assert "Le journal n&#x27;est pas intact" in page or "Le journal n'est pas intact" in page
    assert "ARS-01-2026-" in page


def test_of_two_decisions_the_one_that_was_altered_is_named(fir, people):
    notified(fir, people)
    drive(fir, "correct-granted", people["director"], corrected_amount="")
    second = fir.decisions.latest("pk")
    with guards.maintenance("Essai", NOW):
        _alter(second)
    assert verify(fir).broken.reason == f"les mots de la décision n° {second.number} ont changé"


def test_a_decision_that_was_erased_with_its_dossier_is_no_fault_and_one_that_changed_since_is(fir, people):
    decision = notified(fir, people)
    with as_the_portal(fir.pk, NOW, THE_PORTAL) as desk:
        erase(desk, {"reason": "essai"})
    assert verify(fir).is_whole
    with guards.maintenance("Essai", NOW):
        Decision.objects.filter(pk=decision.pk).update(number="ARS-01-2026-0099")
    assert "porte un autre numéro" in verify(fir).broken.reason
