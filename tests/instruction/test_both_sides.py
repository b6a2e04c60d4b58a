"""Somebody who stepped back from a dossier and is also on the applicant's side: what they read, and what they do not.

A recusal closes the dossier to the person, on both sides. What stays is the project's own page to its owner: it holds
what they wrote, and nothing that the agency writes.
"""

import pytest
from django.urls import reverse

from projects.engine.people import actor_of
from projects.instruction.notes import write_note
from projects.instruction.tabs import DOSSIER_TABS
from projects.models import Dossier, Recusal
from tests.dossier_factories import NOW
from tests.instruction.conftest import deposited
from tests.people_factories import make_organisation
from tests.retention.test_accounts import make_share

SECRET = "Note interne Q48213"
LISTS = (
    "/instruction/",
    "/instruction/dossiers/",
    "/instruction/tableau/",
    "/instruction/dossiers/dossiers.csv",
    "/dossiers/",
)
APPLICANT_PAGES = ("dossier", "dossier-messages", "dossier-verify")


@pytest.fixture(params=["owner", "member", "editor", "reader"])
def recused(request, of_the_region, applicant, tried, head) -> Dossier:
    """A dossier of which an officer of the agency is also owner, member or guest, and from which they stepped back."""
    part = request.param
    organisation = make_organisation(applicant, *([of_the_region] if part == "member" else []))
    dossier = deposited(applicant, tried, organisation=organisation)
    if part == "owner":
        dossier.project.owner = of_the_region
        dossier.project.save()
    if part in ("editor", "reader"):
        make_share(dossier.project, of_the_region, part)
    write_note(dossier.pk, SECRET, actor_of(head, NOW), NOW)
    Recusal.objects.create(dossier=dossier, user=of_the_region, since=NOW)
    return dossier


def test_no_page_of_the_agency_s_side_opens_and_no_list_names_it(client, recused, of_the_region):
    client.force_login(of_the_region)
    for tab in DOSSIER_TABS:
        assert client.get(reverse(tab.name, args=[recused.reference])).status_code == 404, tab.label
    for page in APPLICANT_PAGES:
        assert client.get(reverse(page, args=[recused.reference])).status_code == 404, page
    for address in LISTS:
        answer = client.get(address)
        html = b"".join(answer).decode()
        assert recused.reference not in html, address
        assert SECRET not in html, address


def test_a_colleague_reads_there_what_is_closed_to_them(client, recused, head):
    client.force_login(head)
    pages = [client.get(reverse(tab.name, args=[recused.reference])) for tab in DOSSIER_TABS]
    assert any(SECRET in page.content.decode() for page in pages if page.status_code == 200)
    assert recused.reference in client.get("/instruction/dossiers/").content.decode()


def test_the_project_s_own_page_tells_nothing_of_the_agency(client, recused, of_the_region):
    client.force_login(of_the_region)
    answer = client.get(f"/dossiers/projets/{recused.project.public_id}/")
    assert answer.status_code == (200 if recused.project.owner == of_the_region else 404)
    html = answer.content.decode()
    assert SECRET not in html
    assert recused.reference not in html
    assert recused.stage_now.agency_label not in html
