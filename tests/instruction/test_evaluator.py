"""Naming the evaluator of an experiment: an outside person with an account, by who may associate."""

import pytest
from allauth.account.models import EmailAddress

from projects.engine.door import NotAllowed, Refused
from projects.engine.people import actor_of
from projects.instruction.evaluating import end_evaluation, expects_evaluator, name_evaluator
from projects.procedures.catalogue import LATEST
from projects.procedures.vocabulary import Party
from projects.rights.predicates import parties
from tests import factories
from tests.dossier_factories import NOW
from tests.ending.conftest import experiment, people  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluator(db):
    user = factories.make_user("evaluation@exemple.invalid")
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def held(dossier, user) -> frozenset[Party]:
    dossier = type(dossier).objects.prefetch_related("participations", "recusals").get(pk=dossier.pk)
    return parties(actor_of(user, NOW).holdings, dossier)


def test_who_is_named_reads_the_dossier_until_that_ends(experiment, people, evaluator):  # noqa: F811
    head = actor_of(people["head"], NOW)
    part = name_evaluator(experiment.pk, "Evaluation@exemple.invalid", head, NOW)
    assert held(experiment, evaluator) == {Party.EVALUATOR}
    assert name_evaluator(experiment.pk, evaluator.email, head, NOW) == part
    end_evaluation(experiment.pk, part.pk, head, NOW)
    assert held(experiment, evaluator) == frozenset()


@pytest.mark.parametrize("who", ["carrier", "officer", "rapporteur"])
def test_who_carries_or_judges_does_not_evaluate(experiment, people, who):  # noqa: F811
    user = people[who]
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True})
    with pytest.raises(Refused):
        name_evaluator(experiment.pk, user.email, actor_of(people["head"], NOW), NOW)


def test_an_address_without_account_is_refused_in_words(client, experiment, people):  # noqa: F811
    client.force_login(people["head"])
    page = client.post(
        f"/instruction/{experiment.reference}/agences/", {"act": "evaluator", "evaluateur-email": "x@exemple.invalid"}
    )
    assert page.status_code == 409
    assert "Aucun compte n&#x27;a cette adresse" in page.content.decode()


def test_an_officer_does_not_name_one(experiment, people, evaluator):  # noqa: F811
    with pytest.raises(NotAllowed):
        name_evaluator(experiment.pk, evaluator.email, actor_of(people["officer"], NOW), NOW)


def test_only_where_the_procedure_has_something_for_an_evaluator_to_do():
    assert expects_evaluator(LATEST["article-51"])
    assert not expects_evaluator(LATEST["fir"])


def test_the_page_names_one(client, experiment, people, evaluator):  # noqa: F811
    client.force_login(people["head"])
    address = f"/instruction/{experiment.reference}/agences/"
    client.post(address, {"act": "evaluator", "evaluateur-email": evaluator.email})
    assert str(evaluator) in client.get(address).content.decode()


def test_an_evaluator_finds_the_dossier_among_their_own_pages_until_that_ends(
    client,
    experiment,  # noqa: F811
    people,  # noqa: F811
    evaluator,
):
    head, address = actor_of(people["head"], NOW), f'href="/instruction/{experiment.reference}/"'
    part = name_evaluator(experiment.pk, evaluator.email, head, NOW)
    client.force_login(evaluator)
    assert address in client.get("/dossiers/").content.decode()
    end_evaluation(experiment.pk, part.pk, head, NOW)
    assert address not in client.get("/dossiers/").content.decode()
