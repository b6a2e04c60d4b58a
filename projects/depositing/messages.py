"""A message on a dossier, from one side to the other: kept on the portal, told by a mail that does not hold it."""

from datetime import datetime, timedelta

from projects.engine.door import Refused
from projects.engine.mails import News, tell_agents, tell_applicants
from projects.engine.people import Actor
from projects.engine.recording import act_on
from projects.models import JournalEntry, Message
from projects.procedures.conditions import Refusal
from projects.rights.table import Act

TWICE_WITHIN = timedelta(minutes=10)
"""The same words of the same person within this time are one message: a double click, a page sent again."""

TO_APPLICANT = News("Un message sur votre dossier", ("L'administration vous a écrit un message sur votre dossier.",))
TO_AGENTS = News("Un message sur un dossier", ("Le porteur a écrit un message sur un dossier que vous suivez.",))

NOT_YET = Refusal(
    "not-deposited",
    "Ce dossier n'est pas déposé ici : l'agence ne le voit pas, et ne recevrait pas ce message.",
)


def send_message(dossier_id: int, text: str, actor: Actor, at: datetime, *, from_agency: bool) -> Message:
    """Write a message, its act and the mails that tell of it; return the message.

    Raises ``NotAllowed`` where the person may not write on this dossier, ``Refused`` on what was not deposited
    here, which the other side does not see.
    """
    with act_on(dossier_id, Act.MESSAGE, actor, at) as desk:
        if desk.dossier.deposited_at is None:
            raise Refused((NOT_YET,))
        lately = desk.dossier.messages.filter(author=actor.user, sent_at__gt=at - TWICE_WITHIN).last()
        if lately is not None and lately.text == text:
            return lately
        entry = desk.write(JournalEntry.Kind.MESSAGE, {"from_agency": from_agency}, {"message": text})
        message = Message.objects.create(
            dossier=desk.dossier, entry=entry, author=actor.user, from_agency=from_agency, text=text, sent_at=at
        )
        if from_agency:
            tell_applicants(desk.dossier, entry, TO_APPLICANT, at)
        else:
            tell_agents(desk.dossier, entry, TO_AGENTS, at)
        return message
