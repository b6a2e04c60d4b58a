"""The content read in one statement is the content that the models read table by table."""

from datetime import date

import pytest

from actors.models import ContentVersion
from levers.models import Lever
from levers.reading import LINKS, NAMES, RULES, SHARED, SHEET, TOLD, read, read_sheet
from levers.rulebook import rules_of
from tests import factories

EVERYTHING = (*RULES, *TOLD, *SHEET)
DAY = date(2026, 1, 1)


def values(row) -> dict:
    """What a row holds, with the type of each value."""
    return {f.attname: (type(v := getattr(row, f.attname)), v) for f in row._meta.concrete_fields}


@pytest.fixture
def both(catalogue, django_assert_num_queries):
    """Return the shared rows and the levers, read in one statement, beside the levers as Django reads them."""
    with django_assert_num_queries(1):
        shared, found = read(Lever.objects.published(), EVERYTHING)
        levers = list(found)
    return shared, levers, {lever.pk: lever for lever in Lever.objects.all()}


def test_every_lever_is_read_with_every_value_of_its_own_type(both):
    _, levers, slow = both
    assert {lever.pk: values(lever) for lever in levers} == {pk: values(lever) for pk, lever in slow.items()}


@pytest.mark.parametrize("name", NAMES.values())
def test_every_part_is_read_in_its_order_with_its_source(name, both):
    _, levers, slow = both
    for lever in levers:
        there, expected = getattr(lever, name).all(), getattr(slow[lever.pk], name).all()
        assert [values(row) for row in there] == [values(row) for row in expected]
        assert [row.source.title for row in there] == [row.source.title for row in expected]


@pytest.mark.parametrize("name", LINKS)
def test_linked_rows_are_read_in_their_order(name, both):
    _, levers, slow = both
    for lever in levers:
        assert list(getattr(lever, name).all()) == list(getattr(slow[lever.pk], name).all())


def test_rules_are_what_they_are_when_read_slowly(both):
    _, levers, slow = both
    for lever in levers:
        read_at_once = [as_text(rule) for rule in rules_of(lever, DAY)]
        assert read_at_once == [as_text(rule) for rule in rules_of(slow[lever.pk], DAY)]
    assert sum(len(rules_of(lever, DAY)) for lever in levers) > 50


def as_text(rule) -> tuple:
    """A rule by its values: rules are compared by identity."""
    return tuple(getattr(rule, name) for name in rule.__slots__)


@pytest.mark.parametrize("model", SHARED, ids=lambda model: model.__name__)
def test_small_tables_are_read_whole(model, both):
    shared, *_ = both
    rows = {row.pk: values(row) for row in shared.all(model)}
    assert rows == {row.pk: values(row) for row in model.objects.all()}


def test_places_are_in_the_order_of_the_french_alphabet(both):
    shared, *_ = both
    names = [region.name for region in shared.all(SHARED[1])]
    assert names.index("Hauts-de-France") < names.index("Île-de-France") < names.index("La Réunion")
    assert [agency.region.name for agency in shared.all(SHARED[4])] == names


def test_the_version_read_is_that_of_the_same_moment(both):
    shared, *_ = both
    assert shared.token == ContentVersion.current() != 0


def test_an_empty_base_reads_as_empty(db):
    shared, found = read(Lever.objects.published(), EVERYTHING)
    assert list(found) == []
    assert [shared.all(model) for model in SHARED] == [[], [], [], [], [], []]


def test_a_sheet_is_read_in_one_statement_and_links_to_no_draft(db, django_assert_num_queries):
    lever = factories.make_lever(slug="a")
    other = factories.make_lever(slug="b", title="L'autre")
    draft = factories.make_lever(slug="c", publication=Lever.Publication.DRAFT)
    for target in (other, draft):
        factories.make_relation(lever, target)
    factories.make_step(other)
    with django_assert_num_queries(1):
        _, sheet = read_sheet("a")
        assert [relation.other.title for relation in sheet.relations.all()] == ["L'autre"]
        assert list(sheet.steps.all()) == []
    assert read_sheet("c")[1] is None
    assert read_sheet("nulle-part")[1] is None
