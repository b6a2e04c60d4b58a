"""Who is away and who stands in: said once, with its dates; at the end nothing is to be undone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from actors.models import Body, Post, User
from projects.engine.people import Actor
from projects.instruction.scope import entering_bodies
from projects.models import Absence

ROLES = (Post.Role.OFFICER, Post.Role.HEAD)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who instructs in a body."""

    user: User
    body: Body

    @property
    def key(self) -> str:
        """Return what names both in a form."""
        return f"{self.body.pk}-{self.user.pk}"


class Impossible(Exception):
    """An absence that cannot be said; the message is for the person."""


def colleagues(actor: Actor, on: date) -> list[Colleague]:
    """Return who instructs on a day in the bodies where a person does, by name, each once a body (one query)."""
    posts = Post.objects.current(on).filter(
        body__in=entering_bodies(actor.holdings), role__in=ROLES, user__is_active=True
    )
    found = {(one.body_id, one.user_id): Colleague(one.user, one.body) for one in posts.select_related("user", "body")}
    return sorted(found.values(), key=lambda one: (one.body.name, str(one.user)))


def spoken_for(actor: Actor, people: Iterable[Colleague]) -> list[Colleague]:
    """Return those for whom a person may say an absence: themself, and whoever instructs where they are head."""
    headed = actor.holdings.of("head_bodies")
    return [one for one in people if one.user == actor.user or one.body.pk in headed]


def absences_of(actor: Actor, on: date) -> QuerySet[Absence]:
    """Return the absences of a day and those to come, in the bodies where a person instructs."""
    rows = Absence.objects.not_over(on).filter(body__in=entering_bodies(actor.holdings))
    return rows.select_related("user", "deputy", "body", "said_by")


@transaction.atomic
def say_absence(who: Colleague, deputy: Colleague, since: date, until: date, actor: Actor, at: datetime) -> Absence:
    """Write an absence down; :class:`Impossible` where it could not be followed.

    The deputy instructs in the same body and is not away at the same time; nobody is away twice at once.
    """
    if deputy.body != who.body or deputy.user == who.user:
        raise Impossible("Le remplaçant est une autre personne, qui instruit dans la même administration.")
    if until < since:
        raise Impossible("La fin vient avant le début.")
    # The row of the body is the lock: two absences of the same person are not written at once.
    Body.objects.select_for_update(no_key=True).get(pk=who.body.pk)
    same_days = Absence.objects.filter(body=who.body, since__lte=until, until__gte=since)
    if same_days.filter(user=who.user).exists():
        raise Impossible("Une absence est déjà dite pour ces jours : retirez-la d'abord.")
    if same_days.filter(user=deputy.user).exists():
        raise Impossible("Le remplaçant est absent lui aussi pendant ces jours.")
    return Absence.objects.create(
        user=who.user, body=who.body, deputy=deputy.user, since=since, until=until, said_by=actor.user, said_at=at
    )


def may_end(actor: Actor, absence: Absence) -> bool:
    """Tell whether a person may end an absence: their own, or that of somebody of whose unit they are head."""
    return absence.user_id == actor.holdings.user or absence.body_id in actor.holdings.of("head_bodies")


def end_absence(absence: Absence, on: date) -> None:
    """End an absence: one that began stops the day before, one that did not is gone."""
    if absence.since >= on:
        absence.delete()
    else:
        absence.until = on - DAY
        absence.save(update_fields=["until"])
