"""Where the files of a test go."""

from pathlib import Path

from projects.files.storage import attachments


def keep_files_in(folder: Path, monkeypatch) -> None:
    """Keep sent files in a folder, until the end of a test.

    ``location`` first: it is worked out from ``base_location`` and then kept, so that the other way round the
    storage would be left in the folder of the test.
    """
    monkeypatch.setattr(attachments(), "location", str(folder))
    monkeypatch.setattr(attachments(), "base_location", folder)
