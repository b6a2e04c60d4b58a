"""Imports go one way: actors, then levers, then projects, then the addresses."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("actors", "levers", "projects", "apist")

MAY_IMPORT = {
    "actors": {"actors", "apist"},
    "levers": {"actors", "levers", "apist"},
    "projects": {"actors", "levers", "projects", "apist"},
    "apist": {"actors", "apist"},
}
"""What each package may import of ours. The project's leaf modules (mail, api, env…) know no business."""

UNDER_ACTORS = {"mail", "outbox", "clock", "converters"}
"""What ``actors`` uses of the project: to send a mail, to know the time, to read an address. None of it knows ``actors`` in return."""

LOOKS_UP = {
    "apist/urls.py",
    "apist/fixtures.py",
    "apist/management/commands/demo_users.py",
    "apist/management/commands/load_fixtures.py",
}
"""The files of the project package that stand above the apps: addresses, and commands over all of them."""

LAYERS = {
    "actors": [
        ("service_address", "invitations"),
        ("models",),
        ("messages",),
        ("actions",),
        ("forms", "admin_lists"),
        ("admin_directory", "admin_people"),
        ("views", "admin"),
        ("urls",),
    ],
    "levers": [
        ("facts", "words", "watched", "clocks"),
        ("models", "postings", "vocabulary", "highlight", "moments"),
        ("lexicon", "roll"),
        ("matching", "availability", "results", "search", "synonym_preview", "recording", "reading"),
        ("open_questions", "questionnaire"),
        ("rulebook",),
        ("cards",),
        ("catalogue",),
        ("actions",),
        ("filters", "forms", "serializers", "admin_forms"),
        (
            "calls",
            "procurement",
            "directory",
            "comparison",
            "pathway",
            "documents",
            "preparation",
            "glossary",
            "policies",
        ),
        ("templatetags",),
        ("alerts",),
        ("admin_exports",),
        ("admin_parts", "admin_rules", "admin_search", "views"),
        ("admin_calls", "admin_procurement", "admin_alerts", "admin_words"),
        ("admin", "api"),
        ("api_calls", "api_procurement", "api_terms"),
        ("api_urls", "urls"),
    ],
    "projects": [
        ("watched", "procedures", "files"),
        ("rights", "content", "checks", "letters", "procedure_checks"),
        ("models",),
        ("register", "access", "channels", "guards"),
        ("engine",),
        (
            "actions",
            "preparing",
            "depositing",
            "instruction",
            "retention",
            "evidence",
            "publishing",
            "ending",
            "opinions",
            "papers",
            "judging",
            "specification",
            "envisaged",
            "deciding",
            "following",
            "demo_ground",
        ),
        ("steering",),
        ("templatetags",),
        ("forms",),
        ("admin_parts", "admin_dossiers", "admin_money", "admin_deciding", "views"),
        ("admin", "api"),
        (
            "specification_urls",
            "following_urls",
            "list_urls",
            "desk_urls",
            "received_urls",
            "opinion_urls",
            "jury_urls",
            "deciding_urls",
            "steering_urls",
            "paper_urls",
        ),
        ("api_urls", "preparing_urls", "dossier_urls", "instruction_urls", "personal_urls"),
        ("urls",),
        ("management",),
    ],
}
"""Inside an app, a file imports only files of its own layer or of those before it."""

