"""Which tables of dossiers the database itself guards, and the one door past the guards.

A stage changes only with the journal entry of the move that changed it; journal, texts and deposits are never
rewritten; a confidential dossier is never named by the board that all agencies read. ``manage.py migrate`` sets the
triggers again each time (``apist/management/commands/migrate.py``): SQLite drops those of a table that a migration
makes again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from apist.engines import Barred, Frozen, StageGuard, guard_names, guard_statements
from projects.models import Maintenance
from projects.procedures.catalogue import PROCEDURES

FROZEN = (
    Frozen("projects_journalentry", update=True, delete=True),
    Frozen("projects_journaltext", update=True, delete=False),
    Frozen("projects_snapshot", update=True, delete=True),
    Frozen("projects_dossier", update=False, delete=True),
    Frozen("projects_moneyline", update=True, delete=True),
    Frozen("projects_paymentschedule", update=True, delete=True),
    Frozen("projects_instalment", update=True, delete=True),
    Frozen("projects_indicator", update=True, delete=True),
    Frozen("projects_indicatorvalue", update=True, delete=True),
    Frozen("projects_evaluationreport", update=True, delete=True),
    Frozen("projects_decision", update=True, delete=True),
    Frozen("projects_decisionnotice", update=True, delete=True),
)
STAGE = StageGuard("projects_dossier", "projects_journalentry")
MAINTENANCE = "projects_maintenance"
SECRET = ", ".join(f"'{key}'" for key in sorted({one.key for one in PROCEDURES if one.confidential}))
BARRED = (
    Barred(
        "projects_envisagedproject",
        "dossier_id",
        "projects_dossier",
        f"projects_dossier.confidential OR projects_dossier.procedure_key IN ({SECRET})",
    ),
)
"""The board that all agencies read never names a confidential dossier (CPOM), whatever writes the row."""


def install() -> None:
    """Set the triggers, replacing those that are there; asking twice changes nothing."""
    with connection.cursor() as cursor:
        for statement in guard_statements(connection.vendor, FROZEN, STAGE, MAINTENANCE, BARRED):
            cursor.execute(statement)


def missing() -> list[str]:
    """Return the names of the triggers that the database should have and has not."""
    with connection.cursor() as cursor:
        query = {
            "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
            "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
        }[connection.vendor]
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
    return sorted(set(guard_names(FROZEN, STAGE, BARRED)) - there)


@contextmanager
def maintenance(reason: str, at: datetime) -> Iterator[Maintenance]:
    """Open the guarded door for the length of a transaction, and leave a trace of why.

    Nobody else sees it open: the row that opens it is committed closed.
    """
    with transaction.atomic():
        door = Maintenance.objects.create(reason=reason, opened_at=at)
        yield door
        Maintenance.objects.filter(pk=door.pk).update(is_open=False)
