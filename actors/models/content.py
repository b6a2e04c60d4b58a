"""Whether the content has moved: what everything kept in memory compares itself with.

Both tables are written by the database itself (``apist/engines.py``), never from
Python, so that no way of writing can forget it.
"""

from django.db import connection, models


class ContentVersion(models.Model):
    """One row: a number drawn again, in the same transaction, at every change of content."""

    token = models.BigIntegerField()

    @classmethod
    def current(cls) -> int:
        """Return the number of the content as it is; 0 for a base in which nothing was ever written.

        Asked at every request: written out, since Django would take longer to write it than any base to answer.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT token FROM actors_contentversion")
            row = cursor.fetchone()
        return row[0] if row else 0


class ContentStamp(models.Model):
    """The same for one thing among many (a lever): what to read again after a change, and what to leave.

    ``owner`` is the number of that thing, 0 for rows that all of a kind share. The
    stamp of something deleted stays: that it moved is how one learns that it is gone.
    """

    kind = models.CharField(max_length=20)
    owner = models.BigIntegerField()
    number = models.BigIntegerField()

    class Meta:
        """One stamp a thing."""

        constraints = [models.UniqueConstraint(fields=["kind", "owner"], name="one_content_stamp_per_owner")]

    def __str__(self) -> str:
        """Name what is stamped."""
        return f"{self.kind} {self.owner}"
