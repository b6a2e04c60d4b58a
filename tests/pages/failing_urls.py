"""The portal's addresses, and two that fail: one refuses, the other breaks."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.urls import path

from apist.urls import handler403, handler404, handler500, urlpatterns

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


@login_not_required
def refuse(request):
    raise PermissionDenied


@login_not_required
def break_down(request):
    raise RuntimeError("secret detail of the breakdown")


urlpatterns = [*urlpatterns, path("refus/", refuse), path("panne/", break_down)]
