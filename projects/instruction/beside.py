"""Labels and people beside the dossiers that a search finds: queries prepared once, filled for each search."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from django.db.models import Count, Min, Q

from apist.prepared import Prepared, Text, prepare
from projects.instruction.compiled import AMONG
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
    """Return what counts those who hold dossiers now: who, their name, how many they hold, how many they lead."""

    def write(numbers: Sequence[int], at: datetime) -> Text:
        leads = Count("dossier", filter=Q(role=Assignment.Role.LEAD))
        current = Assignment.objects.current(at).filter(dossier__in=AMONG)
        rows = current.order_by("user__full_name", "user_id").values_list("user_id", "user__full_name")
        return rows.annotate(found=Count("dossier", distinct=True), leading=leads).query.sql_with_params()

    return prepare(write)
