"""Files of these tests are kept in a folder of their own."""

import pytest


@pytest.fixture(autouse=True)
def attachments_folder(settings, tmp_path):
    """Keep sent files apart from those of the machine."""
    own = {
        **settings.ATTACHMENTS_FOLDER,
        "OPTIONS": {**settings.ATTACHMENTS_FOLDER["OPTIONS"], "location": tmp_path / "sent"},
    }
    settings.STORAGES = {**settings.STORAGES, "attachments": own}
    return tmp_path / "sent"
