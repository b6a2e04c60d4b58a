"""The agency's page of opinions: who may ask, whom, reminding, withdrawing; what the mails say."""

from datetime import timedelta

import pytest
from django.urls import reverse

from actors.models import Body, Post
from apist.clock import now
from apist.models import OutgoingMail
from projects.engine.door import NotAllowed, Refused
from projects.engine.people import actor_of
from projects.models import JournalEntry, OpinionRequest, Participation, Recusal
from projects.opinions.asking import remind, withdraw
from projects.opinions.recipients import bodies_offered
from tests.dossier_factories import make_officer
from tests.instruction.conftest import TITLE, text_of
from tests.opinions.builders import ADDRESS, HOSTILE, QUESTION, as_user, insurance, link, opined, put
from tests.people_factories import department, make_body, make_post

QUERIES = 13


def address(dossier) -> str:
    return reverse("instruction-opinions", args=[dossier.reference])


def sent(**fields) -> dict:
    day = (now() + timedelta(days=21)).date().isoformat()
    return {"act": "ask", "question": QUESTION, "expects": "free", "to": "", "email": ADDRESS, "due_on": day} | fields


def test_an_officer_asks_and_the_mail_says_nothing_of_the_dossier(client, dossier, of_the_region):
    client.force_login(of_the_region)
    OutgoingMail.objects.all().delete()
    answer = client.post(address(dossier), sent())
    assert answer["Location"] == address(dossier)
    asked = OpinionRequest.objects.get()
    assert (asked.email, asked.user, asked.capacity) == (ADDRESS, None, "expert")
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (ADDRESS, "Un avis vous est demandé")
    for words in (TITLE, QUESTION, "Organisme nommé"):
        assert words not in mail.text + mail.html
    assert link().removeprefix("/avis/").removesuffix("/") not in str(list(OpinionRequest.objects.values()))
    page = text_of(client.get(address(dossier)))
    assert QUESTION in page
    assert ADDRESS in page


def test_an_address_that_has_an_account_is_answered_from_the_account(client, dossier, of_the_region, expert):
    client.force_login(of_the_region)
    client.post(address(dossier), sent(email="Experte@Exemple.invalid"))
    asked = OpinionRequest.objects.get()
    assert (asked.user, asked.email, asked.token_digest) == (expert, "", "")
    assert f"/instruction/{dossier.reference}/avis/{asked.pk}/" in OutgoingMail.objects.order_by("pk").last().text


@pytest.mark.parametrize("who", ["legal", "of_another_region", "stranger", "applicant", "content_curator", "expert"])
def test_the_others_do_not_see_the_page_nor_ask(who, client, dossier, of_the_region, request):
    user = request.getfixturevalue(who)
    client.force_login(user)
    assert client.get(address(dossier)).status_code == 404
    assert client.post(address(dossier), sent()).status_code == 404
    with pytest.raises(NotAllowed):
        put(dossier, user)
    assert not OpinionRequest.objects.exists()


def test_bodies_of_the_place_are_offered_where_somebody_is_there_to_answer(dossier, of_the_region, of_another_region):
    insurer, _ = insurance()
    county = make_body(Body.Kind.DEPARTMENT, department=department("971"))
    make_post(Post.Role.HEAD, county)
    make_body(Body.Kind.GRADES)  # nobody there
    far = make_body(Body.Kind.INSURANCE, region=of_another_region.posts.get().body.region)
    make_post(Post.Role.OFFICER, far)
    other = of_another_region.posts.get().body
    assert set(bodies_offered(dossier, now())) == {insurer, county, other}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"question": ""}, "À remplir."),
        ({"email": ""}, "Choisissez une administration"),
        ({"email": "pas une adresse"}, "adresse"),
        ({"due_on": "2020-01-01"}, "Cette date est passée"),
        ({"due_on": "2999-01-01"}, "dans l'année qui vient"),
        ({"due_on": "bientôt"}, "Écrivez une date qui existe"),
        ({"to": "999999"}, "Sélectionnez un choix valide"),
        ({"expects": "autre"}, "Sélectionnez un choix valide"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, dossier, of_the_region, fields, words):
    client.force_login(of_the_region)
    page = text_of(client.post(address(dossier), sent(**{"question": "Une question gardée"} | fields)))
    assert words in page
    assert "Une question gardée" in page or "question" in fields
    assert not OpinionRequest.objects.exists()


def test_the_same_body_is_not_asked_twice_at_once(client, dossier, of_the_region):
    body, _ = insurance()
    put(dossier, of_the_region, body=body)
    client.force_login(of_the_region)
    answer = client.post(address(dossier), sent(email="", to=str(body.pk)))
    assert answer.status_code == 409
    assert "déjà attendu de cette administration" in text_of(answer)
    assert QUESTION in text_of(answer)


def test_the_applicants_side_and_whoever_stepped_back_are_not_asked(dossier, of_the_region, expert):
    Recusal.objects.create(dossier=dossier, user=expert, since=now())
    for email in (expert.email, dossier.project.owner.email):
        with pytest.raises(Refused, match="ne peut pas être consultée"):
            put(dossier, of_the_region, email=email)


