"""The addresses of one's own data, under ``/compte/donnees/``; all private but the last, read once signed out."""

from django.urls import path

from projects.views import personal_data

urlpatterns = [
    path("", personal_data.page, name="my-data"),
    path("export.zip", personal_data.export, name="my-data-export"),
    path("supprimer/", personal_data.close, name="my-data-close"),
    path("supprime/", personal_data.closed, name="my-data-closed"),
]
