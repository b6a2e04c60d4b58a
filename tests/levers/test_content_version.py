"""Whoever changes content, however it is done, what is kept of it stops being shown at the next request."""

from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from import_export.resources import modelresource_factory
from tablib import Dataset

from actors.models import ContentStamp, ContentVersion
from apist.fixtures import covered_models
from levers.catalogue import current_catalogue
from levers.models import Condition, Lever, Path, Step
from levers.watched import WATCHED as OF_LEVERS
from projects.watched import WATCHED as OF_PROJECTS
from tests import factories, register_factories
from tests.pages.reading import fields, visit
from tests.small_content import small_catalogue

TODAY = date(2026, 6, 1)

CONTENT_TABLES = sorted(
    {model._meta.db_table for model in covered_models()}
    | {f.remote_field.through._meta.db_table for m in covered_models() for f in m._meta.local_many_to_many}
)


def found(client, text: str) -> list[str]:
    """What the page finds for a text, by slug."""
    page = visit(client, f"/leviers/?q={text}")
    return [card.one("h2").one("a")["href"].split("/")[-2] for card in page.all("li", "portal-card")]


def moved(action) -> bool:
    """Whether an action moves the version of the content."""
    before = ContentVersion.current()
    action()
    return ContentVersion.current() != before


# --- Which tables -----------------------------------------------------------


def test_every_table_of_content_is_watched():
    assert sorted(one.table for one in (*OF_LEVERS, *OF_PROJECTS)) == CONTENT_TABLES


