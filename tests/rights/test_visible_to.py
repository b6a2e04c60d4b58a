"""Two ways of asking the table of rights, a query and a question about one dossier, always agree."""

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actors.models import Body
from projects.models import Dossier, Participation, Project, Recusal
from projects.procedures.vocabulary import Macro, Party
from projects.rights import queries
from projects.rights.holdings import NOBODY, Holdings
from projects.rights.predicates import lost_to_their_side, may_read, parties
from projects.rights.queries import in_sight
from projects.rights.table import APPLICANT_SIDE, INSTRUCTING_SIDE, RIGHTS, Column
from tests import factories
from tests.dossier_factories import NOW
from tests.people_factories import make_agency_body, make_body, make_organisation

pytestmark = pytest.mark.django_db

BODIES, PEOPLE, ORGANISATIONS, PROJECTS = "bodies", "people", "organisations", "projects"
OF_COLUMN = {
    "project.owner_id": PEOPLE, "entered_by_id": PEOPLE, "user_id": PEOPLE, "organisation_id": ORGANISATIONS,
    "project_id": PROJECTS, "body_id": BODIES,
}  # fmt: skip
"""What the numbers of a column are numbers of."""


def names() -> dict[str, str]:
    """Every name under which something is held, and what it holds the numbers of."""
    links = [right.link for right in RIGHTS] + [right.within for right in RIGHTS if right.within]
    return {link.holds: OF_COLUMN[link.path if isinstance(link, Column) else link.column] for link in links}


