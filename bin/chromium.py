"""Where Chromium is, for the browser journeys; installed from Debian where that is possible."""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REMEDY = (
    "Les parcours dans le navigateur demandent Chromium, qui n'est pas sur cette machine.\n"
    "Installez-le (Debian, Ubuntu : « apt install chromium » en administrateur), ou dites où il est :\n"
    "make test APIST_CHROMIUM=/chemin/vers/chromium\n"
    "Les deux autres parties se lancent seules : make test PART=sqlite, make test PART=postgresql."
)


def _find() -> str | None:
    """Return the path of a Chromium, said by the caller or found."""
    said = os.environ.get("APIST_CHROMIUM", "").strip()
    if said:
        return shutil.which(said)
    return next((path for path in map(shutil.which, NAMES) if path), None)


def find_chromium() -> str | None:
    """Return the path of a Chromium, installing it where root can, else None."""
    found = _find()
    if found or os.environ.get("APIST_CHROMIUM", "").strip():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installation de Chromium (paquet Debian)…", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *words], env=environment)
    return _find()
