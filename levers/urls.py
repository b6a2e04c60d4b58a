"""The addresses of the catalogue and of the diagnostic. All are public."""

from django.urls import path

from levers.views import (
    alerts,
    call_feeds,
    calls,
    catalogue,
    diagnostic,
    directory,
    home,
    nothing_found,
    procurement,
    sheet,
    statistics,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("leviers/", catalogue.lever_list, name="lever-list"),
    path("leviers.csv", catalogue.lever_csv, name="lever-csv"),
    path("leviers/<slug:slug>/", sheet.lever_detail, name="lever-detail"),
    path("appels/", calls.call_list, name="call-list"),
    path("appels.ics", call_feeds.calls_ics, name="calls-ics"),
    path("appels.rss", call_feeds.calls_rss, name="calls-rss"),
    path("appels/<slug:slug>/", calls.call_detail, name="call-detail"),
    path("appels/<slug:slug>.ics", call_feeds.call_ics, name="call-ics"),
    path("alertes/nouvelle/", alerts.new, name="alert-new"),
    path("alertes/envoyee/", alerts.sent, name="alert-sent"),
    path("alertes/arretee/", alerts.stopped, name="alert-stopped"),
    path("alertes/<str:token>/", alerts.detail, name="alert-detail"),
    path("alertes/<str:token>/confirmer/", alerts.confirmation, name="alert-confirm"),
    path("alertes/<str:token>/arreter/", alerts.stopping, name="alert-stop"),
    path("recherche-sans-resultat/", nothing_found.report, name="search-without-result"),
    path("diagnostic/", diagnostic.questions, name="diagnostic"),
    path("diagnostic/resultats/", diagnostic.results, name="diagnostic-results"),
    path("commande-publique/", procurement.procurement, name="procurement"),
    path("annuaire/", directory.directory, name="directory"),
    path("annuaire/<str:code>/", directory.agency, name="directory-agency"),
    path("sources/", sheet.provenance, name="provenance"),
    path("statistiques/", statistics.statistics, name="statistics"),
]
