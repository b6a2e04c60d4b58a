"""The servers that are measured: the production command of the Dockerfile, with one worker pinned to one core."""

import ctypes
import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench.load import HOST, BenchError, Visitor

ROOT = Path(__file__).resolve().parents[2]
PORTAL, BARE = "apist.wsgi:application", "tests.bench.bare:application"
START = 60
"""Seconds within which a server must answer."""

PRODUCTION = {
    "APIST_MODE": "production",
    "SECRET_KEY": "bench-only-bench-only-bench-only-bench-only-bench-only",
    "ALLOWED_HOSTS": HOST,
    "SITE_URL": f"https://{HOST}",
    "BEHIND_TLS_PROXY": "true",
    "EMAIL_HOST": "smtp.exemple.fr",
    "DEFAULT_FROM_EMAIL": "Portail APIST <portail@exemple.fr>",
    "DJANGO_SETTINGS_MODULE": "apist.settings",
}
"""The settings of production; everything that they leave out keeps its default."""


@dataclass(frozen=True)
class Cores:
    """Which core serves, and which one asks and holds PostgreSQL."""

    server: int
    load: int

    @property
    def are_apart(self) -> bool:
        """Tell whether asking takes nothing from serving."""
        return self.server != self.load


def choose_cores(allowed: set[int]) -> Cores:
    """Return the first core to serve and the second to ask; the same one on a machine that has no other."""
    first, *others = sorted(allowed)
    return Cores(first, others[0] if others else first)


def portal_environment(database: str, var: Path) -> dict[str, str]:
    """Return the environment of production with this database, and nothing of the caller's settings."""
    kept = {"PATH", "LANG", "LC_ALL", "TMPDIR", "HOME"}
    inherited = {name: value for name, value in os.environ.items() if name in kept}
    return inherited | PRODUCTION | {"DATABASE_URL": database, "APIST_VAR_DIR": str(var)}


def run_inside(*words: str, environment: Mapping[str, str], patience: float | None = None) -> str:
    """Run a command of ``tests/bench/inside.py`` in its own process, for so many seconds, and return what it printed."""
    command = [sys.executable, "-m", "tests.bench.inside", *words]
    try:
        ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=patience)
    except subprocess.TimeoutExpired as error:
        raise BenchError(f"{words[0]} : pas fini en {patience:.0f} s") from error
    if ended.returncode:
        raise BenchError(f"{' '.join(words)} : {ended.stderr[-2000:]}")
    return ended.stdout.strip()


def production_command(application: str, port: int) -> list[str]:
    """Return the image's own command for this application, on this port, with exactly one worker."""
    line = next(line for line in (ROOT / "Dockerfile").read_text().splitlines() if line.startswith("CMD "))
    _, _, script = json.loads(line.removeprefix("CMD "))
    words = shlex.split(script.removeprefix("exec "))
    assert words[:2] == ["gunicorn", PORTAL], script
    words = [word.replace("0.0.0.0:$PORT", f"127.0.0.1:{port}") for word in words[2:]]
    return [sys.executable, "-m", "gunicorn", application, *words, "--workers", "1"]


class Server:
    """A gunicorn of one worker, pinned to one core."""

    def __init__(self, name: str, application: str, *, core: int, environment: Mapping[str, str], log: Path):
        self.name, self.log = name, log
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

        def settle() -> None:
            os.sched_setaffinity(0, {core})
            ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # ends with the bench, even if that is killed outright

        with log.open("w") as said:
            self.process = subprocess.Popen(
                production_command(application, self.port), cwd=ROOT, env=environment,
                stdout=subprocess.DEVNULL, stderr=said, start_new_session=True, preexec_fn=settle,
            )  # fmt: skip
        self._wait()

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self.stop()

    def _wait(self) -> None:
        deadline = time.monotonic() + START
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return  # gunicorn listens; what is asked now waits until the worker is ready
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise BenchError(f"{self.name} ne démarre pas : {self.log.read_text()[-2000:]}")

    def check(self, path: str) -> None:
        """Refuse a server that does not answer well three times in a row over one connection."""
        try:
            with Visitor(self.port) as visitor:
                seen = [visitor.get(path).status for _ in range(3)]
        except OSError as error:
            raise BenchError(f"{self.name} : {error}. {self.log.read_text()[-2000:]}") from error
        if seen != [200] * 3:
            raise BenchError(f"{self.name} : réponses {seen} à {path}. {self.log.read_text()[-2000:]}")

    def worker(self) -> int:
        """Return the number of the one worker's process."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        if len(listed) != 1:
            raise BenchError(f"{self.name} a {len(listed)} processus au lieu d'un.")
        return int(listed[0])

    def memory(self) -> dict[str, float]:
        """Return the worker's proportional and resident memory, in MB."""
        return read_memory(Path(f"/proc/{self.worker()}/smaps_rollup").read_text())

    def stop(self) -> None:
        """End it at once."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


def read_memory(rollup: str) -> dict[str, float]:
    """Return ``pss`` and ``rss`` of the kernel's summary, in MB of 1024 KB."""
    lines = [line.split() for line in rollup.splitlines()]
    found = {words[0].rstrip(":").lower(): int(words[1]) / 1024 for words in lines if words[-1] == "kB"}
    return {name: found[name] for name in ("pss", "rss")}
