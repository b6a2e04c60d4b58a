"""Where sent files are kept: private, under drawn names, and nowhere near what is served."""

import re
from pathlib import Path

import pytest
from django.conf import settings as portal_settings
from django.core.files.base import ContentFile
from django.core.files.storage import InvalidStorageError, default_storage

from projects.files.storage import attachments, random_name

HOSTILE = "../../etc/Dossier de Camille.pdf"


@pytest.fixture
def kept():
    """A file in the storage, erased afterwards."""
    name = attachments().save(random_name(None, HOSTILE), ContentFile(b"contenu"))
    yield name
    attachments().delete(name)


def test_a_file_is_kept_under_a_drawn_name_that_says_nothing(kept):
    assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{30}", kept)
    assert len({random_name() for _ in range(1_000)}) == 1_000
    with attachments().open(kept) as file:
        assert file.read() == b"contenu"


def test_only_the_portal_s_account_reads_it(kept):
    path = Path(attachments().path(kept))
    assert path.is_relative_to(portal_settings.VAR_DIR / "attachments")
    assert not path.is_relative_to(portal_settings.STATIC_ROOT)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_it_has_no_address(kept):
    with pytest.raises(NotImplementedError):
        attachments().url(kept)


def test_a_field_that_does_not_say_where_it_keeps_its_files_fails():
    with pytest.raises(InvalidStorageError):
        default_storage.save("piece", ContentFile(b"contenu"))
