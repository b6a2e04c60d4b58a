"""The facets of the list: what each keeps, how many it says it would find, and what it must not tell."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from actors.models import Body
from projects.models import Dossier, Participation
from tests.dossier_factories import NOW, make_officer
from tests.factories import make_actor_type, make_department
from tests.instruction.list_builders import entrust_to, fir_dossier, make_label
from tests.instruction.test_home_and_list import LIST, shown
from tests.people_factories import make_agency_body, make_body, make_organisation

QUERIES = 21


def counts(client, query: str = "") -> dict[str, dict[str, int]]:
    """Return the number beside each value that the list shows, by facet."""
    html = unescape(client.get(f"{LIST}?{query}").content.decode())
    facets = re.findall(r'<summary id="facette-(\w+)">.*?</details>', html, flags=re.S)
    found = {}
    for name in facets:
        part = html.split(f'<summary id="facette-{name}">')[1].split("</details>")[0]
        boxes = re.findall(r'value="([^"]+)"(?: checked)?><label[^>]*>[^<]*\((\d+)\)</label>', part)
        lines = re.findall(r'<option value="([^"]+)">[^<]*\((\d+)\)</option>', part)
        found[name] = {value: int(number) for value, number in boxes + lines}
    return found


def due_in(dossier: Dossier, days: float) -> Dossier:
    Dossier.objects.filter(pk=dossier.pk).update(due_at=timezone.now() + timedelta(days=days))
    return dossier


@pytest.fixture
def three(applicant, of_the_region) -> dict[str, Dossier]:
    """Three dossiers of the FIR that differ in everything that is filtered."""
    small = fir_dossier(
        applicant,
        {"fir_missions": ["prevention"], "prs_objective": "Objectif 7 des aînés", "innovation_field": []},
        9_999,
        organisation=make_organisation(actor_type=make_actor_type("msp")),
    )
    middle = fir_dossier(
        applicant,
        {"fir_missions": ["prevention", "access"], "innovation_field": ["technologique-numerique"]},
        10_000,
        organisation=make_organisation(),
    )
    plain = deposited_without_anything(applicant)
    due_in(small, -1)
    due_in(middle, 3)
    due_in(plain, 20)
    entrust_to(small, of_the_region)
    make_label(middle, "Urgent")
    return {"small": small, "middle": middle, "plain": plain}


def deposited_without_anything(applicant) -> Dossier:
    dossier = fir_dossier(applicant)
    dossier.facets.all().delete()
    Dossier.objects.filter(pk=dossier.pk).update(facet_values=None, asked=None)
    return dossier


EXPECTED = {
    "due=late": ("small",),
    "due=week": ("middle",),
    "due=month": ("middle", "plain"),
    "due=late&due=week": ("small", "middle"),
    "due=none": (),
    "asked=0-10000": ("small",),
    "asked=10000-50000": ("middle",),
    "asked=none": ("plain",),
    "mission=prevention": ("small", "middle"),
    "mission=access": ("middle",),
    "mission=access&mission=none": ("middle", "plain"),
    "theme=technologique-numerique": ("middle",),
    "theme=none": ("small", "plain"),
    "prs=given": ("small", "middle"),
    "prs=none": ("plain",),
    "q=objectif 7": ("small",),
    "actor_type=msp": ("small",),
    "person=me": ("small",),
    "person=nobody": ("middle", "plain"),
    "person=me&person=nobody": ("small", "middle", "plain"),
    "label=urgent": ("middle",),
    "stage=fir:received": ("small", "middle", "plain"),
    "stage=fir:inconnue": (),
    "label=inconnue": (),
    "person=inconnu": (),
    "person=99999999999999999999": (),
    "department=99": (),
    "mission=%00": (),
    "lever=%00": (),
    "mission=prevention&due=week": ("middle",),
    "sort=asked": ("small", "middle", "plain"),
}


@pytest.mark.parametrize("query", EXPECTED)
def test_each_facet_keeps_what_it_says(query, client, three, of_the_region):
    client.force_login(of_the_region)
    assert shown(client, query) == {three[name].reference for name in EXPECTED[query]}


@pytest.mark.parametrize("query", ["", "mission=prevention", "due=week&asked=10000-50000", "label=urgent", "person=me"])
def test_each_number_is_what_the_value_would_find(query, client, three, of_the_region):
    client.force_login(of_the_region)
    said = counts(client, query)
    assert {"due", "person", "asked", "mission", "theme", "prs", "stage", "macro"} <= said.keys()
    for name, values in said.items():
        others = [pair for pair in query.split("&") if pair and not pair.startswith(f"{name}=")]
        if name == "standing":
            others = query.split("&") if query else []
        for value, number in values.items():
            assert (name, value, number) == (name, value, len(shown(client, "&".join([*others, f"{name}={value}"]))))


def test_dossiers_are_put_in_order_by_what_they_ask(client, three, of_the_region):
    client.force_login(of_the_region)
    html = client.get(f"{LIST}?sort=asked").content.decode()
    places = [html.index(f"/instruction/{three[name].reference}/") for name in ("middle", "small", "plain")]
    assert places == sorted(places)


def test_the_department_of_the_organisation_is_a_facet(client, applicant, of_the_region):

    department = make_department()
    one = fir_dossier(applicant, organisation=make_organisation(department=department))
    fir_dossier(applicant, organisation=make_organisation())
    client.force_login(of_the_region)
    assert shown(client, "department=971") == {one.reference}
    assert counts(client)["department"] == {"971": 1}


def test_people_and_labels_of_an_agency_are_not_told_to_another_administration(client, applicant, of_the_region):
    dossier = fir_dossier(applicant)
    entrust_to(dossier, of_the_region)
    make_label(dossier, "Urgent")
    national = make_body(Body.Kind.DGOS)
    Participation.objects.create(dossier=dossier, capacity="dgos", body=national, since=NOW)
    client.force_login(make_officer(national))
    assert shown(client) == {dossier.reference}
    html = client.get(LIST).content.decode()
    assert "Dominique Instructeur" not in html
    assert "Urgent" not in html
    for query in (f"person={of_the_region.pk}", "person=nobody", "label=urgent"):
        assert shown(client, query) == set()


def test_labels_of_two_agencies_do_not_mix(client, applicant, of_the_region):
    make_label(fir_dossier(applicant), "Urgent")
    elsewhere = fir_dossier(applicant, body=make_agency_body("76"))
    make_label(elsewhere, "Autre")
    client.force_login(of_the_region)
    assert counts(client)["label"] == {"urgent": 1}


def test_the_queries_of_the_list_are_the_same_at_any_size(client, applicant, of_the_region, django_assert_num_queries):
    client.force_login(of_the_region)
    for size in (1, 29):
        for _ in range(size):
            dossier = fir_dossier(applicant, {"fir_missions": ["prevention"]}, 5_000, organisation=make_organisation())
            entrust_to(dossier, of_the_region)
            make_label(dossier)
        with django_assert_num_queries(QUERIES):
            answer = client.get(LIST)
        assert answer.status_code == 200
        assert counts(client)["mission"]["prevention"] in (1, 30)


def test_what_is_typed_is_never_taken_for_html(client, applicant, of_the_region):
    dossier = fir_dossier(applicant, organisation=make_organisation(name='<script>alert("1")</script>'))
    dossier.project.title = "<img src=x onerror=alert(1)>"
    dossier.project.save()
    make_label(dossier, "<b>gras</b>")
    client.force_login(of_the_region)
    for address in (LIST, "/instruction/tableau/", f"{LIST}?label=<b>gras</b>&q=<i>"):
        html = client.get(address).content.decode()
        assert not re.search(r"<script>alert|<img src=x|<b>gras|<i>", html)
