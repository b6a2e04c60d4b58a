"""An order takes effect once published: the page says whether it is."""

from datetime import date

import pytest

from projects.deciding.publication import publication_said
from projects.procedures.catalogue import LATEST


@pytest.mark.parametrize(
    ("procedure", "records", "said"),
    [
        ("fir", {}, ""),
        ("article-51", {}, "La décision prend effet après sa publication, qui n'est pas encore notée."),
        ("article-51", {"publication_reference": "RAA n° 12"}, "Publiée : RAA n° 12."),
        (
            "article-51",
            {"publication_reference": "RAA n° 12", "published_on": date(2026, 3, 1), "publication_url": "https://x.fr"},
            "Publiée : RAA n° 12, le 01/03/2026 : https://x.fr.",
        ),
    ],
)
def test_what_is_said_of_a_publication(procedure, records, said):
    assert publication_said(LATEST[procedure], records) == said
