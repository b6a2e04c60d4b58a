"""A refusal, or a redirection, may name another lever: the applicant takes the content there in one click."""

import pytest
from django.urls import reverse

from projects.models import Dossier, Section
from tests.deciding.builders import REFUSAL, lever, notified, proposed, signed
from tests.dossier_factories import drive


@pytest.fixture
def other(db):
    """Return another lever that has a procedure."""
    return lever("article-51")


def refused(dossier, people, **given):
    return notified(dossier, people, **REFUSAL | {"orientation_lever": "article-51"} | given)


def test_the_officer_chooses_among_the_levers_of_the_catalogue(client, fir, people, other):
    client.force_login(people["officer"])
    page = client.get(reverse("instruction-move", args=[fir.reference, "propose"])).content.decode()
    assert '<option value="article-51">' in page
    hidden = client.get(reverse("instruction-move", args=[fir.reference, "propose"])).context["form"].initial
    sent = hidden | {"outcome": "refuse", "motives": "Non.", "orientation_lever": "inconnu"}
    answer = client.post(reverse("instruction-move", args=[fir.reference, "propose"]), sent)
    assert answer.status_code == 200
    fir.refresh_from_db()
    assert fir.stage == "review"


def test_one_click_opens_the_other_dossier_with_what_both_ask(client, fir, people, applicant, other):
    refused(fir, people)
    client.force_login(applicant)
    page = client.get(reverse("dossier", args=[fir.reference])).content.decode()
    assert f"Reprendre le contenu dans un dossier pour {other.title}" in page
    address = reverse("dossier-take-over", args=[fir.reference])
    answer = client.post(address)
    new = Dossier.objects.exclude(pk=fir.pk).get()
    assert answer.headers["Location"] == reverse("dossier", args=[new.reference])
    assert (new.lever, new.project, new.procedure_key) == (other, fir.project, "article-51")
    asked = {section.key: {one.key for one in section.questions} for section in new.procedure.sections}
    for section in Section.objects.filter(dossier=new):
        former = Section.objects.get(dossier=fir, key=section.key)
        assert section.answers == {k: v for k, v in former.answers.items() if k in asked[section.key]}
    client.post(address)
    assert Dossier.objects.exclude(pk=fir.pk).count() == 1


def test_a_decision_names_the_other_lever_by_its_title(fir, people, other):
    assert other.title in refused(fir, people).content["text"]


@pytest.mark.parametrize("stage", [proposed, signed])
def test_nothing_is_offered_before_the_notification(stage, client, fir, people, applicant, other):
    stage(fir, people, **REFUSAL | {"orientation_lever": "article-51"})
    client.force_login(applicant)
    assert other.title not in client.get(reverse("dossier", args=[fir.reference])).content.decode()
    assert client.post(reverse("dossier-take-over", args=[fir.reference])).status_code == 404


def test_a_lever_that_is_gone_or_was_not_named_offers_nothing(client, fir, people, applicant, other):
    notified(fir, people, **REFUSAL)
    client.force_login(applicant)
    assert "Reprendre le contenu dans un dossier pour" not in client.get(f"/dossiers/{fir.reference}/").content.decode()
    assert client.post(reverse("dossier-take-over", args=[fir.reference])).status_code == 404


def test_a_redirection_offers_the_same(client, fir, people, applicant, other):
    drive(fir, "redirect", people["officer"], orientation="Ailleurs.", orientation_lever="article-51")
    client.force_login(applicant)
    assert (
        f"Reprendre le contenu dans un dossier pour {other.title}"
        in client.get(f"/dossiers/{fir.reference}/").content.decode()
    )


def test_a_reader_and_a_stranger_take_nothing_over(client, fir, people, stranger, other):
    refused(fir, people)
    client.force_login(stranger)
    assert client.post(reverse("dossier-take-over", args=[fir.reference])).status_code == 404
    client.force_login(people["officer"])
    assert client.post(reverse("dossier-take-over", args=[fir.reference])).status_code == 404
