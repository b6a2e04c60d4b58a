"""Where sent files are kept: apart from what is served, under names drawn at random.

The alias ``attachments`` of ``STORAGES`` says where: a folder, or an S3-compatible service (docs/install.md). A
file is read back through the portal alone, which checks who asks: it has no address.
"""

import uuid

from django.core.files.storage import FileSystemStorage, Storage, storages


class PrivateFileStorage(FileSystemStorage):
    """A folder that only the portal's account reads, and whose files have no address."""

    def url(self, name: str | None) -> str:
        """Refuse: an address would go round the portal's checks."""
        raise NotImplementedError("Sent files have no address: a view gives them to those who may read them.")


def attachments() -> Storage:
    """Return the storage of sent files; give the function itself to a field, so that migrations do not pin it."""
    return storages["attachments"]


def random_name(instance: object = None, filename: str = "") -> str:
    """Return a new name in the storage, for ``upload_to``; neither who nor what is in it, not even an extension.

    The first two letters are a folder, so that none gets too many files.
    """
    drawn = uuid.uuid4().hex
    return f"{drawn[:2]}/{drawn[2:]}"
