"""What differs between SQLite and PostgreSQL, and nothing else: connection options, triggers, waits for a lock.

Everything the portal keeps in memory is made from content, and must be made again
when content changes, whoever changes it: a page of the admin, ``loaddata``, a shell,
a line of SQL. Only the database sees them all. So each content table has triggers
that write a new random number beside what changed (``actors/models/content.py``
says what these numbers are for; ``levers/watched.py`` and ``projects/watched.py`` which tables are watched).

A number drawn at random, and not a counter: a transaction that is undone gives its
counter back, and the next one would be taken for it.

SQLite drops the triggers of a table that Django's migrations make again. A migration
that alters a watched table ends with the ``watch`` of its app; a test tells when one
does not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
"""Readers never wait for the writer; a writer waits its turn instead of failing."""

VERSION, STAMP = "actors_contentversion", "actors_contentstamp"
EVENTS = ("INSERT", "UPDATE", "DELETE")
WRITTEN = ("INSERT", "UPDATE")


@dataclass(frozen=True, slots=True)
class Watched:
    """A table, the kind of thing its rows belong to, and how to find which: an SQL expression over ``{row}``."""

    table: str
    kind: str
    owner: str = "0"


def trigger_statements(vendor: str, watched: Iterable[Watched]) -> list[str]:
    """Return the statements that set the triggers of some tables, replacing those they have."""
    make = {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]
    return [statement for one in watched for statement in make(one)]


def setter(watched: Iterable[Watched]) -> Callable[..., None]:
    """Return what a migration runs to set the triggers of the tables that exist by then."""
    watched = tuple(watched)

    def watch(apps, schema_editor) -> None:
        connection = schema_editor.connection
        existing = set(connection.introspection.table_names())
        for statement in trigger_statements(connection.vendor, [one for one in watched if one.table in existing]):
            schema_editor.execute(statement, params=None)

    return watch


def _name(table: str, event: str) -> str:
    return f"watch_{table}_{event.lower()}"


def _sqlite(one: Watched) -> list[str]:
    """Row by row: SQLite has no other trigger."""
    statements = []
    for event in EVENTS:
        rows = {"INSERT": ("NEW",), "DELETE": ("OLD",), "UPDATE": ("NEW", "OLD")}[event]
        stamps = "".join(
            f"INSERT INTO {STAMP} (kind, owner, number) "
            f"VALUES ('{one.kind}', COALESCE({one.owner.format(row=row)}, 0), random()) "
            "ON CONFLICT (kind, owner) DO UPDATE SET number = excluded.number;\n"
            for row in rows
        )
        statements += [
            f"DROP TRIGGER IF EXISTS {_name(one.table, event)}",
            f"CREATE TRIGGER {_name(one.table, event)} AFTER {event} ON {one.table} BEGIN\n{stamps}"
            f"INSERT INTO {VERSION} (id, token) VALUES (1, random()) "
            "ON CONFLICT (id) DO UPDATE SET token = excluded.token;\nEND",
        ]
    return statements


_RANDOM = "hashtextextended(gen_random_uuid()::text, 0)"

_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $watch$
BEGIN
{stamps}
INSERT INTO {version} (id, token) VALUES (1, {random})
    ON CONFLICT (id) DO UPDATE SET token = excluded.token;
RETURN NULL;
END $watch$
"""


