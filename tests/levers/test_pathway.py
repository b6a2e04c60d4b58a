"""The pathway: where levers and links stand in the picture, and which levers a profile keeps."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from levers.models import Category, Criterion, Lever, Relation
from levers.pathway.layout import LEFT, MOST, ROW, STAGE, TOP, Link, Stop, in_order, picture_of
from levers.pathway.own import own_stops, stops_of
from levers.pathway.reading import make_pathway
from levers.rulebook import match_all, read_rulebook
from tests import factories

DAY = date(2026, 6, 1)
STAGES = {"idee": "Idée", "essai": "Essai", "mesure": "Mesure", "usage": "Usage"}


def stop(slug: str, *stages: str, position: int = 1) -> Stop:
    return Stop(slug, slug.title(), position, stages)


def test_levers_come_as_a_project_meets_them():
    stops = [
        stop("rien"),
        stop("fin", "usage"),
        stop("tout", "idee", "usage"),
        stop("debut", "idee"),
        stop("b", "essai"),
    ]
    assert [one.slug for one in in_order(stops, tuple(STAGES))] == ["debut", "tout", "b", "fin", "rien"]


def test_a_bar_covers_stages_that_follow_and_a_gap_is_a_gap():
    picture = picture_of(STAGES, [stop("a", "idee", "essai", "usage")], [])
    first, second = picture.rows[0].bars
    assert LEFT < first.x < LEFT + STAGE
    assert LEFT + STAGE < first.x + first.width < LEFT + 2 * STAGE
    assert second.x > LEFT + 3 * STAGE
    assert second.x + second.width < LEFT + 4 * STAGE == picture.right


def test_a_lever_of_no_known_stage_has_a_row_and_no_bar():
    (row,) = picture_of(STAGES, [stop("a", "ailleurs")], []).rows
    assert row.bars == ()
    assert row.y == TOP


def test_nothing_is_drawn_of_nothing():
    assert picture_of(STAGES, [], []) is None
    assert picture_of({}, [stop("a")], []) is None


def test_a_link_is_drawn_once_when_it_reads_the_same_both_ways():
    stops = [stop("a", "idee"), stop("b", "essai")]
    both = [Link("a", "b", "combines"), Link("b", "a", "combines")]
    assert [arc.directed for arc in picture_of(STAGES, stops, both).arcs] == [False]
    ways = [Link("a", "b", "carried-through"), Link("b", "a", "carried-through")]
    assert [arc.directed for arc in picture_of(STAGES, stops, ways).arcs] == [True, True]


def test_a_link_to_a_lever_that_is_not_drawn_or_to_itself_is_left_out():
    links = [Link("a", "absent", "combines"), Link("a", "a", "follows")]
    assert picture_of(STAGES, [stop("a", "idee")], links).arcs == ()


@given(
    st.lists(
        st.builds(
            Stop,
            st.text("abcdef", min_size=1, max_size=3),
            st.text(max_size=5),
            st.integers(0, 9),
            st.lists(st.sampled_from([*STAGES, "ailleurs"]), unique=True).map(tuple),
        ),
        max_size=60,
        unique_by=lambda one: one.slug,
    ),
    st.data(),
)
def test_everything_stands_inside_the_picture(stops, data):
    slugs = [one.slug for one in stops] or ["a"]
    ends = st.builds(Link, st.sampled_from(slugs), st.sampled_from(slugs), st.sampled_from(["combines", "follows"]))
    picture = picture_of(STAGES, stops, data.draw(st.lists(ends, max_size=20)))
    if not stops:
        assert picture is None
        return
    assert len(picture.rows) + picture.hidden == len(stops)
    assert len(picture.rows) <= MOST
    for row in picture.rows:
        assert TOP <= row.y <= picture.height - ROW
        for bar in row.bars:
            assert LEFT < bar.x < bar.x + bar.width < picture.right
    for arc in picture.arcs:
        across = [int(part.lstrip("MC")) for part in arc.path.replace("C", " ").split()[::2]]
        # A curve stays within three quarters of the way to its points of control.
        start, *control = across
        assert start + (max(control) - start) * 3 / 4 <= picture.width


def test_what_is_read_is_every_published_lever_with_its_stages_and_links(db):
    stage = factories.make_category(kind=Category.Kind.MATURITY, slug="essai", label="Essai", help="On essaie.")
    field = factories.make_category()
    lever, other = factories.make_lever(categories=[stage, field]), factories.make_lever()
    draft = factories.make_lever(publication=Lever.Publication.DRAFT)
    factories.make_relation(lever, other, kind=Relation.Kind.COMBINES, reason="Parce que.")
    factories.make_relation(lever, draft)
    mature = {"fact": "trl", "operator": "at-least", "values": [4], "label": "Un prototype existe"}
    factories.make_criterion(lever, **mature)
    factories.make_criterion(lever, **(mature | {"label": "Hier", "valid_to": date(2026, 1, 1)}))
    found = make_pathway(DAY, 0)
    assert found.stages == {"essai": "Essai"}
    assert {one.slug: one.stages for one in found.stops} == {lever.slug: ("essai",), other.slug: ()}
    assert found.links == (Link(lever.slug, other.slug, "combines"),)
    assert found.said[lever.slug].maturity == ("Un prototype existe : au moins 4 sur l'échelle de maturité, de 1 à 9",)


def test_the_pathway_holds_until_a_date_changes_it(db):
    lever = factories.make_lever()
    factories.make_window(lever, kind="campaign", opens_on=date(2026, 5, 1), closes_on=date(2026, 6, 10))
    assert make_pathway(DAY, 0).until == date(2026, 6, 11)


def test_the_pathway_is_read_in_one_query_with_1_and_30_levers(db, django_assert_num_queries):
    for number in (1, 29):
        for _ in range(number):
            lever = factories.make_lever()
            factories.make_path(factories.make_criterion(lever, about=Criterion.About.ACTOR))
        with django_assert_num_queries(1):
            make_pathway(DAY, 0)


def test_ones_own_pathway_says_in_words_what_is_kept_and_what_is_not(db):
    factories.make_actor_type("ehpad")
    free, excluded, closed, to_confirm = (factories.make_lever(position=n) for n in range(4))
    for lever in (free, excluded, to_confirm):
        factories.make_window(lever)
    factories.make_criterion(excluded, fact="actor_type", operator="in", values=["ccas"], about=Criterion.About.ACTOR)
    factories.make_criterion(to_confirm)
    pathway, matching = make_pathway(DAY, 0), match_all({"actor_type": "ehpad"}, DAY, read_rulebook())
    told = {one.slug: (one.kept, one.note) for one in own_stops(pathway, matching.matches, only_kept=False)}
    assert told == {
        free.slug: (True, "retenu : conditions remplies"),
        excluded.slug: (False, "écarté : ne s'applique pas"),
        closed.slug: (False, "écarté : fermé"),
        to_confirm.slug: (True, "retenu : à confirmer"),
    }
    kept = own_stops(pathway, matching.matches, only_kept=True)
    assert [one.slug for one in kept] == [free.slug, to_confirm.slug]
    assert {one.slug: one.note for one in stops_of(pathway)} == {
        free.slug: "",
        excluded.slug: "",
        closed.slug: "fermé",
        to_confirm.slug: "",
    }
