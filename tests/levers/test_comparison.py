"""Which levers an address compares, and what each says: never a guess where the rows are silent."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levers.comparison.choice import MOST, READ, Trouble, asked_once, choice_of
from levers.comparison.columns import YOUR_ROLE, columns_of, compare_address, read_levers
from levers.matching import Verdict
from levers.models import Criterion, Lever, Relation
from tests import factories

DAY = date(2026, 6, 1)
KNOWN = ("a", "b", "c", "d", "e", "f")


@pytest.mark.parametrize(
    ("asked", "chosen", "trouble"),
    [
        ([], (), Trouble.NONE_CHOSEN),
        (["", " "], (), Trouble.NONE_CHOSEN),
        (["a"], ("a",), Trouble.ONE_CHOSEN),
        (["a", "a"], ("a",), Trouble.ONE_CHOSEN),
        (["inconnu"], (), Trouble.NONE_CHOSEN),
        (["a", "inconnu"], ("a",), Trouble.ONE_CHOSEN),
        (["b", "a"], ("b", "a"), None),
        (["a", "inconnu", "b"], ("a", "b"), None),
        (["a", "b", "c", "d"], ("a", "b", "c", "d"), None),
        (["a", "b", "c", "d", "e"], ("a", "b", "c", "d", "e"), Trouble.TOO_MANY),
    ],
)
def test_an_address_compares_two_to_four_levers(asked, chosen, trouble):
    found = choice_of(asked_once(asked), KNOWN)
    assert (found.chosen, found.trouble) == (chosen, trouble)


@given(st.lists(st.text(max_size=100) | st.sampled_from(KNOWN), max_size=30))
def test_whatever_the_address_holds_a_table_has_two_to_four_columns_or_none(values):
    found = choice_of(asked_once(values), KNOWN)
    assert len(found.compared) in (0, 2, 3, MOST)
    assert set(found.chosen) <= set(KNOWN)
    assert len(found.unknown) <= READ
    assert all(len(slug) <= 60 for slug in found.unknown)


def columns(*levers: Lever, actor_type: str = ""):
    slugs = tuple(lever.slug for lever in levers)
    return columns_of(read_levers(slugs), slugs, actor_type, DAY)


def test_the_columns_come_in_the_order_of_the_address(db):
    first, second = factories.make_lever(position=1), factories.make_lever(position=2)
    assert [column.lever for column in columns(second, first)] == [second, first]


def test_a_draft_is_not_compared(db):
    draft = factories.make_lever(publication=Lever.Publication.DRAFT)
    lever = factories.make_lever()
    assert set(read_levers([draft.slug, lever.slug]).levers) == {lever.slug}


def test_your_role_is_that_of_the_criteria_about_the_actor_alone(db):
    ehpad = factories.make_actor_type("ehpad")
    factories.make_actor_type("entreprise-start-up", audience="industrie")
    asked = {"fact": "actor_type", "operator": "in", "values": ["ehpad"], "about": Criterion.About.ACTOR}
    strict, with_path, silent = factories.make_lever(), factories.make_lever(), factories.make_lever()
    factories.make_criterion(strict, **asked)
    factories.make_criterion(strict)  # what the project must be does not matter here
    factories.make_path(factories.make_criterion(with_path, **asked), text="Sous un EHPAD.")
    doubtful = factories.make_lever()
    factories.make_criterion(doubtful, contested=True, **asked)
    levers = (strict, with_path, silent, doubtful)

    assert [column.yours[0] for column in columns(*levers, actor_type=ehpad.slug)] == [YOUR_ROLE[Verdict.ELIGIBLE]] * 4
    told = [column.yours for column in columns(*levers, actor_type="entreprise-start-up")]
    assert told == [
        (YOUR_ROLE[Verdict.NOT_ELIGIBLE], ()),
        (YOUR_ROLE[Verdict.VIA_PARTNER], ("Sous un EHPAD.",)),
        (YOUR_ROLE[Verdict.ELIGIBLE], ()),
        (YOUR_ROLE[Verdict.TO_CONFIRM], ()),
    ]
    assert [column.yours for column in columns(*levers)] == [("", ())] * 4


def test_effort_counts_what_is_in_force_and_binding(db):
    lever, other = factories.make_lever(), factories.make_lever()
    factories.make_criterion(lever)
    factories.make_criterion(lever, blocking=False)
    factories.make_criterion(lever, valid_to=date(2026, 5, 31))
    factories.make_criterion(lever, nature=Criterion.Nature.JUDGEMENT, fact="", operator="", values=[])
    factories.make_step(lever, delay="Un mois")
    factories.make_step(lever)
    found, empty = columns(lever, other)
    assert (found.duties, found.judged, len(found.delays), found.silent_steps) == (1, 1, 1, 1)
    assert (empty.duties, empty.judged, len(empty.delays), empty.silent_steps) == (0, 0, 0, 0)


def test_links_with_the_levers_beside_come_first_and_those_with_drafts_are_left_out(db):
    lever, beside, elsewhere = factories.make_lever(), factories.make_lever(), factories.make_lever()
    draft = factories.make_lever(publication=Lever.Publication.DRAFT)
    for other in (draft, elsewhere, beside):
        factories.make_relation(lever, other, kind=Relation.Kind.COMBINES)
    found, _ = columns(lever, beside)
    assert [(other.slug, compared) for _, other, compared in found.relations] == [
        (beside.slug, True),
        (elsewhere.slug, False),
    ]


def test_only_the_amounts_of_the_day_are_compared(db):
    lever, other = factories.make_lever(), factories.make_lever()
    today = factories.make_amount(lever, valid_from=date(2026, 1, 1))
    factories.make_amount(lever, valid_to=date(2025, 12, 31))
    assert columns(lever, other)[0].amounts == (today,)


def test_two_and_four_levers_are_read_in_one_query(db, django_assert_num_queries):
    levers = [factories.make_lever() for _ in range(4)]
    for lever in levers:
        factories.make_relation(lever, levers[0], kind=Relation.Kind.COMBINES)
        factories.make_path(factories.make_criterion(lever, about=Criterion.About.ACTOR))
    for number in (2, 4):
        with django_assert_num_queries(1):
            columns(*levers[:number], actor_type="ehpad")


def test_the_address_of_a_comparison_holds_all_of_it():
    assert compare_address(["a", "b"], "ehpad") == "/leviers/comparer/?levier=a&levier=b&actor_type=ehpad"
    assert compare_address([]) == "/leviers/comparer/"
