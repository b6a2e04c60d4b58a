"""Every list of the admin asks the base the same number of questions at 1 row and at 30."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from actors.models import Agency
from levers.models import Criterion, Lever
from tests import factories
from tests import register_factories as made


def levers(size: int) -> None:
    for _ in range(size):
        factories.make_criterion(factories.make_lever())


def criteria(size: int) -> None:
    lever = factories.make_lever()
    for _ in range(size):
        factories.make_criterion(factories.make_lever() if size > 1 else lever, source=factories.make_source())


def paths(size: int) -> None:
    for _ in range(size):
        criterion = factories.make_criterion(factories.make_lever(), about="actor")
        factories.make_path(criterion, source=factories.make_source())


def parts_of(make):
    def build(size: int) -> None:
        for _ in range(size):
            make(factories.make_lever(), source=factories.make_source())

    return build


def regions(size: int) -> None:
    for number in range(size):
        factories.make_region(code=f"{number:02d}", source=factories.make_source())


def departments(size: int) -> None:
    for number in range(size):
        factories.make_department(code=f"{number:03d}", region=factories.make_region(code=f"{number:02d}"))


def agencies(size: int) -> None:
    for number in range(size):
        factories.make_agency(region=factories.make_region(code=f"{number:02d}"), source=factories.make_source())


def directory_rows(make):
    def build(size: int) -> None:
        for number in range(size):
            region = factories.make_region(code=f"{number:02d}")
            agency = Agency.objects.filter(region=region).first() or factories.make_agency(region=region)
            own = {
                made.make_delegation: {"agency": agency, "departments": []},
                made.make_referent: {"agency": agency, "subject": made.make_subject()},
                made.make_local_body: {"regions": [region]},
            }
            make(source=factories.make_source(), **own.get(make, {}))

    return build


def relations(size: int) -> None:
    for _ in range(size):
        factories.make_relation(factories.make_lever(), factories.make_lever())


def calls(size: int) -> None:
    for _ in range(size):
        factories.make_call(
            events=[("opening", "2026-01-01"), ("closing", "2026-02-01")], source=factories.make_source()
        )


def parts_of_calls(make):
    def build(size: int) -> None:
        for _ in range(size):
            make(factories.make_call(), source=factories.make_source())

    return build


def call_relations(size: int) -> None:
    for _ in range(size):
        factories.make_call_relation(factories.make_call(), factories.make_call())


def experiments(size: int) -> None:
    for _ in range(size):
        one = made.make_experiment(regions=[factories.make_region()], source=factories.make_source())
        made.make_phase(one)


def parts_of_experiments(make):
    def build(size: int) -> None:
        for _ in range(size):
            make(made.make_experiment(), source=factories.make_source())

    return build


def policies(size: int) -> None:
    for number in range(size):
        made.make_policy(
            region=factories.make_region(code=f"{number:02d}"),
            replaced_by=made.make_policy(),
            source=factories.make_source(),
        )


def objectives(size: int) -> None:
    for number in range(size):
        region = factories.make_region(code=f"{number:02d}")
        made.make_objective(region=region, policy=made.make_policy(), source=factories.make_source())


OF_STAFF = 1
"""What every page of staff asks besides its own: whether the person has a second factor."""

LISTS = {
    "actors_source": (lambda size: [factories.make_source() for _ in range(size)], 7),
    "actors_region": (regions, 5),
    "actors_department": (departments, 6),
    "actors_agency": (agencies, 5),
    "actors_actortype": (lambda size: [factories.make_actor_type(f"type-{n}") for n in range(size)], 5),
    "actors_subject": (directory_rows(made.make_subject), 5),
    "actors_delegation": (directory_rows(made.make_delegation), 6),
    "actors_referent": (directory_rows(made.make_referent), 7),
    "actors_localbody": (directory_rows(made.make_local_body), 6),
    "actors_user": (lambda size: [factories.make_user() for _ in range(size)], 6),
    "levers_category": (lambda size: [factories.make_category() for _ in range(size)], 5),
    "levers_lever": (levers, 7),
    "levers_criterion": (criteria, 8),
    "levers_path": (paths, 6),
    "levers_role": (parts_of(factories.make_role), 6),
    "levers_step": (parts_of(factories.make_step), 6),
    "levers_amount": (parts_of(factories.make_amount), 6),
    "levers_funding": (parts_of(factories.make_funding), 6),
    "levers_example": (parts_of(factories.make_example), 6),
    "levers_reference": (parts_of(factories.make_reference), 6),
    "levers_deposit": (parts_of(factories.make_deposit), 6),
    "levers_window": (parts_of(factories.make_window), 6),
    "levers_relation": (relations, 6),
    "levers_call": (calls, 9),
    "levers_callevent": (
        parts_of_calls(lambda call, **fields: factories.make_event(call, "opening", "2026-01-01", **fields)),
        6,
    ),
    "levers_callamount": (parts_of_calls(factories.make_call_amount), 6),
    "levers_callcriterion": (parts_of_calls(factories.make_call_criterion), 6),
    "levers_callpiece": (parts_of_calls(factories.make_call_piece), 6),
    "levers_calldocument": (parts_of_calls(factories.make_call_document), 6),
    "levers_callrelation": (call_relations, 6),
    "projects_experiment": (experiments, 10),
    "projects_feedback": (lambda size: [made.make_feedback() for _ in range(size)], 8),
    "projects_participant": (parts_of_experiments(made.make_participant), 6),
    "projects_target": (parts_of_experiments(made.make_target), 6),
    "projects_phase": (parts_of_experiments(made.make_phase), 6),
    "projects_act": (parts_of_experiments(made.make_act), 6),
    "projects_discrepancy": (parts_of_experiments(made.make_discrepancy), 6),
    "projects_twin": (parts_of_experiments(made.make_twin), 6),
    "levers_term": (lambda size: [made.make_term(source=factories.make_source()) for _ in range(size)], 5),
    "levers_policy": (policies, 8),
    "levers_objective": (objectives, 6),
}


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 30])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_the_same_number_of_queries_at_any_size(name, size, admin_client, django_assert_num_queries):
    build, queries = LISTS[name]
    build(size)
    with django_assert_num_queries(queries + OF_STAFF):
        page = admin_client.get(reverse(f"admin:{name}_changelist"))
    assert page.status_code == 200
    assert len(page.context["cl"].result_list) >= size


def shown(client, name: str, **filters) -> set[str]:
    page = client.get(reverse(f"admin:{name}_changelist", query=filters))
    assert page.status_code == 200
    return {str(row.pk) for row in page.context["cl"].result_list}


@pytest.mark.django_db
def test_curators_find_what_must_be_checked_again(admin_client):
    today = localdate()
    late = factories.make_lever(review_due=today - timedelta(days=1))
    fresh = factories.make_lever(review_due=today)
    assert shown(admin_client, "levers_lever", verification="en-retard") == {str(late.pk)}
    assert shown(admin_client, "levers_lever", verification="a-jour") == {str(fresh.pk)}


@pytest.mark.django_db
def test_curators_find_rows_that_do_not_say_where_they_were_read(admin_client):
    vague = factories.make_lever(locator="")
    exact = factories.make_lever(locator="page 3")
    assert shown(admin_client, "levers_lever", endroit="manque") == {str(vague.pk)}
    assert shown(admin_client, "levers_lever", endroit="donne") == {str(exact.pk)}


@pytest.mark.django_db
def test_curators_find_the_criteria_in_force_today(admin_client):
    today, day = localdate(), timedelta(days=1)
    lever = factories.make_lever()
    always = factories.make_criterion(lever)
    first_day = factories.make_criterion(lever, valid_from=today)
    last_day = factories.make_criterion(lever, valid_to=today)
    closed = factories.make_criterion(lever, valid_to=today - day)
    coming = factories.make_criterion(lever, valid_from=today + day)
    in_force = {str(row.pk) for row in (always, first_day, last_day)}
    assert shown(admin_client, "levers_criterion", validite="en-vigueur") == in_force
    assert shown(admin_client, "levers_criterion", validite="close") == {str(closed.pk)}
    assert shown(admin_client, "levers_criterion", validite="a-venir") == {str(coming.pk)}


@pytest.mark.django_db
def test_levers_are_filtered_by_publication_and_nature_and_found_by_their_aliases(admin_client):
    draft = factories.make_lever(publication="draft", nature=Lever.Nature.CALL, aliases="amorçage")
    factories.make_lever()
    for filters in ({"publication__exact": "draft"}, {"nature__exact": "appel"}, {"q": "amorçage"}):
        assert shown(admin_client, "levers_lever", **filters) == {str(draft.pk)}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "model", "word"), [("lever", Lever, "Subvention"), ("criterion", Criterion, "true")])
def test_lists_leave_as_a_spreadsheet_in_a_fixed_number_of_queries(
    name, model, word, admin_client, django_assert_max_num_queries
):
    levers(30)
    address = reverse(f"admin:levers_{name}_export")
    assert admin_client.get(address).status_code == 200
    with django_assert_max_num_queries(12):
        answer = admin_client.post(address, {"format": "0", "resource": "0"})
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/csv"
    assert len(text.splitlines()) >= 31
    assert word in text
    assert admin_client.post(address, {"format": "1", "resource": "0"}).content.startswith(b"PK")
