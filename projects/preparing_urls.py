"""The addresses where projects and drafts are prepared, under ``/dossiers/``. Every one is private."""

from django.urls import path

from projects.views import financing, my_dossiers, new_dossier, project, section, sharing, versions

PROJECT = "projets/<uuid:public_id>/"
OF_PROJECT = "projets/<uuid:public_id>/section/<slug:key>/"
OF_DOSSIER = "<slug:reference>/section/<slug:key>/"

urlpatterns = [
    path("", my_dossiers.my_dossiers, name="my-dossiers"),
    path("nouveau/", new_dossier.new, name="dossier-new"),
    path("invitation/<slug:token>/", sharing.accept_link, name="share-accept"),
    path(PROJECT, project.page, name="project"),
    path(f"{PROJECT}nouveau-dossier/", new_dossier.in_project, name="project-new-dossier"),
    path(f"{PROJECT}financement/", financing.page, name="project-financing"),
    path(f"{PROJECT}partage/", sharing.page, name="project-sharing"),
    path(OF_PROJECT, section.of_project, name="project-section"),
    path(f"{OF_PROJECT}versions/", versions.list_of_project, name="project-section-versions"),
    path(f"{OF_PROJECT}versions/<int:version>/", versions.one_of_project, name="project-section-version"),
    path(OF_DOSSIER, section.of_dossier, name="dossier-section"),
    path(f"{OF_DOSSIER}versions/", versions.list_of_dossier, name="dossier-section-versions"),
    path(f"{OF_DOSSIER}versions/<int:version>/", versions.one_of_dossier, name="dossier-section-version"),
]
