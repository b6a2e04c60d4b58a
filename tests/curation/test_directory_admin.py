"""Curators keep the directory: an address of a person is refused, and a row tells its history."""

import pytest
from django.urls import reverse

from actors.models import Delegation, LocalBody, Referent
from tests import factories
from tests import register_factories as made

WORDS = "Cette adresse semble être celle"


def sent(row, **changes) -> dict:
    """Return what a browser sends when the page of a row is saved."""
    fields = [*row._meta.concrete_fields, *row._meta.local_many_to_many]
    data = {field.name: field.value_from_object(row) for field in fields if field.name != "id"}
    data = {name: [one.pk for one in value] if isinstance(value, list) else value for name, value in data.items()}
    return {name: value for name, value in (data | changes).items() if value not in (None, False)}


@pytest.mark.django_db
@pytest.mark.parametrize("make", [made.make_delegation, made.make_referent, made.make_local_body])
def test_the_address_of_a_person_is_refused_and_that_of_a_service_kept(make, curator, client):
    client.force_login(curator)
    row = make()
    address = reverse(f"admin:actors_{row._meta.model_name}_change", args=[row.pk])
    refused = client.post(address, sent(row, email="camille.durand@ars.sante.fr"))
    assert refused.status_code == 200
    assert WORDS in refused.content.decode()
    assert client.post(address, sent(row, email="innovation@ars.sante.fr")).status_code == 302
    row.refresh_from_db()
    assert row.email == "innovation@ars.sante.fr"
    assert row.history.first().history_user == curator


@pytest.mark.django_db
def test_the_door_of_an_agency_is_never_a_person_either(curator, client):
    client.force_login(curator)
    agency = factories.make_agency()
    address = reverse("admin:actors_agency_change", args=[agency.pk])
    assert WORDS in client.post(address, sent(agency, entry_email="c.durand@ars.sante.fr")).content.decode()
    assert client.post(address, sent(agency, entry_email="innovation@ars.sante.fr")).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Delegation, Referent, LocalBody])
def test_each_list_offers_what_is_to_be_reviewed(model, admin_client):
    page = admin_client.get(reverse(f"admin:actors_{model._meta.model_name}_changelist"), {"verification": "en-retard"})
    assert page.status_code == 200
    assert "À revoir" in page.content.decode()
