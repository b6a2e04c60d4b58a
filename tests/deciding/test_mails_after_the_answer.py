"""What a mail says of silence: nothing once the answer is signed."""

import pytest

from apist.models import OutgoingMail
from tests.deciding.builders import notified

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mails_wait(settings):
    """Let mails wait as rows: what they say is read there."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def test_the_mail_of_a_decision_says_how_to_contest_and_no_longer_what_silence_means(fir, people):
    notified(fir, people)
    mail = OutgoingMail.objects.get(subject__startswith="Une décision a été prise")
    assert "Pour contester" in mail.text
    assert "ne répond pas" not in mail.text
    assert "ne répond pas" not in mail.html
