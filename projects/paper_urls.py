"""The addresses of the documents of the instruction, on either side. Every one is private."""

from django.urls import path

from projects.views import opinions, papers

urlpatterns = [
    path("<slug:reference>/documents/", papers.page, name="instruction-papers"),
    path("<slug:reference>/documents/<uuid:public_id>/", papers.for_agency, name="instruction-paper"),
    path("<slug:reference>/documents/<uuid:public_id>/retirer/", papers.remove, name="instruction-paper-remove"),
    path("<slug:reference>/avis/<int:number>/<uuid:public_id>/", opinions.own_paper, name="instruction-opinion-paper"),
]

applicants = [path("<slug:reference>/documents/<uuid:public_id>/", papers.for_applicant, name="dossier-paper")]
