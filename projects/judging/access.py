"""What being in a jury opens: nothing before one's interests are declared, then what was deposited, to be marked."""

from projects.models import Dossier, Interest
from projects.procedures.vocabulary import Party

ALONE = frozenset({Party.JUROR})
"""As what one reads a dossier that a jury alone has opened."""


def jury_of(dossier: Dossier, user: int) -> int | None:
    """Return the jury in which somebody said that they have no link with a dossier; None before that (one query)."""
    said = Interest.objects.filter(candidate__dossier=dossier, juror__user=user, juror__left_at=None, conflict=False)
    return said.order_by("-declared_at", "-pk").values_list("candidate__jury_id", flat=True).first()
