"""What is entrusted to somebody by name, whether or not they hold a post: an evaluation, opinions, a jury.

Those who hold a post find it at their desk; the others have no other way to it than this and their mails.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from projects.engine.people import Actor
from projects.models import Dossier, Jury
from projects.opinions.reading import put_to
from projects.procedures.vocabulary import Party


@dataclass(frozen=True, slots=True)
class Entrusted:
    """A line: what it is, where it leads."""

    words: str
    address: str
    label: str


def entrusted_to(actor: Actor, at: datetime) -> list[Entrusted]:
    """Return what is entrusted to a person by name (three queries)."""
    user = actor.user.pk
    mine = Q(participations__user=user, participations__capacity=Party.EVALUATOR, participations__until=None)
    evaluated = Dossier.objects.visible_to(actor.holdings).filter(mine).select_related("project").order_by("pk")
    found = [
        Entrusted("Vous évaluez un projet :", reverse("instruction-dossier", args=[one.reference]), one.project.title)
        for one in evaluated
    ]
    asked = sum(row.waits for row in put_to(actor.holdings, timezone.localtime(at).date()))
    if asked:
        words = "Un avis vous est demandé :" if asked == 1 else f"{asked} avis vous sont demandés :"
        found.append(Entrusted(words, reverse("instruction-my-opinions"), "voir les avis demandés"))
    if Jury.objects.filter(jurors__user=user, jurors__left_at=None).exclude(state=Jury.State.COMPOSED).exists():
        found.append(Entrusted("Vous êtes membre d'un jury :", reverse("jury-list"), "voir les jurys"))
    return found
