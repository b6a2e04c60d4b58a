"""Addresses of the organisations of who is signed in."""

from django.urls import path

from actors import views
from apist import converters  # noqa: F401 (it makes <row:…> known)

urlpatterns = [
    path("", views.organisations, name="organisation-list"),
    path("nouveau/", views.new, name="organisation-new"),
    path("nouveau/organisme/", views.new_body, name="organisation-new-body"),
    path("nouveau/seul/", views.new_person, name="organisation-new-person"),
    path("invitation/<str:token>/", views.invitation, name="organisation-invitation"),
    path("<row:pk>/", views.detail, name="organisation-detail"),
    path("<row:pk>/modifier/", views.change, name="organisation-change"),
    path("<row:pk>/inviter/", views.invite, name="organisation-invite"),
    path("<row:pk>/invitations/<row:invitation>/renvoyer/", views.resend, name="organisation-invitation-resend"),
    path("<row:pk>/invitations/<row:invitation>/retirer/", views.revoke, name="organisation-invitation-revoke"),
    path("<row:pk>/membres/<row:member>/", views.member, name="organisation-member"),
    path("<row:pk>/membres/<row:member>/retirer/", views.remove, name="organisation-member-remove"),
    path("<row:pk>/quitter/", views.leave, name="organisation-leave"),
]
