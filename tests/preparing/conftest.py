"""What tests of preparing share."""

import pytest

from tests import dossier_factories


@pytest.fixture
def dossier(applicant):
    """Return a draft of the applicant: a first contact with the agency of Guadeloupe."""
    return dossier_factories.make_dossier(applicant)


@pytest.fixture
def mine(client, applicant):
    """Return a browser in which the applicant is signed in."""
    client.force_login(applicant)
    return client
