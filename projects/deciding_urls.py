"""The addresses of decisions, agreements, amendments: of the agency, and of the applicant. Every one is private."""

from django.urls import path

from projects.views import amending, deciding, decisions, signing

urlpatterns = [
    path("parapheur/", signing.folder, name="instruction-signing"),
    path("<slug:reference>/decision/", deciding.page, name="instruction-decision"),
    path("<slug:reference>/decision/projet.pdf", deciding.draft_as_pdf, name="instruction-decision-draft"),
    path("<slug:reference>/convention/", deciding.page, {"sort": "agreement"}, name="instruction-agreement"),
    path(
        "<slug:reference>/convention/projet.pdf",
        deciding.draft_as_pdf,
        {"sort": "agreement"},
        name="instruction-agreement-draft",
    ),
    path("<slug:reference>/avenant/", deciding.page, {"sort": "amendment"}, name="instruction-amendment"),
    path(
        "<slug:reference>/avenant/projet.pdf",
        deciding.draft_as_pdf,
        {"sort": "amendment"},
        name="instruction-amendment-draft",
    ),
    path("<slug:reference>/avenant-annuel/", deciding.page, {"sort": "continuation"}, name="instruction-continuation"),
    path(
        "<slug:reference>/avenant-annuel/projet.pdf",
        deciding.draft_as_pdf,
        {"sort": "continuation"},
        name="instruction-continuation-draft",
    ),
    path("<slug:reference>/avenant/contenu/", amending.page, name="instruction-amending"),
    path("<slug:reference>/note/", deciding.note, name="instruction-one-page"),
]

applicant = [
    path("<slug:reference>/decision/<int:number>/", decisions.page, name="dossier-decision"),
    path("<slug:reference>/decision/<int:number>.pdf", decisions.as_pdf, name="dossier-decision-pdf"),
    path("<slug:reference>/convention-a-signer.pdf", decisions.sent_as_pdf, name="dossier-agreement-pdf"),
    path("<slug:reference>/autre-levier/", decisions.take_over, name="dossier-take-over"),
]
