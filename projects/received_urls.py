"""The addresses of what reaches the agency by another way than the portal, under ``/instruction/``. All private."""

from django.urls import path

from projects.views import receiving, receiving_sections

urlpatterns = [
    path("<slug:reference>/recu/", receiving.page, name="instruction-received"),
    path("<slug:reference>/recu/geste/<slug:key>/", receiving.move, name="instruction-received-move"),
    path("<slug:reference>/recu/accuse-<int:seq>.pdf", receiving.acknowledgement, name="instruction-received-pdf"),
    path("<slug:reference>/recu/parties/<slug:key>/", receiving_sections.section, name="instruction-received-section"),
    path("<slug:reference>/recu/corriger/<slug:key>/", receiving_sections.correct, name="instruction-correct"),
]
