"""Stepping back from a dossier: somebody with an interest in it closes it to themself, at once and for good."""

from datetime import datetime

from projects.engine.mails import News, tell_agents
from projects.engine.people import Actor
from projects.engine.recording import act_on
from projects.instruction.assigning import release
from projects.models import JournalEntry, Recusal
from projects.rights.table import Act

REASON = "reason"


def step_back(dossier_id: int, reason: str, actor: Actor, at: datetime) -> Recusal:
    """Write a recusal in the journal, close the dossier to the person, and tell the colleagues who remain.

    :class:`~projects.engine.door.NotAllowed` where the person may not read it, which is also how asking twice ends.
    The reason is personal: it is a text beside the journal, erasable, and in no mail.
    """
    with act_on(dossier_id, Act.READ, actor, at) as desk:
        entry = desk.write(JournalEntry.Kind.RECUSED, texts={REASON: reason} if reason else {})
        recusal = Recusal.objects.create(dossier=desk.dossier, user=actor.user, reason=reason, since=at)
        release(desk, actor.user)
        news = News(
            "Un collègue se déporte d'un dossier",
            (f"Une personne de votre service se déporte du dossier {desk.dossier.reference} : il lui est fermé.",),
        )
        tell_agents(desk.dossier, entry, news, at)
    return recusal
