"""Sent files in an S3-compatible service; imported only where ``ATTACHMENTS_S3_BUCKET`` chooses it.

It needs requirements/s3.txt, which an ordinary installation does not have.
"""

from storages.backends.s3 import S3Storage


class PrivateS3Storage(S3Storage):
    """A bucket whose files have no address: neither public nor signed."""

    def url(self, name, parameters=None, expire=None, http_method=None):
        """Refuse: an address would go round the portal's checks."""
        raise NotImplementedError("Sent files have no address: a view gives them to those who may read them.")
