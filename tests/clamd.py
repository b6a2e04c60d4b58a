"""A real clamd for the tests: one local signature, nothing downloaded, in a folder that is thrown away."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "bin"))
from clamav import NAMES, REMEDY
from programs import which

MARK = b"APIST-TEST-SIGNATURE-THAT-IS-NO-VIRUS"
SIGNATURE = "Apist.Test.Signature.UNOFFICIAL"
"""What clamd says of a file that holds the mark; it adds the last word to what is not ClamAV's own."""

PATIENCE = 30


@dataclass
class Clamd:
    """A daemon that runs, and where."""

    process: subprocess.Popen
    socket: Path

    @property
    def address(self) -> str:
        return f"unix://{self.socket}"

    def stop(self) -> None:
        """Kill it; nothing is left to save."""
        self.process.kill()
        self.process.wait()


@contextmanager
def running_clamd(*, tcp_port: int = 0, **options: str) -> Iterator[Clamd]:
    """Start a daemon with these options of clamd.conf, give it, then stop it and erase its folder."""
    said = os.environ.get("APIST_CLAMD", "").strip()
    program = which([said] if said else NAMES)
    if not program:
        pytest.fail(REMEDY, pytrace=False)
    folder = Path(tempfile.mkdtemp(prefix="apist-clamd-", dir="/tmp"))  # the name of a socket must be short
    try:
        database = folder / "database"
        database.mkdir()
        (database / "local.ndb").write_text(f"Apist.Test.Signature:0:*:{MARK.hex()}\n")
        settings = {
            "DatabaseDirectory": database,
            "TemporaryDirectory": folder,
            "LocalSocket": folder / "clamd.ctl",
            "Foreground": "yes",
            "MaxThreads": "4",
        }
        if tcp_port:
            settings |= {"TCPSocket": tcp_port, "TCPAddr": "127.0.0.1"}
        configuration = folder / "clamd.conf"
        configuration.write_text("".join(f"{name} {value}\n" for name, value in (settings | options).items()))
        with (folder / "log").open("w") as log:
            process = subprocess.Popen([program, "--config-file", configuration], stdout=log, stderr=log)
        daemon = Clamd(process, folder / "clamd.ctl")
        try:
            _wait(daemon, folder / "log")
            yield daemon
        finally:
            daemon.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(daemon: Clamd, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and daemon.process.poll() is None:
        if daemon.socket.exists() and "Self checking" in log.read_text():
            return
        time.sleep(0.05)
    pytest.fail(f"clamd ne démarre pas :\n{log.read_text()[-2000:]}", pytrace=False)
