"""What leaves about a request to read a project of the board: to the agency that announced it, then to who asked.

A mail says that something happened and where to read it: reasons and answers stay on the portal. The service's address,
given to be written to, always gets the request; people get it as each wishes.
"""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from actors.models import User
from apist.mail import post
from apist.outbox import digest_of
from projects.access import impartial
from projects.engine.people import agents_at, paces
from projects.letters.articles import opening
from projects.models import DigestLine, EnvisagedProject, MailPreference, ReadingRequest

Pace = MailPreference.Pace

ASKED = "Une agence demande à lire un projet envisagé"
ACCEPTED = "Votre demande de lecture est acceptée"
DECLINED = "Votre demande de lecture est déclinée"


def tell_of_request(request: ReadingRequest, at: datetime) -> None:
    """Write to the service that announced the project, and to who announced it; to all who answer if they left."""
    row = request.envisaged
    words = f"{opening(str(request.body))} demande à lire davantage d'un projet que votre agence envisage."
    _post(request, "asked", ASKED, words, row.contact, at)
    people = [one for one in _told(row, row.body_id, row.written_by_id, at) if one.email.lower() != row.contact.lower()]
    _tell(request, "asked", ASKED, words, people, at)


def tell_of_answer(request: ReadingRequest, at: datetime) -> None:
    """Write the answer to who asked, or to all who write for that agency if they left."""
    agency = opening(str(request.envisaged.body))
    if request.accepted:
        subject, words = ACCEPTED, f"{agency} accepte que votre agence lise davantage d'un projet qu'elle envisage."
    else:
        subject, words = DECLINED, f"{agency} décline votre demande de lire davantage d'un projet qu'elle envisage."
    _tell(request, "answered", subject, words, _told(request.envisaged, request.body_id, request.asked_by_id, at), at)


def _told(row: EnvisagedProject, body_id: int, first: int | None, at: datetime) -> list[User]:
    """Return who is written to in an agency: one person if they still work there, else everybody; nobody recused."""
    people = agents_at(body_id, at)
    if row.dossier_id:
        people = impartial(people, row.dossier_id)
    everybody = list(people.order_by("pk"))
    return [one for one in everybody if one.pk == first] or everybody


def _tell(request: ReadingRequest, act: str, subject: str, words: str, people: list[User], at: datetime) -> None:
    pace = paces(people, Pace.DAILY)
    for person in people:
        if pace[person.pk] == Pace.EACH:
            _post(request, act, subject, words, person.email, at)
    daily = [one for one in people if pace[one.pk] == Pace.DAILY]
    DigestLine.objects.bulk_create(
        [DigestLine(user=one, envisaged=request.envisaged, text=words[:300], at=at) for one in daily]
    )


def _post(request: ReadingRequest, act: str, subject: str, words: str, to: str, at: datetime) -> None:
    row = request.envisaged
    context = {
        "subject": subject,
        "words": words,
        "project": row,
        "url": f"{settings.SITE_URL}{reverse('envisaged-one', args=[row.pk])}",
        "site": settings.SITE_URL,
    }
    post(
        f"reading-request-{request.pk}-{act}-{digest_of(to)[:16]}",
        to,
        subject,
        render_to_string("emails/envisaged.txt", context),
        html=render_to_string("emails/envisaged.html", context),
        topic=f"envisaged-{row.pk}",
        now=at,
    )
