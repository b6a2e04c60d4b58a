"""The addresses of what a team keeps for itself, under ``/instruction/``. Every one is private."""

from django.urls import path

from projects.views import absences, desk

urlpatterns = [
    path("absences/", absences.page, name="instruction-absences"),
    path("absences/<int:number>/finir/", absences.end, name="instruction-absence-end"),
    path("<slug:reference>/notes/", desk.notes, name="instruction-notes"),
    path("<slug:reference>/notes/<int:number>/", desk.note, name="instruction-note"),
    path("<slug:reference>/etiquettes/", desk.label, name="instruction-labels"),
    path("<slug:reference>/affectation/", desk.assignment, name="instruction-assignment"),
]
