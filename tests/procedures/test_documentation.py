"""The documentation of procedures is what would be written today; the portal refuses to start with a broken one."""

import pytest
from django.core.management import call_command

from projects import procedure_checks
from projects.management.commands import describe_procedures
from projects.procedures.catalogue import LATEST
from projects.procedures.describe import described
from tests.procedures.builders import SIGN, SOUND, broken

PAGES = describe_procedures.pages()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_documentation_is_what_would_be_written(name):
    path = describe_procedures.FOLDER / name
    assert path.exists(), "manage.py describe_procedures"
    assert path.read_text(encoding="utf-8") == PAGES[name], "manage.py describe_procedures"


def test_there_is_no_page_of_a_procedure_that_is_no_more():
    assert {path.name for path in describe_procedures.FOLDER.glob("*.md")} == set(PAGES)


def test_the_command_writes_every_page_and_takes_the_others_away(tmp_path, monkeypatch):
    monkeypatch.setattr(describe_procedures, "FOLDER", tmp_path / "procedures")
    (tmp_path / "procedures").mkdir()
    (tmp_path / "procedures" / "gone.md").write_text("Une procédure disparue.")
    call_command("describe_procedures")
    assert {path.name for path in (tmp_path / "procedures").iterdir()} == set(PAGES)


@pytest.mark.parametrize("procedure", LATEST.values(), ids=lambda one: one.key)
def test_the_diagram_and_the_table_hold_every_stage_and_every_move(procedure):
    text = described(procedure)
    assert all(f" as {one.key.replace('-', '_')}\n" in text for one in procedure.stages)
    assert all(f"** `{one.key}`" in text for one in procedure.moves)
    assert all(one.label in text for section in procedure.sections for one in section.questions)


def test_the_portal_does_not_start_with_a_procedure_that_contradicts_itself(monkeypatch):
    assert procedure_checks.procedures_hold() == []
    monkeypatch.setattr(
        procedure_checks, "PROCEDURES", (broken(moves=(SIGN.__class__("go", "", (), "nowhere", frozenset()),)),)
    )
    found = procedure_checks.procedures_hold()
    assert {one.id for one in found} == {"projects.E003"}
    assert any("unknown stage nowhere" in one.msg for one in found)


def test_the_portal_does_not_start_with_a_version_that_is_there_twice(monkeypatch):
    monkeypatch.setattr(procedure_checks, "PROCEDURES", (SOUND, SOUND))
    assert [one.id for one in procedure_checks.procedures_hold()] == ["projects.E002"]
