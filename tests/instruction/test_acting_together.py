"""Acting on several dossiers: each goes alone, and the page says what became of each."""

import re
from uuid import uuid4

import pytest

from actors.models import Post
from projects.instruction import together
from projects.models import Assignment, DossierLabel, JournalEntry, Recusal
from tests.dossier_factories import NOW, drive, make_officer
from tests.instruction.conftest import deposited
from tests.people_factories import make_agency_body

ADDRESS = "/instruction/dossiers/ensemble/"
PROPOSE = "tried:1:propose"


@pytest.fixture
def pair(applicant, tried):
    """Two dossiers under review."""
    return deposited(applicant, tried), deposited(applicant, tried)


def sent(dossiers, what: str, key=None, **fields) -> dict:
    chosen = [f"{one.reference}:{one.version}" for one in dossiers]
    return {"dossier": chosen, "what": what, "key": str(key or uuid4())} | fields


def outcomes(answer) -> dict[str, bool]:
    return {one.dossier.reference: one.is_done for one in answer.context["outcomes"]}


def test_what_may_be_done_is_said_of_the_dossiers_that_were_ticked(client, pair, of_the_region):
    client.force_login(of_the_region)
    answer = client.post(ADDRESS, {"dossier": [one.reference for one in pair], "scope": "ticked"})
    html = answer.content.decode()
    assert "Les dossiers choisis : 2" in html
    assert f'value="{PROPOSE}"' in html
    assert 'value="tried:1:ask"' not in html
    assert 'value="tried:1:grant"' not in html


def test_dossiers_are_entrusted_once_and_the_journal_says_so(client, pair, of_the_region, head):
    client.force_login(head)
    form = sent(pair, "entrust", person=of_the_region.pk, role="lead")
    assert outcomes(client.post(ADDRESS, form)) == {one.reference: True for one in pair}
    assert outcomes(client.post(ADDRESS, form)) == {one.reference: True for one in pair}
    assert Assignment.objects.filter(user=of_the_region, role="lead", until=None).count() == 2
    assert JournalEntry.objects.filter(kind=JournalEntry.Kind.ASSIGNED).count() == 2


def test_another_leader_relieves_the_first_one(client, pair, of_the_region, head):
    client.force_login(head)
    for person in (of_the_region, head):
        client.post(ADDRESS, sent(pair, "entrust", person=person.pk, role="lead"))
    assert {one.user for one in Assignment.objects.filter(until=None)} == {head}
    assert Assignment.objects.exclude(until=None).count() == 2


def test_each_dossier_has_its_own_outcome(client, pair, of_the_region, head):
    Recusal.objects.create(dossier=pair[0], user=of_the_region, since=NOW)
    client.force_login(head)
    answer = client.post(ADDRESS, sent(pair, "entrust", person=of_the_region.pk, role="lead"))
    assert outcomes(answer) == {pair[0].reference: False, pair[1].reference: True}
    assert "s&#x27;en est déportée" in answer.content.decode()


def test_somebody_of_another_agency_is_entrusted_with_nothing(client, pair, head):
    client.force_login(head)
    stranger = make_officer(make_agency_body("76"))
    answer = client.post(ADDRESS, sent(pair, "entrust", person=stranger.pk, role="lead"))
    assert "Choisissez une personne." in answer.content.decode()
    assert not Assignment.objects.exists()


def test_labels_are_put_made_and_taken_away(client, pair, of_the_region):
    client.force_login(of_the_region)
    form = sent(pair, "label", **{"etiquette-new": "Été 2027"})
    for _ in range(2):
        assert all(outcomes(client.post(ADDRESS, form)).values())
    assert DossierLabel.objects.count() == 2
    client.post(ADDRESS, sent(pair[:1], "unlabel", **{"sans-label": "Été 2027"}))
    assert [one.dossier for one in DossierLabel.objects.all()] == [pair[1]]


@pytest.mark.parametrize("name", ["", "  ", "!?"])
def test_a_label_without_a_word_is_asked_again(name, client, pair, of_the_region):
    client.force_login(of_the_region)
    answer = client.post(ADDRESS, sent(pair, "label", **{"etiquette-new": name}))
    assert "Choisissez une étiquette." in answer.content.decode()


