"""What somebody may do as one who instructs, apart from what they may as an applicant. Pure."""

from projects.procedures.vocabulary import Party
from projects.rights.holdings import Holdings
from projects.rights.table import APPLICANT_SIDE

INSTRUCTING_SIDE = frozenset(Party) - APPLICANT_SIDE
"""As what one sees a dossier in the lists of those who instruct: an officer's own projects are not among them."""


def instructs(holdings: Holdings) -> bool:
    """Tell whether somebody has a post that judges somewhere; a curator of content has none."""
    return bool(holdings.of("served_bodies"))


def entering_bodies(holdings: Holdings) -> frozenset[int]:
    """Return the bodies for which somebody may enter what people sent or said."""
    return holdings.of("officer_bodies") | holdings.of("head_bodies")
