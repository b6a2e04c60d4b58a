"""The people before a dossier, and the dossier: granted, or with its agreement signed."""

import pytest

from projects.models import Dossier
from projects.views.essential_data import KEPT
from tests import factories
from tests.following.builders import Cast, granted, make_cast, running


@pytest.fixture(autouse=True)
def nothing_kept():
    """Forget the files that another test made."""
    KEPT.clear()


@pytest.fixture
def cast(db) -> Cast:
    """Return the people."""
    return make_cast()


@pytest.fixture
def lever(db):
    """Return the lever of the dossiers."""
    return factories.make_lever(slug="fir", short_name="FIR")


@pytest.fixture
def dossier(cast, lever) -> Dossier:
    """Return a dossier that was granted 60,000 €."""
    return granted(cast, lever=lever)


@pytest.fixture
def in_progress(cast, lever) -> Dossier:
    """Return a dossier whose agreement was signed."""
    return running(cast, lever=lever)
