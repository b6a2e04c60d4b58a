"""The page of one's account, and the way to a provider and back."""

from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from requests import RequestException

from apist.account_forms import NameForm
from apist.accounts import SECOND_FACTORS, has_second_factor, must_have_second_factor
from apist.clock import today
from apist.provider import StrictAdapter, StrictCallback

FAULTS = (RequestException, OAuth2Error, KeyError)
"""A provider that does not answer, or answers something else than what is asked."""


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Show one's account; the displayed name is changed there, the rest on pages of their own."""
    form = NameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Votre nom est changé.")
        return redirect("account-home")
    if form.errors:
        request.user.refresh_from_db()
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    values = {
        "form": form,
        "application": Authenticator.Type.TOTP in kinds,
        "keys": kinds.count(Authenticator.Type.WEBAUTHN),
        "protected": any(kind in SECOND_FACTORS for kind in kinds),
        "compulsory": must_have_second_factor(request.user),
        "is_agent": request.user.is_agent(today()),
        "providers": get_adapter().list_providers(request),
        "connected": SocialAccount.objects.filter(user=request.user),
    }
    return render(request, "account/home.html", values)


class SecondFactorsView(IndexView):
    """What protects the account besides the password; where staff without a second factor are sent."""

    def get_context_data(self, **kwargs) -> dict:
        """Say whether the person can do nothing else before enrolling."""
        user = self.request.user
        missing = must_have_second_factor(user) and not has_second_factor(user)
        return super().get_context_data(**kwargs) | {"second_factor_missing": missing}


def _adapter(request: HttpRequest, provider_id: str) -> StrictAdapter:
    """Return what speaks with a provider; nothing is there where the operator configured none."""
    if provider_id not in {app.provider_id for app in get_adapter().list_apps(request)}:
        raise Http404
    return StrictAdapter(request, provider_id)


@login_not_required
@never_cache
@require_GET
def sso_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to a provider.

    By a link and not a form, which our policy (``form-action``) would not let leave the
    site. To connect a provider to an account one must come from our own page: another
    site could otherwise have its own identity connected.
    """
    provider = _adapter(request, provider_id).get_provider()
    elsewhere = request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
    if request.GET.get("process") == AuthProcess.CONNECT and elsewhere:
        return redirect("socialaccount_connections")
    try:
        return provider.redirect_from_request(request)
    except FAULTS as error:
        return render_authentication_error(request, provider, exception=error)


@login_not_required
@never_cache
@require_GET
def sso_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take somebody back from a provider; allauth catches what fails late, here what fails early (its description)."""
    adapter = _adapter(request, provider_id)
    try:
        return StrictCallback.adapter_view(adapter)(request)
    except FAULTS as error:
        return render_authentication_error(request, adapter.get_provider(), exception=error)
