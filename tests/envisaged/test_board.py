"""The board of envisaged projects: who reads, who writes, what is never there, reading on invitation."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from actors.models import Body, Post, Subject
from projects.engine.people import actor_of
from projects.envisaged.board import announce, answer, ask_to_read
from projects.models import Dossier, EnvisagedProject, Participation, ReadingRequest
from tests import factories
from tests.dossier_factories import NOW, drive, fill, make_dossier, make_officer
from tests.factories import sourced
from tests.instruction.conftest import text_of
from tests.people_factories import make_agency_body, make_body, make_organisation

pytestmark = pytest.mark.django_db

BOARD = "/instruction/projets-envisages/"
HOSTILE = "<script>alert(1)</script> =1+1 {{ 7*7 }}"


def theme(slug: str = "grand-age") -> Subject:
    """A theme; asking twice for a slug gives the same row."""
    known = Subject.objects.filter(slug=slug).first()
    return known or Subject.objects.create(**sourced({"slug": slug, "label": f"Thème {slug}", "expert": "Référent"}))


def make_envisaged(body: Body | None = None, **fields) -> EnvisagedProject:
    """A project of the agency of Guadeloupe on the board."""
    defaults = {
        "body": body or make_agency_body(), "title": f"Projet {factories.number()}", "need": "Un besoin", "theme": theme(),
        "contact": "innovation@ars.invalid", "since": NOW.date(),
    }  # fmt: skip
    return EnvisagedProject.objects.create(**defaults | fields)


def typed(**fields) -> dict:
    """What the form sends."""
    defaults = {
        "body": make_agency_body().pk, "title": "Répit des aidants", "need": "Des aidants épuisés", "theme": theme().pk,
        "contact": "innovation@ars.invalid", "reference": "",
    }  # fmt: skip
    return defaults | fields


def signed_in(user) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def officer(db):
    """An officer of the agency of Guadeloupe."""
    return make_officer(make_agency_body())


@pytest.fixture
def neighbour(db):
    """An officer of another agency."""
    return make_officer(make_agency_body("76"))


@pytest.fixture
def told(applicant) -> Dossier:
    """A dossier deposited at the agency of Guadeloupe."""
    dossier = fill(make_dossier(applicant, organisation=make_organisation(applicant)))
    drive(dossier, "deposit", applicant)
    return dossier


def test_the_staff_of_every_agency_reads_the_board_and_nobody_else(officer, neighbour, applicant):
    row = make_envisaged(title="Un titre Q48213")
    for user in (officer, neighbour, make_officer(make_agency_body("84"), Post.Role.LEGAL)):
        assert "Un titre Q48213" in text_of(signed_in(user).get(BOARD))
        assert signed_in(user).get(f"{BOARD}{row.pk}/").status_code == 200
    curator = make_officer(make_agency_body(), Post.Role.CURATOR)
    for user in (applicant, factories.make_user(), curator, make_officer(make_body(Body.Kind.GRADES))):
        for address in (BOARD, f"{BOARD}nouveau/", f"{BOARD}{row.pk}/", f"{BOARD}{row.pk}/modifier/"):
            assert signed_in(user).get(address).status_code == 404, (user, address)
    assert Client().get(BOARD).status_code == 302


def test_an_officer_announces_and_others_read_it(officer, neighbour):
    region = make_agency_body("76").region
    answered = signed_in(officer).post(f"{BOARD}nouveau/", typed(wanted=[region.code]))
    row = EnvisagedProject.objects.get()
    assert answered.status_code == 302
    assert (row.body, row.written_by, list(row.wanted.all())) == (make_agency_body(), officer, [region])
    page = text_of(signed_in(neighbour).get(f"{BOARD}{row.pk}/"))
    assert "Des aidants épuisés" in page
    assert "innovation@ars.invalid" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Titre"),
        ({"need": "x" * 1501}, "Besoin"),
        ({"theme": "abc"}, "Thème"),
        ({"contact": "camille.martin@ars.invalid"}, "celle d'une personne"),
        ({"contact": "quelqu-un@gmail.com"}, "celle d'une personne"),
        ({"reference": "INCONNUE"}, "Aucun dossier de cette référence"),
        ({"wanted": ["zz"]}, "Régions"),
    ],
)
def test_what_is_wrong_comes_back_as_it_was_typed(officer, wrong, said):
    page = text_of(signed_in(officer).post(f"{BOARD}nouveau/", typed(**wrong)))
    assert "Erreur : Annoncer" in page
    assert said in page
    assert "Des aidants épuisés" in page or "need" in wrong
    assert not EnvisagedProject.objects.exists()


def test_nobody_announces_for_another_agency(officer, neighbour):
    page = signed_in(neighbour).post(f"{BOARD}nouveau/", typed())
    assert page.status_code == 200
    assert not EnvisagedProject.objects.exists()
    row = make_envisaged()
    assert signed_in(neighbour).get(f"{BOARD}{row.pk}/modifier/").status_code == 404
    assert signed_in(neighbour).post(f"{BOARD}{row.pk}/modifier/", typed(title="Pris")).status_code == 404
    assert signed_in(neighbour).post(f"{BOARD}{row.pk}/", {"act": "off"}).status_code == 403
    row.refresh_from_db()
    assert (row.title, row.until) != ("Pris", NOW.date())
    assert row.until is None


def test_a_contract_is_never_on_the_board(officer, applicant):
    cpom = fill(make_dossier(applicant, "cpom", organisation=make_organisation(applicant)))
    Dossier.objects.filter(pk=cpom.pk).update(deposited_at=NOW)
    page = text_of(signed_in(officer).post(f"{BOARD}nouveau/", typed(reference=cpom.reference)))
    assert "Ce dossier est confidentiel" in page
    row = EnvisagedProject(
        body=make_agency_body(), title="x", need="x", theme=theme(), contact="service@ars.invalid", dossier=cpom
    )
    with pytest.raises(ValidationError):
        announce(row, [], actor_of(officer, NOW), NOW)
    assert not EnvisagedProject.objects.exists()


@pytest.mark.parametrize(("key", "confidential"), [("cpom", True), ("cpom", False), ("first-contact", True)])
def test_the_database_refuses_a_confidential_dossier_whatever_writes_it(key, confidential, told, applicant):
    secret = make_dossier(applicant, key, organisation=told.organisation)
    Dossier.objects.filter(pk=secret.pk).update(confidential=confidential)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_envisaged(dossier=secret)
    row = make_envisaged(dossier=told)
    with pytest.raises(IntegrityError), transaction.atomic():
        EnvisagedProject.objects.filter(pk=row.pk).update(dossier=secret)
    row.refresh_from_db()
    assert row.dossier == told
    Dossier.objects.filter(pk=told.pk).update(confidential=True)
    EnvisagedProject.objects.filter(pk=row.pk).update(until=NOW.date())
    EnvisagedProject.objects.filter(pk=row.pk).update(dossier=None)


def test_a_dossier_that_became_confidential_takes_its_line_away(officer, told):
    row = make_envisaged(dossier=told, title="Un titre Q48213")
    Dossier.objects.filter(pk=told.pk).update(confidential=True)
    client = signed_in(officer)
    assert "Un titre Q48213" not in text_of(client.get(BOARD))
    assert client.get(f"{BOARD}{row.pk}/").status_code == 404
    assert client.get(f"{BOARD}{row.pk}/modifier/").status_code == 404


def test_nothing_of_the_applicant_reaches_another_agency_before_it_is_invited(officer, neighbour, told):
    told.project.title = "Titre du porteur Q48213"
    told.project.save()
    signed_in(officer).post(f"{BOARD}nouveau/", typed(reference=told.reference.lower()))
    row = EnvisagedProject.objects.get()
    assert row.dossier == told
    for address in (BOARD, f"{BOARD}{row.pk}/"):
        page = text_of(signed_in(neighbour).get(address))
        assert "Q48213" not in page
        assert told.reference not in page
        assert str(told.organisation) not in page
    assert "il se lit sur invitation" in text_of(signed_in(neighbour).get(f"{BOARD}{row.pk}/"))
    assert told.reference in text_of(signed_in(officer).get(f"{BOARD}{row.pk}/"))


def test_similar_titles_are_shown_once_before_anything_is_saved(officer):
    known = make_envisaged(make_agency_body("76"), title="Le répit des aidants")
    client = signed_in(officer)
    page = text_of(client.post(f"{BOARD}nouveau/", typed()))
    assert f"{BOARD}{known.pk}/" in page
    assert EnvisagedProject.objects.count() == 1
    assert 'name="confirmed" value="on"' in page
    assert client.post(f"{BOARD}nouveau/", typed(confirmed="on")).status_code == 302
    assert EnvisagedProject.objects.count() == 2


def test_another_agency_asks_and_reads_once_it_is_accepted_by_who_may(officer, neighbour, told):
    row = make_envisaged(dossier=told)
    page = f"{BOARD}{row.pk}/"
    theirs = signed_in(neighbour)
    given = {"act": "ask", "lire-body": make_agency_body("76").code, "lire-reason": HOSTILE}
    for _ in range(2):
        assert theirs.post(page, given).status_code == 302
    asked = ReadingRequest.objects.get()
    assert "Demandes de lecture qui vous attendent" in text_of(signed_in(officer).get(BOARD))
    assert "qui vous attendent" not in text_of(theirs.get(BOARD))
    shown = signed_in(officer).get(page).content.decode()
    assert "Accepter" in shown
    assert "<script>alert" not in shown
    assert "{{ 7*7 }}" in shown
    assert "Accepter" not in text_of(theirs.get(page))
    refused = signed_in(officer).post(page, {"act": "accept", "request": asked.pk})
    assert refused.status_code == 403
    assert "revient à un responsable" in text_of(refused)
    assert not Participation.objects.exists()
    head = make_officer(make_agency_body(), Post.Role.HEAD)
    assert signed_in(head).post(page, {"act": "accept", "request": asked.pk}).status_code == 302
    assert Participation.objects.get().body == make_agency_body("76")
    assert theirs.get(f"/instruction/{told.reference}/").status_code == 200
    assert told.reference in text_of(theirs.get(page))
    assert signed_in(head).post(page, {"act": "decline", "request": asked.pk}).status_code == 403


def test_a_request_is_declined_with_words_that_only_the_two_agencies_read(officer, neighbour):
    row = make_envisaged()
    asked = ask_to_read(row.pk, make_agency_body("76"), "Motif Q48213", actor_of(neighbour, NOW), NOW)
    page = f"{BOARD}{row.pk}/"
    given = {"act": "decline", "request": asked.pk, f"reponse-{asked.pk}-words": "Pas encore Q48213"}
    signed_in(officer).post(page, given)
    assert "Pas encore Q48213" in text_of(signed_in(neighbour).get(page))
    assert "Q48213" not in text_of(signed_in(make_officer(make_agency_body("84"))).get(page))


def test_without_a_dossier_accepting_opens_nothing(officer, neighbour):
    row = make_envisaged()
    asked = ask_to_read(row.pk, make_agency_body("76"), "Motif", actor_of(neighbour, NOW), NOW)
    answer(asked.pk, accept=True, words="", actor=actor_of(officer, NOW), at=NOW)
    assert not Participation.objects.exists()


def test_what_is_taken_off_is_asked_by_nobody_and_found_among_the_others(officer, neighbour):
    row = make_envisaged(title="Un titre Q48213")
    client = signed_in(officer)
    for _ in range(2):
        assert client.post(f"{BOARD}{row.pk}/", {"act": "off"}).status_code == 302
    assert "Q48213" not in text_of(client.get(BOARD))
    assert "Q48213" in text_of(client.get(f"{BOARD}?state=off"))
    given = {"act": "ask", "lire-body": make_agency_body("76").code, "lire-reason": "x"}
    assert signed_in(neighbour).post(f"{BOARD}{row.pk}/", given).status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Alpha", "Bêta"}), ("?q=alph", {"Alpha"}), ("?q=autre", {"Bêta"}), ("?region=76", {"Bêta"}),
        ("?theme=handicap", {"Bêta"}), ("?wanted=84", {"Alpha"}), ("?region=01&theme=handicap", set()),
        ("?region=zz", set()), ("?region=%00&theme=%00", set()), ("?state=x", set()), ("?page=99", {"Alpha", "Bêta"}), ("?q=%00", {"Alpha", "Bêta"}),
    ],
)  # fmt: skip
def test_the_address_says_what_is_shown(officer, query, found):
    one = make_envisaged(title="Alpha")
    one.wanted.add(factories.make_region(code="84"))
    make_envisaged(make_agency_body("76"), title="Bêta", theme=theme("handicap"), need="Un autre besoin")
    answered = signed_in(officer).get(f"{BOARD}{query}")
    assert answered.status_code == 200
    assert {name for name in ("Alpha", "Bêta") if f'/">{name}' in text_of(answered)} == found


def test_the_board_costs_the_same_for_one_and_for_thirty(officer, django_assert_num_queries):
    client = signed_in(officer)
    make_envisaged().wanted.add(make_agency_body("76").region)
    with django_assert_num_queries(14):
        client.get(BOARD)
    for _ in range(29):
        make_envisaged().wanted.add(make_agency_body("84").region)
    with django_assert_num_queries(14):
        assert "30 projets" in text_of(client.get(f"{BOARD}?state=all"))
