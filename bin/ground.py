"""What the commands of ``bin/`` share: the virtual environment, stamps, and how to speak.

Standard library only, since it runs before anything is installed. A *stamp* is a
small file that holds the digest of what a step was done from; the step is done
again only when the digest changes.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = Path(os.environ.get("APIST_VAR_DIR") or ROOT / "var").absolute()

#: Where the application's code lives: what the static files and the fixtures come from besides their folders.
PACKAGES = ("actors", "apist", "levers", "projects")


def say(message: str) -> None:
    """Print at once, even into a pipe."""
    print(message, flush=True)


def fail(message: str) -> None:
    """Stop with a message for the person at the keyboard."""
    sys.exit(f"\n{message}\n")


def digest(paths: Iterable[Path], *words: str) -> str:
    """Return the digest of some words, and of the names and contents of files and folders."""
    total = hashlib.sha256("\0".join(words).encode())
    for path in sorted(paths):
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                total.update(f"\0{file.relative_to(ROOT)}\0".encode())
                total.update(file.read_bytes())
    return total.hexdigest()


def is_done(stamp: Path, value: str) -> bool:
    """Tell whether the step of this stamp was done from the same things."""
    return stamp.exists() and stamp.read_text() == value


def mark_done(stamp: Path, value: str) -> None:
    """Remember what the step was done from."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)


def requirements(*sets: str) -> list[Path]:
    """Return the requirement files of these sets (``base``, ``test``, ``lint``)."""
    return [ROOT / "requirements" / f"{name}.txt" for name in sets]


def make_venv(*sets: str) -> None:
    """Make ``.venv`` and install these sets of requirements, where that is not done yet."""
    if sys.version_info < (3, 11):  # noqa: UP036 (run by whatever Python the person has)
        fail("Il faut Python 3.11 ou plus récent. Indiquez-le ainsi : make PYTHON=/chemin/vers/python3.11 run")
    missing = _missing(sets)
    if not missing:
        return
    VENV.mkdir(exist_ok=True)
    with (VENV / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two commands at once: the second waits, then finds it done
        missing = _missing(sets)
        if not missing:
            return
        if not _is_sound():
            say("Création de l'environnement Python (.venv)…")
            if subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], cwd=ROOT).returncode:
                fail(
                    "L'environnement Python n'a pas pu être créé. "
                    "Sous Debian ou Ubuntu, installez d'abord : apt install python3-venv"
                )
        say(f"Installation des paquets ({', '.join(missing)}) : une à trois minutes la première fois…")
        install(PYTHON, requirements(*missing))
        for name, value in _missing(missing).items():
            mark_done(VENV / f".installed-{name}", value)


def _missing(sets: Iterable[str]) -> dict[str, str]:
    """Return the sets that the Python of ``.venv`` does not have as they are now written, with their digests."""
    wanted = {name: digest(requirements(name), str(PYTHON.resolve())) for name in sets}
    return {
        name: value
        for name, value in wanted.items()
        if not (PYTHON.exists() and is_done(VENV / f".installed-{name}", value))
    }


def _is_sound() -> bool:
    """Tell whether ``.venv`` has a Python that starts, recent enough, and pip."""
    probe = [str(PYTHON), "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]
    return PYTHON.exists() and subprocess.run(probe, capture_output=True).returncode == 0


def install(python: Path, files: Iterable[Path]) -> None:
    """Install requirement files into the environment of this Python, or stop."""
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if os.geteuid() == 0:
        command.append("--root-user-action=ignore")
    for file in files:
        command += ["--requirement", str(file)]
    if subprocess.run(command, cwd=ROOT).returncode:
        fail("L'installation des paquets a échoué (voir plus haut). Vérifiez l'accès au réseau, puis recommencez.")


def manage(*words: str, environment: dict[str, str] | None = None) -> None:
    """Run a Django command, or stop where it stopped."""
    code = subprocess.run([str(PYTHON), "manage.py", *words], cwd=ROOT, env=environment).returncode
    if code:
        fail(f"La commande « manage.py {' '.join(words)} » a échoué (voir plus haut).")


def prepare() -> None:
    """Make the portal ready: environment, database, fixtures and static files, each only where needed."""
    make_venv("base")
    VAR.mkdir(parents=True, exist_ok=True)
    base = requirements("base")
    address = os.environ.get("DATABASE_URL", "").strip()
    embedded = ROOT / unquote(address.removeprefix("sqlite:///")) if address else VAR / "apist.sqlite3"
    is_embedded = not address or address.startswith("sqlite:")
    is_new = is_embedded and not embedded.exists()

    migrations = [path for package in PACKAGES for path in (ROOT / package).glob("migrations")]
    # What is in a server's database is known to that server alone, so there nothing is skipped.
    schema = digest([*base, *migrations, ROOT / "apist" / "settings.py"], address)
    if is_new or not is_embedded or not is_done(VAR / ".done-migrate", schema):
        say("Mise à jour de la base…")
        manage("migrate", "--verbosity", "0")
        mark_done(VAR / ".done-migrate", schema)

    loaders = [ROOT / "apist" / "fixtures.py", ROOT / "apist" / "management" / "commands" / "load_fixtures.py"]
    content = digest([ROOT / "fixtures", *loaders], address)
    if is_new or not is_done(VAR / ".done-fixtures", content):
        say("Chargement des données…")
        manage("load_fixtures")
        # A first state for each row, so that the admin can say what the first edit changed.
        manage("populate_history", "--auto", "--verbosity", "0")
        mark_done(VAR / ".done-fixtures", content)
    elif not is_embedded:  # the server may have been emptied since; what curators changed there is left alone
        manage("load_fixtures", "--if-empty")

    static = digest([*base, *(p for p in [ROOT / "static", ROOT / "apist" / "static.py"] if p.exists())])
    if not (VAR / "static").exists() or not is_done(VAR / ".done-static", static):
        say("Préparation des fichiers statiques…")
        manage("collectstatic", "--no-input", "--clear", "--verbosity", "0")
        mark_done(VAR / ".done-static", static)
