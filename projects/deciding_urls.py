"""The addresses of decisions: those of the agency, and those of the applicant. Every one is private."""

from django.urls import path

from projects.views import deciding, decisions, signing

urlpatterns = [
    path("parapheur/", signing.folder, name="instruction-signing"),
    path("<slug:reference>/decision/", deciding.page, name="instruction-decision"),
    path("<slug:reference>/decision/projet.pdf", deciding.draft_as_pdf, name="instruction-decision-draft"),
    path("<slug:reference>/note/", deciding.note, name="instruction-one-page"),
]

applicant = [
    path("<slug:reference>/decision/<int:number>/", decisions.page, name="dossier-decision"),
    path("<slug:reference>/decision/<int:number>.pdf", decisions.as_pdf, name="dossier-decision-pdf"),
    path("<slug:reference>/autre-levier/", decisions.take_over, name="dossier-take-over"),
]
