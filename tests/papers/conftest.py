"""A deposited dossier before its agency, files kept in a folder of the test, mails that wait as rows."""

import pytest

from tests.ending.conftest import experiment, people  # noqa: F401 (fixtures)
from tests.files.kept import keep_files_in
from tests.instruction.conftest import dossier, head, legal, of_another_region, of_the_region, tried  # noqa: F401
from tests.opinions.conftest import expert  # noqa: F401


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path, monkeypatch):
    """Keep sent files in a folder of the test, and start without an antivirus."""
    settings.CLAMAV_ADDRESS = ""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    folder = tmp_path / "sent"
    keep_files_in(folder, monkeypatch)
    return folder
