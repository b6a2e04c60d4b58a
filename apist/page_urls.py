"""Addresses of the pages that belong to no app and hold no business."""

from django.urls import path

from apist import pages

urlpatterns = [
    path("plan-du-site/", pages.sitemap, name="sitemap-page"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("mentions-legales/", pages.legal_notice, name="legal-notice"),
    path("donnees-personnelles/", pages.personal_data, name="personal-data"),
    path("robots.txt", pages.robots, name="robots"),
    path("demonstration/messages/", pages.demo_mailbox, name="demo-mailbox"),
]
