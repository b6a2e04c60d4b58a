"""Every address of the portal: the only file of ``apist`` that looks up at the apps.

Pages are private unless they say ``@login_not_required``; the list of those that
do is held by ``tests/test_public_addresses.py``.
"""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, reverse_lazy
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView

from apist import views
from apist.accounts import ResetForm


class PublicSchema(SpectacularAPIView):
    """The OpenAPI description of the JSON, public like the JSON itself."""

    public = True


account_urls = [
    path(
        "connexion/",
        login_not_required(auth.LoginView.as_view(template_name="account/login.html")),
        name="account-login",
    ),
    path("deconnexion/", auth.LogoutView.as_view(), name="account-logout"),
    path(
        "mot-de-passe/oublie/",
        login_not_required(
            auth.PasswordResetView.as_view(
                form_class=ResetForm,
                template_name="account/password_reset_form.html",
                email_template_name="account/password_reset_email.html",
                subject_template_name="account/password_reset_subject.txt",
                success_url=reverse_lazy("account-password-reset-done"),
            )
        ),
        name="account-password-reset",
    ),
    path(
        "mot-de-passe/envoye/",
        login_not_required(auth.PasswordResetDoneView.as_view(template_name="account/password_reset_done.html")),
        name="account-password-reset-done",
    ),
    path(
        "mot-de-passe/nouveau/<uidb64>/<token>/",
        login_not_required(
            auth.PasswordResetConfirmView.as_view(
                template_name="account/password_reset_confirm.html",
                success_url=reverse_lazy("account-password-reset-complete"),
            )
        ),
        name="account-password-reset-confirm",
    ),
    path(
        "mot-de-passe/change/",
        login_not_required(
            auth.PasswordResetCompleteView.as_view(template_name="account/password_reset_complete.html")
        ),
        name="account-password-reset-complete",
    ),
]

urlpatterns = [
    path("", include("levers.urls")),
    path("", include("projects.urls")),
    path("", include("apist.page_urls")),
    path("api/v1/", include("levers.api_urls")),
    path("api/v1/", include("projects.api_urls")),
    path("api/v1/schema/", PublicSchema.as_view(), name="api-schema"),
    path("compte/", include(account_urls)),
    path("compte/organismes/", include("actors.urls")),
    path("admin/login/", login_not_required(RedirectView.as_view(pattern_name="account-login", query_string=True))),
    path("admin/", admin.site.urls),
    path("healthz", login_not_required(views.healthz), name="healthz"),
    path("readyz", login_not_required(views.readyz), name="readyz"),
]

handler403 = "apist.views.forbidden"
handler404 = "apist.views.not_found"
handler500 = "apist.views.server_error"
