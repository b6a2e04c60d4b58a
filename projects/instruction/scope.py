"""What somebody holds as one who instructs, apart from what they hold as an applicant. Pure."""

from projects.rights.holdings import Holdings
from projects.rights.table import APPLICANT_SIDE, RIGHTS

NAMES = frozenset(right.link.holds for right in RIGHTS if right.party not in APPLICANT_SIDE) - {"self"}
"""What is held in an administration. ``self`` is left out: it is also how one owns one's own projects."""


def as_one_who_instructs(holdings: Holdings) -> Holdings:
    """Return what is held in administrations alone: an officer's own projects are not among those they instruct."""
    return Holdings(holdings.user, {name: held for name, held in holdings.held.items() if name in NAMES})


def instructs(holdings: Holdings) -> bool:
    """Tell whether somebody has a post that judges somewhere; a curator of content has none."""
    return bool(holdings.of("self_as_agent"))


def entering_bodies(holdings: Holdings) -> frozenset[int]:
    """Return the bodies for which somebody may enter what people sent or said."""
    return holdings.of("officer_bodies") | holdings.of("head_bodies")
