"""Every page and every mail of accounts that somebody can reach is ours, in French."""

from pathlib import Path

import allauth
import pytest
from django.conf import settings

ALLAUTH = Path(allauth.__file__).parent / "templates"
OURS = settings.BASE_DIR / "templates"

#: Nobody reaches these: what they are for is not switched on, or our pages do without them.
UNREACHED = {
    "account": """
        base_confirm_code base_entrance base_manage base_manage_email base_manage_password base_manage_phone
        base_reauthenticate confirm_login_code confirm_password_reset_code confirm_phone_verification_code email
        email_confirm logout phone_change request_login_code signup_by_passkey signup_closed verification_sent
        verified_email_required phone_verification_sent phone_verified
    """,
    "mfa": "base base_entrance base_manage signup_form trust",
    "socialaccount": "base_entrance base_manage login login_redirect",
}
UNSENT = {"unknown_account", "password_reset_code", "email_confirm"}


def pages() -> list[str]:
    found = (path for app in UNREACHED for path in (ALLAUTH / app).rglob("*") if path.is_file())
    names = [str(path.relative_to(ALLAUTH)) for path in found]
    return sorted(name for name in names if "/email/" not in name and "/snippets/" not in name)


def mails() -> set[str]:
    return {path.name.removesuffix("_message.txt") for path in ALLAUTH.glob("*/email/*_message.txt")} - {"base"}


@pytest.mark.parametrize("name", pages())
def test_a_page_that_somebody_can_reach_is_ours(name):
    reached = Path(name).stem not in UNREACHED[name.split("/")[0]].split()
    assert (OURS / name).exists() is reached


def test_every_mail_that_leaves_is_ours():
    written = {path.stem for path in (OURS / "account/email").glob("*.txt")}
    assert mails() - UNSENT == written - {"second_factor_reset"}


@pytest.mark.parametrize("path", sorted((OURS / "account/email").glob("*.txt")), ids=lambda path: path.stem)
def test_a_mail_has_a_subject_a_greeting_and_a_signature(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("{% autoescape off %}")
    assert lines[0].endswith(" · Portail APIST")
    assert lines[1:3] == ["", "Bonjour,"]
    assert lines[-2:] == ["Le portail APIST", "{% endautoescape %}"]
