"""The addresses of what reaches the agency by another way than the portal, under ``/instruction/``. All private."""

from django.urls import path

from projects.views import receiving, receiving_consent, receiving_figures, receiving_sections

urlpatterns = [
    path("<slug:reference>/recu/", receiving.page, name="instruction-received"),
    path("<slug:reference>/recu/geste/<slug:key>/", receiving.move, name="instruction-received-move"),
    path("<slug:reference>/recu/accuse-<int:seq>.pdf", receiving.acknowledgement, name="instruction-received-pdf"),
    path("<slug:reference>/recu/parties/<slug:key>/", receiving_sections.section, name="instruction-received-section"),
    path("<slug:reference>/recu/plan/", receiving_figures.plan, name="instruction-received-plan"),
    path("<slug:reference>/recu/modele/", receiving_figures.model, name="instruction-received-model"),
    path("<slug:reference>/recu/publication/", receiving_consent.page, name="instruction-received-consent"),
    path("<slug:reference>/recu/corriger/<slug:key>/", receiving_sections.correct, name="instruction-correct"),
]
