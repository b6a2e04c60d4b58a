"""Whether the link of an invitation still opens something, and for whom."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.invitations import Standing, digest_of, standing_of

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
LATER, BEFORE = NOW + timedelta(minutes=1), NOW - timedelta(minutes=1)
ADA = "ada@exemple.invalid"


@dataclass
class Sent:
    email: str = ADA
    expires_at: datetime = LATER
    accepted_at: datetime | None = None
    revoked_at: datetime | None = None


@pytest.mark.parametrize(
    ("invitation", "addresses", "standing"),
    [
        (Sent(), {ADA}, Standing.OPEN),
        (Sent(), {"autre@exemple.invalid", ADA}, Standing.OPEN),
        (Sent(email="Ada@Exemple.invalid"), {ADA}, Standing.OPEN),
        (Sent(), {"autre@exemple.invalid"}, Standing.ELSEWHERE),
        (Sent(), set(), Standing.ELSEWHERE),
        (Sent(expires_at=NOW), {ADA}, Standing.EXPIRED),
        (Sent(expires_at=BEFORE), {ADA}, Standing.EXPIRED),
        (Sent(revoked_at=BEFORE), {ADA}, Standing.REVOKED),
        (Sent(accepted_at=BEFORE), {ADA}, Standing.USED),
        (Sent(accepted_at=BEFORE, expires_at=BEFORE), {ADA}, Standing.USED),
        (Sent(revoked_at=BEFORE, expires_at=BEFORE), {ADA}, Standing.REVOKED),
    ],
)
def test_where_an_invitation_stands(invitation, addresses, standing):
    assert standing_of(invitation, addresses, NOW) is standing


moments = st.none() | st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 1, 1)).map(
    lambda at: at.replace(tzinfo=UTC)
)


@given(
    st.builds(Sent, expires_at=moments.filter(bool), accepted_at=moments, revoked_at=moments),
    st.sets(st.sampled_from([ADA, "autre@exemple.invalid"])),
)
def test_a_link_opens_only_what_waits_and_only_for_the_address_invited(invitation, addresses):
    standing = standing_of(invitation, addresses, NOW)
    waits = not invitation.accepted_at and not invitation.revoked_at and invitation.expires_at > NOW
    assert (standing is Standing.OPEN) == (waits and ADA in addresses)
    if not waits:  # whoever holds a dead link is told the same thing
        assert standing is standing_of(invitation, set(), NOW)


def test_the_digest_of_a_secret_is_always_the_same_and_takes_any_text():
    assert digest_of("jeton") == digest_of("jeton") != digest_of("jetons")
    assert len({digest_of(text) for text in ("", "é", "\udc80", "a" * 5000)}) == 4
