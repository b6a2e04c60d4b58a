#!/usr/bin/env python
"""Make ``static/dsfr/portal.css``, the one style sheet of the portal, from what its pages use.

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

from css_sheet import TARGET, build  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from tests.pages.states import render_states  # noqa: E402


def main() -> None:
    """Write the sheet, or with ``--check`` tell whether the one in the tree is the one that would be made."""
    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("load_fixtures", verbosity=0)
    css = build(html for _, html in render_states())
    if sys.argv[1:] == ["--check"]:
        sys.exit(None if TARGET.read_text(encoding="utf-8") == css else f"{TARGET.name} n'est pas à jour.")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(css, encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)} : {len(css):,} octets")


if __name__ == "__main__":
    main()