def _postgresql(one: Watched) -> list[str]:
    """Statement by statement, whatever the number of rows, and when a table is emptied at once."""
    statements = []
    for event in (*EVENTS, "TRUNCATE"):
        name = _name(one.table, event)
        tables = {"INSERT": ("fresh",), "DELETE": ("gone",), "UPDATE": ("fresh", "gone"), "TRUNCATE": ()}[event]
        owner = f"COALESCE({one.owner}, 0) AS owner"
        owners = [f"SELECT DISTINCT {owner.format(row=table)} FROM {table}" for table in tables]
        stamps = (
            f"INSERT INTO {STAMP} (kind, owner, number) "
            f"SELECT '{one.kind}', owner, {_RANDOM} FROM ({' UNION '.join(owners) or 'SELECT 0 AS owner'}) AS changed "
            "ORDER BY owner ON CONFLICT (kind, owner) DO UPDATE SET number = excluded.number;"
        )
        if event == "TRUNCATE":
            stamps = f"DELETE FROM {STAMP} WHERE kind = '{one.kind}';\n{stamps}"
        names = {"fresh": "NEW TABLE AS fresh", "gone": "OLD TABLE AS gone"}
        referencing = f"REFERENCING {' '.join(names[table] for table in tables)}" if tables else ""
        statements += [
            _FUNCTION.format(name=name, stamps=stamps, version=VERSION, random=_RANDOM),
            f"DROP TRIGGER IF EXISTS {name} ON {one.table}",
            f"CREATE TRIGGER {name} AFTER {event} ON {one.table} {referencing} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        ]
    return statements


@dataclass(frozen=True, slots=True)
class Frozen:
    """A table whose rows are not rewritten, or not removed, outside maintenance."""

    table: str
    update: bool
    delete: bool

    @property
    def events(self) -> tuple[str, ...]:
        """Return the statements that are refused."""
        return tuple(name for name, refused in (("UPDATE", self.update), ("DELETE", self.delete)) if refused)


@dataclass(frozen=True, slots=True)
class StageGuard:
    """A table whose stage changes only with the entry, in a journal, of the move that changed it."""

    table: str
    journal: str


@dataclass(frozen=True, slots=True)
class Barred:
    """A table whose rows may not name some rows of another one: ``refused`` is an SQL condition over ``other``.

    What a row is, by a column of the row that it names, no CHECK can ask: it sees one row.
    """

    table: str
    column: str
    other: str
    refused: str

    def names_one(self, event: str) -> str:
        """Return the condition that is true of a row that begins to name what it may not.

        One that named it before it was so stays, and may be changed otherwise: taken away, to begin with.
        """
        begins = (
            f"(OLD.{self.column} IS NULL OR OLD.{self.column} <> NEW.{self.column})" if event == "UPDATE" else "TRUE"
        )
        row = f"SELECT 1 FROM {self.other} WHERE {self.other}.id = NEW.{self.column} AND ({self.refused})"
        return f"{begins} AND EXISTS ({row})"


def guard_names(frozen: Iterable[Frozen], stage: StageGuard, barred: Iterable[Barred] = ()) -> list[str]:
    """Return the names of the triggers that guard these tables."""
    return [
        *(_guard(one.table, event) for one in frozen for event in one.events),
        *(_guard(stage.table, f"stage_{event}") for event in WRITTEN),
        *(_guard(one.table, f"barred_{event}") for one in barred for event in WRITTEN),
    ]


def guard_statements(
    vendor: str, frozen: Iterable[Frozen], stage: StageGuard, maintenance: str, barred: Iterable[Barred] = ()
) -> list[str]:
    """Return the statements that set the guards of some tables, replacing those they have.

    They stand aside while the maintenance table holds an open row that the transaction can see.
    """
    make = {"sqlite": _sqlite_guard, "postgresql": _postgresql_guard}[vendor]
    closed = f"NOT EXISTS (SELECT 1 FROM {maintenance} WHERE is_open)"
    rules = [
        (_guard(one.table, event), event, one.table, "TRUE", f"{one.table}: rows are not rewritten")
        for one in frozen
        for event in one.events
    ]
    written = (
        f"EXISTS (SELECT 1 FROM {stage.journal} AS entry WHERE entry.dossier_id = NEW.id "
        "AND entry.stage_version = NEW.version AND entry.from_stage = OLD.stage AND entry.to_stage = NEW.stage)"
    )
    same = "NEW.stage = OLD.stage AND NEW.version = OLD.version AND NEW.macro = OLD.macro AND NEW.turn = OLD.turn"
    moved = f"NOT (({same}) OR (NEW.version = OLD.version + 1 AND {written}))"
    message = f"{stage.table}: a stage changes only with its journal entry"
    rules += [
        (_guard(stage.table, "stage_INSERT"), "INSERT", stage.table, "NEW.stage <> '' OR NEW.version <> 0", message),
        (_guard(stage.table, "stage_UPDATE"), "UPDATE", stage.table, moved, message),
        *(
            (
                _guard(one.table, f"barred_{event}"),
                event,
                one.table,
                one.names_one(event),
                f"{one.table}: not of this one",
            )
            for one in barred
            for event in WRITTEN
        ),
    ]
    return [statement for name, *rule in rules for statement in make(name, *rule, closed)]


def _guard(table: str, event: str) -> str:
    return f"guard_{table}_{event.lower()}"


def _sqlite_guard(name: str, event: str, table: str, refused: str, message: str, closed: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN ({refused}) AND {closed} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
    ]


def _postgresql_guard(name: str, event: str, table: str, refused: str, message: str, closed: str) -> list[str]:
    row = "OLD" if event == "DELETE" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
        f"IF ({refused}) AND {closed} THEN RAISE EXCEPTION '{message}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $guard$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def limit_lock_waits(connection, seconds: int) -> None:
    """Refuse to wait for a locked row longer than this, in the present transaction.

    On SQLite the whole base has one writer, and the connection's timeout already limits the wait.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{int(seconds)}s'")


LOCK_NOT_AVAILABLE = "55P03"


def is_lock_timeout(error: Exception) -> bool:
    """Tell whether a statement failed because somebody else held what it waited for too long."""
    cause = error.__cause__
    return getattr(cause, "pgcode", None) == LOCK_NOT_AVAILABLE or "database is locked" in str(error)
