"""The states of the pages that the style sheet is made from are the ones that they say."""

import pytest

from projects.models import Jury
from tests.pages.jury_states import jury_pages
from tests.people_factories import make_agency_body


@pytest.mark.django_db
def test_every_state_is_a_page_and_the_jury_goes_to_its_end():
    make_agency_body("76")
    found = {name: answer.status_code for name, answer in jury_pages()}
    assert set(found.values()) == {200}
    assert len(found) == 20
    assert Jury.objects.get().state == Jury.State.REVEALED
