"""The addresses of juries, and of the grid of a dossier, under ``/instruction/``. Every one is private."""

from django.urls import path

from projects.views import grid, juries, jury_marking, jury_ranking

urlpatterns = [
    path("jurys/", juries.jury_list, name="jury-list"),
    path("jurys/nouveau/", juries.making, name="jury-make"),
    path("jurys/<int:number>/", juries.page, name="jury"),
    path("jurys/<int:number>/modifier/", juries.changing, name="jury-change"),
    path("jurys/<int:number>/membres/", juries.juror_added, name="jury-juror-add"),
    path("jurys/<int:number>/membres/<int:user>/retirer/", juries.juror_removed, name="jury-juror-remove"),
    path("jurys/<int:number>/presidence/", juries.chair_chosen, name="jury-chair"),
    path("jurys/<int:number>/dossiers/", juries.dossiers_added, name="jury-dossiers"),
    path("jurys/<int:number>/dossiers/<int:dossier>/retirer/", juries.dossier_removed, name="jury-dossier-remove"),
    path("jurys/<int:number>/ouvrir/", juries.opened, name="jury-open"),
    path("jurys/<int:number>/reveler/", juries.revealed, name="jury-reveal"),
    path("jurys/<int:number>/clore/", juries.closed, name="jury-close"),
    path("jurys/<int:number>/classement/", jury_ranking.ranking, name="jury-ranking"),
    path("jurys/<int:number>/classement.csv", jury_ranking.ranking_csv, name="jury-ranking-csv"),
    path("jurys/<int:number>/dossiers/<slug:reference>/", jury_marking.marking, name="jury-marking"),
    path("jurys/<int:number>/dossiers/<slug:reference>/interets/", jury_marking.interest, name="jury-interest"),
    path(
        "jurys/<int:number>/dossiers/<slug:reference>/deliberation/",
        jury_marking.deliberation,
        name="jury-deliberation",
    ),
    path("<slug:reference>/grille/", grid.page, name="grid"),
]
