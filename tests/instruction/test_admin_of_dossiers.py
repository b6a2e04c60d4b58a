"""Dossiers in the admin: whoever runs the portal reads where they stand; nobody changes anything there."""

import pytest
from django.urls import reverse

from projects.models import Dossier
from tests.instruction.conftest import SECRET

NAMES = ("dossier", "journalentry", "snapshot")


def rows(dossier) -> dict[str, int]:
    return {"dossier": dossier.pk, "journalentry": dossier.journal.first().pk, "snapshot": dossier.snapshots.get().pk}


@pytest.mark.parametrize("name", NAMES)
def test_a_superuser_reads_without_the_content(name, admin_client, dossier):
    listed = admin_client.get(reverse(f"admin:projects_{name}_changelist"))
    one = admin_client.get(reverse(f"admin:projects_{name}_change", args=[rows(dossier)[name]]))
    assert (listed.status_code, one.status_code) == (200, 200)
    assert dossier.reference in listed.content.decode()
    assert SECRET not in listed.content.decode() + one.content.decode()
    assert 'name="_save"' not in one.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_added_changed_or_removed(name, admin_client, dossier):
    pk = rows(dossier)[name]
    assert admin_client.get(reverse(f"admin:projects_{name}_add")).status_code == 403
    assert (
        admin_client.post(reverse(f"admin:projects_{name}_change", args=[pk]), {"stage": "granted"}).status_code == 403
    )
    assert admin_client.post(reverse(f"admin:projects_{name}_delete", args=[pk]), {"post": "yes"}).status_code == 403
    assert Dossier.objects.get().stage == "review"


@pytest.mark.parametrize("name", NAMES)
def test_a_curator_of_content_has_no_dossier(name, client, curator, dossier):
    client.force_login(curator)
    assert client.get(reverse(f"admin:projects_{name}_changelist")).status_code == 403
    one = client.get(reverse(f"admin:projects_{name}_change", args=[rows(dossier)[name]]))
    assert one.status_code in (302, 403)
    assert dossier.reference not in client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_lists_ask_as_many_questions_at_any_size(
    name, admin_client, dossier, applicant, tried, django_assert_max_num_queries
):
    with django_assert_max_num_queries(9):
        admin_client.get(reverse(f"admin:projects_{name}_changelist"))
