"""The door to typst: a document becomes an accessible PDF (PDF/UA-1), in the process, from nothing but its data.

The words travel as JSON to a template that never reads them as markup. Only the fonts
that the library holds are used, and nothing is fetched: the same document comes out
of every machine. The library refuses a document that PDF/UA forbids, so what comes
out is tagged, titled and in French.
"""

import json
from datetime import UTC, datetime, time
from functools import cache

import typst
from django.conf import settings

from levers.documents.blocks import Document, as_data

TEMPLATE = settings.BASE_DIR / "templates" / "documents/document.typ"


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts of the library, read once; those of the machine would make another document of it."""
    return typst.Fonts(include_system_fonts=False)


def pdf_of(document: Document) -> bytes:
    """Return a document as PDF; the same document gives the same bytes."""
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(as_data(document))},
        timestamp=datetime.combine(document.on, time.min, UTC),
    )
