"""The content as files: what is written is what is read, whatever the base."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.core.management import CommandError, call_command

from actors.models import Region, Source
from apist.fixtures import NEVER, covered_labels, covered_models, files_from_base, write_files
from levers.models import Category, Criterion, Lever, Relation
from tests import factories
from tests.conftest import FIXTURES

OUR_APPS = ("actors", "apist", "levers", "projects")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}


def empty_the_content() -> None:
    for model in reversed(covered_models()):
        model._base_manager.all().delete()


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
        slug="appel", levers=[other, lever], regions=[region], actor_types=[kind], roles=["carrier", "site"],
        events=[("opening", "2026-01-05"), ("closing", "2026-03-15", "12:00")],
    )  # fmt: skip
    factories.make_call_amount(call, minimum=Decimal("10"), maximum=Decimal("20"))
    factories.make_call_criterion(call)
    factories.make_call_piece(call, required=False)
    factories.make_call_document(call)
    factories.make_call_relation(call, factories.make_call(slug="autre-appel", publication="draft"))
    return lever


@pytest.mark.django_db
def test_a_catalogue_written_loaded_and_written_again_is_the_same_to_the_byte(tmp_path):
    small_catalogue()
    call_command("export_fixtures", to=tmp_path / "a", verbosity=0)
    empty_the_content()
    call_command("load_fixtures", source=tmp_path / "a", verbosity=0)
    call_command("export_fixtures", to=tmp_path / "b", verbosity=0)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert Lever.objects.count() == 2


@pytest.mark.django_db
def test_the_real_content_is_written_as_it_is_kept(catalogue, tmp_path):
    call_command("export_fixtures", to=tmp_path, verbosity=0)
    assert contents(tmp_path) == contents(FIXTURES)


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_writes_no_history(tmp_path):
    small_catalogue()
    call_command("export_fixtures", to=tmp_path, verbosity=0)
    before = {model: list(model._base_manager.order_by("pk").values()) for model in covered_models()}
    history = {model: model.history.count() for model in covered_models()}
    call_command("load_fixtures", source=tmp_path, verbosity=0)
    call_command("load_fixtures", source=tmp_path, verbosity=0)
    assert {model: list(model._base_manager.order_by("pk").values()) for model in covered_models()} == before
    assert {model: model.history.count() for model in covered_models()} == history


@pytest.mark.django_db
def test_loading_keeps_the_rows_that_curators_added(tmp_path):
    lever = small_catalogue()
    call_command("export_fixtures", to=tmp_path, verbosity=0)
    added = factories.make_criterion(lever, key="ajoute")
    call_command("load_fixtures", source=tmp_path, verbosity=0)
    assert Criterion.objects.filter(pk=added.pk).exists()


@pytest.mark.django_db
def test_loading_puts_back_what_a_file_says_even_where_it_says_nothing(tmp_path):
    lever = small_catalogue()
    call_command("export_fixtures", to=tmp_path, verbosity=0)
    lever.amount_summary = "beaucoup"
    lever.save()
    other = Lever.objects.get(slug="aa")
    other.regions.add(Region.objects.get())
    call_command("load_fixtures", source=tmp_path, verbosity=0)
    lever.refresh_from_db()
    assert lever.amount_summary == ""
    assert not other.regions.exists()


@pytest.mark.django_db
def test_a_file_that_cannot_be_loaded_leaves_the_base_as_it_was(tmp_path):
    small_catalogue()
    call_command("export_fixtures", to=tmp_path, verbosity=0)
    empty_the_content()
    relations = tmp_path / "relations.yaml"
    relations.write_text(relations.read_text().replace("[aa]", "[inconnu]"))
    with pytest.raises(CommandError, match=r"Rien n'a été chargé.*relations\.yaml"):
        call_command("load_fixtures", source=tmp_path, verbosity=0)
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_the_order_of_rows_does_not_depend_on_the_order_in_which_they_were_made(tmp_path):
    small_catalogue()
    files = files_from_base()
    rows = [entry["fields"]["slug"] for entry in yaml.safe_load(files["actor_types.yaml"])]
    assert rows == ["ehpad", "ccas"]
    levers = [name for name in files if name.startswith("levers/")]
    assert set(levers) == {"levers/aa.yaml", "levers/zz.yaml"}
    models = " ".join(entry["model"].partition(".")[2] for entry in yaml.safe_load(files["levers/zz.yaml"]))
    parts = "role step amount funding example reference deposit window"
    assert models == f"lever {parts} criterion condition condition path path"
    paths = [entry for entry in yaml.safe_load(files["levers/zz.yaml"]) if entry["model"] == "levers.path"]
    assert {tuple(map(tuple, entry["fields"]["actor_types"])) for entry in paths} == {(("ehpad",), ("ccas",)), ()}


@pytest.mark.django_db
def test_files_are_written_for_people(tmp_path):
    small_catalogue()
    files = files_from_base()
    lever = files["levers/zz.yaml"]
    assert '    minimum: "40000.00"\n' in lever
    assert "    valid_from: 2021-01-01\n" in lever
    assert "    lever: [zz]\n" in lever
    assert "    values: [ehpad, ccas]\n" in lever
    assert '    regions: [["01"]]\n' in lever
    assert "    aliases: |-\n      EHPAD\n      maison de retraite\n" in files["actor_types.yaml"]
    assert '    help: "08"\n' in files["actor_types.yaml"]
    assert "pk:" not in "".join(files.values())
    assert "ended_on" not in lever
    assert "    ended_on: 2022-12-31\n" in files["levers/aa.yaml"]


@pytest.mark.django_db
def test_the_file_of_a_lever_that_no_longer_exists_is_removed(tmp_path):
    small_catalogue()
    call_command("export_fixtures", to=tmp_path, verbosity=0)
    Relation.objects.all().delete()
    Lever.objects.get(slug="aa").delete()
    removed = write_files(tmp_path, files_from_base())
    assert removed == ["aa.yaml"]
    assert not (tmp_path / "levers" / "aa.yaml").exists()


@pytest.mark.django_db
def test_a_missing_file_and_an_unknown_file_are_refused_by_name(tmp_path):
    small_catalogue()
    call_command("export_fixtures", to=tmp_path, verbosity=0)
    (tmp_path / "brouillon.yaml").write_text("[]\n")
    with pytest.raises(CommandError, match=r"ne connaît pas .*brouillon\.yaml"):
        call_command("load_fixtures", source=tmp_path, verbosity=0)
    (tmp_path / "brouillon.yaml").unlink()
    (tmp_path / "regions.yaml").unlink()
    with pytest.raises(CommandError, match=r"Il manque .*regions\.yaml"):
        call_command("load_fixtures", source=tmp_path, verbosity=0)


def test_every_model_of_ours_is_content_in_a_file_or_never_content():
    ours = {
        model._meta.label_lower
        for name in OUR_APPS
        for model in apps.get_app_config(name).get_models()
        if not model.__name__.startswith("Historical")
    }
    assert ours == set(covered_labels()) | NEVER


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 30])
def test_reading_the_base_takes_the_same_queries_at_any_size(size, django_assert_num_queries):
    lever = small_catalogue()
    for number in range(size):
        factories.make_criterion(lever, key=f"critere-{number}")
        factories.make_lever(categories=[Category.objects.first()])
    with django_assert_num_queries(35):
        files_from_base()
