"""What stands beside the dossiers that a search finds, and names it: queries prepared once, filled for each search."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache

from django.db.models import Count, Min, Model, Q

from apist.prepared import MOMENTS, Prepared, Text, prepare
from projects.instruction.compiled import AMONG, answered, written
from projects.models import Assignment, DossierLabel


@cache
def label_query(how_many: int) -> Prepared:
    """Return what counts each label of so many administrations: its slug, the dossiers, its words, whose it is."""

    def write(bodies: Sequence[int], at: datetime) -> Text:
        puts = DossierLabel.objects.filter(label__body_id__in=bodies, dossier__in=AMONG)
        rows = (
            puts.order_by()
            .values_list("label__slug")
            .annotate(total=Count("dossier", distinct=True), words=Min("label__name"), first=Min("label__body_id"))
        )
        return rows.order_by("first", "words").query.sql_with_params()

    return prepare(write, how_many)


@cache
def people_query() -> Prepared:
    """Return what counts those who hold dossiers now: who, how many they hold, how many they lead."""

    def write(numbers: Sequence[int], at: datetime) -> Text:
        leads = Count("dossier", filter=Q(role=Assignment.Role.LEAD))
        current = Assignment.objects.current(at).filter(dossier__in=AMONG)
        rows = current.order_by().values_list("user_id")
        return rows.annotate(found=Count("dossier", distinct=True), leading=leads).query.sql_with_params()

    return prepare(write)


def names_of(model: type[Model], numbers: Iterable[int], *columns: str) -> list[tuple]:
    """Return the numbers of some rows and these columns, in the order of the last one (one query)."""
    return answered(_names_query(model, columns), (written(numbers), ()), (), MOMENTS[0])


@cache
def _names_query(model: type[Model], columns: tuple[str, ...]) -> Prepared:
    def write(numbers: Sequence[int], at: datetime) -> Text:
        rows = model._base_manager.filter(pk__in=AMONG).order_by(columns[-1], "pk")
        return rows.values_list("pk", *columns).query.sql_with_params()

    return prepare(write)
