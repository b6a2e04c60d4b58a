"""House-keeping that does not depend on anybody's memory."""

import re
from pathlib import Path

import allauth
import pytest
from django.core.management import call_command
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TEMPLATES = sorted(str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates").rglob("*.*"))

FOUND_BY_NAME = re.compile(r"^(403|404|500)\.html$|^django/forms/|^admin/")
"""Templates that Django or the admin look for by themselves."""

ALLAUTH = Path(allauth.__file__).parent / "templates"


def allauth_looks_for(name: str) -> bool:
    """Tell whether allauth asks for this template: a page or a message of its own, or one of its mails."""
    if name.startswith("account/email/"):
        return any(ALLAUTH.glob(f"*/email/{Path(name).stem}_message.txt"))
    return (ALLAUTH / name).exists()


def everything_written() -> str:
    """Every Python file and template of ours, as one text."""
    folders = ("actors", "levers", "projects", "apist", "templates")
    paths = [p for folder in folders for p in (ROOT / folder).rglob("*") if p.suffix in (".py", ".html", ".txt")]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_every_template_is_used():
    text = everything_written()
    unnamed = [name for name in TEMPLATES if not FOUND_BY_NAME.match(name) and f'"{name}"' not in text]
    assert [name for name in unnamed if not allauth_looks_for(name)] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_can_be_read_by_django(name):
    assert get_template(name) is not None


def rule_index() -> dict[str, str]:
    """The README's table: question, then the place that answers it."""
    section = README.split("## Où est la règle ?")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| `(.+?)` \|", section, flags=re.M)
    return dict(rows)


def test_the_rule_index_is_not_empty():
    assert len(rule_index()) >= 12


@pytest.mark.parametrize(("question", "place"), rule_index().items())
def test_every_place_of_the_rule_index_exists(question, place):
    path, _, name = place.partition("::")
    assert (ROOT / path).exists()
    if name:
        assert re.search(rf"^\s*(def|class) {name}\b|^{name}\b", (ROOT / path).read_text(encoding="utf-8"), flags=re.M)


def test_every_file_of_rules_is_in_the_index():
    rules = {"levers/matching.py", "levers/open_questions.py", "levers/availability.py", "levers/search.py",
             "levers/questionnaire.py", "levers/filters.py", "levers/facts/table.py", "levers/actions.py"}  # fmt: skip
    assert rules <= {place.partition("::")[0] for place in rule_index().values()}


def test_the_two_commands_of_the_readme_are_those_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([a-z-]+)`", README):
        assert re.search(rf"^{target}:", makefile, flags=re.M), target
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_models_and_migrations_agree(db):
    call_command("makemigrations", "actors", "levers", "apist", check=True, dry_run=True, verbosity=0)
