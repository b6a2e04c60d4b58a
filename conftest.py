"""The environment of the tests, said before Django reads it.

This file holds nothing but the environment; fixtures belong to ``tests/conftest.py``.
What ``bin/test`` or the caller already said is kept, except the mode.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["APIST_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "apist.settings"
if "APIST_VAR_DIR" not in os.environ:  # pytest called by hand: leave the demonstration's data alone
    os.environ["APIST_VAR_DIR"] = tempfile.mkdtemp(prefix="apist-tests-")
    atexit.register(shutil.rmtree, os.environ["APIST_VAR_DIR"], ignore_errors=True)
(Path(os.environ["APIST_VAR_DIR"]) / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns without it

import django
import pytest

# pytest-django does this earlier, when the settings are named in pyproject.toml, or later, after
# tests/conftest.py: the one is before the environment is said, the other after models are imported.
django.setup()


def pytest_configure(config):
    """Let Django be called from the thread in which Playwright runs its loop, in the browser journeys only."""
    if config.option.markexpr == "browser":
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, request):
    """Give the browser journeys a database in a file.

    The test and the server that Chromium calls are several threads. In memory they
    would share one connection, hence one transaction.
    """
    from django.conf import settings

    database = settings.DATABASES["default"]
    if request.config.option.markexpr == "browser" and database["ENGINE"].endswith("sqlite3"):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")  # each process of the tests has its own
        database.setdefault("TEST", {})["NAME"] = str(Path(settings.VAR_DIR) / f"journeys-{worker}.sqlite3")
