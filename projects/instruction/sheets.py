"""The dossiers of a search as the rows of a spreadsheet, a thousand at a time, whatever their number."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

from django.db.models import Sum
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from levers.views.lists import safe_cell
from projects.instruction.conditions import Desk
from projects.instruction.filters import Asked
from projects.instruction.rows import labels_of
from projects.instruction.tallies import UNNAMED
from projects.instruction.wording import TURNS
from projects.models import Assignment, MoneyLine
from projects.procedures.catalogue import procedure_at
from projects.procedures.vocabulary import MACRO_LABELS, Macro, MoneyKind, Turn

MOST = 50_000
"""How many dossiers an export holds."""
CHUNK = 1_000
SHOWN = (MoneyKind.ASKED, MoneyKind.GRANTED, MoneyKind.PAID)
HEADERS = (
    "Référence", "Titre", "Organisme", "SIRET", "Département", "Type d'acteur", "Levier", "Appel", "Procédure",
    "Étape", "Statut", "À qui d'agir", "Déposé le", "Échéance", "Délai légal", "Responsable du dossier",
    "Expert métier", "Étiquettes", "Montant demandé", "Montant accordé", "Montant versé",
)  # fmt: skip
FIELDS = (
    "pk", "reference", "project__title", "organisation__name", "organisation__siret",
    "organisation__department__name", "organisation__actor_type__label", "lever__short_name", "call__title",
    "procedure_key", "procedure_version", "stage", "macro", "turn", "deposited_at", "due_at", "legal_due_at",
)  # fmt: skip
Cell = str | date | Decimal | None


def is_too_long(asked: Asked) -> bool:
    """Tell whether a search finds more than an export holds."""
    return asked.rows()[: MOST + 1].count() > MOST


def lines_of(asked: Asked) -> Iterator[list[Cell]]:
    """Yield the rows, in the order of the list; texts are safe for any spreadsheet. Three queries a thousand rows."""
    found = iter(asked.in_order().values_list(*FIELDS).iterator(chunk_size=CHUNK))
    while rows := list(islice(found, CHUNK)):
        numbers = [row[0] for row in rows]
        people, labels, money = _people(numbers, asked.desk), labels_of(numbers, asked.desk), _money(numbers)
        for pk, *values in rows:
            held = people.get(pk, {})
            yield [
                *_columns(*values),
                _text(", ".join(held.get(Assignment.Role.LEAD, ()))),
                _text(", ".join(held.get(Assignment.Role.EXPERT, ()))),
                _text(" ; ".join(labels.get(pk, ()))),
                *(money.get(pk, {}).get(kind) for kind in SHOWN),
            ]


def _columns(*values) -> list[Cell]:
    *words, key, version, stage, macro, turn, deposited, due, legal = values
    procedure = procedure_at(key, version)
    words = (*words, procedure.title)
    stands = (procedure.stage(stage).agency_label, MACRO_LABELS[Macro(macro)], TURNS[Turn(turn)])
    return [*map(_text, words), *map(_text, stands), _day(deposited), _day(due), _day(legal)]


def _text(words: str | None) -> str:
    return safe_cell(ILLEGAL_CHARACTERS_RE.sub("", words or ""))


def _day(at: datetime | None) -> date | None:
    return timezone.localtime(at).date() if at else None


def _people(numbers: list[int], desk: Desk) -> dict[int, dict[str, list[str]]]:
    current = Assignment.objects.current(desk.at).filter(dossier__in=numbers, dossier__body_id__in=desk.bodies)
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for dossier, role, name in current.order_by("pk").values_list("dossier_id", "role", "user__full_name"):
        found[dossier][role].append(name or UNNAMED)
    return found


def _money(numbers: list[int]) -> dict[int, dict[str, Decimal]]:
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    lines = MoneyLine.objects.filter(dossier__in=numbers, kind__in=SHOWN).order_by()
    for dossier, kind, amount in lines.values_list("dossier_id", "kind").annotate(total=Sum("amount")):
        found[dossier][kind] = amount
    return found


class Echo:
    """A file that gives back what is written in it: the writer of CSV writes rows, the answer sends them."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


def as_csv(asked: Asked) -> Iterator[str]:
    """Yield the lines of a CSV file that French spreadsheets open as it is."""
    writer = csv.writer(Echo(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff" + writer.writerow(HEADERS)
    for line in lines_of(asked):
        yield writer.writerow([_written(cell) for cell in line])


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case date():
            return f"{cell:%d/%m/%Y}"
        case Decimal():
            return f"{cell:.2f}".replace(".", ",")
    return cell


def as_xlsx(asked: Asked) -> IO[bytes]:
    """Return an XLSX file, written row by row on the disk: no memory grows with it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Dossiers")
    sheet.freeze_panes = "A2"
    sheet.append(HEADERS)
    for line in lines_of(asked):
        sheet.append(line)
    file = TemporaryFile()  # noqa: SIM115  the answer closes it, once it is sent
    book.save(file)
    file.seek(0)
    return file
