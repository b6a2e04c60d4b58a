"""The indexes that order and count the lists of those who instruct, without reading the dossiers themselves.

``projects/instruction/tallies.py`` reads these columns in one pass over a body's part of an index. A condition on a
column is written ``IS NOT NULL``, the only way in which SQLite recognises it in a query.
"""

from django.db.models import Index, Q

RECEIVED = Q(deposited_at__isnull=False)

CHOSEN = "id ended_at due_at deposited_at entered_by legal_due_at"
"""What the situations and deadlines that a list is narrowed to compare: without them in an index, each row is read."""

LIST_INDEXES = (
    Index(
        fields=(
            "body due_at id turn macro ended_at deposited_at asked entered_by organisation procedure_key legal_due_at"
        ).split(),
        name="dossier_in_order",
        condition=RECEIVED,
    ),
    Index(
        fields=f"body procedure_key stage macro turn lever call facet_values {CHOSEN}".split(),
        name="dossier_facets",
        condition=RECEIVED,
    ),
    Index(
        fields=f"body organisation procedure_key macro turn {CHOSEN}".split(),
        name="dossier_organisations",
        condition=RECEIVED,
    ),
    Index(fields=["entered_by", "body"], name="dossier_entered", condition=Q(entered_by__isnull=False)),
)
