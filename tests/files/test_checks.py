"""What the checks say before files are sent: where they would be kept, and whether they would be scanned."""

from datetime import UTC, datetime

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from projects.checks import age_of_signatures, scanner_answers, storage_can_be_made
from tests.clamd import running_clamd

MOMENT = datetime(2026, 11, 28, 9, tzinfo=UTC)


def test_check_deploy_warns_where_there_is_no_scanner(settings, capsys):
    settings.CLAMAV_ADDRESS = ""
    with pytest.raises(CommandError, match=r"projects\.W001"):
        call_command("check", deploy=True, fail_level="WARNING")


def test_a_scanner_is_not_asked_for_without_deploy(settings):
    settings.CLAMAV_ADDRESS = ""
    call_command("check", fail_level="WARNING")


def test_a_scanner_that_is_silent_is_told_with_what_to_do(settings):
    with running_clamd() as daemon:
        settings.CLAMAV_ADDRESS = daemon.address
        daemon.stop()
        found = scanner_answers()
    assert [message.id for message in found] == ["projects.W002"]
    assert "clamd" in found[0].hint


def test_a_scanner_that_answers_is_enough(settings, clamd):
    settings.CLAMAV_ADDRESS = clamd.address
    assert [message.id for message in scanner_answers()] == ["projects.I001"]  # a base of local signatures: no date


SIGNATURES = {
    "ClamAV 1.4.6/28190/Fri Nov 27 08:25:00 2026": [],
    "ClamAV 1.4.6/28190/Sat Nov 21 09:00:00 2026": [],
    "ClamAV 1.4.6/28180/Sat Nov 21 08:59:59 2026": ["projects.W003"],
    "ClamAV 0.103.2/26000/Tue Mar  1 08:00:00 2022": ["projects.W003"],
    "ClamAV 1.4.6": ["projects.I001"],
    "ClamAV 1.4.6/28190/hier": ["projects.I001"],
}


@pytest.mark.parametrize("version", SIGNATURES)
def test_old_signatures_are_told(version):
    assert [message.id for message in age_of_signatures(version, MOMENT)] == SIGNATURES[version]


def test_a_storage_without_its_package_stops_the_start_and_says_what_to_install(settings):
    assert storage_can_be_made() == []
    settings.STORAGES = settings.STORAGES | {"attachments": settings.ATTACHMENTS_S3}
    found = storage_can_be_made()
    assert [message.id for message in found] == ["projects.E001"]
    assert "requirements/s3.txt" in found[0].hint
    assert "attachments" in storages.backends