def test_a_move_goes_through_the_door_for_each_and_twice_is_once(client, pair, of_the_region):
    first, second = pair
    drive(first, "ask", of_the_region, NOW, answer_by="2030-01-01")
    drive(first, "complete", first.project.owner, NOW)
    client.force_login(of_the_region)
    form = sent(pair, PROPOSE)
    for _ in range(2):
        answer = client.post(ADDRESS, form)
        assert outcomes(answer) == {first.reference: True, second.reference: False}
        assert "Demandez d&#x27;abord des compléments." in answer.content.decode()
    assert JournalEntry.objects.filter(move="propose", kind="move").count() == 1


def test_a_dossier_that_moved_meanwhile_is_left_as_it_is(client, pair, of_the_region):
    client.force_login(of_the_region)
    form = sent(pair, PROPOSE)
    drive(pair[0], "ask", of_the_region, NOW, answer_by="2030-01-01")
    answer = client.post(ADDRESS, form)
    assert outcomes(answer)[pair[0].reference] is False
    assert together.MOVED.replace("'", "&#x27;") in answer.content.decode()


@pytest.mark.parametrize("what", ["tried:1:grant", "tried:1:ask", "tried:1:deposit", "tried:1:inconnu", "x", "a:b:c:d"])
def test_what_is_decided_asked_or_deposited_is_done_one_dossier_at_a_time(what, client, pair, head):
    client.force_login(head)
    answer = client.post(ADDRESS, sent(pair, what))
    assert "outcomes" not in answer.context
    assert {one.dossier.stage for one in JournalEntry.objects.select_related("dossier")} == {"review"}


def test_what_one_may_not_read_is_not_touched_nor_named(client, pair, of_another_region):
    client.force_login(of_another_region)
    answer = client.post(ADDRESS, sent(pair, "label", **{"etiquette-new": "Vu"}))
    assert outcomes(answer) == {}
    assert pair[0].reference not in answer.content.decode()
    assert not DossierLabel.objects.exists()


def test_whoever_may_not_entrust_is_told_so_row_by_row(client, pair, of_the_region):
    director = make_officer(make_agency_body(), Post.Role.DIRECTOR)
    client.force_login(director)
    answer = client.post(ADDRESS, sent(pair, "entrust", person=of_the_region.pk, role="lead"))
    assert outcomes(answer) == {one.reference: False for one in pair}


def test_everything_that_a_search_finds_may_be_chosen(client, pair, of_the_region):
    client.force_login(of_the_region)
    answer = client.post(ADDRESS, {"scope": "found", "search": "macro=review"})
    assert len(answer.context["dossiers"]) == 2
    assert answer.context["back"] == "/instruction/dossiers/?macro=review"


def test_too_many_or_none_are_sent_back_to_the_list(client, pair, of_the_region, monkeypatch):
    monkeypatch.setattr("projects.views.instruction_together.MOST", 1)
    client.force_login(of_the_region)
    for form, words in (({"scope": "found"}, "1 dossiers au plus"), ({}, "Choisissez au moins un dossier")):
        answer = client.post(ADDRESS, form, follow=True)
        assert answer.redirect_chain[0][0] == "/instruction/dossiers/"
        assert words in answer.content.decode()


def test_the_form_works_without_a_script(client, pair, of_the_region):
    client.force_login(of_the_region)
    html = client.get("/instruction/dossiers/").content.decode()
    boxes = re.findall(r'<input type="checkbox" name="dossier" value="(\w+)" aria-label="[^"]+"', html)
    assert set(boxes) == {one.reference for one in pair}
    assert f'action="{ADDRESS}"' in html


@pytest.mark.parametrize("who", ["stranger", "applicant", "content_curator"])
def test_whoever_does_not_instruct_finds_no_page(who, client, pair, request):
    client.force_login(request.getfixturevalue(who))
    assert client.post(ADDRESS, sent(pair, "label", **{"etiquette-new": "Vu"})).status_code == 404
