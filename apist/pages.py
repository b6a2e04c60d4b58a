"""What a French public site owes its visitors, and the mailbox of the demonstration."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

MAILS_SHOWN = 50
ROBOTS = """User-agent: *
Disallow: /admin/
Disallow: /alertes/
Disallow: /compte/
Disallow: /diagnostic/resultats/"""
BETWEEN_MAILS = b"\n" + b"-" * 79 + b"\n"


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List what the portal holds."""
    return render(request, "pages/sitemap.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Declare, honestly, how accessible the portal is known to be."""
    return render(request, "pages/accessibility.html")


@login_not_required
@require_safe
def legal_notice(request: HttpRequest) -> HttpResponse:
    """Say who publishes and hosts, and under which terms."""
    return render(request, "pages/legal_notice.html")


@login_not_required
@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    """Say what is kept about visitors and people who sign in."""
    return render(request, "pages/personal_data.html")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines what is not for them: accounts, and results, whose addresses hold somebody's answers."""
    return HttpResponse(f"{ROBOTS}\n", content_type="text/plain; charset=utf-8")


@dataclass(frozen=True)
class Mail:
    """What the mailbox shows of a mail."""

    subject: str
    sender: str
    to: str
    sent: datetime | None
    text: str


@login_not_required
@require_safe
def demo_mailbox(request: HttpRequest) -> HttpResponse:
    """Show the mails that the demonstration would have sent; exists nowhere else."""
    if settings.MODE != "demonstration":
        raise Http404
    return render(request, "pages/demo_mailbox.html", {"mails": newest_mails(Path(settings.EMAIL_FILE_PATH))})


def newest_mails(folder: Path) -> list[Mail]:
    """Return the last mails kept in ``folder``, newest first; an unreadable one is shown empty, never an error."""
    mails: list[Mail] = []
    for file in sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True):
        parts = file.read_bytes().split(BETWEEN_MAILS)
        mails += [read_mail(part) for part in reversed(parts) if part.strip()]
        if len(mails) >= MAILS_SHOWN:
            break
    return mails[:MAILS_SHOWN]


def read_mail(raw: bytes) -> Mail:
    """Read one mail as it was written."""
    message = message_from_bytes(raw.lstrip(), _class=EmailMessage, policy=policy.default)
    body = message.get_body(("plain", "html"))
    date = message["Date"]
    return Mail(
        subject=message["Subject"] or "(sans objet)",
        sender=message["From"] or "",
        to=message["To"] or "",
        sent=moment_of(date.datetime) if date and date.datetime else None,
        text=text_of(body) if body else "",
    )


def moment_of(written: datetime) -> datetime:
    """Return when a mail was written; one that does not name its clocks (« -0000 ») was written in UTC."""
    return written if written.tzinfo else written.replace(tzinfo=UTC)


def text_of(part: EmailMessage) -> str:
    """Return the text of a part; an encoding that nobody knows is read as far as it can be."""
    try:
        return part.get_content()
    except LookupError:
        return part.get_payload(decode=True).decode("utf-8", errors="replace")
