"""Programs that some tests need: found on the machine, or installed from Debian where root can."""

import os
import shutil
import subprocess
from collections.abc import Iterable

#: Where daemons are, which is not in everybody's PATH.
DAEMONS = "/usr/local/sbin:/usr/sbin:/sbin"


def which(names: Iterable[str]) -> str | None:
    """Return the path of the first of these programs that is there."""
    where = f"{os.environ.get('PATH', '')}:{DAEMONS}"
    return next((path for path in (shutil.which(name, path=where) for name in names) if path), None)


def find_or_install(said: str, names: Iterable[str], package: str) -> str | None:
    """Return the path of a program: what the caller ``said`` and nothing else, or one of ``names``, else ``None``."""
    found = which([said.strip()] if said.strip() else names)
    if found or said.strip():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installation de {package} (paquet Debian)…", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", package]):
            subprocess.run(["apt-get", *words], env=environment)
    return which(names)
