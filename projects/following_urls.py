"""The addresses of what follows a grant: for those who instruct, for applicants, and the public files."""

from django.urls import path

from projects.views import envelopes, essential_data, following

urlpatterns = [
    path("enveloppes/", envelopes.page, name="instruction-envelopes"),
    path("donnees-essentielles/", essential_data.page, name="instruction-essential"),
    path("<slug:reference>/suivi/", following.page, name="instruction-following"),
    path("<slug:reference>/suivi/echeancier/", following.schedule, name="instruction-schedule"),
    path("<slug:reference>/suivi/indicateur/", following.indicator, name="instruction-indicator"),
    path("<slug:reference>/suivi/valeur/", following.value, name="instruction-value"),
    path("<slug:reference>/suivi/evaluation/", following.evaluation, name="instruction-evaluation"),
]

applicants = [
    path("<slug:reference>/suivi/", following.applicants_page, name="dossier-following"),
    path("<slug:reference>/suivi/valeur/", following.value, name="dossier-value"),
]

public = [
    path(
        "donnees-essentielles/<slug:code>/<int:year>.csv",
        essential_data.download,
        {"kind": "csv"},
        name="essential-csv",
    ),
    path(
        "donnees-essentielles/<slug:code>/<int:year>.json",
        essential_data.download,
        {"kind": "json"},
        name="essential-json",
    ),
]
