"""Every state of the pages of what follows a grant that the style sheet is made from is a page."""

import pytest

from tests.pages.money_states import money_pages


@pytest.mark.django_db
def test_every_state_answers(lever):
    assert [(name, answer.status_code) for name, answer in money_pages() if answer.status_code not in (200, 409)] == []
