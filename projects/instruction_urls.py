"""The addresses of those who instruct, under ``/instruction/``. Every one is private."""

from django.urls import path

from projects.views import instruction, keeping

urlpatterns = [
    path("<str:reference>/", instruction.page, name="instruction-dossier"),
    path("<str:reference>/conservation/", keeping.page, name="instruction-keeping"),
]
