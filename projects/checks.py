"""What ``manage.py check`` says of sent files: the package of their storage, and, with ``--deploy``, the scanner."""

import re
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import InvalidStorageError, storages
from django.utils import timezone

from projects.files import scanner

OLD = timedelta(days=7)


def storage_can_be_made(**_) -> list[checks.CheckMessage]:
    """Stop where sent files could not be kept, rather than at the first file that somebody sends."""
    try:
        storages["attachments"]
    except (ImproperlyConfigured, InvalidStorageError) as error:
        return [
            checks.Error(
                f"Les pièces des dossiers ne peuvent pas être gardées : {error}",
                hint="Avec ATTACHMENTS_S3_BUCKET : pip install -r requirements/s3.txt, après requirements/base.txt.",
                id="projects.E001",
            )
        ]
    return []


def scanner_answers(**_) -> list[checks.CheckMessage]:
    """Warn where sent files would not be scanned: no scanner, one that is silent, or one whose signatures are old."""
    if not settings.CLAMAV_ADDRESS:
        return [
            checks.Warning(
                "Aucun antivirus : les pièces envoyées ne sont pas contrôlées, et le portail le dit à qui les ouvre.",
                hint="Installez ClamAV, puis CLAMAV_ADDRESS=tcp://127.0.0.1:3310 ou unix:///run/clamav/clamd.ctl.",
                id="projects.W001",
            )
        ]
    health = scanner.health(settings.CLAMAV_ADDRESS)
    if not health.answers:
        return [
            checks.Warning(
                f"L'antivirus de CLAMAV_ADDRESS ne répond pas : {health.reason}",
                hint="Vérifiez que clamd tourne et que ce compte peut le joindre. "
                "Jusque-là, les pièces envoyées restent fermées.",
                id="projects.W002",
            )
        ]
    return age_of_signatures(health.version, timezone.now())


def age_of_signatures(version: str, moment: datetime) -> list[checks.CheckMessage]:
    """Warn where freshclam has stopped; a base of local signatures alone has no date, and is only mentioned."""
    found = re.fullmatch(r"ClamAV \S+?/\d+/(.+)", version)
    try:
        day = datetime.strptime(found[1].strip(), "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC) if found else None
    except ValueError:
        day = None
    hint = "Vérifiez que freshclam tourne et peut télécharger."
    if day is None:
        return [checks.Info(f"La date des signatures est inconnue ({version}).", hint=hint, id="projects.I001")]
    if moment - day > OLD:
        said = f"Les signatures de l'antivirus datent du {day:%d/%m/%Y}."
        return [checks.Warning(said, hint=hint, id="projects.W003")]
    return []
