"""The addresses of opinions: under ``/instruction/``, private; under ``/avis/``, open to whoever holds a link."""

from django.urls import path

from projects.views import opinion_link, opinions

urlpatterns = [
    path("avis/", opinions.mine, name="instruction-my-opinions"),
    path("<slug:reference>/avis/", opinions.page, name="instruction-opinions"),
    path("<slug:reference>/avis/<int:number>/", opinions.answering, name="instruction-opinion"),
]

links = [
    path("merci/", opinion_link.thanks, name="opinion-done"),
    path("<str:token>/", opinion_link.page, name="opinion-link"),
    path("<str:token>/pieces/<uuid:public_id>/", opinion_link.piece, name="opinion-link-piece"),
]
