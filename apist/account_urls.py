"""The addresses of accounts: in French, under allauth's names, by which allauth finds them."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as application
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as provider
from django.contrib.auth.decorators import login_required
from django.urls import path
from django.views.decorators.http import require_POST

from apist.account_views import SecondFactorsView, home, sso_callback, sso_login

urlpatterns = [
    path("", home, name="account-home"),
    path("connexion/", account.login, name="account_login"),
    path("connexion/cle/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("deconnexion/", login_required(require_POST(account.logout)), name="account_logout"),
    path("inscription/", account.signup, name="account_signup"),
    path("ferme/", account.account_inactive, name="account_inactive"),
    path("adresse/", account.email, name="account_email"),
    path("confirmer-mon-adresse/", account.email_verification_sent, name="account_email_verification_sent"),
    path("confirmer-mon-identite/", account.reauthenticate, name="account_reauthenticate"),
    path(
        "confirmer-mon-identite/code/",
        account.request_reauthentication_code,
        name="account_request_reauthentication_code",
    ),
    path(
        "confirmer-mon-identite/code/saisir/",
        account.confirm_reauthentication_code,
        name="account_confirm_reauthentication_code",
    ),
    path("mot-de-passe/changer/", account.password_change, name="account_change_password"),
    path("mot-de-passe/choisir/", account.password_set, name="account_set_password"),
    path("mot-de-passe/oublie/", account.password_reset, name="account_reset_password"),
    path("mot-de-passe/envoye/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "mot-de-passe/nouveau/<uidb36>/<key>/",
        account.PasswordResetFromKeyView.as_view(reset_url_key="choisir"),
        name="account_reset_password_from_key",
    ),
    path("mot-de-passe/change/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("double-authentification/", SecondFactorsView.as_view(), name="mfa_index"),
    path("double-authentification/verifier/", second_factor.authenticate, name="mfa_authenticate"),
    path("double-authentification/confirmer/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("double-authentification/application/", application.activate_totp, name="mfa_activate_totp"),
    path("double-authentification/application/retirer/", application.deactivate_totp, name="mfa_deactivate_totp"),
    path("double-authentification/codes-de-secours/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "double-authentification/codes-de-secours/nouveaux/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "double-authentification/codes-de-secours/fichier/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("double-authentification/cles/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("double-authentification/cles/ajouter/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("double-authentification/cles/confirmer/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("double-authentification/cles/<int:pk>/retirer/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("double-authentification/cles/<int:pk>/renommer/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("fournisseurs/", provider.connections, name="socialaccount_connections"),
    path("fournisseurs/annule/", provider.login_cancelled, name="socialaccount_login_cancelled"),
    path("fournisseurs/inscription/", provider.signup, name="socialaccount_signup"),
    path("fournisseurs/<slug:provider_id>/", sso_login, name="sso_login"),
    path("fournisseurs/<slug:provider_id>/retour/", sso_callback, name="sso_callback"),
]