@pytest.mark.parametrize("table", CONTENT_TABLES)
def test_a_line_of_sql_moves_the_version_and_reading_does_not(table, db):
    small_catalogue()
    column = connection.ops.quote_name("id")

    def run(sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    first = f"(SELECT MIN({column}) FROM {table})"
    assert moved(lambda: run(f"UPDATE {table} SET {column} = {column} WHERE {column} = {first}"))
    assert not moved(lambda: run(f"SELECT {column} FROM {table}"))


@pytest.mark.parametrize("model", [m for m in covered_models() if m._meta.label_lower != "actors.source"])
def test_adding_and_removing_a_row_moves_the_version(model, db):
    lever = factories.make_lever(categories=[factories.make_category()], regions=[factories.make_region()])
    criterion = factories.make_criterion(lever)
    made = {
        "region": lambda: factories.make_region(code="11"),
        "actortype": lambda: factories.make_actor_type("ccas"),
        "condition": lambda: factories.make_condition(criterion),
        "path": lambda: factories.make_path(criterion),
        "relation": lambda: factories.make_relation(lever, factories.make_lever()),
        "callevent": lambda: factories.make_event(factories.make_call(), "closing", "2026-03-15"),
        "callamount": lambda: factories.make_call_amount(factories.make_call()),
        "callcriterion": lambda: factories.make_call_criterion(factories.make_call()),
        "callpiece": lambda: factories.make_call_piece(factories.make_call()),
        "calldocument": lambda: factories.make_call_document(factories.make_call()),
        "callrelation": lambda: factories.make_call_relation(factories.make_call(), factories.make_call()),
        **{
            name: lambda name=name: getattr(factories, f"make_{name}")(lever)
            for name in ("role", "step", "amount", "funding", "example", "reference", "deposit", "window", "criterion")
        },
    }
    name = {"localbody": "local_body"}.get(model._meta.model_name, model._meta.model_name)
    make = made.get(name) or getattr(factories, f"make_{name}", None) or getattr(register_factories, f"make_{name}")
    rows = []
    assert moved(lambda: rows.append(make()))
    assert moved(rows[0].delete)


def test_people_and_what_they_do_are_not_content(client, applicant):
    assert not moved(lambda: client.force_login(applicant))
    assert not moved(lambda: applicant.save())


# --- Every way of writing ---------------------------------------------------


def test_a_shell_is_seen_by_the_next_search(db, client):
    lever = factories.make_lever(slug="a", title="Aide alpha")
    assert found(client, "alpha") == ["a"]
    lever.title = "Aide bêta"
    lever.save()
    assert (found(client, "alpha"), found(client, "beta")) == ([], ["a"])
    Lever.objects.filter(pk=lever.pk).update(title="Aide gamma")
    assert (found(client, "beta"), found(client, "gamma")) == ([], ["a"])
    step = factories.make_step(lever, text="Un oiseau vole.")
    assert found(client, "oiseau") == ["a"]
    Step.objects.bulk_update([Step(pk=step.pk, text="Un poisson nage.")], ["text"])
    assert (found(client, "oiseau"), found(client, "poisson")) == ([], ["a"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE levers_step SET text = %s", ["Un renard court."])
    assert (found(client, "poisson"), found(client, "renard")) == ([], ["a"])
    Step.objects.all().delete()
    assert found(client, "renard") == []
    lever.categories.add(factories.make_category(label="Écureuil"))
    assert found(client, "ecureuil") == ["a"]
    lever.categories.clear()
    assert found(client, "ecureuil") == []
    lever.delete()
    assert found(client, "gamma") == []


def test_what_levers_share_is_seen_by_the_next_search(db, client):
    category = factories.make_category(label="Écureuil")
    factories.make_lever(slug="a", categories=[category])
    assert found(client, "ecureuil") == ["a"]
    type(category).objects.update(label="Belette")
    assert (found(client, "ecureuil"), found(client, "belette")) == ([], ["a"])


def test_a_synonym_is_known_by_the_next_search(db, client):
    factories.make_lever(slug="a", title="Aide aux loutres")
    assert found(client, "mustelides") == []
    factories.make_synonym(expressions="loutres\nmustélidés")
    assert found(client, "mustelides") == ["a"]


def test_a_condition_and_a_path_stamp_their_lever(db):
    lever, other = factories.make_lever(), factories.make_lever()
    criterion = factories.make_criterion(lever, about="actor", fact="actor_type", operator="in", values=["ehpad"])
    for act in (
        lambda: factories.make_condition(criterion),
        lambda: Condition.objects.update(values=["ccas"]),
        lambda: factories.make_path(criterion),
        lambda: Path.objects.get().actor_types.add(factories.make_actor_type("ccas")),
        lambda: Path.objects.get().actor_types.clear(),
        lambda: Condition.objects.all().delete(),
    ):
        before = dict(ContentStamp.objects.filter(kind="lever").values_list("owner", "number"))
        act()
        after = dict(ContentStamp.objects.filter(kind="lever").values_list("owner", "number"))
        assert before[lever.pk] != after[lever.pk]
        assert before[other.pk] == after[other.pk]


def test_the_admin_is_seen_by_the_next_search(catalogue, client, curator):
    assert found(client, "ornithorynque") == []
    client.force_login(curator)
    address = f"/admin/levers/lever/{catalogue['fir'].pk}/change/"
    form = visit(client, address).one("form", id="lever_form")
    sent = [(n, f"{v} Ornithorynque." if n == "summary" else v) for n, v in fields(form)]
    data: dict[str, list[str]] = {}
    for name, value in sent:
        data.setdefault(name, []).append(value)
    answer = client.post(address, data)
    assert answer.status_code == 302
    assert found(client, "ornithorynque") == ["fir"]


def test_fixtures_and_loaddata_are_seen_by_the_next_search(catalogue, client, tmp_path):
    Lever.objects.filter(slug="fir").update(summary="Un ornithorynque.")
    assert found(client, "ornithorynque") == ["fir"]
    call_command("load_fixtures", verbosity=0)
    assert found(client, "ornithorynque") == []
    file = tmp_path / "extra.yaml"
    row = "- model: levers.category\n  fields: {kind: sector, slug: ecureuils, label: Belette}\n"
    file.write_text(row, encoding="utf-8")
    before = current_catalogue(TODAY, ContentVersion.current())
    call_command("loaddata", str(file), verbosity=0)
    after = current_catalogue(TODAY, ContentVersion.current())
    assert ("ecureuils", "Belette") not in before.choices["sector"]
    assert ("ecureuils", "Belette") in after.choices["sector"]


def test_an_import_is_seen_by_the_next_search(db, client):
    lever = factories.make_lever(slug="a")
    resource = modelresource_factory(Lever, meta_options={"fields": ("id", "summary")})()
    resource.import_data(Dataset((lever.pk, "Un ornithorynque."), headers=["id", "summary"]), raise_errors=True)
    assert found(client, "ornithorynque") == ["a"]


def test_what_is_undone_is_forgotten_as_well(db, client):
    lever = factories.make_lever(slug="a")
    with transaction.atomic():
        Lever.objects.filter(pk=lever.pk).update(summary="Un ornithorynque.")
        assert found(client, "ornithorynque") == ["a"]
        transaction.set_rollback(True)
    assert found(client, "ornithorynque") == []
    Lever.objects.filter(pk=lever.pk).update(summary="Une belette.")
    assert (found(client, "ornithorynque"), found(client, "belette")) == ([], ["a"])


def test_every_app_with_content_is_covered():
    """A new model of content must say in ``apist/fixtures.py`` that it is content, or be named here."""
    not_content = {"User", "ContentVersion", "ContentStamp", "SearchWithoutResult", "Alert", "AlertMemory"}
    not_content |= {"Body", "Post", "Organisation", "Membership", "OrganisationInvitation"}
    ours = {m for app in ("actors", "levers") for m in apps.get_app_config(app).get_models()}
    others = {m.__name__ for m in ours - set(covered_models()) if not m.__name__.startswith("Historical")}
    assert others == not_content
