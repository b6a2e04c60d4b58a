"""The addresses of the list of dossiers and of what is done from it, under ``/instruction/``. Every one is private."""

from django.urls import path

from projects.views import (
    instruction_board,
    instruction_export,
    instruction_home,
    instruction_list,
    instruction_saved,
    instruction_together,
)

urlpatterns = [
    path("", instruction_home.home, name="instruction"),
    path("dossiers/", instruction_list.dossier_list, name="instruction-list"),
    path("dossiers/dossiers.<slug:kind>", instruction_export.export, name="instruction-export"),
    path("dossiers/ensemble/", instruction_together.together, name="instruction-together"),
    path("tableau/", instruction_board.board, name="instruction-board"),
    path("vues/", instruction_saved.views, name="instruction-views"),
    path("vues/<int:number>/", instruction_saved.view, name="instruction-view"),
    path("vues/<int:number>/retirer/", instruction_saved.remove, name="instruction-view-remove"),
]
