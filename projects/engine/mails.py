"""What leaves when a dossier moves: one mail a person, written with the move, in its transaction.

A mail says that something happened and where to read it; what people wrote stays on the portal. A legal letter (an
acknowledgement, a decision) leaves whatever the preferences; the rest follows them.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from actors.models import User
from apist.mail import post
from apist.outbox import digest_of
from projects.engine.people import agents_in, agents_of, applicants_of, paces, participants_of
from projects.engine.received import RECEIVED
from projects.letters.naming import name_of
from projects.models import Decision, DigestLine, Dossier, JournalEntry, MailPreference
from projects.procedures.letters import LETTERS
from projects.procedures.types import Move
from projects.procedures.vocabulary import BY_WAY, ClockEffect, Turn

Pace = MailPreference.Pace

TURNS_OF_AGENTS = frozenset({Turn.AGENCY, Turn.OPINION, Turn.NATIONAL, Turn.DEPARTMENT, Turn.EVALUATOR})


def topic_of(dossier: Dossier) -> str:
    """Return what ties all the mails of a dossier together."""
    return f"dossier-{dossier.reference}"


@dataclass(frozen=True, slots=True)
class News:
    """What is said to somebody of an act; or, with a ``cause`` of its own, of what no act caused."""

    subject: str
    sentences: tuple[str, ...]
    legal: bool = False
    cause: str = ""
    decision: Decision | None = None
    always: bool = False
    """Whatever the preferences: an act was made in somebody's name."""


def of_move(move: Move) -> News | None:
    """Return what the applicant is told of a move; nothing where the move has no letter."""
    if not move.letter:
        return None
    letter = LETTERS[move.letter]
    return News(letter.subject, letter.sentences, letter.legal)


def entered_for(news: News | None, move: Move, entry: JournalEntry) -> News | None:
    """Return what the applicant is told, who learns first that an agent entered it for them, from what they sent."""
    found = entry.data.get(RECEIVED)
    if not found:
        return news
    day = date.fromisoformat(found["on"])
    words = (
        f"L'agence a saisi pour vous : « {move.label} », d'après ce qu'elle a reçu {BY_WAY[found['way']]} "
        f"le {day:%d/%m/%Y}. Les délais partent de ce jour.",
        "Si ce n'est pas ce que vous avez envoyé, écrivez-le à l'agence par la page du dossier.",
    )
    if news is None:
        return News("L'agence a saisi ce que vous avez envoyé", words, always=True)
    return replace(news, sentences=(*words, *news.sentences), always=True)


def tell_of_move(
    dossier: Dossier, move: Move, entry: JournalEntry, by: User | None, at: datetime, decision: Decision | None = None
) -> None:
    """Write to the applicants what the move's letter says, and to those whose turn it becomes.

    ``decision``: the one that this act notifies, whose number and address the letter gives.
    """
    news = entered_for(of_move(move), move, entry)
    if news and decision:
        news = replace(news, decision=decision)
    if news:
        tell_applicants(dossier, entry, news, at)
    if dossier.turn in TURNS_OF_AGENTS:
        words = (f"Le dossier {dossier.reference} est à l'étape « {dossier.stage_now.agency_label} ».",)
        people = agents_of(dossier, at) if dossier.turn == Turn.AGENCY else participants_of(dossier, at)
        agents = [agent for agent in people if agent != by]
        _tell(dossier, entry, News("Un dossier vous attend", words), agents, Pace.DAILY, "instruction-dossier", at)


def tell_applicants(dossier: Dossier, entry: JournalEntry, news: News, at: datetime) -> None:
    """Write to the applicant's side; to the address that the agency took down where nobody has an account."""
    people = applicants_of(dossier)
    _tell(dossier, entry, news, people, Pace.EACH, "dossier", at)
    if not people and dossier.contact_email:
        _post(dossier, entry, news, dossier.contact_email, "", at)


def tell_agents(dossier: Dossier, entry: JournalEntry, news: News, at: datetime) -> None:
    """Write to those who instruct."""
    _tell(dossier, entry, news, agents_of(dossier, at), Pace.DAILY, "instruction-dossier", at)


def tell_body(dossier: Dossier, entry: JournalEntry, body_id: int, news: News, at: datetime) -> None:
    """Write to the people of a body that takes part in a dossier."""
    _tell(dossier, entry, news, agents_in(dossier, body_id, at), Pace.DAILY, "instruction-dossier", at)


def tell_people(dossier: Dossier, entry: JournalEntry | None, news: News, people: list[User], at: datetime) -> None:
    """Write to some of those who instruct, as each wishes."""
    _tell(dossier, entry, news, people, Pace.DAILY, "instruction-dossier", at)


def _tell(dossier, entry, news: News, people: list[User], default: str, page: str, at: datetime) -> None:
    pace = paces(people, default)
    lines = []
    for person in people:
        if news.legal or news.always or pace[person.pk] == Pace.EACH:
            _post(dossier, entry, news, person.email, page, at)
        elif pace[person.pk] == Pace.DAILY:
            lines.append(DigestLine(user=person, dossier=dossier, text=news.sentences[0][:300], at=at))
    DigestLine.objects.bulk_create(lines)


def silence_means(dossier: Dossier) -> bool:
    """Tell whether nobody's answering may still mean something: no answer has stopped the legal delay.

    Once the answer is signed, a mail that threatens with silence would be false.
    """
    last = dossier.journal.exclude(clock="").order_by("-seq").values_list("clock", flat=True).first()
    return last != ClockEffect.STOP


def _post(dossier: Dossier, entry: JournalEntry | None, news: News, to: str, page: str, at: datetime) -> None:
    context = {
        "sentences": news.sentences,
        "reference": dossier.reference,
        "procedure": dossier.procedure.title,
        "stage": dossier.stage_now.label,
        "mentions": dossier.procedure.mentions if news.legal and (news.decision or silence_means(dossier)) else None,
        "silence": silence_means(dossier),
        "snapshot": getattr(entry, "snapshot", None),
        "url": f"{settings.SITE_URL}{reverse(page, args=[dossier.reference])}" if page else "",
        "site": settings.SITE_URL,
    }
    if news.decision:
        address = reverse("dossier-decision", args=[dossier.reference, news.decision.pk])
        name, url = name_of(news.decision.key), f"{settings.SITE_URL}{address}" if page else ""
        context["decision"] = {"number": news.decision.number, "url": url, "title": name.title, "the": name.the}
    post(
        f"dossier-{dossier.reference}-{news.cause or entry.seq}-{digest_of(to)[:16]}",
        to,
        f"{news.subject} ({dossier.reference})",
        render_to_string("emails/dossier.txt", context),
        html=render_to_string("emails/dossier.html", context),
        topic=topic_of(dossier),
        now=at,
    )
