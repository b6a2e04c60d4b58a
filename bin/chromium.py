"""Where Chromium is, for the browser journeys; installed from Debian where that is possible."""

import os

from programs import find_or_install

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REMEDY = (
    "Les parcours dans le navigateur demandent Chromium, qui n'est pas sur cette machine.\n"
    "Installez-le (Debian, Ubuntu : « apt install chromium » en administrateur), ou dites où il est :\n"
    "make test APIST_CHROMIUM=/chemin/vers/chromium\n"
    "Les deux autres parties se lancent seules : make test PART=sqlite, make test PART=postgresql."
)


def find_chromium() -> str | None:
    """Return the path of a Chromium, installing it where root can, else None."""
    return find_or_install(os.environ.get("APIST_CHROMIUM", ""), NAMES, "chromium")
