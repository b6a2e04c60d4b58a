"""What the antivirus says of files: asked by the worker as soon as one is joined, by the clock for what is left.

Without a verdict a file stays closed; without an antivirus at all it is said not to be examined, and can be opened.
A deposit never waits for it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from projects.engine.mails import News, tell_applicants
from projects.engine.people import THE_PORTAL
from projects.engine.recording import as_the_portal
from projects.files import scanner
from projects.models import Attachment, JournalEntry

AT_ONCE = 20
"""Files examined in one turn of the clock."""

WORKER_S_TURN = timedelta(minutes=2)
"""How long the clock leaves a file to the worker."""

TO_SCAN = (Attachment.Scan.WAITING, Attachment.Scan.UNSCANNED)
VERDICTS = {scanner.State.CLEAN: Attachment.Scan.CLEAN, scanner.State.INFECTED: Attachment.Scan.INFECTED}
INFECTED = News(
    "Un fichier de votre dossier est dangereux",
    (
        "L'antivirus a trouvé un virus dans un fichier joint à votre dossier : personne ne pourra l'ouvrir.",
        "Retirez-le et joignez-en une copie saine, tant que le dossier peut être complété.",
    ),
)


def may_be_opened(attachment: Attachment) -> bool:
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


def scan(pk: int, at: datetime) -> str:
    """Ask for the verdict on a file, outside any lock, then write it once, with its act; return what came of it."""
    row = Attachment.objects.filter(pk=pk, scan__in=TO_SCAN).first()
    if row is None:
        return ""
    try:
        with row.file.open("rb") as file:
            verdict = scanner.scan(file, settings.CLAMAV_ADDRESS, sha256=row.sha256)
    except OSError:
        verdict = scanner.Verdict(scanner.State.UNAVAILABLE, "Le fichier ne peut pas être relu.")
    if verdict.state not in VERDICTS:
        Attachment.objects.filter(pk=pk, scan__in=TO_SCAN).update(scan_detail=verdict.detail[:200], scanned_at=at)
        return verdict.state
    with as_the_portal(row.dossier_id, at, THE_PORTAL) as desk:
        new = Attachment.objects.filter(pk=pk, scan__in=TO_SCAN).update(
            scan=VERDICTS[verdict.state], scan_detail=verdict.detail[:200], scanned_at=at
        )
        if new:
            facts = {"file": str(row.public_id), "sha256": row.sha256, "verdict": verdict.state}
            entry = desk.write(JournalEntry.Kind.SCANNED, facts)
            if verdict.state == scanner.State.INFECTED:
                tell_applicants(desk.dossier, entry, INFECTED, at)
    return verdict.state


def scan_left(now: datetime) -> str:
    """Examine what no worker did in time, the longest untried first: a job of the clock.

    While the daemon does not answer, nothing is tried; one file that it cannot judge does not hold up the others.
    """
    if not settings.CLAMAV_ADDRESS:
        return ""
    left = Attachment.objects.filter(scan__in=TO_SCAN, added_at__lte=now - WORKER_S_TURN)
    keys = list(left.order_by(F("scanned_at").asc(nulls_first=True), "pk").values_list("pk", flat=True)[:AT_ONCE])
    if not keys:
        return ""
    health = scanner.health(settings.CLAMAV_ADDRESS)
    if not health.answers:
        return f"{len(keys)} pièce(s) attendent l'antivirus : {health.reason}"
    done = [scan(pk, now) for pk in keys]
    judged = sum(one in VERDICTS for one in done)
    return f"{judged} pièce(s) examinée(s)" + (f", {len(done) - judged} sans verdict" if judged < len(done) else "")
