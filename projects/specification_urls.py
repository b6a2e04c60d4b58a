"""The addresses of specifications, of the agencies on a dossier and of the board of envisaged projects; all private."""

from django.urls import path

from projects.views import agencies, envisaged, specification

BOARD = "projets-envisages/"

instruction = [
    path(BOARD, envisaged.board, name="envisaged"),
    path(f"{BOARD}nouveau/", envisaged.new, name="envisaged-new"),
    path(f"{BOARD}<int:number>/", envisaged.one, name="envisaged-one"),
    path(f"{BOARD}<int:number>/modifier/", envisaged.edit, name="envisaged-edit"),
    path("<slug:reference>/cahier-des-charges/", specification.of_instruction, name="instruction-specification"),
    path("<slug:reference>/agences/", agencies.page, name="instruction-agencies"),
]

dossiers = [
    path("<slug:reference>/cahier-des-charges/", specification.of_applicant, name="dossier-specification"),
    path("<slug:reference>/cahier-des-charges/chiffres/", specification.figures, name="dossier-figures"),
]
