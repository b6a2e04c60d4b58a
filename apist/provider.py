"""ProConnect and Pro Santé Connect: OpenID Connect as the standard says it, read by allauth under this file's name.

More strictly than allauth's own provider: a nonce is sent and must come back, the
identity token's signature is always verified, and userinfo may be a signed token
(ProConnect) whose signature, issuer and audience are verified too.
"""

import secrets

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.http import HttpRequest
from django.urls import reverse

from apist.tokens import Refused, claims_of

KEPT = ("sub", "email", "given_name", "usual_name", "family_name", "siret", "SubjectNameID")
"""What is kept of what a provider says: whom it is, and the number of a firm or of a professional."""

SUBJECT_LENGTH = 191


class StrictAdapter(OpenIDConnectOAuth2Adapter):
    """Fetch and verify; ``nonce`` is the one that this very sign-in sent."""

    nonce = ""

    @property
    def issuer(self) -> str:
        """Return who the operator said the provider is."""
        return self.get_provider().app.settings["server_url"]

    @property
    def openid_config(self) -> dict:
        """Return the provider's description of itself, refused where it is somebody else's."""
        config = super().openid_config
        if config.get("issuer", "").rstrip("/") != self.issuer:
            raise OAuth2Error("the provider describes another issuer")
        return config

    def get_callback_url(self, request: HttpRequest, app) -> str:
        """Return the address to which the provider sends people back."""
        return build_absolute_uri(request, reverse("sso_callback", kwargs={"provider_id": self.provider_id}))

    def complete_login(self, request: HttpRequest, app, token, **kwargs):
        """Return who signed in, or refuse."""
        try:
            identity = self._claims(app, kwargs["response"].get("id_token") or "")
            if not self.nonce or identity.get("nonce") != self.nonce:
                raise Refused("not the nonce of this sign-in")
            said = self._userinfo(app, token.token)
        except (Refused, KeyError, ValueError) as error:
            raise OAuth2Error(str(error)) from error
        if said.get("sub") != identity["sub"] or len(str(identity["sub"])) > SUBJECT_LENGTH:
            raise OAuth2Error("userinfo is about somebody else")
        return self.get_provider().sociallogin_from_response(request, {"userinfo": identity | said})

    def _claims(self, app, token: str, *, dated: bool = True) -> dict:
        keys = self._get(self.openid_config["jwks_uri"]).json()
        issuer = self.openid_config["issuer"]
        return claims_of(token, keys, issuer=issuer, audience=app.client_id, dated=dated)

    def _userinfo(self, app, access_token: str) -> dict:
        answer = self._get(self.profile_url, {"Authorization": f"Bearer {access_token}"})
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
        if kind == "application/jwt":
            return self._claims(app, answer.text.strip(), dated=False)
        if app.settings.get("signed_userinfo"):
            raise Refused("userinfo is not signed")
        return answer.json()

    def _get(self, address: str, headers: dict | None = None):
        with get_adapter().get_requests_session() as session:
            answer = session.get(address, headers=headers)
        answer.raise_for_status()
        return answer


class StrictProvider(OpenIDConnectProvider):
    """One class for both: what sets them apart is in the settings of their app (``account_settings.sso_app``)."""

    id = "sso"
    name = "OpenID Connect"
    oauth2_adapter_class = StrictAdapter

    def serialize(self) -> dict:
        """Name the provider in a session by its own name: the class alone does not tell one from the other."""
        return super().serialize() | {"id": self.sub_id}

    def redirect(self, request, process, next_url=None, data=None, **kwargs):
        """Send somebody to the provider with a nonce, which the state keeps."""
        nonce = secrets.token_urlsafe(32)
        kwargs["auth_params"] = self.get_auth_params() | {"nonce": nonce}
        return super().redirect(request, process, next_url, data, nonce=nonce, **kwargs)

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Ask for what we ask for, whatever the address says."""
        return self.get_scope()

    def get_auth_params_from_request(self, request: HttpRequest, action) -> dict:
        """Ask as we ask, whatever the address says."""
        return self.get_auth_params()

    def extract_extra_data(self, data: dict) -> dict:
        """Keep little."""
        return {"userinfo": {name: data["userinfo"][name] for name in KEPT if name in data["userinfo"]}}

    def extract_common_fields(self, data: dict) -> dict:
        """Return the address and the name, whatever each provider calls it."""
        said = data["userinfo"]
        name = " ".join(str(said.get(k) or "") for k in ("given_name", "usual_name")).strip()
        if not said.get("usual_name"):
            name = " ".join(str(said.get(k) or "") for k in ("given_name", "family_name")).strip()
        return {"email": said.get("email"), "name": name}

    def extract_email_addresses(self, data: dict) -> list[EmailAddress]:
        """Return the address; confirmed if the provider says so, or says nothing and the operator vouches for it."""
        said = data["userinfo"]
        if not said.get("email"):
            return []
        told = said.get("email_verified")
        verified = self.app.settings.get("email_presumed_verified", False) if told is None else told in (True, "true")
        return [EmailAddress(email=said["email"], verified=verified, primary=True)]


class StrictCallback(OAuth2CallbackView):
    """Hand the nonce of this sign-in to what verifies it."""

    def _get_state(self, request, provider):
        state, answer = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, answer


provider_classes = [StrictProvider]
