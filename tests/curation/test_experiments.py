"""The register in the hands of curators: its page saves, publication refuses what nobody could use."""

import pytest
from django.core.exceptions import ValidationError

from apist.fixtures import files_from_base
from projects import actions
from projects.models import Experiment
from tests import factories, register_factories
from tests.curation.test_admin_lists import shown
from tests.curation.test_admin_pages import save_untouched
from tests.pages.reading import visit


@pytest.mark.parametrize("slug", ["oralien", "home-toulouse", "centres-sante-participatifs"])
def test_the_page_of_an_experiment_saves_whatever_the_number_of_its_parts(slug, client, curator, catalogue):
    client.force_login(curator)
    before = files_from_base()
    save_untouched(client, "experiment", Experiment.objects.get(slug=slug).pk, app="projects")
    assert files_from_base() == before


@pytest.fixture
def draft(db) -> Experiment:
    """Return a draft that lacks nothing."""
    one = register_factories.make_experiment(publication="draft", regions=[factories.make_region(code="76")])
    register_factories.make_participant(one)
    return one


def test_an_experiment_that_lacks_nothing_is_published_and_hidden_again(draft):
    actions.publish_experiment(draft)
    actions.publish_experiment(draft)
    assert Experiment.objects.published().get() == draft
    actions.unpublish_experiment(draft)
    assert not Experiment.objects.published().exists()
    assert list(draft.history.values_list("publication", flat=True)) == ["draft", "published", "draft"]


def test_nobody_to_ask_and_no_region_are_refused_in_words(draft):
    draft.participants.all().delete()
    draft.regions.clear()
    with pytest.raises(ValidationError, match=r"un organisme à qui s'adresser.* ; une région"):
        actions.publish_experiment(draft)
    assert not Experiment.objects.published().exists()


def test_a_national_experiment_needs_no_region(draft):
    draft.regions.clear()
    draft.reach = Experiment.Reach.NATIONAL
    actions.publish_experiment(draft)
    assert draft.publication == "published"


def test_a_call_by_which_one_joins_must_be_public(draft):
    draft.join_call = factories.make_call(publication="draft")
    with pytest.raises(ValidationError, match="la publication de l'appel"):
        actions.publish_experiment(draft)


def test_what_is_published_in_the_admin_is_public_at_once(draft, client, curator):
    assert "Aucune expérimentation n'est publiée" in visit(client, "/experimentations/").text
    client.force_login(curator)
    sent = {"action": "publish", "_selected_action": [draft.pk]}
    page = client.post("/admin/projects/experiment/", sent, follow=True)
    assert f"Expérimentation(s) publiée(s) : {draft.short_name}." in page.content.decode()
    client.logout()
    assert "1 expérimentation" in visit(client, "/experimentations/").text


def test_a_refusal_is_said_and_the_others_are_published(draft, client, curator):
    other = register_factories.make_experiment(publication="draft", short_name="VIDE")
    client.force_login(curator)
    sent = {"action": "publish", "_selected_action": [draft.pk, other.pk]}
    page = client.post("/admin/projects/experiment/", sent, follow=True).content.decode()
    assert "« VIDE » ne peut pas être publiée." in page
    assert set(Experiment.objects.published()) == {draft}


def test_curators_find_experiments_by_who_takes_part_and_by_what_became_of_them(admin_client):
    one = register_factories.make_experiment(outcome="ended", publication="draft")
    register_factories.make_participant(one, name="UFSBD")
    register_factories.make_experiment()
    for filters in ({"q": "UFSBD"}, {"outcome__exact": "ended"}, {"publication__exact": "draft"}):
        assert shown(admin_client, "projects_experiment", **filters) == {str(one.pk)}


def test_each_part_has_its_page_and_its_history(admin_client, db):
    one = register_factories.make_experiment()
    for make in (
        register_factories.make_participant,
        register_factories.make_target,
        register_factories.make_phase,
        register_factories.make_act,
        register_factories.make_discrepancy,
        register_factories.make_twin,
    ):
        row = make(one)
        address = f"/admin/projects/{row._meta.model_name}/{row.pk}"
        assert admin_client.get(f"{address}/change/").status_code == 200
        assert admin_client.get(f"{address}/history/").status_code == 200
