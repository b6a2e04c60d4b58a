"""The dossier before the agency, the people around it, and an expert who has an account and no post."""

import pytest

from actors.models import User
from projects.files.storage import PrivateFileStorage
from projects.models import Attachment
from tests.factories import make_user
from tests.instruction.conftest import (  # noqa: F401 (fixtures)
    content_curator,
    dossier,
    head,
    legal,
    of_another_region,
    of_the_region,
    tried,
)


@pytest.fixture(autouse=True)
def mails_wait(settings):
    """Let mails wait as rows: what they say is read there, and what is withdrawn has not left."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture(autouse=True)
def attachments_folder(monkeypatch, tmp_path):
    """Keep sent files apart from those of the machine."""
    monkeypatch.setattr(Attachment._meta.get_field("file"), "storage", PrivateFileStorage(location=tmp_path / "sent"))


@pytest.fixture
def expert(db) -> User:
    """Return somebody with an account and no post."""
    return make_user("experte@exemple.invalid", full_name="Andréa Experte 99120")
