"""The addresses of a dossier, on the applicant's side, under ``/dossiers/``. Every one is private."""

from django.urls import path

from projects import deciding_urls, following_urls, paper_urls, specification_urls
from projects.views import (
    copies,
    deposit,
    dossier,
    evidence,
    instruction,
    messages,
    packs,
    pieces,
    publishing,
    receipts,
)

urlpatterns = [
    path("<slug:reference>/", dossier.page, name="dossier"),
    path("<slug:reference>/pieces/", pieces.page, name="dossier-pieces"),
    path("<slug:reference>/pieces/<uuid:public_id>/", pieces.download, name="dossier-piece"),
    path("<slug:reference>/pieces/<uuid:public_id>/retirer/", pieces.remove, name="dossier-piece-remove"),
    path("<slug:reference>/deposer/", deposit.page, name="dossier-deposit"),
    path("<slug:reference>/geste/<slug:key>/", deposit.any_move, name="dossier-move"),
    path("<slug:reference>/recepisse-<int:rank>.pdf", receipts.as_pdf, name="dossier-receipt"),
    path("<slug:reference>/recepisse-<int:rank>/", receipts.check, name="dossier-receipt-check"),
    path("<slug:reference>/a-deposer.zip", packs.download, name="dossier-pack"),
    path("<slug:reference>/messages/", messages.page, name="dossier-messages"),
    path("<slug:reference>/verifier/", instruction.verification, name="dossier-verify"),
    *specification_urls.dossiers,
    *deciding_urls.applicant,
    *paper_urls.applicants,
    path("<slug:reference>/preuve/", evidence.for_applicant, name="dossier-evidence"),
    path("<slug:reference>/publication/", publishing.for_applicant, name="dossier-publication"),
    path("<slug:reference>/copier/", copies.page, name="dossier-copy"),
    *following_urls.applicants,
]
