"""Adding an organisation: who signs, known by a number that is right and not already there."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from actors import actions
from actors.models import Membership, Organisation
from tests import factories
from tests.actors.conftest import page_of
from tests.actors.racing import race
from tests.pages.reading import fields, link, read, visit
from tests.people_factories import BEGUN, invented_rpps, invented_siret, make_organisation

BODY, PERSON = "/compte/organismes/nouveau/organisme/", "/compte/organismes/nouveau/seul/"
SIRET, RPPS = invented_siret(9_000_000), invented_rpps(9_000_000)


@pytest.fixture
def said(db) -> dict:
    """What somebody types for a hospital."""
    return {
        "name": "Hôpital de la Côte",
        "siret": SIRET,
        "status": "public",
        "actor_type": factories.make_actor_type("etablissement-sante-public").pk,
        "region": factories.make_region().pk,
        "department": factories.make_department().pk,
        "may_deposit": "on",
        "mandate": "Direction générale",
    }


@pytest.fixture
def said_alone(said) -> dict:
    """What a nurse alone types."""
    wanted = {name: said[name] for name in ("region", "department", "actor_type")}
    return wanted | {"name": "Sasha Soins", "rpps": RPPS}


def errors(answer) -> dict[str, str]:
    """Return what is told at each field of a form that came back."""
    summary = read(answer).one("div", "fr-alert--error")
    return {item.one("a")["href"].removeprefix("#id_"): item.text for item in summary.all("li")}


def test_the_first_page_leads_to_both_forms(applicant, client):
    client.force_login(applicant)
    main = visit(client, "/compte/organismes/nouveau/").one("main")
    assert link(main, "Ajouter un organisme qui a un SIRET")["href"] == BODY
    assert link(main, "Ajouter mon activité")["href"] == PERSON


def test_whoever_adds_an_organisation_manages_it_and_deposits_as_they_said(said, applicant, client):
    client.force_login(applicant)
    answer = client.post(BODY, said)
    organisation = Organisation.objects.get()
    assert answer.headers["Location"] == page_of(organisation)
    organisation.full_clean()
    own = Membership.objects.get()
    assert (own.user, own.may_manage, own.may_deposit, own.mandate) == (applicant, True, True, "Direction générale")
    assert "« Hôpital de la Côte » est sur le portail." in visit(client, page_of(organisation)).text


def test_without_the_right_to_deposit_one_prepares(said, applicant, client):
    client.force_login(applicant)
    del said["may_deposit"]
    client.post(BODY, said)
    own = Membership.objects.get()
    assert (own.may_manage, own.may_deposit, own.mandate) == (True, False, "")


def test_a_professional_alone_needs_no_siret_and_signs(said_alone, applicant, client):
    client.force_login(applicant)
    form = visit(client, PERSON).one("main").one("form")
    assert dict(fields(form))["name"] == "Camille Porteur"
    client.post(PERSON, said_alone)
    organisation = Organisation.objects.get()
    assert (organisation.status, organisation.rpps, organisation.siret) == ("person", RPPS, "")
    assert organisation.signatory_name == "Sasha Soins"
    assert Membership.objects.get().may_deposit


def test_numbers_may_be_typed_with_spaces_and_dots(said, said_alone, applicant, client):
    client.force_login(applicant)
    spaced = f" {SIRET[:3]} {SIRET[3:6]}\u00a0{SIRET[6:9]}\u202f{SIRET[9:]}"
    client.post(BODY, said | {"siret": spaced, "finess": "2a 000.000-1"})
    assert Organisation.objects.values_list("siret", "finess").get() == (SIRET, "2A0000001")
    client.post(PERSON, said_alone | {"rpps": f"{RPPS[:5]} {RPPS[5:]}"})
    assert Organisation.objects.filter(rpps=RPPS).exists()


@pytest.mark.parametrize(
    ("changed", "name", "words"),
    [
        ({"siret": ""}, "siret", "Donnez le SIRET"),
        ({"siret": SIRET[:-1] + str((int(SIRET[-1]) + 1) % 10)}, "siret", "Ce SIRET n'est pas valable"),
        ({"siret": SIRET[:-1]}, "siret", "Ce SIRET n'est pas valable"),
        ({"siret": "0" * 14}, "siret", "Ce SIRET n'est pas valable"),
        ({"siret": "١" * 14}, "siret", "Ce SIRET n'est pas valable"),
        ({"siret": "9" * 41}, "siret", "40 caractères"),
        ({"siret": "a\x00b"}, "siret", "caractère nul"),
        ({"finess": "12345"}, "finess", "neuf chiffres"),
        ({"name": ""}, "name", "obligatoire"),
        ({"name": "Gagnez sur https://exemple.invalid"}, "name", "sans adresse de site"),
        ({"name": "a" * 201}, "name", "200 caractères"),
        ({"status": "person"}, "status", "choix valide"),
        ({"status": ""}, "status", "obligatoire"),
        ({"actor_type": "0"}, "actor_type", "choix"),
        ({"region": "abc"}, "region", "choix"),
        ({"region": ""}, "region", "obligatoire"),
        ({"mandate": " "}, "mandate", "D'où vient l'habilitation"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(changed, name, words, said, applicant, client):
    client.force_login(applicant)
    answer = client.post(BODY, said | {"signatory_name": "Sacha Signataire"} | changed)
    told = errors(answer)
    assert list(told) == [name]
    assert words in told[name]
    page = read(answer)
    assert page.one("title").text.startswith("Erreur : ")
    assert page.one("input", name="signatory_name")["value"] == "Sacha Signataire"
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("rpps", ["", RPPS[:-1], RPPS[:-1] + str((int(RPPS[-1]) + 1) % 10), "0" * 11, "abcdefghijk"])
def test_a_wrong_rpps_is_refused(rpps, said_alone, applicant, client):
    client.force_login(applicant)
    assert list(errors(client.post(PERSON, said_alone | {"rpps": rpps}))) == ["rpps"]


def test_a_department_elsewhere_is_refused(said, applicant, client):
    elsewhere = factories.make_department(code="31", region=factories.make_region(code="76"))
    client.force_login(applicant)
    assert "n'est pas dans la région" in errors(client.post(BODY, said | {"department": elsewhere.pk}))["department"]


@pytest.mark.parametrize(("name", "address"), [("siret", BODY), ("rpps", PERSON)])
def test_a_known_number_says_how_to_be_invited_and_nothing_of_who_is_there(
    name, address, said, said_alone, applicant, stranger, client
):
    kind = {"siret": "public", "rpps": "person"}[name]
    number = {"siret": SIRET, "rpps": RPPS}[name]
    make_organisation(applicant, name="Nom connu", status=kind, **{name: number})
    client.force_login(stranger)
    answer = client.post(address, said if name == "siret" else said_alone)
    told = errors(answer)
    assert list(told) == [name]
    assert "déjà sur le portail" in told[name]
    assert "vous inviter" in told[name]
    page = read(answer)
    assert page.one("input", name=name)["value"] == number
    assert not any(secret in page.text for secret in ("Nom connu", applicant.email, applicant.full_name))
    assert Membership.objects.count() == 1


def test_a_member_who_adds_their_own_organisation_again_is_told_that_it_is_there(said, applicant, client):
    make_organisation(applicant, siret=SIRET)
    client.force_login(applicant)
    assert "Vous faites déjà partie" in errors(client.post(BODY, said))["siret"]


def test_a_failure_of_the_base_that_is_not_a_known_number_is_not_hidden(applicant):
    given = make_organisation()
    wrong = Organisation(name="X", status="public", siret=SIRET, region_id=given.region_id, actor_type_id=None)
    with pytest.raises(IntegrityError):
        actions.create(wrong, actions.Rights(), by=applicant, now=BEGUN)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_the_same_siret_at_once_one_wins_and_the_other_is_told():
    region, kind = factories.make_region(), factories.make_actor_type("ehpad")
    people = [factories.make_user() for _ in range(2)]

    def adding(user):
        row = Organisation(name="Deux fois", status="public", siret=SIRET, region=region, actor_type=kind)
        return lambda: actions.create(row, actions.Rights(), by=user, now=BEGUN)

    answers = race(*map(adding, people))
    assert sorted(answers) == sorted(["ok", actions.KNOWN])
    assert Organisation.objects.count() == Membership.objects.count() == 1


def test_a_mandate_is_kept_only_for_whoever_deposits():
    assert actions.Rights(mandate="Délégation").columns()["mandate"] == ""
    with pytest.raises(ValidationError):
        actions.Rights(may_deposit=True, mandate="  ").columns()
