"""Calls in the hands of curators: their page saves, publication refuses what nobody could answer, all follows."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apist.fixtures import files_from_base
from levers import actions
from levers.models import Call
from tests import factories
from tests.curation.test_admin_lists import shown
from tests.curation.test_admin_pages import save_untouched

NOW = datetime(2026, 4, 2, tzinfo=UTC)
OPEN = [("opening", "2026-03-01"), ("closing", "2999-01-01")]
OVER = [("opening", "2019-03-01"), ("closing", "2019-05-01")]


@pytest.mark.parametrize("slug", ["structures-3-0-2020", "challenge-prevention-france-2030", "precarite-corse-2025"])
def test_the_page_of_a_call_saves_whatever_the_number_of_its_parts(slug, client, curator, catalogue):
    client.force_login(curator)
    before = files_from_base()
    save_untouched(client, "call", Call.objects.get(slug=slug).pk)
    assert files_from_base() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"deposit_title": "Plateforme"}, "une date"),
        ({"events": OPEN}, "où répondre"),
        ({"expected": True}, "où répondre"),
        ({}, "une date"),
    ],
)
def test_a_call_that_nobody_could_answer_is_not_published(fields, missing):
    call = factories.make_call(publication="draft", **fields)
    with pytest.raises(ValidationError, match=missing):
        actions.publish_call(call, NOW)
    assert not Call.objects.published().exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"events": OPEN, "deposit_title": "Plateforme"},
        {"events": OPEN, "deposit_email": "appels@exemple.invalid"},
        {"expected": True, "deposit_text": "À vérifier auprès de l'agence."},
        {"events": OVER},
    ],
)
def test_a_call_that_can_be_answered_or_is_over_is_published_and_hidden_again(fields):
    call = factories.make_call(publication="draft", **fields)
    actions.publish_call(call, NOW)
    actions.publish_call(call, NOW)
    assert Call.objects.published().get() == call
    actions.unpublish_call(call)
    assert not Call.objects.published().exists()
    assert call.history.count() == 3


@pytest.mark.django_db
def test_the_admin_publishes_what_it_can_and_says_why_not_the_others(client, curator):
    client.force_login(curator)
    ready = factories.make_call(title="Prêt", publication="draft", events=OPEN, deposit_title="Plateforme")
    bare = factories.make_call(title="Nu", publication="draft")
    address = reverse("admin:levers_call_changelist")
    page = client.post(address, {"action": "publish", "_selected_action": [ready.pk, bare.pk]}, follow=True)
    said = [str(message) for message in page.context["messages"]]
    assert said[0].startswith("« Nu » ne peut pas être publié.")
    assert said[1] == "Appel(s) publié(s) : Prêt."
    client.post(address, {"action": "unpublish", "_selected_action": [ready.pk]})
    assert not Call.objects.published().exists()


@pytest.mark.django_db
def test_publication_is_not_a_field_of_the_page(client, curator):
    client.force_login(curator)
    call = factories.make_call(publication="draft")
    form = client.get(reverse("admin:levers_call_change", args=[call.pk])).context["adminform"].form
    assert "publication" not in form.fields


@pytest.mark.django_db
def test_curators_find_calls_by_where_they_stand(admin_client):
    opened = factories.make_call(events=OPEN)
    coming = factories.make_call(expected=True)
    over = factories.make_call(events=OVER)
    for value, call in (("open", opened), ("upcoming", coming), ("closed", over)):
        assert shown(admin_client, "levers_call", situation=value) == {str(call.pk)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"roles": ["chef"]}, "Choisissez parmi"),
        ({"roles": "carrier"}, "Choisissez parmi"),
        ({"organiser": "ministry", "agency": True}, "n'est pas une agence"),
    ],
)
def test_what_a_call_may_not_say_is_refused(fields, message):
    if fields.get("agency"):
        fields = fields | {"agency": factories.make_agency()}
    call = factories.make_call()
    for name, value in fields.items():
        setattr(call, name, value)
    with pytest.raises(ValidationError, match=message):
        call.full_clean()


@pytest.mark.django_db
def test_an_hour_without_a_day_and_an_amount_upside_down_are_refused():
    call = factories.make_call()
    with pytest.raises(ValidationError, match="ne donne pas le jour"):
        factories.make_event(call, "closing", "2026-05-31", "12:00", precision="month").full_clean()
    with pytest.raises(ValidationError, match="inversez"):
        factories.make_call_amount(call, minimum=2, maximum=1).full_clean()


@pytest.mark.django_db
def test_everything_that_a_curator_changes_in_a_call_is_in_its_history(client, curator):
    client.force_login(curator)
    call = factories.make_call(events=OPEN)
    save_untouched(client, "call", call.pk)
    assert call.history.latest().history_user == curator
