"""What a team keeps for itself: notes, labels. Whoever is not of the body never reads a word of them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from actors.models import Body
from projects.engine.door import NotAllowed, Refused
from projects.engine.people import actor_of
from projects.engine.recording import as_the_portal
from projects.instruction import notes as action
from projects.instruction.notes import correct_note, put_label, remove_note, take_label, write_note
from projects.models import DossierLabel, Label, Note, Participation
from projects.procedures.vocabulary import Party
from projects.retention.erasing import erase
from projects.retention.export import members_of
from tests.dossier_factories import NOW, make_officer
from tests.instruction.conftest import deposited
from tests.people_factories import make_agency_body, make_body

pytestmark = pytest.mark.django_db
WORDS = "Mot de service Q5517"
HOSTILE = ['<script>alert("5517")</script>', "=HYPERLINK(1)", "{{ 5517 }}", "é" * 3000, "a\r\nBcc: x@exemple.invalid"]


@pytest.fixture
def note(dossier, of_the_region) -> Note:
    """A note of the officer."""
    return write_note(dossier.pk, WORDS, actor_of(of_the_region, NOW), NOW)


def address(dossier, name="instruction-notes") -> str:
    return reverse(name, args=[dossier.reference])


def test_a_note_is_written_read_by_the_body_corrected_and_removed(client, dossier, of_the_region, head):
    client.force_login(of_the_region)
    client.post(address(dossier), {"text": WORDS})
    note = Note.objects.get()
    own = reverse("instruction-note", args=[dossier.reference, note.pk])
    client.force_login(head)
    html = client.get(address(dossier)).content.decode()
    assert WORDS in html
    assert own not in html
    assert client.post(own, {"text": "D'un autre"}).status_code == 404
    client.force_login(of_the_region)
    client.post(own, {"text": "Mot corrigé 5518"})
    page = client.get(f"/instruction/{dossier.reference}/").content.decode()
    assert "Mot corrigé 5518" in page
    assert "corrigée le" in page
    client.post(own, {"remove": "1"})
    note.refresh_from_db()
    assert (note.text, note.removed_at is not None) == ("", True)
    assert "Mot corrigé" not in client.get(address(dossier)).content.decode()
    assert client.get(own).status_code == 404


def test_an_empty_note_is_refused_and_a_long_one_comes_back(client, dossier, of_the_region):
    client.force_login(of_the_region)
    assert "text" in client.post(address(dossier), {"text": "  "}).context["form"].errors
    answer = client.post(address(dossier), {"text": WORDS + "é" * 6000})
    assert "text" in answer.context["form"].errors
    assert WORDS in answer.content.decode()
    assert not Note.objects.exists()


@pytest.mark.parametrize("page", ["/dossiers/{}/", "/dossiers/{}/messages/"])
def test_the_applicant_never_reads_a_note_nor_a_label(page, client, dossier, note, applicant, of_the_region):
    put_label(dossier.pk, "Sensible Q5517", actor_of(of_the_region, NOW), NOW)
    client.force_login(applicant)
    assert "Q5517" not in client.get(page.format(dossier.reference)).content.decode()
    assert client.get(address(dossier)).status_code == 404


def test_another_agency_that_takes_part_never_reads_them(client, dossier, note, of_another_region, of_the_region):
    put_label(dossier.pk, "Sensible Q5517", actor_of(of_the_region, NOW), NOW)
    there = make_agency_body("76")
    Participation.objects.create(dossier=dossier, capacity=Party.ASSOCIATE, body=there, since=NOW)
    body = make_body(Body.Kind.INSURANCE, region=dossier.region)
    Participation.objects.create(dossier=dossier, capacity=Party.INSURANCE, body=body, since=NOW)
    for user in (of_another_region, make_officer(body)):
        client.force_login(user)
        page = client.get(f"/instruction/{dossier.reference}/")
        assert page.status_code == 200
        assert "Q5517" not in page.content.decode()
        assert client.get(address(dossier)).status_code == 404
        with pytest.raises(NotAllowed):
            write_note(dossier.pk, "Un mot", actor_of(user, NOW), NOW)
        with pytest.raises(NotAllowed):
            put_label(dossier.pk, "Autre", actor_of(user, NOW), NOW)


@pytest.mark.parametrize("who", ["recused", "gone", "of_another_region", "applicant", "stranger"])
def test_whoever_is_out_may_do_nothing(who, dossier, note, of_the_region, request):
    user = of_the_region if who in ("recused", "gone") else request.getfixturevalue(who)
    if who == "recused":
        dossier.recusals.create(user=user, since=NOW)
    if who == "gone":
        user.posts.update(until="2021-01-01")
    actor = actor_of(user, NOW)
    for attempt in (
        lambda: write_note(dossier.pk, "Un mot", actor, NOW),
        lambda: correct_note(note, "Un mot", actor, NOW),
        lambda: remove_note(note, actor, NOW),
        lambda: put_label(dossier.pk, "Mot", actor, NOW),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    note.refresh_from_db()
    assert note.text == WORDS


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_written_is_shown_as_text(text, client, dossier, of_the_region):
    client.force_login(of_the_region)
    client.post(address(dossier), {"text": text})
    client.post(address(dossier, "instruction-labels"), {"name": text[:40]})
    for page in (address(dossier), f"/instruction/{dossier.reference}/"):
        html = client.get(page).content.decode()
        assert "<script>alert" not in html
    assert Note.objects.exists()


def test_a_label_is_of_the_team_put_once_and_gone_with_its_last_dossier(client, dossier, of_the_region, head):
    client.force_login(of_the_region)
    for name in ("À voir en comité", "a voir en comite"):
        client.post(address(dossier, "instruction-labels"), {"name": name})
    put = DossierLabel.objects.get()
    assert (put.label.name, put.label.slug, put.put_by) == ("À voir en comité", "a-voir-en-comite", of_the_region)
    assert "À voir en comité" in client.get(f"/instruction/{dossier.reference}/").content.decode()
    client.force_login(head)
    client.post(address(dossier, "instruction-labels"), {"take": put.pk})
    assert not DossierLabel.objects.exists()
    assert not Label.objects.exists()


@pytest.mark.parametrize("take", ["0", "abc", "9" * 30, ""])
def test_taking_away_what_is_not_there_changes_nothing(take, client, dossier, of_the_region):
    put_label(dossier.pk, "Gardée", actor_of(of_the_region, NOW), NOW)
    client.force_login(of_the_region)
    assert client.post(address(dossier, "instruction-labels"), {"take": take}).status_code == 302
    assert DossierLabel.objects.exists()


def test_a_label_of_another_body_is_not_taken_away(dossier, of_the_region, of_another_region, applicant, tried):
    other = deposited(applicant, tried, body=make_agency_body("76"))
    put = put_label(other.pk, "D'ailleurs", actor_of(of_another_region, NOW), NOW)
    with pytest.raises(NotAllowed):
        take_label(put, actor_of(of_the_region, NOW), NOW)
    assert Label.objects.get().body == other.body


def test_a_label_without_a_letter_or_beyond_the_hundredth_is_refused(client, dossier, of_the_region, monkeypatch):
    client.force_login(of_the_region)
    answer = client.post(address(dossier, "instruction-labels"), {"name": "!!!"})
    assert "au moins une lettre" in answer.content.decode()
    monkeypatch.setattr(action, "MOST_LABELS", 1)
    put_label(dossier.pk, "Une", actor_of(of_the_region, NOW), NOW)
    with pytest.raises(Refused):
        put_label(dossier.pk, "Deux", actor_of(of_the_region, NOW), NOW)
    put_label(dossier.pk, "Une", actor_of(of_the_region, NOW), NOW)


def test_notes_and_labels_go_with_the_content_of_the_dossier(dossier, note, of_the_region):
    put_label(dossier.pk, "Sensible", actor_of(of_the_region, NOW), NOW)
    with as_the_portal(dossier.pk, NOW, actor_of(of_the_region, NOW)) as desk:
        entry = erase(desk, {"cause": "retention"})
    assert not Note.objects.exists()
    assert not DossierLabel.objects.exists()
    assert entry.data["counts"]["notes"] == 1
    with pytest.raises(NotAllowed):
        write_note(dossier.pk, "Trop tard", actor_of(of_the_region, NOW), NOW + timedelta(days=1))


def test_what_one_wrote_is_in_one_s_own_export_and_in_nobody_else_s(dossier, note, of_the_region, head):
    def notes(user) -> str:
        return next(one.content.decode() for one in members_of(user, NOW) if one.path == "notes.json")

    assert WORDS in notes(of_the_region)
    assert notes(head) == "[]"


def test_the_number_of_queries_of_the_page_does_not_grow(client, dossier, of_the_region, django_assert_num_queries):
    client.force_login(of_the_region)
    for size in (1, 29):
        for rank in range(size):
            write_note(dossier.pk, "Un mot", actor_of(of_the_region, NOW), NOW)
            put_label(dossier.pk, f"Étiquette {size} {rank}", actor_of(of_the_region, NOW), NOW)
        with django_assert_num_queries(13):
            client.get(address(dossier))
