"""The directory's content: every agency, every department covered or said, no person."""

import re

import pytest

from actors.models import Agency, Delegation, Department, LocalBody, Referent, Subject
from actors.service_address import looks_personal
from levers.directory.reading import read_book
from levers.words import fold
from tests.factories import VERIFIED

ROWS = (Subject, Delegation, Referent, LocalBody)
PHONE = re.compile(r"(?<!\d)0[1-9](?:[ .-]?\d{2}){4}(?!\d)")
CIVILITY = re.compile(r"\b(?:M\.|Mme|Mlle|Dr|Pr|Monsieur|Madame|Docteur|Professeur)\s")


def texts(row) -> dict[str, str]:
    """Return what a row says in words, its own source apart."""
    fields = {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: value for name, value in fields.items() if isinstance(value, str) and name not in ("locator", "url")}


def test_the_eighteen_agencies_have_a_place(catalogue):
    book = read_book(VERIFIED, 0)
    assert len(book.places) == Agency.objects.count() == 18
    assert list(book.places) == [
        place.region.code for place in sorted(book.places.values(), key=lambda p: fold(p.region.name))
    ]


def test_every_department_is_in_one_place_with_its_delegation_or_without_and_then_it_is_said(catalogue, client):
    book = read_book(VERIFIED, 0)
    codes = [one.code for place in book.places.values() for one in place.departments]
    assert len(codes) == len(set(codes)) == Department.objects.count() == 101
    for place in book.places.values():
        page = client.get(f"/annuaire/{place.region.code}/").content.decode()
        unknown = [one for one in place.departments if one.code not in place.known.delegations]
        assert page.count("délégation à vérifier") == len(unknown)


def test_a_delegation_is_in_the_region_of_its_agency_and_a_seat_has_no_department(catalogue):
    for row in Delegation.objects.select_related("agency__region").prefetch_related("departments__region"):
        departments = list(row.departments.all())
        assert bool(departments) is not row.is_seat, row.slug
        assert {one.region for one in departments} <= {row.agency.region}, row.slug


def test_the_subjects_of_the_guide_are_there_and_each_names_an_expert(catalogue):
    slugs = set(Subject.objects.values_list("slug", flat=True))
    assert slugs >= {"cancerologie", "achats-hospitaliers", "grand-age", "handicap", "medicaments", "numerique"}
    assert all(subject.expert for subject in Subject.objects.all())


def test_at_most_one_e_health_group_a_region_and_those_without_are_known(catalogue):
    book = read_book(VERIFIED, 0)
    found = {code: len(place.known.e_health) for code, place in book.places.items()}
    assert {code for code, number in found.items() if number == 0} == {"03", "52"}
    assert max(found.values()) == 1


def test_the_national_doors_are_several_administrations(catalogue):
    doors = {body.slug for body in read_book(VERIFIED, 0).national if body.kind == LocalBody.Kind.AUTHORITY}
    assert doors == {"rapporteur-article-51", "dgos", "cnsa", "ans-gnius", "ais"}


@pytest.mark.parametrize("model", ROWS)
def test_no_row_names_a_person_a_telephone_or_a_private_address(model, catalogue):
    for row in model.objects.all():
        assert not looks_personal(getattr(row, "email", "")), row
        for name, text in texts(row).items():
            assert not PHONE.search(text), (row, name)
            assert not CIVILITY.search(text), (row, name)
        row.full_clean(exclude=["source"])