def test_nobody_is_flooded_by_asking_and_withdrawing(dossier, of_the_region):
    for _ in range(3):
        withdraw(put(dossier, of_the_region).pk, actor_of(of_the_region, now()), now())
    with pytest.raises(Refused, match="attendez demain"):
        put(dossier, of_the_region)


def test_nothing_is_asked_of_what_is_confidential_or_not_deposited(dossier, of_the_region):
    for fields in ({"confidential": True}, {"confidential": False, "deposited_at": None}):
        type(dossier).objects.filter(pk=dossier.pk).update(**fields)
        with pytest.raises((Refused, NotAllowed)):
            put(dossier, of_the_region)


def test_a_reminder_sends_a_new_link_once_a_day_and_the_former_opens_nothing(client, dossier, of_the_region):
    asked = put(dossier, of_the_region)
    former = link()
    client.force_login(of_the_region)
    client.post(address(dossier), {"act": "remind", "request": asked.pk})
    assert link() != former
    assert client.get(former).status_code == 404
    assert client.get(link()).status_code == 200
    answer = client.post(address(dossier), {"act": "remind", "request": asked.pk})
    assert (answer.status_code, "déjà parti aujourd'hui" in text_of(answer)) == (409, True)
    assert remind(asked.pk, actor_of(of_the_region, now()), now() + timedelta(days=2)).reminded_at > now()


def test_withdrawing_closes_what_it_opened_and_the_mail_that_waits_does_not_leave(client, dossier, of_the_region):
    body, member = insurance()
    asked = put(dossier, of_the_region, body=body)
    opened = put(dossier, of_the_region)
    former = link()
    client.force_login(of_the_region)
    for one in (asked, opened):
        assert client.post(address(dossier), {"act": "withdraw", "request": one.pk}).status_code == 302
    assert client.get(former).status_code == 404
    assert not OutgoingMail.objects.filter(text__contains="/avis/").exclude(subject__contains="retirée").exists()
    assert dossier.journal.filter(kind=JournalEntry.Kind.CONSULTED, data__step="withdrawn").count() == 2
    client.force_login(member)
    assert client.get(reverse("instruction-opinion", args=[dossier.reference, asked.pk])).status_code == 404


def test_a_request_of_another_dossier_is_not_reached_by_this_page(client, dossier, of_the_region, of_another_region):
    asked = put(dossier, of_the_region)
    with pytest.raises(NotAllowed):
        withdraw(asked.pk, actor_of(of_another_region, now()), now())
    client.force_login(of_the_region)
    for number in ("0", "999999999", "x", "-1"):
        answer = client.post(address(dossier), {"act": "remind", "request": number})
        assert answer.status_code == 404
    assert OpinionRequest.objects.open().count() == 1


def test_the_dossiers_page_counts_what_waits_and_what_is_given(client, dossier, of_the_region, expert):
    opined(put(dossier, of_the_region, email=expert.email), as_user(expert))
    put(dossier, of_the_region)
    client.force_login(of_the_region)
    assert "1 attendu, 1 rendu" in text_of(client.get(reverse("instruction-dossier", args=[dossier.reference])))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_for_whoever_instructs(client, dossier, of_the_region, expert, words):
    asked = put(dossier, of_the_region, email=expert.email, question=words)
    opined(asked, as_user(expert), words)
    client.force_login(of_the_region)
    html = client.get(address(dossier)).content.decode()
    assert words not in html or "<" not in words
    assert "<script>alert" not in html
    for mail in OutgoingMail.objects.all():
        assert words not in mail.subject + mail.text + mail.html
        assert "\n" not in mail.subject


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_does_not_grow(count, client, dossier, of_the_region, django_assert_num_queries):
    for number in range(count):
        put(dossier, of_the_region, email=f"personne-{number}@exemple.invalid")
    client.force_login(of_the_region)
    with django_assert_num_queries(QUERIES):
        client.get(address(dossier))


def test_a_body_brought_in_by_a_move_stays_when_a_request_to_it_is_withdrawn(dossier, of_the_region):
    body, member = insurance()
    row = Participation.objects.create(dossier=dossier, capacity="insurance", body=body, since=now())
    asked = put(dossier, of_the_region, body=body)
    opined(asked, as_user(member))
    second = put(dossier, of_the_region, body=body)
    withdraw(second.pk, actor_of(of_the_region, now()), now())
    assert Participation.objects.filter(pk=row.pk).exists()


def test_an_access_is_handed_over_to_another_request_that_rests_on_it(dossier, of_the_region):
    body, member = insurance()
    first = opined(put(dossier, of_the_region, body=body), as_user(member))
    first.refresh_from_db()
    row = first.participation_id
    second = opined(put(dossier, of_the_region, body=body), as_user(colleague := make_officer(body)))
    assert (row is not None, second.participation_id, colleague != member) == (True, None, True)
