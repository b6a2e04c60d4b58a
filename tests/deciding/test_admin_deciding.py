"""Delegations and templates in the admin: closed and followed, with their history; a preview that opens no dossier."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from apist.clock import today
from projects.models import LetterTemplate, SignatureDelegation
from tests.deciding.builders import signed
from tests.deciding.test_templates import HOSTILE

LONG_AGO = date(2026, 1, 1)


def template(**fields) -> LetterTemplate:
    defaults = {"key": "grant", "subject": "Accord : {{projet}}", "text": "Pour {{organisme}}.", "valid_from": LONG_AGO}
    return LetterTemplate.objects.create(**defaults | fields)


def change(client, row, **fields):
    name = row._meta.model_name
    return client.post(reverse(f"admin:projects_{name}_change", args=[row.pk]), fields)


def text_of(answer) -> str:
    return answer.content.decode().replace("&#x27;", "'")


def test_what_was_in_force_can_only_be_closed(admin_client, delegation):
    row = delegation(valid_from=LONG_AGO)
    answer = change(admin_client, row, ceiling="999999", reference="Autre", valid_to=today().isoformat())
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.ceiling, row.reference, row.valid_to) == (None, "DS 2026-12", today())
    assert row.history.count() == 2


@pytest.mark.parametrize("days", [2, 30])
def test_what_was_signed_under_it_is_not_undone(days, admin_client, delegation):
    row = delegation(valid_from=LONG_AGO)
    answer = change(admin_client, row, valid_to=(today() - timedelta(days=days)).isoformat())
    assert answer.status_code == 200
    assert "ne peut pas être effacé" in text_of(answer)
    row.refresh_from_db()
    assert row.valid_to is None


def test_what_is_over_is_not_opened_again(admin_client, delegation):
    row = delegation(valid_from=LONG_AGO, valid_to=date(2026, 2, 1))
    assert "préparez une autre ligne" in text_of(change(admin_client, row, valid_to=""))


def test_closing_makes_the_successor_the_same(admin_client, delegation, fir):
    row = delegation(valid_from=LONG_AGO, levers=[fir.lever], ceiling="10")
    address = reverse("admin:projects_signaturedelegation_changelist")
    admin_client.post(address, {"action": "close_and_follow", "_selected_action": [row.pk]})
    row.refresh_from_db()
    successor = SignatureDelegation.objects.exclude(pk=row.pk).get()
    assert (row.valid_to, successor.valid_from) == (today() - timedelta(days=1), today())
    assert (list(successor.levers.all()), successor.ceiling, successor.valid_to) == ([fir.lever], row.ceiling, None)
    admin_client.post(address, {"action": "close_and_follow", "_selected_action": [successor.pk]})
    assert SignatureDelegation.objects.count() == 2


def test_a_template_that_follows_has_the_next_version(admin_client, db):
    row = template()
    address = reverse("admin:projects_lettertemplate_changelist")
    admin_client.post(address, {"action": "close_and_follow", "_selected_action": [row.pk]})
    assert LetterTemplate.objects.exclude(pk=row.pk).get().version == 2


@pytest.mark.parametrize("name", ["signaturedelegation", "lettertemplate"])
def test_nothing_is_removed(name, admin_client, delegation):
    row = delegation() if name == "signaturedelegation" else template()
    answer = admin_client.post(reverse(f"admin:projects_{name}_delete", args=[row.pk]), {"post": "yes"})
    assert answer.status_code == 403


def test_a_curator_keeps_the_templates_and_gives_nobody_a_signature(client, curator, delegation):
    client.force_login(curator)
    assert client.get(reverse("admin:projects_lettertemplate_changelist")).status_code == 200
    assert client.get(reverse("admin:projects_signaturedelegation_changelist")).status_code == 403
    assert client.get(reverse("admin:projects_decision_changelist")).status_code == 403


@pytest.mark.parametrize("words", HOSTILE)
def test_a_template_is_refused_with_what_may_be_written(words, client, curator):
    client.force_login(curator)
    sent = {"key": "grant", "subject": "Objet", "text": words, "valid_from": "2026-01-01"}
    answer = client.post(reverse("admin:projects_lettertemplate_add"), sent)
    assert answer.status_code == 200
    assert not LetterTemplate.objects.exists()
    assert words.strip() in text_of(answer).replace("&lt;", "<").replace("&quot;", '"')


def test_the_page_of_a_template_lists_the_variables(client, curator):
    client.force_login(curator)
    page = text_of(client.get(reverse("admin:projects_lettertemplate_change", args=[template().pk])))
    assert "<code>{{montant}}</code> : Le montant proposé" in page
    assert reverse("admin:projects_lettertemplate_preview", args=[LetterTemplate.objects.get().pk]) in page


def preview(client, row, reference="") -> str:
    return text_of(client.get(reverse("admin:projects_lettertemplate_preview", args=[row.pk]), {"dossier": reference}))


def test_a_preview_shows_examples_or_a_dossier_that_one_may_read(client, fir, people):
    row = template()
    legal = people["legal"]
    legal.is_staff = legal.is_superuser = True
    legal.save()
    client.force_login(legal)
    assert "Pour l'Organisme d'exemple." in preview(client, row)
    assert "Pour l'Organisme demandeur." in preview(client, row, fir.reference.lower())


def test_a_preview_opens_no_dossier_to_a_curator(client, curator, fir):
    client.force_login(curator)
    page = preview(client, template(), fir.reference)
    assert "vous ne pouvez pas le lire" in page
    assert "Organisme demandeur" not in page
    assert preview(client, LetterTemplate.objects.get(), "<script>x</script>").count("<script>x") == 0


def test_the_template_of_the_agency_serves_the_signature(fir, people):
    template(text="Modèle de la maison pour {{organisme}}, {{montant}}.", body=fir.body)
    template(text="Modèle d'ailleurs.", valid_from=date(2027, 1, 1))
    assert signed(fir, people).content["text"] == "Modèle de la maison pour l'Organisme demandeur, 12\u202f500,00\u00a0€."


def test_decisions_are_read_by_whoever_runs_the_portal_without_their_words(admin_client, fir, people):
    decision = signed(fir, people, motives="Motif tenu secret Q77120")
    listed = admin_client.get(reverse("admin:projects_decision_changelist"))
    one = admin_client.get(reverse("admin:projects_decision_change", args=[decision.pk]))
    assert decision.number in text_of(listed)
    assert "Motif tenu secret" not in text_of(listed) + text_of(one)
    assert 'name="_save"' not in text_of(one)
