"""Essential data of subsidy agreements, in the columns of the national schema « subventions ». Pure.

Decree 2017-779 and order of 17 November 2017; schema SCDL 2.1.1, kept in ``schema/subventions.json`` with its source.
Nothing of a natural person, nothing confidential: the caller gives legal persons' agreements alone.
"""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO

from levers.views.lists import safe_cell

COLUMNS = (
    "nomAttribuant",
    "idAttribuant",
    "dateConvention",
    "referenceDecision",
    "nomBeneficiaire",
    "idBeneficiaire",
    "rnaBeneficiaire",
    "objet",
    "montant",
    "nature",
    "conditionsVersement",
    "datesPeriodeVersement",
    "idRAE",
    "notificationUE",
    "pourcentageSubvention",
    "dispositifAide",
)
LONGEST = 256
IN_CASH = "aide en numéraire"
ONCE, STAGGERED, AS_AGREED = "unique", "échelonné", "Selon la convention"


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement that was signed. ``payments``: the days of its schedule, none where there is no schedule."""

    payer: str
    payer_siret: str
    signed_on: date
    reference: str
    receiver: str
    receiver_siret: str
    purpose: str
    amount: Decimal
    payments: tuple[date, ...] = ()
    ends_on: date | None = None


def row_of(one: Agreement) -> dict[str, str]:
    """Return an agreement as a row of the schema: text alone, an amount with a dot, days in ISO 8601.

    A title that a spreadsheet would take for a formula gets an apostrophe. A line of the register of business aids
    and a scheme of aid are not known here: their columns stay empty, which the schema allows.
    """
    values = dict.fromkeys(COLUMNS, "")
    return values | {
        "nomAttribuant": text_of(one.payer),
        "idAttribuant": one.payer_siret,
        "dateConvention": one.signed_on.isoformat(),
        "referenceDecision": text_of(one.reference),
        "nomBeneficiaire": text_of(one.receiver),
        "idBeneficiaire": one.receiver_siret,
        "objet": text_of(one.purpose),
        "montant": f"{one.amount:.2f}",
        "nature": IN_CASH,
        "conditionsVersement": _conditions(one),
        "datesPeriodeVersement": _period(one),
        "notificationUE": "non",
        "pourcentageSubvention": "1.00",
    }


def text_of(words: str) -> str:
    """Return words on one line, at most as long as the schema allows, that no spreadsheet takes for a formula."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())
    return safe_cell(line)[:LONGEST].rstrip() or "Sans titre"


def as_csv(rows: Iterable[dict[str, str]]) -> str:
    """Return rows as the order of 2017 wants them: commas, the names of the columns first."""
    text = StringIO()
    sheet = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    sheet.writeheader()
    sheet.writerows(rows)
    return text.getvalue()


def as_json(rows: Iterable[dict[str, str]]) -> str:
    """Return the same rows under the same names; amounts are numbers, and what is empty is left out."""
    numbers = {"montant", "pourcentageSubvention"}
    listed = [
        {name: float(value) if name in numbers else value for name, value in row.items() if value} for row in rows
    ]
    return json.dumps(listed, ensure_ascii=False, indent=1)


def _conditions(one: Agreement) -> str:
    if not one.payments:
        return AS_AGREED
    return ONCE if len(one.payments) == 1 else STAGGERED


def days_of(one: Agreement) -> tuple[date, date]:
    """Return the first and the last day of payment, the same where there is one payment."""
    first = min(one.payments, default=one.signed_on)
    last = max(one.payments, default=max(one.ends_on or one.signed_on, one.signed_on))
    return first, last


def _period(one: Agreement) -> str:
    first, last = days_of(one)
    return first.isoformat() if len(one.payments) == 1 else f"{first.isoformat()}/{last.isoformat()}"