PURE = (
    "apist/notices.py",
    "levers/alerts/news.py",
    "levers/alerts/schedule.py",
    "levers/matching.py",
    "levers/open_questions.py",
    "levers/availability.py",
    "levers/search.py",
    "levers/synonym_preview.py",
    "levers/recording.py",
    "levers/words.py",
    "levers/lexicon.py",
    "levers/postings.py",
    "levers/results.py",
    "levers/roll.py",
    "levers/vocabulary.py",
    "levers/highlight.py",
    "levers/moments.py",
    "levers/questionnaire.py",
    "actors/service_address.py",
    "actors/invitations.py",
    "levers/directory/rules.py",
    "levers/directory/wording.py",
    "levers/procurement/rules.py",
    "levers/procurement/timeline.py",
    "levers/documents/blocks.py",
    "levers/pathway/layout.py",
    "levers/preparation/parts.py",
    "levers/preparation/assessment.py",
    "levers/preparation/signs.py",
    "levers/preparation/message.py",
    "levers/preparation/message_words.py",
    "levers/preparation/message_expected.py",
    "levers/preparation/digital.py",
    "levers/preparation/group.py",
    "levers/preparation/request.py",
    "levers/preparation/conditions/__init__.py",
    "levers/preparation/conditions/moment.py",
    "levers/clocks.py",
    "levers/calls/status.py",
    "levers/glossary/explain.py",
    "levers/policies/status.py",
    "levers/calls/fit.py",
    "levers/calls/sentences.py",
    "levers/calls/months.py",
    "projects/procedures/types.py",
    "projects/procedures/vocabulary.py",
    "projects/procedures/conditions.py",
    "projects/procedures/catalogue.py",
    "projects/procedures/project_sections.py",
    "projects/procedures/first_contact.py",
    "projects/procedures/letters.py",
    "projects/content/answers.py",
    "projects/content/completeness.py",
    "projects/preparing/merging.py",
    "projects/preparing/prefill.py",
    "projects/preparing/origin.py",
    "projects/preparing/financing.py",
    "projects/forms/texts.py",
    "projects/content/patient_data.py",
    "projects/engine/stays.py",
    "projects/engine/amended.py",
    "projects/engine/returning.py",
    "projects/engine/reports.py",
    "projects/steering/centiles.py",
    "projects/steering/disclosure.py",
    "projects/steering/withholding.py",
    "projects/steering/answers.py",
    "projects/steering/figures.py",
    "projects/steering/chart.py",
    "projects/steering/acts.py",
    "projects/retention/calendar.py",
    "projects/engine/chain.py",
    "projects/engine/clock.py",
    "projects/engine/received.py",
    "projects/engine/deadlines.py",
    "projects/rights/table.py",
    "projects/rights/holdings.py",
    "projects/rights/predicates.py",
    "projects/instruction/scope.py",
    "projects/instruction/wording.py",
    "projects/instruction/ledger.py",
    "projects/instruction/judging.py",
    "projects/instruction/tabs.py",
    "projects/instruction/facets.py",
    "projects/content/facets.py",
    "projects/evidence/proofs.py",
    "projects/publishing/rules.py",
    "projects/ending/rules.py",
    "projects/instruction/offers.py",
    "projects/specification/differences.py",
    "projects/specification/versions.py",
    "projects/specification/model.py",
    "projects/specification/chart.py",
    "projects/specification/wording.py",
    "projects/envisaged/similar.py",
    "projects/depositing/path.py",
    "projects/depositing/delays.py",
    "projects/depositing/history.py",
    "projects/depositing/particulars.py",
    "projects/depositing/moments.py",
    "projects/depositing/completion.py",
    "projects/depositing/reminding.py",
    "projects/opinions/standing.py",
    "projects/opinions/prefilling.py",
    "projects/papers/rules.py",
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "projects/procedures").rglob("*.py"))),
    "projects/letters/__init__.py",
    "projects/letters/articles.py",
    "projects/letters/choosing.py",
    "projects/letters/defaults.py",
    "projects/letters/naming.py",
    "projects/letters/substitution.py",
    "projects/letters/variables.py",
    "projects/rights/mandates.py",
    "projects/deciding/waiting.py",
    "projects/deciding/publication.py",
    "projects/rights/matrix.py",
    "projects/files/kinds.py",
    "projects/files/names.py",
    "projects/files/structure.py",
    "projects/files/archives.py",
    "projects/files/office.py",
    "projects/files/inspection.py",
    "projects/engine/schedule.py",
    "projects/engine/envelopes.py",
    "projects/following/indicators.py",
    "projects/following/dues.py",
    "projects/following/essential.py",
    "projects/register/schedule.py",
    "projects/register/joining.py",
    "projects/register/near.py",
    "projects/register/map.py",
    "projects/register/timeline.py",
    "projects/judging/rules.py",
    "projects/judging/prefilling.py",
)


