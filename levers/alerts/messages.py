"""The mails of alerts: in French, plain, each saying why it is received and how to make it stop."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from apist.mail import post
from levers.alerts.links import address_of
from levers.alerts.matching import calls_at, in_words
from levers.alerts.news import Item, Kind
from levers.models import Alert

ASKED = "alert-asked-"
"""How the causes of mails begin that anybody can have sent to an address: they are counted."""

TITLES = {
    Kind.NEW: ("Nouveau", "Nouveaux"),
    Kind.REOPENED: ("De nouveau annoncé", "De nouveau annoncés"),
    Kind.OPENED: ("On peut maintenant répondre", "On peut maintenant répondre"),
    Kind.CHANGED: ("Modifié", "Modifiés"),
    Kind.CLOSING: ("Se termine dans moins de 15 jours", "Se terminent dans moins de 15 jours"),
    Kind.ELSEWHERE: ("Ne correspond plus à votre recherche", "Ne correspondent plus à votre recherche"),
    Kind.WITHDRAWN: ("Retiré du portail", "Retirés du portail"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """The calls that are told for the same reason."""

    title: str
    items: tuple[Item, ...]


def topic_of(alert: Alert) -> str:
    """Return what ties to an alert all the mails about it, so that they go with it."""
    return f"alert-{alert.pk}"


def post_confirmation(alert: Alert, now: datetime) -> None:
    """Ask the holder of the address whether the alert is theirs: nothing else is sent before they say so."""
    subject = "Confirmez votre alerte sur les appels"
    _post(f"{ASKED}{alert.pk}-{now:%Y%m%dT%H%M%S%f}", alert, subject, "confirmation", now, {})


def post_already_followed(alert: Alert, now: datetime) -> None:
    """Tell somebody who asks again that the alert exists, and give the link to change it."""
    subject = "Vous suivez déjà cette recherche"
    _post(f"{ASKED}{alert.pk}-{now:%Y%m%dT%H%M%S%f}", alert, subject, "already_followed", now, {})


def post_news(alert: Alert, items: Iterable[Item], now: datetime) -> None:
    """Tell the news of an alert; stopping takes one click in the mail reader itself (RFC 8058)."""
    items = tuple(items)
    sections = [
        Section(TITLES[kind][len(chosen) > 1], chosen)
        for kind in Kind
        if (chosen := tuple(item for item in items if item.kind is kind))
    ]
    headers = {
        "List-Unsubscribe": f"<{address_of('alert-stop', alert)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    subject = f"Appels : {len(items)} nouveautés" if len(items) > 1 else f"{sections[0].title} : {items[0].call.title}"
    _post(f"alert-{alert.pk}-{alert.mails}", alert, subject, "news", now, {"sections": sections}, headers)


def _post(
    cause: str, alert: Alert, subject: str, name: str, now: datetime, values: dict, headers: dict | None = None
) -> None:
    """Render both forms of a mail and write it."""
    known = {
        "site": settings.SITE_URL,
        "words": in_words(alert.query, calls_at(now)),
        "frequency": alert.get_frequency_display().lower(),
        "list_url": f"{settings.SITE_URL}{reverse('call-list')}" + (f"?{alert.query}" if alert.query else ""),
        "confirm_url": address_of("alert-confirm", alert),
        "alert_url": address_of("alert-detail", alert),
        "stop_url": address_of("alert-stop", alert),
        "since": alert.confirmed_at,
    } | values
    text = render_to_string(TEXTS[name], known).strip() + "\n"
    html = render_to_string(HTML[name], known | {"subject": subject})
    post(cause, alert.email, subject, text, now=now, html=html, headers=headers, topic=topic_of(alert))


TEXTS = {
    "confirmation": "emails/alert_confirmation.txt",
    "already_followed": "emails/alert_already_followed.txt",
    "news": "emails/alert_news.txt",
}
HTML = {
    "confirmation": "emails/alert_confirmation.html",
    "already_followed": "emails/alert_already_followed.html",
    "news": "emails/alert_news.html",
}
