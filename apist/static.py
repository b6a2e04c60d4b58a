"""Which static files are collected: those that pages use, and no other.

django-dsfr ships 17 MB of which pages use a few hundred kilobytes; collecting and
compressing it all takes a minute. The finder below serves our own ``static/``,
the admin's files and a whitelist of the design system: two typefaces, which
``static/dsfr/portal.css`` (made by ``bin/build_dsfr.py``) points to.
"""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder, FileSystemFinder

WHITELIST = (
    "admin/*",
    "dsfr/dist/fonts/Marianne-Regular.woff2",
    "dsfr/dist/fonts/Marianne-Bold.woff2",
    "import_export/*",
    "django_htmx/htmx-2.min.js",
)


def is_used(path: str) -> bool:
    """Tell whether a file of a package is one that pages use."""
    return any(fnmatchcase(path, pattern) for pattern in WHITELIST)


class WhitelistFinder(BaseFinder):
    """Find our files whole and the packages' files by the whitelist."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.ours = FileSystemFinder()
        self.packages = AppDirectoriesFinder()
        super().__init__(*args, **kwargs)

    def check(self, **kwargs) -> list:
        """Check our own folder as Django does."""
        return self.ours.check(**kwargs)

    def find(self, path: str, find_all: bool = False):
        """Return where ``path`` is, ours first."""
        found = self.ours.find(path, find_all=find_all)
        return found or (self.packages.find(path, find_all=find_all) if is_used(path) else [])

    def list(self, ignore_patterns) -> Iterator:
        """Yield every file that is collected, with its storage."""
        yield from self.ours.list(ignore_patterns)
        for path, storage in self.packages.list(ignore_patterns):
            if is_used(path):
                yield path, storage
