"""What tests of organisations share: a hospital's team, and the link of the last mail."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from actors.models import Organisation, User
from apist.delivery import deliver_due
from tests import factories
from tests.people_factories import make_membership, make_organisation

GUEST = "invitee@exemple.invalid"
LINK = re.compile(r"https?://[^/]+(/compte/organismes/invitation/\S+/)")


@pytest.fixture
def colleague(db) -> User:
    """Return somebody of the organisation who prepares, and neither manages nor deposits."""
    return factories.make_user("collegue@exemple.invalid", full_name="Ange Collègue")


@pytest.fixture
def guest(db) -> User:
    """Return somebody who has an account and is in no organisation."""
    return factories.make_user(GUEST, full_name="Claude Invité")


@pytest.fixture
def organisation(applicant, colleague) -> Organisation:
    """Return the organisation that the applicant manages, with a colleague."""
    organisation = make_organisation(applicant, name="Résidence des Tilleuls")
    make_membership(organisation, colleague, may_manage=False, may_deposit=False, mandate="")
    return organisation


def page_of(organisation: Organisation, rest: str = "") -> str:
    """Return an address under that of an organisation."""
    return f"/compte/organismes/{organisation.pk}/{rest}"


def links_sent(to: str = GUEST) -> list[str]:
    """Return the links of the invitations that an address received by now, in order."""
    deliver_due(timezone.now() + timedelta(days=1))
    return [LINK.search(message.body)[1] for message in mail.outbox if message.to == [to]]
