"""The rows of a search turned into SQL once, and read in several ways from there.

The query of a search is made by the ORM, and so is every condition; what is written here is only what goes around
them (``SELECT … GROUP BY``). Making the query again for each count cost more than counting.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from apist.prepared import Prepared, Text
from projects.models import Dossier

HERE = "found here"
AMONG = RawSQL("SELECT %s AS found_here", (HERE,))
"""What stands, in a query that is prepared, for the rows that a request looks at (:func:`answered`)."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What is found: ``source`` is everything from the name of the table on, ``order`` what follows ``ORDER BY``."""

    source: str
    params: tuple
    order: str = ""

    def grouped(self, columns: Sequence[str]) -> list[tuple]:
        """Return how many rows each combination of some columns has: the columns, then the number."""
        names = ", ".join(_column(name) for name in columns)
        places = ", ".join(map(str, range(1, len(columns) + 1)))
        return _rows(f"SELECT {names}, COUNT(*) FROM {self.source} GROUP BY {places}", self.params)

    def grouped_beside(self, link: str, columns: Sequence[str]) -> list[tuple]:
        """Return the same by columns of what a column refers to: the rows are counted by that column first."""
        field = Dossier._meta.get_field(link)
        other = field.related_model
        names = ", ".join(f"beside.{_name(other._meta.get_field(name).column)}" for name in columns)
        places = ", ".join(map(str, range(1, len(columns) + 1)))
        inner = f"SELECT {_column(link)} AS link, COUNT(*) AS total FROM {self.source} GROUP BY 1"
        return _rows(
            f"SELECT {names}, SUM(found.total) FROM ({inner}) found LEFT JOIN {_name(other._meta.db_table)} beside "
            f"ON beside.{_name(other._meta.pk.column)} = found.link GROUP BY {places}",
            self.params,
        )

    def counted(self, conditions: Mapping[str, Text]) -> dict[str, int]:
        """Return how many rows there are under ``""``, and how many meet each condition: one pass over the rows."""
        cells = "".join(f", COUNT(*) FILTER (WHERE {text})" for text, _ in conditions.values())
        before = tuple(value for _, params in conditions.values() for value in params)
        (row,) = _rows(f"SELECT COUNT(*){cells} FROM {self.source}", (*before, *self.params))
        return dict(zip(("", *conditions), row, strict=True))

    def numbers(self, start: int, stop: int) -> list[int]:
        """Return the numbers of some rows, in the order that was asked for."""
        ordered = f"SELECT {_column('id')} FROM {self.source} ORDER BY {self.order}"
        return [pk for (pk,) in _rows(f"{ordered} LIMIT %s OFFSET %s", (*self.params, stop - start, start))]

    def first_of_each(self, column: str, values: Sequence[str], most: int) -> list[int]:
        """Return the numbers of the first rows of each of these values of a column, in the order that was asked for."""
        of_one = f"SELECT {_column('id')} FROM {self.source} AND {_column(column)} = %s ORDER BY {self.order} LIMIT %s"
        text = " UNION ALL ".join(f"SELECT * FROM ({of_one}) of_{rank}" for rank in range(len(values)))
        return [pk for (pk,) in _rows(text, [param for value in values for param in (*self.params, value, most)])]

    def within(self, wanted: Text) -> "Compiled":
        """Return those of the rows, which a search always narrows, that meet one more condition; without order."""
        return Compiled(f"{self.source} AND {wanted[0]}", (*self.params, *wanted[1]))

    def put_in(self, query: Prepared, numbers: Sequence[int], at: datetime) -> list[tuple]:
        """Return what a query answers that compares a dossier with :data:`AMONG`: with those that are found here."""
        return answered(query, (f"SELECT {_column('id')} FROM {self.source}", self.params), numbers, at)


def compiled(rows: QuerySet) -> Compiled | None:
    """Return what a query finds, in the order that it says; None where it is known beforehand to find nothing."""
    try:
        sql, params = rows.values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return None
    source = sql.partition(" FROM ")[2]
    if not rows.query.order_by:
        return Compiled(source, tuple(params))
    source, _, order = source.rpartition(" ORDER BY ")
    return Compiled(source, tuple(params), order)


def answered(query: Prepared, among: Text, numbers: Sequence[int], at: datetime) -> list[tuple]:
    """Return what a query answers that compares with :data:`AMONG`, once something is put in its place."""
    text, params = query.filled(numbers, at)
    rank = params.index(HERE)
    return _rows(text.replace(AMONG.sql, among[0]), (*params[:rank], *among[1], *params[rank + 1 :]))


def these(numbers: Iterable[int]) -> RawSQL:
    """Return numbers as another query compares with them: written out, where thousands of parameters cost as many."""
    return RawSQL(written(numbers), ())


def written(numbers: Iterable[int]) -> str:
    """Return numbers as SQL lists them."""
    return ", ".join(str(int(number)) for number in numbers)


def is_in(column: str, numbers: Iterable[int]) -> Text:
    """Return the condition that a column of a dossier holds one of these numbers, of which there is one at least."""
    return f"{_column(column)} IN ({written(numbers)})", ()


def condition(wanted: Q) -> Text:
    """Return a condition on a dossier as it stands in the query of a search."""
    query = Dossier._base_manager.all().query
    try:
        sql, params = query.get_compiler(connection=connection).compile(query.build_where(wanted))
    except EmptyResultSet:
        return "1 = 0", ()
    except FullResultSet:
        return "1 = 1", ()
    return sql, tuple(params)


def conditions(wanted: Mapping[str, Q]) -> dict[str, Text]:
    """Return several conditions, by name."""
    return {name: condition(one) for name, one in wanted.items()}


def _column(name: str) -> str:
    return f"{_name(Dossier._meta.db_table)}.{_name(Dossier._meta.get_field(name).column)}"


def _name(name: str) -> str:
    return connection.ops.quote_name(name)


def _rows(sql: str, params: Iterable) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, tuple(params))
        return cursor.fetchall()
