"""The addresses of the register, which are public, and of dossiers, which are not."""

from django.urls import include, path

from projects import following_urls, opinion_urls
from projects.views import experiments, feedback, messages

urlpatterns = [
    path("experimentations/", experiments.experiment_list, name="experiments"),
    path("experimentations/<slug:slug>/", experiments.experiment_detail, name="experiment-detail"),
    path("retours-d-experience/", feedback.feedback_list, name="feedback"),
    path("compte/courriels/", messages.preferences, name="mail-preferences"),
    *following_urls.public,
    path("dossiers/", include("projects.preparing_urls")),
    path("dossiers/", include("projects.dossier_urls")),
    path("compte/donnees/", include("projects.personal_urls")),
    path("avis/", include(opinion_urls.links)),
    path("instruction/", include("projects.instruction_urls")),
]