def source_files() -> list[Path]:
    """Every Python file of ours, tests and migrations apart."""
    return sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def imported(tree: ast.AST) -> set[str]:
    """The dotted names that a file imports."""
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


FILES = [pytest.param(path, id=str(path.relative_to(ROOT))) for path in source_files()]


@pytest.mark.parametrize("path", FILES)
def test_a_file_imports_only_what_its_app_may(path):
    name = str(path.relative_to(ROOT))
    ours = {dotted.split(".")[0] for dotted in imported(parse(path))} & set(APPS)
    allowed = set(APPS) if name in LOOKS_UP else MAY_IMPORT[name.split("/")[0]]
    assert ours <= allowed


def imported_of_the_project(name: str) -> set[str]:
    """The modules of ``apist`` that a file names, with those that they name in turn."""
    seen, waiting = set(), {name}
    while waiting:
        module = waiting.pop()
        seen.add(module)
        tree = parse(ROOT / "apist" / f"{module}.py")
        dotted = imported(tree) | {
            f"apist.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "apist"
            for alias in node.names
        }
        waiting |= {name.split(".")[1] for name in dotted if name.startswith("apist.")} - seen
    return seen


def test_actors_uses_only_what_knows_nothing_of_it():
    used = {
        name.split(".")[1] if "." in name else alias.name
        for path in (ROOT / "actors").rglob("*.py")
        if "migrations" not in path.parts
        for node in ast.walk(parse(path))
        if isinstance(node, ast.ImportFrom) and (name := node.module or "").split(".")[0] == "apist"
        for alias in node.names
    }
    assert used == UNDER_ACTORS
    below = {module for name in used for module in imported_of_the_project(name)}
    knowing = [
        module
        for module in sorted(below)
        if {name.split(".")[0] for name in imported(parse(ROOT / "apist" / f"{module}.py"))} & {"actors", "levers"}
    ]
    assert knowing == []


@pytest.mark.parametrize("path", [param for param in FILES if param.id.split("/")[0] in LAYERS])
def test_inside_an_app_a_layer_imports_only_the_layers_before_it(path):
    app, own = (part.removesuffix(".py") for part in path.relative_to(ROOT).parts[:2])
    rank = {module: number for number, layer in enumerate(LAYERS[app]) for module in layer}
    if own in ("__init__", "apps"):
        return
    assert own in rank, f"{own} has no layer: give it one in LAYERS"
    used = {name.split(".")[1] for name in imported(parse(path)) if name.startswith(f"{app}.")}
    assert {module for module in used if rank[module] > rank[own]} == set()


@pytest.mark.parametrize("path", FILES)
def test_no_function_imports_anything(path):
    functions = [n for n in ast.walk(parse(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = [n.lineno for f in functions for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert inside == []


@pytest.mark.parametrize("name", PURE)
def test_a_rule_knows_no_database_no_request_and_no_clock(name):
    tree = parse(ROOT / name)
    assert {
        dotted for dotted in imported(tree) if dotted.startswith(("django", "rest_framework")) or ".models" in dotted
    } == set()
    calls = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert calls & {"today", "now", "localdate", "objects"} == set()


def test_nobody_writes_signal_receivers_or_effects_in_save():
    guilty = [
        str(path.relative_to(ROOT))
        for path in source_files()
        for node in ast.walk(parse(path))
        if (isinstance(node, ast.FunctionDef) and node.name in ("save", "__init_subclass__"))
        or (isinstance(node, ast.ImportFrom) and node.module and node.module.endswith("signals"))
    ]
    assert guilty == []


def test_there_is_no_junk_drawer():
    assert [path for path in source_files() if path.stem in ("utils", "helpers", "common", "misc")] == []


@pytest.mark.parametrize("path", FILES)
def test_a_file_stays_one_room(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 300, "over 300 lines: split it, or say here why it is one room"
    functions = [n for n in ast.walk(parse(path)) if isinstance(n, ast.FunctionDef)]
    assert [(f.name, f.end_lineno - f.lineno + 1) for f in functions if f.end_lineno - f.lineno + 1 > 45] == []
