"""Files of these tests are kept in a folder of their own."""

import pytest

from projects.files.storage import PrivateFileStorage
from projects.models import Attachment


@pytest.fixture(autouse=True)
def attachments_folder(monkeypatch, tmp_path):
    """Keep sent files apart from those of the machine: the field holds its storage, whatever the settings become."""
    field = Attachment._meta.get_field("file")
    monkeypatch.setattr(field, "storage", PrivateFileStorage(location=tmp_path / "sent"))
    return tmp_path / "sent"
