"""The mails of a request for an opinion. None holds the question, the project or anything that somebody wrote."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from actors.models import Post, User
from apist import outbox
from apist.mail import post
from apist.outbox import digest_of
from projects.access import impartial
from projects.letters.articles import opening
from projects.models import Dossier, OpinionRequest


def topic_of(asked: OpinionRequest) -> str:
    """Return what ties the mails of a request together, so that they can be withdrawn."""
    return f"opinion-{asked.pk}"


def prefix_of(dossier: Dossier) -> str:
    """Return how the causes of all the mails of requests about a dossier begin."""
    return f"opinion-{dossier.reference}-"


def send_request(asked: OpinionRequest, token: str, at: datetime) -> None:
    """Write to whoever is asked: where to answer, until when, and that interests come first."""
    sentences = (
        f"{_asking(asked)} vous demande un avis sur le dossier {asked.dossier.reference}, pour le "
        f"{asked.due_on:%d/%m/%Y} au plus tard.",
        "La page vous dit d'abord quel organisme dépose et quelle question vous est posée. Avant de lire le reste, "
        "vous déclarez si vous avez un intérêt dans ce dossier ; si c'est le cas, il ne vous est pas ouvert.",
        *_about_the_link(token),
    )
    _send(asked, "asked", "Un avis vous est demandé", sentences, _address(asked, token), at)


def send_reminder(asked: OpinionRequest, token: str, at: datetime) -> None:
    """Write again to whoever has not answered; a new link takes the place of the former one."""
    sentences = (
        f"{_asking(asked)} attend votre avis sur le dossier {asked.dossier.reference}, demandé pour le "
        f"{asked.due_on:%d/%m/%Y}.",
        *_about_the_link(token),
        *(("Ce lien remplace le précédent, qui ne s'ouvre plus.",) if token else ()),
    )
    _send(asked, f"reminded-{at:%Y%m%d%H%M%S}", "Votre avis est attendu", sentences, _address(asked, token), at)


def send_withdrawal(asked: OpinionRequest, at: datetime) -> None:
    """Write that nothing is expected any more."""
    sentences = (
        f"{_asking(asked)} n'attend plus votre avis sur le dossier {asked.dossier.reference}.",
        "Le dossier ne vous est plus ouvert par cette demande. Vous n'avez rien à faire.",
    )
    address = "/" if asked.by_link else reverse("instruction-my-opinions")
    _send(asked, "withdrawn", "Une demande d'avis est retirée", sentences, address, at)


def recipients_of(asked: OpinionRequest, at: datetime) -> list[str]:
    """Return to which addresses a request is written: the person's, the link's, or those who study at the body."""
    if asked.user_id:
        return [asked.user.email] if asked.user.is_active else []
    if asked.email:
        return [asked.email]
    posts = Post.objects.current(timezone.localtime(at).date()).filter(body=asked.body_id)
    studying = posts.filter(role__in=[Post.Role.OFFICER, Post.Role.HEAD]).values("user_id")
    people = impartial(User.objects.filter(pk__in=studying, is_active=True), asked.dossier_id)
    return list(people.values_list("email", flat=True))


def forget(asked: OpinionRequest) -> None:
    """Withdraw the mails of a request that have not left yet."""
    outbox.forget(topic_of(asked))


def _about_the_link(token: str) -> tuple[str, ...]:
    if not token:
        return ()
    return (
        "Aucun compte n'est nécessaire : le lien ci-dessous est le vôtre. Ne le transmettez pas ; pour confier la "
        "réponse à quelqu'un d'autre, dites-le sur la page.",
    )


def _asking(asked: OpinionRequest) -> str:
    return opening(asked.dossier.body.name) if asked.dossier.body_id else "Une administration"


def _address(asked: OpinionRequest, token: str) -> str:
    if token:
        return reverse("opinion-link", args=[token])
    return reverse("instruction-opinion", args=[asked.dossier.reference, asked.pk])


def _send(
    asked: OpinionRequest, step: str, subject: str, sentences: tuple[str, ...], address: str, at: datetime
) -> None:
    context = {"sentences": sentences, "url": f"{settings.SITE_URL}{address}", "site": settings.SITE_URL}
    text = render_to_string("emails/project.txt", context)
    html = render_to_string("emails/project.html", context)
    for to in recipients_of(asked, at):
        cause = f"{prefix_of(asked.dossier)}{asked.pk}-{step}-{digest_of(to)[:16]}"
        post(cause, to, subject, text, html=html, topic=topic_of(asked), now=at)
