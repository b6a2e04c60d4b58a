#!/usr/bin/env python
"""Make the style sheets of the portal from what its pages use: ``portal.css``, and ``workspace.css`` for who signed in.

The public pages stay as light as they are: what only dossiers wear is in the second sheet, which holds the first.

Renders every page and state (``tests/pages/states.py``) from the fixtures, in a base in
memory, and keeps the rules of the DSFR that they can use; then come ``styles/portal.css``
and ``styles/print.css``. How: ``css_sheet.py``.

Run it after a change of a template, of ``styles/``, or of django-dsfr:
``.venv/bin/python bin/build_dsfr.py`` writes, ``--check`` compares. A test compares as well.
"""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
FOLDER = TemporaryDirectory(prefix="apist-style-")
os.environ |= {
    "APIST_MODE": "test",
    "APIST_VAR_DIR": FOLDER.name,
    "DATABASE_URL": "sqlite:///:memory:",
    "DJANGO_SETTINGS_MODULE": "apist.settings",
}
(Path(FOLDER.name) / "static").mkdir()  # WhiteNoise warns without it
sys.path.append(str(ROOT))

import django  # noqa: E402 (the environment first)

django.setup()

from css_sheet import TARGET, WORKSPACE, build  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from tests.pages.private_states import render_private_states  # noqa: E402
from tests.pages.states import render_states  # noqa: E402


def main() -> None:
    """Write the sheet, or with ``--check`` tell whether the one in the tree is the one that would be made."""
    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("load_fixtures", verbosity=0)
    public = [html for _, html in render_states()]
    sheets = {
        TARGET: build(public),
        WORKSPACE: build([*public, *(html for _, html in render_private_states())], at_work=True),
    }
    if sys.argv[1:] == ["--check"]:
        stale = [path.name for path, css in sheets.items() if path.read_text(encoding="utf-8") != css]
        sys.exit(f"Pas à jour : {', '.join(stale)}." if stale else None)
    for path, css in sheets.items():
        path.write_text(css, encoding="utf-8")
        print(f"{path.relative_to(ROOT)} : {len(css):,} octets")


if __name__ == "__main__":
    main()
