"""The addresses of those who instruct, under ``/instruction/``. Every one is private."""

from django.urls import path

from projects import deciding_urls
from projects.views import (
    ending,
    evidence,
    first_contact,
    instruction,
    instruction_exchanges,
    instruction_list,
    keeping,
    publishing,
)

urlpatterns = [
    path("", instruction_list.home, name="instruction"),
    path("dossiers/", instruction_list.dossier_list, name="instruction-list"),
    path("calendrier/", ending.page, name="instruction-ends"),
    path("calendrier.ics", ending.as_calendar, name="instruction-ends-ics"),
    path("premier-contact/", first_contact.entry, name="instruction-enter"),
    *deciding_urls.urlpatterns,
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
