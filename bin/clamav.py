"""Where ClamAV's daemon is, for the tests of sent files; installed from Debian where that is possible."""

import os

from programs import find_or_install

NAMES = ("clamd",)
REMEDY = (
    "Les tests des pièces envoyées demandent clamd, le service de ClamAV, qui n'est pas sur cette machine.\n"
    "Installez-le (Debian, Ubuntu : « apt install clamav-daemon » en administrateur), ou dites où il est :\n"
    "make test APIST_CLAMD=/chemin/vers/clamd\n"
    "Aucune base de signatures n'est téléchargée : les tests écrivent la leur."
)


def find_clamd() -> str | None:
    """Return the path of a clamd, installing it where root can, else None."""
    return find_or_install(os.environ.get("APIST_CLAMD", ""), NAMES, "clamav-daemon")
