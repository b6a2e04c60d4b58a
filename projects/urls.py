"""The addresses of the register. All are public."""

from django.urls import path

from projects.views import experiments, feedback

urlpatterns = [
    path("experimentations/", experiments.experiment_list, name="experiments"),
    path("experimentations/<slug:slug>/", experiments.experiment_detail, name="experiment-detail"),
    path("retours-d-experience/", feedback.feedback_list, name="feedback"),
]
