"""The page of somebody who is asked and has an account: interests first, then the dossier, then the opinion."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apist.clock import now
from apist.models import OutgoingMail
from projects.engine.door import NotAllowed, Refused
from projects.engine.people import actor_of
from projects.engine.verifying import verify
from projects.models import DigestLine, Dossier, JournalEntry, OpinionRequest, Participation, Recusal
from projects.opinions.answering import Given, answer, declare
from projects.opinions.asking import withdraw
from projects.opinions.running import run_due
from tests.dossier_factories import NOW
from tests.instruction.conftest import SECRET, TITLE, text_of
from tests.opinions.builders import (
    ADDRESS,
    HOSTILE,
    QUESTION,
    WORDS,
    as_user,
    colleague,
    decide,
    insurance,
    link,
    opined,
    put,
)

MINE = "/instruction/avis/"
NONE = {"act": "declare", "interets-interest": "none"}
SOME = {"act": "declare", "interets-interest": "some", "interets-words": "Ma sœur y travaille Q55102"}
OPINION = {"act": "answer", "avis-sense": "reserved", "avis-text": WORDS}
QUERIES = 8


@pytest.fixture
def asked(dossier, of_the_region, expert) -> OpinionRequest:
    """A request put to the expert."""
    return put(dossier, of_the_region, email=expert.email)


def address(asked) -> str:
    return reverse("instruction-opinion", args=[asked.dossier.reference, asked.pk])


def page_of(dossier) -> str:
    return reverse("instruction-dossier", args=[dossier.reference])


def test_before_interests_are_declared_only_the_title_the_organisation_and_the_question_are_read(
    client, dossier, asked, expert
):
    client.force_login(expert)
    html = text_of(client.get(address(asked)))
    assert all(words in html for words in (TITLE, "Organisme nommé Q48213", QUESTION, "Avant de lire"))
    assert SECRET not in html
    assert "Rendre l'avis" not in html
    for name in ("instruction-dossier", "instruction-verify", "instruction-messages"):
        assert client.get(reverse(name, args=[dossier.reference])).status_code == 404
    assert client.post(address(asked), OPINION).status_code == 409
    assert not Participation.objects.exists()


def test_without_interest_one_reads_then_answers_once(client, dossier, asked, expert, of_the_region):
    client.force_login(expert)
    assert client.post(address(asked), NONE)["Location"] == address(asked)
    assert SECRET in text_of(client.get(page_of(dossier)))
    assert client.post(address(asked), OPINION)["Location"] == address(asked)
    assert WORDS in text_of(client.get(address(asked)))
    assert client.post(address(asked), OPINION | {"avis-text": "Autre avis"}).status_code == 404
    asked.refresh_from_db()
    assert (asked.sense, asked.text, asked.answered_by) == ("reserved", WORDS, expert)
    entry = dossier.journal.filter(kind=JournalEntry.Kind.OPINED).get()
    assert WORDS not in str(entry.data)
    assert (entry.texts.get().text, entry.actor) == (WORDS, expert.pseudonym)
    assert verify(Dossier.objects.get()).is_whole
    assert DigestLine.objects.filter(user=of_the_region, text__contains="avis que vous attendiez est rendu").exists()


def test_a_conflict_closes_the_dossier_at_once_even_to_a_page_that_is_still_open(
    client, dossier, asked, expert, of_the_region
):
    client.force_login(expert)
    client.post(address(asked), NONE)
    assert client.get(page_of(dossier)).status_code == 200
    assert client.post(address(asked), SOME)["Location"] == MINE
    for page in (page_of(dossier), address(asked)):
        assert client.get(page).status_code == 404
    assert client.post(address(asked), OPINION).status_code == 404
    for act in (lambda: answer(asked.pk, as_user(expert), Given("none", "x"), now()),
                lambda: declare(asked.pk, as_user(expert), None, now())):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()
    assert TITLE not in text_of(client.get(MINE))
    assert Recusal.objects.get().user == expert
    assert not Participation.objects.exists()
    assert OpinionRequest.objects.get().ending == "conflict"
    with pytest.raises(Refused, match="ne peut pas être consultée"):
        put(dossier, of_the_region, email=expert.email)


def test_the_words_of_an_interest_stay_beside_the_journal_and_reach_no_mail(client, dossier, asked, expert):
    client.force_login(expert)
    client.post(address(asked), SOME)
    entry = dossier.journal.filter(data__step="declared").get()
    assert entry.data["interest"] is True
    assert (entry.texts.get().text, "Q55102" in str(entry.data)) == (SOME["interets-words"], False)
    mails = "".join(mail.text + mail.html for mail in OutgoingMail.objects.all())
    assert "Q55102" not in mails + "".join(DigestLine.objects.values_list("text", flat=True))


def test_colleagues_of_a_body_declare_each_for_themself(client, dossier, of_the_region):
    body, member = insurance()
    other = colleague(body)
    asked = put(dossier, of_the_region, body=body)
    client.force_login(other)
    assert client.get(page_of(dossier)).status_code == 404
    client.force_login(member)
    client.post(address(asked), NONE)
    assert client.get(page_of(dossier)).status_code == 200
    client.force_login(other)
    assert client.get(page_of(dossier)).status_code == 404
    client.post(address(asked), SOME)
    assert client.get(address(asked)).status_code == 404
    client.force_login(member)
    client.post(address(asked), OPINION)
    assert OpinionRequest.objects.get().answered_by == member


@pytest.mark.parametrize("who", ["stranger", "applicant", "of_another_region", "of_the_region", "content_curator"])
def test_a_request_put_to_somebody_else_does_not_exist(who, client, asked, request):
    user = request.getfixturevalue(who)
    client.force_login(user)
    assert client.get(address(asked)).status_code == 404
    assert client.post(address(asked), NONE).status_code == 404
    with pytest.raises(NotAllowed):
        declare(asked.pk, as_user(user), None, now())
    assert TITLE not in text_of(client.get(MINE))


def test_an_access_ends_when_the_request_is_withdrawn(client, dossier, asked, expert, of_the_region):
    client.force_login(expert)
    client.post(address(asked), NONE)
    withdraw(asked.pk, actor_of(of_the_region, now()), now())
    for page in (page_of(dossier), address(asked)):
        assert client.get(page).status_code == 404
    assert not Participation.objects.exists()


def test_after_the_answer_the_dossier_is_read_until_the_decision(client, dossier, asked, expert):
    opined(asked, as_user(expert))
    client.force_login(expert)
    assert run_due(now()) == ""
    assert client.get(page_of(dossier)).status_code == 200
    decide(dossier)
    assert client.get(address(asked)).status_code == 404
    assert run_due(now()) == "1 accès clos après décision"
    assert run_due(now()) == ""
    assert client.get(page_of(dossier)).status_code == 404
    assert OpinionRequest.objects.get().text == WORDS


def test_the_list_of_what_is_asked_is_open_to_whoever_has_no_post(client, dossier, asked, expert):
    client.force_login(expert)
    html = text_of(client.get(MINE))
    assert TITLE in html
    assert address(asked) in html
    assert "Ma journée" not in html


def test_nothing_asked_says_so(client, stranger):
    client.force_login(stranger)
    assert "Aucun avis ne vous est demandé" in text_of(client.get(MINE))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"act": "declare"}, "À remplir."),
        ({"act": "declare", "interets-interest": "peut-être"}, "Sélectionnez un choix valide"),
        ({"act": "delegate", "autre-email": ""}, "Donnez une personne, et une seule."),
        ({"act": "delegate", "autre-email": "experte@exemple.invalid"}, "C'est votre adresse"),
        ({"act": "answer", "avis-sense": "", "avis-text": "Un texte gardé"}, "À remplir."),
    ],
)
def test_what_is_wrong_is_said(client, asked, expert, sent, words):
    client.force_login(expert)
    assert words in text_of(client.post(address(asked), sent))
    assert not asked.declarations.exists()


def test_yes_or_no_is_asked_where_the_question_calls_for_it(client, dossier, of_the_region, expert):
    asked = put(dossier, of_the_region, email=expert.email, expects="yes-no")
    client.force_login(expert)
    client.post(address(asked), NONE)
    assert "À remplir." in text_of(client.post(address(asked), OPINION))
    client.post(address(asked), OPINION | {"avis-says_yes": "no"})
    assert OpinionRequest.objects.get().says_yes is False


def test_an_answer_is_left_to_somebody_else_once_and_the_former_reads_nothing_any_more(
    client, dossier, asked, expert, of_the_region
):
    client.force_login(expert)
    client.post(address(asked), NONE)
    assert client.post(address(asked), {"act": "delegate", "autre-email": ADDRESS})["Location"] == MINE
    assert client.get(page_of(dossier)).status_code == 404
    follows = OpinionRequest.objects.get(delegated_from=asked)
    assert (follows.question, follows.email, follows.due_on) == (QUESTION, ADDRESS, asked.due_on)
    entry = dossier.journal.filter(data__step="delegated").get()
    assert (entry.actor, entry.data["delegated_from"]) == (expert.pseudonym, asked.pk)
    client.logout()
    html = text_of(client.get(link()))
    assert QUESTION in html
    assert "Confier la réponse" not in html
    again = client.post(link(), {"act": "delegate", "autre-email": "encore@exemple.invalid"})
    assert again.status_code == 409


def test_a_colleague_of_the_same_body_receives_it_in_their_own_name(client, dossier, of_the_region):
    body, member = insurance()
    other, third = colleague(body), colleague(body)
    asked = put(dossier, of_the_region, body=body)
    client.force_login(member)
    client.post(address(asked), {"act": "delegate", "autre-colleague": str(other.pk)})
    follows = OpinionRequest.objects.get(delegated_from=asked)
    assert (follows.user, follows.body, follows.capacity) == (other, body, "expert")
    client.force_login(third)
    assert client.get(address(follows)).status_code == 404
    client.force_login(other)
    assert client.get(address(follows)).status_code == 200


def test_stepping_back_ends_what_was_asked(client, dossier, asked, expert):
    client.force_login(expert)
    client.post(address(asked), NONE)
    client.post(reverse("instruction-step-back", args=[dossier.reference]), {})
    assert OpinionRequest.objects.get().ending == "conflict"
    assert client.get(address(asked)).status_code == 404


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_for_whoever_is_asked(client, dossier, of_the_region, expert, words):
    asked = put(dossier, of_the_region, email=expert.email, question=words)
    type(dossier.project).objects.update(title=words[:200])
    client.force_login(expert)
    for page in (address(asked), MINE):
        html = client.get(page).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_of_my_list_does_not_grow(
    count, client, dossier, of_the_region, django_assert_num_queries
):
    body, member = insurance()
    first = put(dossier, of_the_region, body=body)
    for _ in range(count - 1):
        first.pk, first.participation = None, None
        first.save(force_insert=True)
    client.force_login(member)
    with django_assert_num_queries(QUERIES):
        html = text_of(client.get(MINE))
    assert html.count(TITLE) == count


def test_reminders_leave_by_themselves_once_a_step(dossier, of_the_region):
    put(dossier, of_the_region, NOW, due_on=(NOW + timedelta(days=20)).date())
    OutgoingMail.objects.all().delete()
    assert run_due(NOW) == ""
    assert run_due(NOW + timedelta(days=14)) == "1 rappel(s) d'avis"
    assert run_due(NOW + timedelta(days=14, minutes=1)) == ""
    assert run_due(NOW + timedelta(days=18, hours=3)) == "1 rappel(s) d'avis"
    assert run_due(NOW + timedelta(days=30)) == ""
    assert OutgoingMail.objects.filter(subject="Votre avis est attendu", to=ADDRESS).count() == 2


def test_what_nobody_answered_before_the_decision_is_closed(client, dossier, of_the_region):
    put(dossier, of_the_region)
    decide(dossier)
    assert client.get(link()).status_code == 404
    run_due(now())
    assert OpinionRequest.objects.get().ending == "decided"
