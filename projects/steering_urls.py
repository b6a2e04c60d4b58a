"""The addresses of steering, under ``/instruction/``. Every one is private."""

from django.urls import path

from projects.views import grades, mig_campaign, steering

urlpatterns = [
    path("pilotage/", steering.page, name="steering"),
    path("pilotage/actualiser/", steering.count_again, name="steering-count"),
    path("pilotage/<slug:block>.csv", steering.table, name="steering-table"),
    path("grades/", grades.page, name="grades-portfolio"),
    path("campagne-mig/", mig_campaign.page, name="mig-campaign"),
]
