"""Parts of a page that apps above it write: named in the settings, since the page's own app may not import them.

``SHEET_PARTS`` are put under the sheet of a lever, ``RESULT_PARTS`` under the results of the diagnostic,
``STATISTICS_PARTS`` in the page of public figures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.module_loading import import_string
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Part:
    """What a part shows, and until when that holds; nothing where ``html`` is empty."""

    html: SafeString
    until: datetime


def parts_of(paths: Iterable[str], *about) -> list[Part]:
    """Return the parts that the settings name, each made of the same things."""
    return [import_string(path)(*about) for path in paths]
