"""The addresses of those who instruct, under ``/instruction/``. Every one is private."""

from django.urls import path

from projects import (
    deciding_urls,
    desk_urls,
    following_urls,
    jury_urls,
    list_urls,
    opinion_urls,
    paper_urls,
    received_urls,
    specification_urls,
    steering_urls,
)
from projects.views import (
    ending,
    entering,
    evidence,
    instruction,
    instruction_exchanges,
    keeping,
    publishing,
)

urlpatterns = [
    *list_urls.urlpatterns,
    path("saisir/", entering.entry, name="instruction-enter"),
    *desk_urls.urlpatterns,
    *received_urls.urlpatterns,
    path("calendrier/", ending.page, name="instruction-ends"),
    path("calendrier.ics", ending.as_calendar, name="instruction-ends-ics"),
    *specification_urls.instruction,
    *opinion_urls.urlpatterns,
    *paper_urls.urlpatterns,
    *jury_urls.urlpatterns,
    *deciding_urls.urlpatterns,
    *following_urls.urlpatterns,
    *steering_urls.urlpatterns,
    path("<slug:reference>/", instruction.page, name="instruction-dossier"),
    path("<slug:reference>/geste/<slug:move>/", instruction.move, name="instruction-move"),
    path("<slug:reference>/pieces/<uuid:public_id>/", instruction_exchanges.piece, name="instruction-piece"),
    path("<slug:reference>/messages/", instruction_exchanges.writing, name="instruction-messages"),
    path("<slug:reference>/verifier/", instruction.verification, name="instruction-verify"),
    path("<slug:reference>/preuve/", evidence.for_agency, name="instruction-evidence"),
    path("<slug:reference>/publication/", publishing.for_agency, name="instruction-publication"),
    path("<slug:reference>/deport/", instruction.stepping_back, name="instruction-step-back"),
    path("<slug:reference>/conservation/", keeping.page, name="instruction-keeping"),
]
