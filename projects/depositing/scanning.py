"""What the antivirus says of files: asked by the worker as soon as one is joined, by the clock for what is left.

Without a verdict a file stays closed; without an antivirus at all it is said not to be examined, and can be opened.
A deposit never waits for it.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from projects.engine.enclosing import SCANNED
from projects.engine.mails import News, tell_agents, tell_applicants
from projects.engine.people import THE_PORTAL
from projects.engine.recording import Desk, as_the_portal
from projects.files import scanner
from projects.models import Attachment, JournalEntry, Paper
from projects.models.files import KeptFile

AT_ONCE = 20
"""Files examined in one turn of the clock."""

WORKER_S_TURN = timedelta(minutes=2)
"""How long the clock leaves a file to the worker."""

FILES: dict[str, type[KeptFile]] = {"Attachment": Attachment, "Paper": Paper}
"""The tables of files, all examined in one queue."""

NEVER = datetime.min.replace(tzinfo=UTC)
TO_SCAN = (Attachment.Scan.WAITING, Attachment.Scan.UNSCANNED)
VERDICTS = {scanner.State.CLEAN: Attachment.Scan.CLEAN, scanner.State.INFECTED: Attachment.Scan.INFECTED}
INFECTED = News(
    "Un fichier de votre dossier est dangereux",
    (
        "L'antivirus a trouvé un virus dans un fichier joint à votre dossier : personne ne pourra l'ouvrir.",
        "Retirez-le et joignez-en une copie saine, tant que le dossier peut être complété.",
    ),
)


INFECTED_PAPER = News(
    "Un document joint à l'instruction est dangereux",
    (
        "L'antivirus a trouvé un virus dans un document joint à l'instruction d'un dossier : personne ne pourra "
        "l'ouvrir.",
        "Demandez-en une copie saine à qui l'a envoyé, et joignez-la.",
    ),
)


def may_be_opened(attachment: KeptFile) -> bool:
    """Tell whether a file may be handed to somebody: a clean one, or any that passed where there is no antivirus.

    One that came in before an antivirus was installed waits for its verdict like the others.
    """
    if attachment.scan == Attachment.Scan.UNSCANNED:
        return not settings.CLAMAV_ADDRESS
    return attachment.scan == Attachment.Scan.CLEAN or (
        attachment.scan == Attachment.Scan.WAITING and not settings.CLAMAV_ADDRESS
    )


@task()
def scan_attachment(pk: int) -> str:
    """Examine a file that was just joined; a scanner that does not answer leaves it to the clock."""
    return scan(pk, timezone.now())


@task()
def scan_paper(pk: int) -> str:
    """Examine a document of the instruction that was just joined, likewise."""
    return scan(pk, timezone.now(), Paper)


def scan(pk: int, at: datetime, model: type[KeptFile] = Attachment) -> str:
    """Ask for the verdict on a file, outside any lock, then write it once, with its act; return what came of it."""
    row = model.objects.filter(pk=pk, scan__in=TO_SCAN).first()
    if row is None:
        return ""
    try:
        with row.file.open("rb") as file:
            verdict = scanner.scan(file, settings.CLAMAV_ADDRESS, sha256=row.sha256)
    except OSError:
        verdict = scanner.Verdict(scanner.State.UNAVAILABLE, "Le fichier ne peut pas être relu.")
    if verdict.state not in VERDICTS:
        model.objects.filter(pk=pk, scan__in=TO_SCAN).update(scan_detail=verdict.detail[:200], scanned_at=at)
        return verdict.state
    with as_the_portal(row.dossier_id, at, THE_PORTAL) as desk:
        new = model.objects.filter(pk=pk, scan__in=TO_SCAN).update(
            scan=VERDICTS[verdict.state], scan_detail=verdict.detail[:200], scanned_at=at
        )
        if new:
            _write(desk, row, verdict)
    return verdict.state


def _write(desk: Desk, row: KeptFile, verdict: scanner.Verdict) -> None:
    """Write a verdict in the journal; where a virus was found, tell the side that joined the file."""
    facts = {"file": str(row.public_id), "sha256": row.sha256, "verdict": verdict.state}
    is_paper = isinstance(row, Paper)
    if is_paper:
        entry = desk.write(JournalEntry.Kind.FILED, {"step": SCANNED, **facts})
    else:
        entry = desk.write(JournalEntry.Kind.SCANNED, facts)
    if verdict.state == scanner.State.INFECTED:
        tell, news = (tell_agents, INFECTED_PAPER) if is_paper else (tell_applicants, INFECTED)
        tell(desk.dossier, entry, news, desk.at)


def scan_left(now: datetime) -> str:
    """Examine what no worker did in time, the longest untried first: a job of the clock.

    While the daemon does not answer, nothing is tried; one file that it cannot judge does not hold up the others.
    """
    if not settings.CLAMAV_ADDRESS:
        return ""
    keys = sorted((tried or NEVER, pk, model.__name__) for model in FILES.values() for tried, pk in _left(model, now))
    if not keys:
        return ""
    health = scanner.health(settings.CLAMAV_ADDRESS)
    if not health.answers:
        return f"{min(len(keys), AT_ONCE)} pièce(s) attendent l'antivirus : {health.reason}"
    done = [scan(pk, now, FILES[name]) for _, pk, name in keys[:AT_ONCE]]
    judged = sum(one in VERDICTS for one in done)
    return f"{judged} pièce(s) examinée(s)" + (f", {len(done) - judged} sans verdict" if judged < len(done) else "")


def _left(model: type[KeptFile], now: datetime) -> list[tuple[datetime | None, int]]:
    rows = model.objects.filter(scan__in=TO_SCAN, added_at__lte=now - WORKER_S_TURN)
    return list(rows.order_by(F("scanned_at").asc(nulls_first=True), "pk").values_list("scanned_at", "pk")[:AT_ONCE])
