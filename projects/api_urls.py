"""The addresses of the JSON of the register. All are public."""

from django.urls import path

from projects import api

urlpatterns = [
    path("experiments/", api.Experiments.as_view(), name="api-experiments"),
]
