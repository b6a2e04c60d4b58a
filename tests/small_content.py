"""A base with one row of each kind of content, for tests that go through all of them."""

from datetime import date
from decimal import Decimal

from actors.models import Agency
from levers.models import Category, Lever
from tests import factories
from tests import register_factories as made


def small_catalogue() -> Lever:
    """Fill the base with one row of each kind, and with texts that YAML could misread."""
    source = factories.make_source(
        slug="loi", corrections="  décalé\nligne\n\n- tiret : deux-points\n", published="2020"
    )
    region, department = factories.make_region(), factories.make_department()
    factories.make_agency(region=department.region, note="oui", entry_point="null", source=source)
    kind = factories.make_actor_type("ehpad", aliases="EHPAD\nmaison de retraite")
    other_kind = factories.make_actor_type("ccas", help="08")
    lever = factories.make_lever(
        slug="zz", categories=[factories.make_category(), factories.make_category()], regions=[region], position=2
    )
    other = factories.make_lever(slug="aa", publication="draft", annual=True, ended_on=date(2022, 12, 31))
    factories.make_amount(lever, minimum=Decimal("40000"), maximum=Decimal("0.50"), condition="l'« espace insécable »")
    factories.make_funding(lever, valid_from=date(2021, 1, 1), valid_to=date(2021, 12, 31))
    factories.make_example(lever, region=region)
    for make in (factories.make_role, factories.make_step, factories.make_reference, factories.make_window):
        make(lever)
    factories.make_deposit(lever, addressees="un\ndeux", text="# pas un commentaire\nfin avec une espace \n")
    criterion = factories.make_criterion(
        lever, about="actor", fact="actor_type", operator="in", values=["ehpad", "ccas"]
    )
    factories.make_condition(criterion, fact="region", values=["01", "2A"][:1])
    factories.make_condition(criterion, fact="renewal", operator="is", values=[False])
    factories.make_path(criterion, actor_types=[other_kind, kind])
    factories.make_path(criterion, key="pour-tous")
    factories.make_relation(lever, other)
    factories.make_relation(other, lever, kind="excludes")
    factories.make_synonym("EHPAD", "maison de retraite")
    call = factories.make_call(
        slug="appel", levers=[other, lever], categories=[Category.objects.first()], regions=[region], actor_types=[kind], roles=["carrier", "site"],
        events=[("opening", "2026-01-05"), ("closing", "2026-03-15", "12:00")],
    )  # fmt: skip
    factories.make_threshold()
    factories.make_call_amount(call, minimum=Decimal("10"), maximum=Decimal("20"))
    factories.make_call_criterion(call)
    factories.make_call_piece(call, required=False)
    factories.make_call_document(call)
    factories.make_call_relation(call, factories.make_call(slug="autre-appel", publication="draft"))
    agency = Agency.objects.get()
    subject = made.make_subject(aliases="soin\nhôpital")
    made.make_delegation(agency=agency, departments=[department])
    made.make_referent(agency=agency, subject=subject)
    made.make_local_body(regions=[region])
    made.make_term("PH", field="handicap", explained=False)
    policy = made.make_policy(slug="b", valid_from=date(2018, 1, 1), valid_to=date(2022, 12, 31))
    made.make_policy(slug="a", replaced_by=policy, region=region)
    made.make_objective(region=region, policy=policy)
    experiment = made.make_experiment(
        slug="oralien", regions=[region], departments=[department], actor_types=[kind, other_kind], lever=lever,
        categories=[Category.objects.first()], join_roles=["site"], joining="by-call", join_call=call,
    )  # fmt: skip
    made.make_participant(experiment, departments=[department], region=region)
    made.make_target(experiment, region=region, number_to=20)
    made.make_phase(experiment, start="day", starts_on=date(2022, 9, 27), months=40, is_optional=True)
    made.make_act(experiment, signed_on=date(2022, 9, 27))
    made.make_discrepancy(experiment)
    made.make_twin(experiment, other=made.make_experiment(slug="siis"))
    made.make_twin(experiment, name="Ailleurs")
    made.make_feedback(experiments=[experiment], levers=[lever, other])
    return lever
