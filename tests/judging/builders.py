"""A small grid with weights, and juries made through their own acts."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from actors.models import User
from projects.engine.people import actor_of
from projects.judging import composing
from projects.judging.marking import Filled, declare, mark
from projects.models import Dossier, Jury
from projects.procedures.grids import Criterion, Grid
from projects.procedures.types import Procedure
from tests.dossier_factories import NOW
from tests.factories import make_user
from tests.instruction.procedure import TRIED

GRID = Grid(
    (
        Criterion("need", "Besoin", "Le besoin est établi.", Decimal(3), source="Essai"),
        Criterion("team", "Équipe", "L'équipe est là.", Decimal(1), source="Essai"),
    ),
    "Grille d'essai",
)
JUDGED: Procedure = replace(TRIED, grid=GRID)
WORDS = "Motif tenu scellé 77312"
MARKED = "67.5"
"""What 3.5 and 3 make by these weights, on a hundred: (3 × 70 + 60) / 4."""


def filled(need: str = "3.5", team: str = "3", words: str = WORDS) -> Filled:
    """Return a grid with these marks."""
    return Filled({"need": Decimal(need), "team": Decimal(team)}, {"need": words}, words)


def make_juror(name: str = "Ange Jury") -> User:
    """Return somebody who signed up and holds no post."""
    return make_user(full_name=name)


def make_jury(
    manager: User,
    dossiers: list[Dossier],
    jurors: list[User],
    *,
    at: datetime = NOW,
    opened=True,
    judges: dict | None = None,
) -> Jury:
    """Return the jury of the tests, chaired by the first of its members, open for ten days unless told otherwise."""
    actor = actor_of(manager, at)
    jury = Jury(
        name="Jury d'essai", body=dossiers[0].body, **(judges or {"procedure_key": JUDGED.key}), opens_at=at - timedelta(days=1),
        closes_at=at + timedelta(days=10),
    )  # fmt: skip
    composing.create(jury, actor, at)
    for juror in jurors:
        composing.add_juror(jury.pk, juror, actor, at)
    composing.choose_chair(jury.pk, jurors[0], actor)
    composing.add_dossiers(jury.pk, dossiers, actor, at)
    if opened:
        composing.open_jury(jury.pk, actor, at)
    jury.refresh_from_db()
    return jury


def say(jury: Jury, dossier: Dossier, juror: User, *, conflict: bool = False, at: datetime = NOW) -> None:
    """Declare a link, or none."""
    declare(jury.pk, dossier.pk, "", actor_of(juror, at), at, conflict=conflict)


def give(jury: Jury, dossier: Dossier, juror: User, need: str = "3.5", team: str = "3", *, at: datetime = NOW) -> bool:
    """Declare no link and mark; tell whether it was the last mark."""
    say(jury, dossier, juror, at=at)
    return mark(jury.pk, dossier.pk, filled(need, team), actor_of(juror, at), at)[1]
