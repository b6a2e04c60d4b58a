"""The forms of accounts: allauth's, with our words, and without words that stand in for a label."""

import struct

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as keys
from allauth.socialaccount import forms as provider
from cryptography.exceptions import InvalidSignature
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.forms import ModelForm, TextInput
from django.http import HttpRequest

from actors.models import User
from apist.account_names import NamedForm

ADDRESS = "Adresse électronique"
PASSWORD = "Mot de passe"
AGAIN = "Le même, une seconde fois"
CODE_BY_MAIL = "Il est dans le message que nous venons d'envoyer ; majuscules et tirets n'importent pas."
CODE_OF_APPLICATION = "Les six chiffres que votre application affiche en ce moment."


class Worded:
    """Put our labels and hints on the fields of a form, by name; take away the placeholders."""

    labels: dict[str, str] = {}
    hints: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)


class NameForm(ModelForm):
    """Change the displayed name."""

    class Meta:
        """The name alone, worded as when signing up."""

        model = User
        fields = ["full_name"]
        labels = {"full_name": "Prénom et nom"}
        help_texts = {"full_name": NamedForm.base_fields["full_name"].help_text}
        widgets = {"full_name": TextInput(attrs={"autocomplete": "name"})}


class SignIn(Worded, account.LoginForm):
    """Sign in with an address and a password."""

    labels = {"login": ADDRESS, "password": PASSWORD}
    hints = {"password": ""}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class OneAccount:
    """Two sign-ups at the same moment make one account: the slower one is told what a later one would be."""

    def try_save(self, request: HttpRequest):
        """Save the person, or send the message that the account exists."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class SignUp(Worded, OneAccount, account.SignupForm):
    """Make an account."""

    field_order = ["full_name", "email", "password1", "password2"]
    labels = {"email": ADDRESS, "password1": PASSWORD, "password2": AGAIN}
    hints = {"email": "Nous y enverrons un code, pour nous assurer qu'elle est à vous."}


class SignUpFromProvider(Worded, OneAccount, provider.SignupForm):
    """Complete what ProConnect or Pro Santé Connect did not say."""

    field_order = ["full_name", "email"]
    labels = {"email": ADDRESS}
    hints = {"email": "Nous y enverrons un code, pour nous assurer qu'elle est à vous."}


class NewAddress(Worded, account.AddEmailForm):
    """Ask for another address."""

    labels = {"email": "Nouvelle adresse électronique"}
    hints = {"email": "Nous y enverrons un code. L'ancienne adresse sert tant qu'il n'est pas saisi."}


class OtherAddress(Worded, account.ChangeEmailForm):
    """Correct the address given a moment ago, when signing up."""

    labels = {"email": "Bonne adresse électronique"}


class ConfirmAddress(Worded, account.ConfirmEmailVerificationCodeForm):
    """Prove that a message arrives."""

    labels = {"code": "Code reçu"}
    hints = {"code": CODE_BY_MAIL}


class CodeByMail(Worded, account.ConfirmReauthenticationCodeForm):
    """Prove again that one reads the address of the account."""

    labels = {"code": "Code reçu"}
    hints = {"code": CODE_BY_MAIL}


class ChangePassword(Worded, account.ChangePasswordForm):
    """Change a password that one knows."""

    labels = {"oldpassword": "Mot de passe actuel", "password1": "Nouveau mot de passe", "password2": AGAIN}
    hints = {"oldpassword": ""}


class SetPassword(Worded, account.SetPasswordForm):
    """Choose a first password, for an account made through a provider."""

    labels = {"password1": PASSWORD, "password2": AGAIN}


class ForgottenPassword(Worded, account.ResetPasswordForm):
    """Ask for a link that lets one choose another password."""

    labels = {"email": ADDRESS}


class NewPassword(Worded, account.ResetPasswordKeyForm):
    """Choose another password."""

    labels = {"password1": "Nouveau mot de passe", "password2": AGAIN}


class PasswordAgain(Worded, account.ReauthenticateForm):
    """Type the password once more before something that matters."""

    labels = {"password": PASSWORD}
    hints = {"password": ""}


class SecondFactor(Worded, second_factor.AuthenticateForm):
    """Give the second factor when signing in."""

    labels = {"code": "Code de l'application, ou code de secours"}
    hints = {"code": f"{CODE_OF_APPLICATION} Sans votre téléphone : un de vos codes de secours, à huit chiffres."}


class SecondFactorAgain(Worded, second_factor.ReauthenticateForm):
    """Give the second factor once more before something that matters."""

    labels = SecondFactor.labels
    hints = SecondFactor.hints


class ActivateApplication(Worded, ActivateTOTPForm):
    """Prove that the application holds the secret."""

    labels = {"code": "Code affiché par l'application"}
    hints = {"code": CODE_OF_APPLICATION}


MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError, struct.error, InvalidSignature)
"""What the reading of a key's answer raises when it is not one; ``ValidationError`` is none of them."""


class NotAKey:
    """An answer that no key gave is refused, never a fault of ours."""

    def clean(self) -> dict:
        """Verify a key's answer that a new key gives."""
        try:
            return super().clean()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error

    def clean_credential(self):
        """Verify a key's answer that a known key gives."""
        verify = getattr(super(), "clean_credential", lambda: self.cleaned_data["credential"])
        try:
            return verify()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error


class SignInWithKey(NotAKey, keys.LoginWebAuthnForm):
    """Sign in with a key alone."""


class KeyAsSecondFactor(NotAKey, keys.AuthenticateWebAuthnForm):
    """Give a key as second factor when signing in."""


class KeyAgain(NotAKey, keys.ReauthenticateWebAuthnForm):
    """Give a key once more before something that matters."""


class NamedKey(Worded):
    """A name that a list can show."""

    labels = {"name": "Nom de la clé", "passwordless": "Pouvoir se connecter avec cette clé seule"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(MaxLengthValidator(60))


class AddKey(NotAKey, NamedKey, keys.AddWebAuthnForm):
    """Keep a passkey, whose answer a script has put into ``credential``."""

    hints = {
        "name": "Pour la reconnaître : « téléphone », « clé du bureau ».",
        "passwordless": "Ni adresse ni mot de passe : la clé demande alors votre empreinte, votre visage ou un code.",
    }


class RenameKey(NamedKey, keys.EditWebAuthnForm):
    """Give a key another name."""
