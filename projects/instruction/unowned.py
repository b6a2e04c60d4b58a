"""Telling the heads of a dossier that nobody has in charge for longer than its procedure allows: once a time."""

from datetime import datetime

from django.utils import timezone

from actors.models import Post, User
from projects.engine.mails import News, tell_people
from projects.engine.people import officers_of
from projects.models import Dossier

MORNING = range(7, 9)
"""The hours in France during which it looks: before the day's work."""

AT_ONCE = 200


def send_due(now: datetime) -> str:
    """Tell the heads of what is without an owner: a job of the clock. What was told is not told again."""
    if timezone.localtime(now).hour not in MORNING:
        return ""
    rows = Dossier.objects.without_owner(now).filter(unowned_told_at=None).with_names().order_by("pk")
    told = sum(_tell(dossier, now) for dossier in rows[:AT_ONCE])
    return f"{told} dossier(s) sans responsable" if told else ""


def heads_of(dossier: Dossier, at: datetime) -> list[User]:
    """Return the heads of the body that instructs; where it has none, everybody who instructs there."""
    officers = officers_of(dossier, at)
    posts = Post.objects.current(timezone.localtime(at).date()).filter(body=dossier.body_id, role=Post.Role.HEAD)
    heads = set(posts.values_list("user_id", flat=True))
    return [person for person in officers if person.pk in heads] or officers


def _tell(dossier: Dossier, now: datetime) -> bool:
    """Claim a dossier, then tell: two clocks tell it once."""
    claimed = Dossier.objects.filter(pk=dossier.pk, unowned_told_at=None).update(unowned_told_at=now)
    if not claimed:
        return False
    days = dossier.procedure.unowned_after.count
    words = f"Le dossier {dossier.reference} n'est confié à personne depuis plus de {days} jours."
    news = News("Un dossier sans responsable", (words,), cause=f"unowned-{now:%Y%m%d}")
    tell_people(dossier, None, news, heads_of(dossier, now), now)
    return True
