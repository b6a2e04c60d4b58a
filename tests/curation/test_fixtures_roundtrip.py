"""The content as files: what is written is what is read, whatever the base."""

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
from tests.small_content import small_catalogue

OUR_APPS = ("actors", "apist", "levers", "projects")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}


def empty_the_content() -> None:
    for model in reversed(covered_models()):
        model._base_manager.all().delete()


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
    with django_assert_num_queries(59):
        files_from_base()
