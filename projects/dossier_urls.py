"""The addresses of a dossier, on the applicant's side, under ``/dossiers/``. Every one is private."""

from django.urls import path

from projects.views import dossier

urlpatterns = [path("<str:reference>/", dossier.page, name="dossier")]
