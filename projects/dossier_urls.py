"""The addresses of a dossier, on the applicant's side, under ``/dossiers/``. Every one is private."""

from django.urls import path

from projects.views import copies, deposit, dossier, messages, packs, pieces, receipts

urlpatterns = [
    path("<str:reference>/", dossier.page, name="dossier"),
    path("<str:reference>/pieces/", pieces.page, name="dossier-pieces"),
    path("<str:reference>/pieces/<uuid:public_id>/", pieces.download, name="dossier-piece"),
    path("<str:reference>/pieces/<uuid:public_id>/retirer/", pieces.remove, name="dossier-piece-remove"),
    path("<str:reference>/deposer/", deposit.page, name="dossier-deposit"),
    path("<str:reference>/geste/<slug:key>/", deposit.any_move, name="dossier-move"),
    path("<str:reference>/recepisse-<int:rank>.pdf", receipts.as_pdf, name="dossier-receipt"),
    path("<str:reference>/recepisse-<int:rank>/", receipts.check, name="dossier-receipt-check"),
    path("<str:reference>/a-deposer.zip", packs.download, name="dossier-pack"),
    path("<str:reference>/messages/", messages.page, name="dossier-messages"),
    path("<str:reference>/copier/", copies.page, name="dossier-copy"),
]
