"""The two style sheets hold what pages wear, and what pages wear is all shown to the tool that makes them."""

import re
import sys
from itertools import chain
from pathlib import Path

import pytest

from levers.views.diagnostic import GROUP_TITLES
from tests.pages.component_samples import SAMPLES, render_samples
from tests.pages.private_states import render_private_states
from tests.pages.states import render_states

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "bin"))
from css_purge import Purge, kinds_of_elements, without_unused_names  # noqa: E402 (bin is no package)
from css_sheet import TARGET, WORKSPACE, build, known_classes  # noqa: E402
from css_text import parse, tighten, write  # noqa: E402

REMEDY = "Lancez : .venv/bin/python bin/build_dsfr.py"
TEMPLATES = [
    path for path in sorted((ROOT / "templates").rglob("*.html")) if ROOT / "templates/admin" not in path.parents
]
#: Classes of ours that no server sends: scripts put them on, or only the browser makes the element.
PUT_ON_BY_SCRIPTS: set[str] = set()

_public: dict[str, str] = {}
_private: dict[str, str] = {}


@pytest.fixture
def public_states(db, request) -> dict[str, str]:
    """Return the HTML of every public state by name; rendered once, from the real content."""
    if not _public:
        request.getfixturevalue("catalogue")
        _public.update(render_states())
    return _public


@pytest.fixture
def states(public_states, request) -> dict[str, str]:
    """Return the HTML of every state, those of dossiers included."""
    if not _private:
        request.getfixturevalue("catalogue")
        _private.update(render_private_states())
    return public_states | _private


def classes_in(pages) -> set[str]:
    """Return the classes that the elements of these pages wear."""
    kinds = kinds_of_elements(pages, {})
    return {name.removeprefix(".") for name in chain.from_iterable(kinds) if name.startswith(".")}


@pytest.mark.parametrize("sheet", [TARGET, WORKSPACE], ids=lambda path: path.name)
def test_a_sheet_is_the_one_that_its_pages_call_for(sheet, public_states, states):
    pages = public_states if sheet == TARGET else states
    made, kept = build(pages.values(), at_work=sheet == WORKSPACE), sheet.read_text(encoding="utf-8")
    missing = [rule for rule in made.splitlines() if rule not in kept.splitlines()]
    useless = [rule for rule in kept.splitlines() if rule not in made.splitlines()]
    assert made == kept, f"{REMEDY}\nIl y manque : {missing[:5]}\nEn trop : {useless[:5]}"


def test_a_class_that_pages_begin_to_wear_is_told(public_states):
    newcomer = '<div class="fr-tile"><p class="fr-tile__title">Une tuile</p></div>'
    made, kept = build([*public_states.values(), newcomer]), TARGET.read_text(encoding="utf-8")
    assert ".fr-tile__title" in made
    assert ".fr-tile__title" not in kept


def literal_classes(template: str) -> set[str]:
    """Return the classes of the DSFR that a template writes in full, in whatever branch; not « fr-alert--{{ kind }} »."""
    text = re.sub(r"{#.*?#}", "", template)
    return set(re.findall(r"(?<![\w-])fr-[a-z][\w-]*(?<!-)(?!{{|[\w-])", text))


def test_every_class_that_a_template_writes_is_shown_in_a_state(states):
    shown = classes_in(states.values())
    unseen = {str(path): literal_classes(path.read_text(encoding="utf-8")) - shown for path in TEMPLATES}
    assert {name: classes for name, classes in unseen.items() if classes} == {}, (
        "show the state that wears it in tests/pages/states.py or tests/pages/component_samples.py"
    )


def test_the_classes_of_a_template_are_read_in_every_branch():
    template = (
        '{# fr-no #}<p class="fr-a fr-b--{{ kind }}{% if c %} fr-c--sm{% endif %}">{% include "x" with css="fr-d" %}'
    )
    assert literal_classes(template) == {"fr-a", "fr-c--sm", "fr-d"}


def test_every_component_is_shown():
    assert set(SAMPLES) == {path.stem for path in (ROOT / "templates/components").glob("*.html")}
    assert all(html.strip() for html in render_samples().values())


def test_every_icon_exists_in_the_design_system(states):
    icons = {name for name in classes_in(states.values()) if name.startswith("fr-icon-")}
    assert icons - known_classes() == set()
    assert "fr-icon-menu-fill" in icons


def test_every_group_of_results_is_shown(states):
    results = "".join(html for name, html in states.items() if name.startswith("results"))
    assert {slug for *_, slug in GROUP_TITLES if f'<section aria-labelledby="{slug}">' not in results} == set()


def test_every_rule_of_ours_dresses_something(states):
    written = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "styles").glob("*.css"))
    ours = set(re.findall(r"\.(portal-[\w-]+)", written))
    assert ours - classes_in(states.values()) - PUT_ON_BY_SCRIPTS == set()


# --- How the purge decides --------------------------------------------------

PAGE = '<a class="fr-btn fr-icon-x" href="/" id="menu"><input type="checkbox" data-on="a b"></a>'


@pytest.mark.parametrize(
    "selector",
    [
        "a",
        ".fr-btn",
        ".fr-btn:hover::before",
        "a.fr-btn.fr-icon-x[href]#menu",
        "[class*=' fr-icon-']:after",
        '.fr-btn[class^="fr-btn fr"]',
        "a>input[type=checkbox]:checked+a",
        "a:not(.fr-nothing):not([target]) ~ input",
        ":root",
        "*",
        "html[data-theme=dark] a",
        "[data-on='a b']",
    ],
)
def test_a_selector_that_can_fit_stays(selector):
    kinds = kinds_of_elements(["<html>", PAGE], {"html": ("[data-theme=dark]",)})
    assert Purge(kinds).keeps(selector)


@pytest.mark.parametrize(
    "selector",
    [
        "b",
        ".fr-card",
        "input.fr-btn",
        "a .fr-card",
        ".fr-btn > .fr-card:hover",
        "input[type=radio]",
        "#other",
        "[target]",
        "a[data-on]",
        "html[data-theme=light] a",
        "input::-ms-clear",
    ],
)
def test_a_selector_that_nothing_fits_goes(selector):
    kinds = kinds_of_elements(["<html>", PAGE], {"html": ("[data-theme=dark]",)})
    assert not Purge(kinds).keeps(selector)


def test_what_is_left_of_a_sheet_is_what_a_page_reads():
    sheet = """@charset "UTF-8"; /* a { } */
    :root { --read: 1px; --unread: "; }"; --through: var(--read) }
    .fr-card, a { margin: var(--through); animation: turn 1s }
    @media (min-width: 1em) { .fr-card { color: red } }
    @media print { a , b { background: url("data:a;b{}") } }
    @keyframes turn { to { color: red } } @keyframes still { to { color: red } }"""
    kept = Purge(kinds_of_elements(["<html><a>"], {})).keep(parse(sheet))
    assert without_unused_names(write(tighten(kept))).split("\n") == [
        ":root{--read:1px;--through:var(--read)}",
        "a{margin:var(--through);animation:turn 1s}",
        "@media print{",
        'a{background:url("data:a;b{}")}',
        "}",
        "@keyframes turn{to { color:red }}",
        "",
    ]
