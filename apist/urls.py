"""Every address of the portal: the only file of ``apist`` that looks up at the apps.

Pages are private unless they say ``@login_not_required``; the list of those that
do is held by ``tests/test_public_addresses.py``.
"""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView

from apist import views


class PublicSchema(SpectacularAPIView):
    """The OpenAPI description of the JSON, public like the JSON itself."""

    public = True


urlpatterns = [
    path("", include("levers.urls")),
    path("", include("projects.urls")),
    path("", include("apist.page_urls")),
    path("api/v1/", include("levers.api_urls")),
    path("api/v1/", include("projects.api_urls")),
    path("api/v1/schema/", PublicSchema.as_view(), name="api-schema"),
    path("compte/", include("apist.account_urls")),
    path("compte/organismes/", include("actors.urls")),
    path("admin/login/", login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True))),
    path("admin/", admin.site.urls),
    path("healthz", login_not_required(views.healthz), name="healthz"),
    path("readyz", login_not_required(views.readyz), name="readyz"),
]

handler403 = "apist.views.forbidden"
handler404 = "apist.views.not_found"
handler500 = "apist.views.server_error"
handler429 = "apist.views.too_many_requests"
