"""Every state of the pages of decisions that the style sheet is made from is a page."""

import pytest

from tests.pages.deciding_states import deciding_pages


@pytest.mark.django_db
def test_every_state_answers():
    assert [
        (name, answer.status_code) for name, answer in deciding_pages() if answer.status_code not in (200, 409)
    ] == []
