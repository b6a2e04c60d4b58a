"""Consent to a publication that was given on paper: an agent enters it for the applicant, with the paper, and says so.

It is the applicant's answer, not the agency's: it counts only after the words were proposed and after what the
applicant last answered themself, which an older paper never undoes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from projects.engine.clock import FRANCE
from projects.engine.door import Refused
from projects.engine.enclosing import Enclosed, enclose
from projects.engine.mails import News, tell_applicants
from projects.engine.people import Actor
from projects.engine.received import RECEIVED, SENDER, Received, wrong_day
from projects.engine.recording import act_on
from projects.models import Dossier, JournalEntry, Paper, PublicWording
from projects.procedures.conditions import Refusal
from projects.procedures.vocabulary import BY_WAY
from projects.publishing.acts import current_wordings, write_answers
from projects.rights.table import Act

NOTHING_NEW = Refusal("nothing-new", "Rien ne change : ces réponses sont déjà celles du porteur.")


def answer_on_paper(
    dossier_id: int, answers: Mapping[str, bool], received: Received, paper: Enclosed, actor: Actor, at: datetime
) -> JournalEntry:
    """Write what the applicant answered on a paper, field by field, and join it; they are told and may change it.

    :class:`~projects.engine.door.NotAllowed` for whoever enters nothing here; :class:`~projects.engine.door.Refused`
    where the day cannot be right, or nothing changes. In the journal the agent is the one who enters.
    """
    with act_on(dossier_id, Act.ENTER, actor, at) as desk:
        known = current_wordings(desk.dossier)
        if wrong := wrong_day(received, _not_before(known.values(), answers), at):
            raise Refused(wrong)
        said = write_answers(desk, answers, None)
        if not said:
            raise Refused((NOTHING_NEW,))
        data = {"said": said, RECEIVED: received.trace}
        entry = desk.write(JournalEntry.Kind.CONSENTED, data, {SENDER: received.sender})
        enclose(desk, replace(paper, shown=True, sort=Paper.Sort.LETTER), entry)
        words = (
            f"L'agence a saisi, pour le dossier {desk.dossier.reference}, votre réponse sur ce qui peut être public.",
            f"Elle l'a reçue {BY_WAY[received.way]} le {received.on:%d/%m/%Y}. Vous pouvez en changer à tout moment.",
        )
        tell_applicants(desk.dossier, entry, News("Votre réponse sur une publication est saisie", words), at)
    return entry


def said_on_paper(dossier: Dossier) -> dict[str, str]:
    """Return, by field, how the answer in force came where an agent entered it (two queries)."""
    found: dict[str, str] = {}
    acts = dossier.journal.filter(kind=JournalEntry.Kind.CONSENTED).order_by("seq").prefetch_related("texts")
    for entry in acts:
        way = entry.data.get(RECEIVED)
        name = next((one.text for one in entry.texts.all() if one.field == SENDER), "")
        for field in entry.data.get("said", ()):
            found[field] = _in_words(way, name) if way else ""
    return {field: words for field, words in found.items() if words}


def _in_words(way: Mapping, name: str) -> str:
    day = date.fromisoformat(way["on"])
    of = f", au nom de {name}" if name else ""
    return f"Saisi par l'agence, reçu {BY_WAY[way['way']]} le {day:%d/%m/%Y}{of}"


def _not_before(known: Iterable[PublicWording], answers: Mapping[str, bool]) -> date | None:
    """Return the day before which a paper answers nothing: the words were not proposed, or were answered since."""
    moments = [moment for row in known if row.field in answers for moment in _moments(row)]
    return max((one.astimezone(FRANCE).date() for one in moments), default=None)


def _moments(row: PublicWording) -> list[datetime]:
    """Return when words were proposed, and when the applicant themself answered; what an agent entered is no bar."""
    return [row.proposed_at, *([row.answered_at] if row.answered_at and row.answered_by_id else [])]
