"""The addresses of the JSON of the catalogue. All are public."""

from django.urls import path

from levers import api, api_calls, api_procurement, api_terms

urlpatterns = [
    path("levers/", api.Levers.as_view(), name="api-levers"),
    path("levers/<slug:slug>/", api.LeverDetail.as_view(), name="api-lever"),
    path("calls/", api_calls.Calls.as_view(), name="api-calls"),
    path("terms/", api_terms.Terms.as_view(), name="api-terms"),
    path("agencies/", api.Agencies.as_view(), name="api-agencies"),
    path("matches/", api.Matches.as_view(), name="api-matches"),
    path("procurement/", api_procurement.Procurement.as_view(), name="api-procurement"),
]
