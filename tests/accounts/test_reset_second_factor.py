"""A lost second factor: taken away by a command, written down, told to its owner."""

from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.management import CommandError, call_command

from apist.accounts import has_second_factor
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_factor_is_gone_the_history_says_why_and_its_owner_is_told(curator, admin_user):
    said = StringIO()
    call_command(
        "reset_second_factor", curator.email.upper(), reason="Téléphone perdu, vérifié en visio", by=admin_user.email,
        stdout=said,
    )  # fmt: skip
    assert not has_second_factor(curator)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (admin_user, str(curator.pk))
    assert "Téléphone perdu, vérifié en visio" in entry.get_change_message()
    (message,) = mail.outbox
    assert message.to == [curator.email]
    assert message.subject == "Votre second facteur a été retiré · Portail APIST"
    assert curator.email in said.getvalue()


def test_at_the_next_sign_in_another_one_is_asked_for(curator, client, sign_in):
    call_command("reset_second_factor", curator.email, reason="Perdu", stdout=StringIO())
    assert sign_in(curator).status_code == 302
    assert client.get("/admin/").headers["Location"] == "/compte/double-authentification/"


@pytest.mark.parametrize(
    ("email", "options", "said"),
    [
        ("inconnu@exemple.invalid", {"reason": "Perdu"}, "Aucun compte"),
        ("curation@exemple.invalid", {"reason": "Perdu", "by": "inconnu@exemple.invalid"}, "Aucun compte"),
        ("curation@exemple.invalid", {"reason": "  "}, "Écrivez une raison"),
        ("nu@exemple.invalid", {"reason": "Perdu"}, "n'a pas de second facteur"),
    ],
)
def test_what_is_not_known_changes_nothing(email, options, said, curator):
    factories.make_user("nu@exemple.invalid")
    with pytest.raises(CommandError, match=said):
        call_command("reset_second_factor", email, **options)
    assert has_second_factor(curator)
    assert not LogEntry.objects.exists()
    assert mail.outbox == []
