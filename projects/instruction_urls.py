"""The addresses of those who instruct, under ``/instruction/``. Every one is private."""

from django.urls import path

from projects.views import instruction

urlpatterns = [path("<str:reference>/", instruction.page, name="instruction-dossier")]
