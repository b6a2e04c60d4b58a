"""The pages of documents of the instruction in every state, for the style sheet (see ``private_states.py``)."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from actors.models import Agency, Body
from apist.clock import now
from projects.models import Paper
from tests.dossier_factories import drive, fill, make_dossier, make_officer
from tests.factories import make_user
from tests.files import samples
from tests.people_factories import make_body, make_organisation


def paper_pages() -> Iterator[tuple[str, object]]:
    """Yield the name and the answer of each state; what is written stays to be undone by the caller."""
    agency = Agency.objects.get(region__code="76")
    body = Body.objects.filter(agency=agency).first() or make_body(Body.Kind.AGENCY, agency=agency)
    officer, owner = make_officer(body), make_user()
    clerk, carrier = Client(), Client()
    clerk.force_login(officer)
    carrier.force_login(owner)
    dossier = fill(make_dossier(owner, body=body, organisation=make_organisation(), at=now() - timedelta(days=9)))
    drive(dossier, "deposit", owner, now() - timedelta(days=8))
    page = f"/instruction/{dossier.reference}/documents/"
    yield "papers, none", clerk.get(page)
    yield "papers, wrong", clerk.post(page, {"files": [SimpleUploadedFile("a.pdf", samples.HTML)]})
    Paper.objects.create(
        dossier=dossier, name="courrier.pdf", content_type="application/pdf", size=9, sha256="0" * 64, file="aa/b",
        words="Reçu hier", shown=True, added_at=now(), added_by=officer,
    )  # fmt: skip
    yield "papers", clerk.get(page)
    yield "applicant, papers", carrier.get(f"/dossiers/{dossier.reference}/")
    paper = dossier.papers.get()
    yield "paper, not examined", carrier.get(f"/dossiers/{dossier.reference}/documents/{paper.public_id}/")
    Paper.objects.update(scan="infected")
    yield "paper, infected", clerk.get(f"{page}{paper.public_id}/")
