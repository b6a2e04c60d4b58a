"""The addresses of the catalogue and of the diagnostic. All are public."""

from django.urls import path

from levers.views import catalogue, diagnostic, home, nothing_found, procurement, sheet, statistics

urlpatterns = [
    path("", home.home, name="home"),
    path("leviers/", catalogue.lever_list, name="lever-list"),
    path("leviers.csv", catalogue.lever_csv, name="lever-csv"),
    path("leviers/<slug:slug>/", sheet.lever_detail, name="lever-detail"),
    path("recherche-sans-resultat/", nothing_found.report, name="search-without-result"),
    path("diagnostic/", diagnostic.questions, name="diagnostic"),
    path("diagnostic/resultats/", diagnostic.results, name="diagnostic-results"),
    path("commande-publique/", procurement.procurement, name="procurement"),
    path("sources/", sheet.provenance, name="provenance"),
    path("statistiques/", statistics.statistics, name="statistics"),
]