@pytest.fixture
def world() -> dict[str, list[int]]:
    """Dossiers of two regions at every status, confidential or not, that name people and bodies in every capacity.

    Nothing goes through the door here: only what the table compares is there.
    """
    draw = random.Random("world")
    people = [factories.make_user().pk for _ in range(4)]
    organisations = [make_organisation().pk, make_organisation(region=factories.make_region(code="76")).pk]
    bodies = [make_agency_body("01").pk, make_agency_body("76").pk, make_body(Body.Kind.DGOS).pk]
    projects = Project.objects.bulk_create(
        Project(title=f"P{rank}", owner_id=[*people, None][rank % 5], created_at=NOW) for rank in range(12)
    )
    rows = [
        Dossier(
            project=projects[rank % len(projects)],
            organisation_id=[*organisations, None][rank % 3],
            body_id=[*bodies, None][rank // 3 % 4],
            entered_by_id=[None, None, *people][rank % 6],
            procedure_key="first-contact",
            procedure_version=1,
            macro=macro,
            confidential=confidential,
            opened_at=NOW,
            deposited_at=NOW if draw.random() < 0.7 else None,
        )
        for rank, (macro, confidential, _) in enumerate(product(Macro, (False, True), range(4)))
    ]
    dossiers = Dossier.objects.bulk_create(rows)
    parts = [party for party in Party if party is not Party.SYSTEM]
    Participation.objects.bulk_create(
        Participation(dossier=dossier, capacity=party, since=NOW, **name)
        for dossier in dossiers
        for party in draw.sample(parts, 6)
        for name in ({"body_id": draw.choice(bodies)}, {"user_id": draw.choice(people)})
    )
    ended = list(Participation.objects.values_list("pk", flat=True))[::5]
    assert Participation.objects.filter(pk__in=ended).update(until=NOW)
    Recusal.objects.bulk_create(
        Recusal(dossier=dossier, user_id=draw.choice(people), since=NOW) for dossier in dossiers[::5]
    )
    pools = {BODIES: bodies, PEOPLE: people, ORGANISATIONS: organisations}
    return pools | {PROJECTS: [project.pk for project in projects]}


def everything() -> list[Dossier]:
    """Every dossier, with what the predicates look at."""
    return list(Dossier.objects.select_related("project").prefetch_related("participations", "recusals"))


EVERYBODY = frozenset(Party)
SIDES = [
    EVERYBODY,
    APPLICANT_SIDE,
    INSTRUCTING_SIDE,
    frozenset({Party.OFFICER, Party.HEAD}),
    frozenset({Party.JUROR}),
    frozenset({Party.CARRIER}),
]
"""As what lists and pages ask."""


def seen_by(holdings: Holdings, side: frozenset[Party] = EVERYBODY) -> set[int]:
    """What the query keeps, each once."""
    found = list(Dossier.objects.visible_to(holdings, side).values_list("pk", flat=True))
    assert len(found) == len(set(found))
    assert set(in_sight(Dossier.objects.all(), holdings, side).values_list("pk", flat=True)) == set(found)
    return set(found)


def test_the_query_and_the_predicate_agree_whatever_is_held(world):
    dossiers = everything()

    def held(name: str):
        return st.frozensets(st.sampled_from(world[names()[name]]), max_size=3)

    @settings(max_examples=150, deadline=None, database=None)
    @given(
        st.builds(
            Holdings,
            st.sampled_from([*world[PEOPLE], None]),
            st.fixed_dictionaries({}, optional={name: held(name) for name in names()}),
        ),
        st.sampled_from(SIDES),
    )
    def agree(holdings, side):
        as_what = {dossier.pk: parties(holdings, dossier) for dossier in dossiers}
        assert seen_by(holdings, side) == {pk for pk, found in as_what.items() if found & side}
        assert all(found <= APPLICANT_SIDE or found <= INSTRUCTING_SIDE for found in as_what.values())
        shut = set(Dossier.objects.shut_to(holdings).values_list("pk", flat=True))
        lost = {dossier.pk for dossier in dossiers if lost_to_their_side(holdings, dossier)}
        assert lost <= shut
        assert shut.isdisjoint(seen_by(holdings, INSTRUCTING_SIDE))

    agree()


def test_who_is_on_both_sides_is_an_applicant_and_nothing_else(world):
    holdings = Holdings(world[PEOPLE][0], {name: frozenset(world[kind]) for name, kind in names().items()})
    own = [dossier for dossier in everything() if may_read(holdings, dossier)]
    assert any(lost_to_their_side(holdings, dossier) for dossier in own)
    assert all(parties(holdings, dossier) <= APPLICANT_SIDE for dossier in own)
    assert seen_by(holdings, INSTRUCTING_SIDE) == set()
    assert seen_by(holdings, APPLICANT_SIDE) == seen_by(holdings) != set()


@pytest.mark.parametrize("rank", range(len(RIGHTS)), ids=[f"{rank}-{one.party}" for rank, one in enumerate(RIGHTS)])
def test_each_row_of_the_table_opens_something_and_not_everything(rank, world):
    right = RIGHTS[rank]
    held = {right.link.holds: frozenset(world[names()[right.link.holds]][:1])}
    if right.within:
        held[right.within.holds] = frozenset(world[names()[right.within.holds]])
    holdings = Holdings(world[PEOPLE][0], held)
    seen = seen_by(holdings)
    assert 0 < len(seen) < len(everything())
    assert seen == {dossier.pk for dossier in everything() if may_read(holdings, dossier)}
    statuses = {dossier.macro for dossier in everything() if dossier.pk in seen}
    rows = [one for one in RIGHTS if one.link.holds == right.link.holds]  # the same number may open several rows
    assert statuses <= {str(macro) for one in rows for macro in one.sees}


def test_who_holds_everything_and_is_recused_does_not_see_the_dossier(world):
    holdings = Holdings(world[PEOPLE][0], {name: frozenset(world[kind]) for name, kind in names().items()})
    recused = set(Recusal.objects.filter(user=world[PEOPLE][0]).values_list("dossier_id", flat=True))
    assert recused
    assert seen_by(holdings) & recused == set()
    assert seen_by(holdings)


def test_nobody_sees_nothing(world, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert seen_by(NOBODY) == set()
    everything_but_a_name = Holdings(None, {name: frozenset(world[kind]) for name, kind in names().items()})
    assert seen_by(everything_but_a_name) == set()


def test_what_one_may_see_is_one_query_whatever_is_held(world, django_assert_num_queries):
    holdings = Holdings(world[PEOPLE][0], {name: frozenset(world[kind]) for name, kind in names().items()})
    with django_assert_num_queries(1):
        assert list(Dossier.objects.visible_to(holdings))


def test_a_part_that_was_ended_opens_nothing_and_one_that_is_begun_again_opens(world):
    holdings = Holdings(world[PEOPLE][0], {"agency_bodies": frozenset(world[BODIES])})
    parts = Participation.objects.filter(dossier__deposited_at__isnull=False, dossier__confidential=False)
    part = parts.filter(capacity=Party.ASSOCIATE, until=None).exclude(body=None).exclude(
        dossier__recusals__user=world[PEOPLE][0]
    ).first()  # fmt: skip
    assert part.dossier_id in seen_by(holdings)
    Participation.objects.filter(dossier=part.dossier_id, capacity=Party.ASSOCIATE).update(until=NOW)
    assert part.dossier_id not in seen_by(holdings)
    dossier = next(one for one in everything() if one.pk == part.dossier_id)
    assert not may_read(holdings, dossier)
    Participation.objects.create(dossier_id=part.dossier_id, capacity=Party.ASSOCIATE, body_id=part.body_id, since=NOW)
    assert part.dossier_id in seen_by(holdings)


@pytest.mark.parametrize("few", [0, 3, 200])
def test_what_a_list_looks_up_first_changes_nothing_of_what_is_seen(few, world, monkeypatch):
    monkeypatch.setattr(queries, "FEW", few)
    dossiers = everything()
    for rank, right in enumerate(RIGHTS):
        held = {one.link.holds: frozenset(world[names()[one.link.holds]][:1]) for one in (right, RIGHTS[rank - 1])}
        held |= {one.within.holds: frozenset(world[BODIES]) for one in (right, RIGHTS[rank - 1]) if one.within}
        holdings = Holdings(world[PEOPLE][1], held)
        assert seen_by(holdings) == {dossier.pk for dossier in dossiers if may_read(holdings, dossier)}
