"""What somebody may do as one who instructs, apart from what they may as an applicant. Pure."""

from projects.rights.holdings import Holdings


def instructs(holdings: Holdings) -> bool:
    """Tell whether somebody has a post that judges somewhere; a curator of content has none."""
    return bool(holdings.of("served_bodies"))


def entering_bodies(holdings: Holdings) -> frozenset[int]:
    """Return the bodies for which somebody may enter what people sent or said."""
    return holdings.of("officer_bodies") | holdings.of("head_bodies")
