"""Addresses of the organisations of who is signed in."""

from django.urls import path

from actors import views

urlpatterns = [
    path("", views.organisations, name="organisation-list"),
    path("nouveau/", views.new, name="organisation-new"),
    path("nouveau/organisme/", views.new_body, name="organisation-new-body"),
    path("nouveau/seul/", views.new_person, name="organisation-new-person"),
    path("invitation/<str:token>/", views.invitation, name="organisation-invitation"),
    path("<int:pk>/", views.detail, name="organisation-detail"),
    path("<int:pk>/modifier/", views.change, name="organisation-change"),
    path("<int:pk>/inviter/", views.invite, name="organisation-invite"),
    path("<int:pk>/invitations/<int:invitation>/renvoyer/", views.resend, name="organisation-invitation-resend"),
    path("<int:pk>/invitations/<int:invitation>/retirer/", views.revoke, name="organisation-invitation-revoke"),
    path("<int:pk>/membres/<int:member>/", views.member, name="organisation-member"),
    path("<int:pk>/membres/<int:member>/retirer/", views.remove, name="organisation-member-remove"),
    path("<int:pk>/quitter/", views.leave, name="organisation-leave"),
]
