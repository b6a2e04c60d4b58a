"""What the tests of pages share."""

import pytest


@pytest.fixture(autouse=True)
def _plain_passwords(settings):
    """Hash passwords quickly: how they are hashed is not what pages show."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
