"""Handing a file over: the one way by which the bytes of a file that somebody sent leave the portal.

Who may open which file is decided before (``views/pieces.py``, ``papers/rules.py``). Here: nothing leaves before the
scanner's verdict, nothing leaves as a page, and what the administration opens is written in the journal.
"""

from typing import BinaryIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from projects.depositing.scanning import may_be_opened
from projects.engine.door import NotAllowed
from projects.engine.reading import place
from projects.engine.recording import act_on
from projects.models import JournalEntry, Paper
from projects.models.files import KeptFile
from projects.rights.table import Act
from projects.views.entry import Visit
from projects.views.moves import home_of


def hand_over(request: HttpRequest, visited: Visit, row: KeptFile) -> HttpResponse:
    """Hand a file over, as a file and never as a page; say why where it is closed.

    A reading by the administration is written in the journal before the first byte leaves. ``?ouvrir`` says that the
    person read that the file was not examined.
    """
    if not may_be_opened(row):
        return closed(request, visited, row, 403 if row.scan == row.Scan.INFECTED else 503)
    if row.scan != row.Scan.CLEAN and "ouvrir" not in request.GET:
        return closed(request, visited, row, 200)
    try:
        file = row.file.open("rb")
    except OSError:
        return closed(request, visited, row, 503, is_lost=True)
    if not visited.is_applicant and request.method == "GET":
        try:
            with act_on(visited.dossier.pk, Act.DOWNLOAD, visited.actor, visited.at) as desk:
                facts = {"file": str(row.public_id), "sha256": row.sha256}
                desk.write(JournalEntry.Kind.DOWNLOADED, facts)
        except NotAllowed:
            raise Http404 from None
    response = as_file(row, file)
    response["Cache-Control"] = "private, no-store"
    return response


def as_file(row: KeptFile, file: BinaryIO) -> FileResponse:
    """Return an opened file as an answer that a browser keeps as a file, whatever is in it."""
    response = FileResponse(file, as_attachment=True, filename=row.name, content_type=row.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def closed(request: HttpRequest, visited: Visit, row: KeptFile, status: int, *, is_lost=False) -> HttpResponse:
    """Say why a file is not handed over, or that it was not examined before it is."""
    context = {
        "visit": visited,
        "dossier": visited.dossier,
        "home": home_of(visited),
        "file": row,
        "is_paper": isinstance(row, Paper),
        "is_lost": is_lost,
        "place": place(visited.dossier, visited.at),
        "may_open": may_be_opened(row) and not is_lost,
    }
    return render(request, "dossiers/pieces/closed.html", context, status=status)
