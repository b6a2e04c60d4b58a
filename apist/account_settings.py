"""Settings of accounts: django-allauth, what counts attempts, and the State's sign-ins.

Read into ``apist/settings.py``. Why each choice: ``docs/decisions/0012-accounts.md``.
"""

from django.core.exceptions import ImproperlyConfigured

from apist import env

ACCOUNT_APPS = ["allauth", "allauth.account", "allauth.mfa", "allauth.socialaccount"]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

# Attempts are counted, and one-time codes struck off, where every process sees them: in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "apist_cacheentry",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXY_COUNT", 1 if env.boolean("BEHIND_TLS_PROXY", False) else 0)

ACCOUNT_ADAPTER = "apist.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "apist.account_forms.SignIn",
    "signup": "apist.account_forms.SignUp",
    "add_email": "apist.account_forms.NewAddress",
    "change_email": "apist.account_forms.OtherAddress",
    "confirm_email_verification_code": "apist.account_forms.ConfirmAddress",
    "change_password": "apist.account_forms.ChangePassword",
    "set_password": "apist.account_forms.SetPassword",
    "reset_password": "apist.account_forms.ForgottenPassword",
    "reset_password_from_key": "apist.account_forms.NewPassword",
    "reauthenticate": "apist.account_forms.PasswordAgain",
    "confirm_reauthentication_code": "apist.account_forms.CodeByMail",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "apist.account_names.NamedForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_SESSION_REMEMBER = True

MFA_ADAPTER = "apist.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Portail APIST"
MFA_FORMS = {
    "authenticate": "apist.account_forms.SecondFactor",
    "reauthenticate": "apist.account_forms.SecondFactorAgain",
    "activate_totp": "apist.account_forms.ActivateApplication",
    "add_webauthn": "apist.account_forms.AddKey",
    "login_webauthn": "apist.account_forms.SignInWithKey",
    "authenticate_webauthn": "apist.account_forms.KeyAsSecondFactor",
    "reauthenticate_webauthn": "apist.account_forms.KeyAgain",
    "edit_webauthn": "apist.account_forms.RenameKey",
}

SOCIALACCOUNT_ADAPTER = "apist.sso.Adapter"
SOCIALACCOUNT_FORMS = {"signup": "apist.account_forms.SignUpFromProvider"}
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False


def sso_app(slug: str, name: str, issuer: str, client_id: str, secret: str, **more) -> dict:
    """Describe one provider to allauth; ``more`` says what sets it apart (scopes, whether addresses are trusted)."""
    return {
        "provider_id": slug,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {
            "server_url": issuer.rstrip("/"),
            "oauth_pkce_enabled": True,
            "email_authentication": True,
            "auth_params": {"acr_values": "eidas1"},
            **more,
        },
    }


def is_configured(prefix: str, issuer: str, client_id: str, secret: str) -> bool:
    """Tell whether a provider is to be offered; its three settings go together."""
    if not any((issuer, client_id, secret)):
        return False
    if not all((issuer, client_id, secret)):
        names = f"{prefix}_ISSUER, {prefix}_CLIENT_ID, {prefix}_CLIENT_SECRET"
        raise ImproperlyConfigured(f"{names} vont ensemble : donnez les trois, ou aucun.")
    if not issuer.startswith("https://"):
        raise ImproperlyConfigured(f"{prefix}_ISSUER={issuer!r} n'est pas accepté. Écrivez une adresse en https://.")
    return True


def sso_apps() -> list[dict]:
    """Return the providers that the environment configures."""
    apps = []
    proconnect = env.text("PROCONNECT_ISSUER"), env.text("PROCONNECT_CLIENT_ID"), env.text("PROCONNECT_CLIENT_SECRET")
    psc = env.text("PSC_ISSUER"), env.text("PSC_CLIENT_ID"), env.text("PSC_CLIENT_SECRET")
    if is_configured("PROCONNECT", *proconnect):
        apps.append(
            sso_app(
                "proconnect",
                "ProConnect",
                *proconnect,
                scope=["openid", "given_name", "usual_name", "email", "siret"],
                signed_userinfo=True,
                email_presumed_verified=env.boolean("PROCONNECT_EMAIL_VERIFIED", False),
            )
        )
    if is_configured("PSC", *psc):
        apps.append(sso_app("pro-sante-connect", "Pro Santé Connect", *psc, scope=["openid", "scope_all"]))
    return apps


SOCIALACCOUNT_PROVIDERS = {"sso": {"APPS": sso_apps()}}
