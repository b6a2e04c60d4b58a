"""The portal as an operator serves it: gunicorn, production settings, static files hashed and compressed."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds for the first answer: the machines that run this are slow


def settings(folder: Path) -> dict[str, str]:
    """Return the environment of a production that is served in the clear on this machine, its base in a file."""
    return os.environ | {
        "APIST_MODE": "production",
        "APIST_VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "SECRET_KEY": "une-cle-qui-ne-sert-qu-a-ce-test-et-qui-est-assez-longue-pour-passer",
        "ALLOWED_HOSTS": "localhost",
        "SECURE_SSL_REDIRECT": "false",
        "DJANGO_SETTINGS_MODULE": "apist.settings",
    }


def manage(*words: str, environment: dict[str, str]) -> None:
    """Run a command of Django's."""
    subprocess.run([sys.executable, "manage.py", *words, "--verbosity", "0"], cwd=ROOT, env=environment, check=True)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the portal with the real content from a new base; yield its address."""
    environment = settings(folder)
    manage("migrate", environment=environment)
    manage("load_fixtures", environment=environment)
    manage("collectstatic", "--no-input", environment=environment)
    log = folder / "gunicorn.log"
    command = [sys.executable, "-m", "gunicorn", "apist.wsgi:application", "--worker-class", "gthread"]
    command += ["--threads", "8", "--bind", "127.0.0.1:0", "--no-control-socket"]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        yield f"http://localhost:{port_of(process, log)}"
    finally:
        process.terminate()
        process.wait(20)


def port_of(process: subprocess.Popen, log: Path) -> int:
    """Return the free port that the server found, once it answers there."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        said = log.read_text()
        if "Listening at: http://127.0.0.1:" in said:
            port = int(said.split("Listening at: http://127.0.0.1:")[1].split()[0])
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
                connection.request("GET", "/healthz", headers={"Host": "localhost"})
                if connection.getresponse().status == 200:
                    return port
            except OSError:
                pass
        time.sleep(0.1)
    raise RuntimeError(f"The portal does not start:\n{log.read_text()}")
