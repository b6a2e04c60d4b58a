"""One database for each engine and size, made once and kept as a file between runs.

The folder of the files is named by a digest of what they are made from (``bin/bench``),
so a file is never out of date. Each run works on copies: it may change them.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg2

from tests.bench.load import BenchError
from tests.bench.servers import portal_environment, run_inside

REAL = 12
"""How many levers the real content has: the size for which nothing is invented."""


class Sqlite:
    """Databases in files; a copy is a copy of the file."""

    name = "sqlite"

    def __init__(self, kept: Path, run: Path, var: Path):
        self.kept, self.run, self.var = kept, run, var

    def address(self, size: int) -> str:
        """Return the address of this run's database of a size."""
        return f"sqlite:///{self.run / f'{size}.sqlite3'}"

    def environment(self, size: int) -> dict[str, str]:
        """Return the portal's environment with that database."""
        return portal_environment(self.address(size), self.var)

    def prepare(self, size: int) -> None:
        """Copy the file kept for this size, after making it where there is none."""
        kept, copy = self.kept / f"sqlite-{size}.sqlite3", self.run / f"{size}.sqlite3"
        if kept.exists():
            shutil.copyfile(kept, copy)
            return
        if size == REAL:
            run_inside("install", environment=self.environment(size))
        else:
            self.prepare_once(REAL)
            shutil.copyfile(self.kept / f"sqlite-{REAL}.sqlite3", copy)
            run_inside("fill", str(size), environment=self.environment(size))
        keep(copy, kept)

    def prepare_once(self, size: int) -> None:
        """Prepare a size unless this run already has it."""
        if not (self.run / f"{size}.sqlite3").exists():
            self.prepare(size)


class Postgresql:
    """Databases of a private server; what is kept is a dump, restored into a new database."""

    name = "postgresql"

    def __init__(self, kept: Path, run: Path, var: Path, *, server: str, programs: Path):
        self.kept, self.run, self.var = kept, run, var
        self.server, self.programs = server, programs / "bin"
        self.socket = parse_qs(urlsplit(server).query)["host"][0]

    def address(self, size: int) -> str:
        """Return the address of this run's database of a size."""
        return self.server.replace("/postgres?", f"/{self.database(size)}?")

    def database(self, size: int) -> str:
        """Return its name."""
        return f"bench_{size}"

    def environment(self, size: int) -> dict[str, str]:
        """Return the portal's environment with that database."""
        return portal_environment(self.address(size), self.var)

    def prepare(self, size: int) -> None:
        """Restore the dump kept for this size, after making it where there is none."""
        kept = self.kept / f"postgresql-{size}.dump"
        if kept.exists():
            self.execute(f"CREATE DATABASE {self.database(size)}")
            self.program("pg_restore", "--no-owner", "--dbname", self.database(size), str(kept))
        else:
            if size == REAL:
                self.execute(f"CREATE DATABASE {self.database(size)}")
                run_inside("install", environment=self.environment(size))
            else:
                self.prepare_once(REAL)
                self.execute(f"CREATE DATABASE {self.database(size)} TEMPLATE {self.database(REAL)}")
                run_inside("fill", str(size), environment=self.environment(size))
            fresh = self.run / f"{size}.dump"
            self.program("pg_dump", "--format=custom", "--compress=1", f"--file={fresh}", self.database(size))
            keep(fresh, kept)
        # What autovacuum would do by itself in the minutes that follow a real import.
        self.execute("VACUUM (ANALYZE, FREEZE)", self.database(size))

    def prepare_once(self, size: int) -> None:
        """Prepare a size unless this run already has it."""
        if not self.execute("SELECT 1 FROM pg_database WHERE datname = %s", values=[self.database(size)]):
            self.prepare(size)

    def execute(self, statement: str, database: str = "postgres", values=None) -> list:
        """Run one statement outside any transaction and return its rows."""
        connection = psycopg2.connect(host=self.socket, user="postgres", dbname=database)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def program(self, name: str, *words: str) -> None:
        """Run a program of PostgreSQL against the private server."""
        command = [str(self.programs / name), "--host", self.socket, "--username", "postgres", *words]
        ended = subprocess.run(command, capture_output=True, text=True)
        if ended.returncode:
            raise BenchError(f"{name} : {ended.stderr[-2000:]}")


def keep(made: Path, kept: Path) -> None:
    """Put a finished file where the next run looks for it: whole, or not at all."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as draft:
        shutil.copyfile(made, draft.name)
    Path(draft.name).replace(kept)
